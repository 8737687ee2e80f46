#pragma once

#include <deque>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "zan/columns/graph.h"

/// Expressions of SQL as one graph in which equal ones are one, so that what is needed twice is computed once: it becomes a column of a
/// subquery (levels.h). Internal to this folder.
namespace koshi::zan::sql {

using columns::BlockId;
using columns::kAnyBlock;
using columns::kRootBlock;

using ExprId = int32_t;
inline constexpr ExprId kNoExpr = -1;

struct Expr {
  enum class What : uint8_t {
    kText,    ///< `text` with operands in the places of $0 … $9
    kColumn,  ///< the column `text` of the block's own rows, quoted as it must be
    kFetch,   ///< the column `text` of the joined row; NULL where there is none
    kCarry,   ///< operand 0, of the block around
  } what = What::kText;
  BlockId block = kAnyBlock;
  std::string text;
  std::vector<ExprId> operands;
  int32_t join = -1;
  bool heavy = false;  ///< worth a column of its own as soon as it is read twice, however short
};

/// A left join of at most one row for each row: with a table of which the columns `on` equal the keys.
struct Join {
  BlockId block = kRootBlock;
  std::string table;  ///< as it is written after JOIN
  std::vector<std::string> on;
  std::vector<ExprId> keys;
  int32_t aggregate = -1;  ///< the table is what this aggregate comes to; its keys are those of the block
  auto operator<=>(const Join&) const = default;
};

class Sheet {
 public:
  /// A literal, or whatever reads no row.
  ExprId atom(std::string text) { return put({Expr::What::kText, kAnyBlock, std::move(text), {}, -1, false}); }
  ExprId column(BlockId block, std::string name) { return put({Expr::What::kColumn, block, std::move(name), {}, -1, false}); }
  ExprId carry(BlockId block, ExprId outer);
  ExprId text(std::string pattern, std::vector<ExprId> operands, bool heavy = false);
  ExprId fetch(Join join, std::string name);
  /// `a AND b AND …`; of none, TRUE.
  ExprId all(std::vector<ExprId> conditions);

  const Expr& operator[](ExprId id) const { return exprs_[static_cast<size_t>(id)]; }
  const Join& join(int32_t id) const { return joins_[static_cast<size_t>(id)]; }
  size_t size() const { return exprs_.size(); }
  bool is_atom(ExprId id) const { return (*this)[id].what == Expr::What::kText && (*this)[id].operands.empty(); }

 private:
  using Key = std::tuple<Expr::What, BlockId, std::string, std::vector<ExprId>, int32_t>;

  ExprId put(Expr expr);

  // Deques, for those who walk an expression put new ones beside it: what was handed out stays where it is.
  std::deque<Expr> exprs_;
  std::map<Key, ExprId> index_;
  std::deque<Join> joins_;
};

}  // namespace koshi::zan::sql
