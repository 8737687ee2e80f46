#pragma once

#include <set>

#include "zan/columns/lower.h"
#include "zan/sql/dialect.h"
#include "zan/sql/sheet.h"

/// From the graph of conditions and numbers (zan/columns/graph.h) to expressions of SQL. Every condition and every number is written so
/// that it is never NULL: what lies under an unknown row is replaced by a value that a row could have, and no operation fails on it.
/// Internal to this folder.
namespace koshi::zan::sql {

using columns::Bit;
using columns::BitNode;
using columns::BitOp;
using columns::Graph;
using columns::Interval;
using columns::kNoNum;
using columns::Num;
using columns::NumNode;
using columns::NumOp;
using columns::Operation;
using columns::Ranges;
using columns::Source;

/// A table of the query's own: the members of an enum, the working days, a function of a number. Written once, before the rows.
struct LawTable {
  std::string name;
  std::string body;  ///< after AS, between brackets
};

class Writer {
 public:
  Writer(const Corpus& corpus, const Question& question, const Population& schema, const Graph& graph,
         const std::vector<columns::Aggregate>& aggregates)
      : c_(corpus), q_(question), schema_(schema), g_(graph), aggregates_(aggregates), speech_(question.dialect) {}

  ExprId bit(Bit bit);
  ExprId number(Num number);
  /// A member of the enum as its code: for enums a column as it lies, else looked up.
  ExprId code(Num number, EnumId of);
  /// Whether the rows that have been read hold only what facts can be; at once for the block's own rows and those it joins.
  ExprId fit(BlockId block);
  /// An expression of a block around, for the rows of this one.
  ExprId carried(BlockId block, ExprId expr) { return carry(block, expr); }
  ExprId member_code(ExprId index, EnumId of);

  Sheet& sheet() { return sheet_; }
  const Speech& speech() const { return speech_; }
  const std::vector<LawTable>& law_tables() const { return law_tables_; }
  const std::set<std::string>& problems() const { return problems_; }
  const columns::Aggregate& aggregate(int32_t id) const { return aggregates_[static_cast<size_t>(id)]; }
  BlockId parent(BlockId block) const;
  /// The columns that tell the rows of a block apart.
  std::vector<std::string> keys(BlockId block) const;
  const std::string& entity_name(EntityId entity) const { return c_.entities[static_cast<size_t>(entity)].name; }
  /// The root's table as the question names it, each part quoted.
  std::string table_name() const;
  const Source& source(int32_t id) const { return g_.sources()[static_cast<size_t>(id)]; }

 private:
  struct Leaf {
    const Column* column = nullptr;
    ExprId raw = kNoExpr;  ///< as it lies in its table
    bool fetched = false;  ///< NULL may also mean that there is no such row
    bool never_null = false;
  };

  // writer.cc: conditions and columns
  ExprId in(const BitNode& node);
  ExprId in_values(Num number, const Ranges& ranges, const Ranges& domain);
  ExprId in_codes(const Leaf& leaf, const Ranges& ranges, const Ranges& domain);
  ExprId in_intervals(ExprId value, const Ranges& ranges, const Ranges& domain);
  ExprId pair(const BitNode& node);
  ExprId valid(const BitNode& node);
  ExprId opposite(ExprId condition);
  ExprId raw(int32_t source, Num row, BlockId block, const std::string& name);
  std::optional<Leaf> leaf(Num number);
  ExprId leaf_number(Num number);
  ExprId leaf_value(const Leaf& leaf);
  ExprId carry(BlockId block, ExprId expr);
  void check(BlockId block, const Column& column, ExprId raw, bool fetched);

  // numbers.cc
  ExprId arithmetic(const NumNode& node);
  ExprId table(const NumNode& node);
  ExprId table_by_codes(const NumNode& node, const Leaf& leaf);
  ExprId table_by_intervals(const NumNode& node);
  ExprId lookup(const std::vector<std::pair<std::string, int64_t>>& rows, ExprId key, const std::string& what);
  ExprId year_key(ExprId days);

  // calls.cc: operations that may fail; NULL where they do
  ExprId call(Num number);
  ExprId checked(const NumNode& node, const Operation& operation);
  ExprId narrowed(ExprId wide);
  ExprId product(const NumNode& node, const Operation& operation);
  ExprId quotient(const NumNode& node, const Operation& operation);
  ExprId ratio(ExprId n, ExprId d, Rounding rounding, int64_t unit);
  ExprId long_product(ExprId a, ExprId b, Rounding rounding, int64_t unit);
  ExprId long_quotient(ExprId a, ExprId b, Int128 b_max, bool scaled, Rounding rounding, int64_t unit);
  ExprId rounded(ExprId negative, ExprId whole, ExprId rest, ExprId divisor, Rounding rounding, int64_t unit);
  Int128 size_max(Num number) const;

  // dates.cc
  struct Civil {
    ExprId year, month, day;  ///< month 0 to 11
  };
  ExprId of_dates(const NumNode& node, const Operation& operation);
  std::optional<int64_t> constant(ExprId id) const;
  ExprId is_date(Num number);
  Civil civil(ExprId days);
  ExprId month_start(ExprId year, ExprId month);
  ExprId month_length(ExprId year, ExprId month);
  ExprId add_months(ExprId date, ExprId months, Rounding rounding);
  ExprId completed_months(ExprId from, ExprId to, Rounding rounding);
  ExprId divided(ExprId n, int64_t by) { return sheet_.text(speech_.quotient(), {n, sheet_.atom(std::to_string(by))}); }

  // calendar.cc
  void need_calendar();
  ExprId add_working_days(ExprId date, ExprId days, BlockId block);
  ExprId working_days_between(ExprId from, ExprId to, BlockId block);

  // lists.cc
  ExprId part(int32_t aggregate, int32_t part, BlockId block);

  void need_enum(EnumId of);

  const Corpus& c_;
  const Question& q_;
  const Population& schema_;
  const Graph& g_;
  const std::vector<columns::Aggregate>& aggregates_;
  const Speech speech_;
  Sheet sheet_;
  std::unordered_map<int32_t, ExprId> bits_, numbers_, calls_;
  std::map<BlockId, std::vector<ExprId>> fits_;
  std::set<ExprId> checked_;
  std::vector<LawTable> law_tables_;
  std::set<std::string> law_names_, problems_;
};

}  // namespace koshi::zan::sql
