#pragma once

#include <expected>
#include <map>
#include <string>
#include <vector>

#include "zan/columns/table.h"
#include "zan/corpus/program.h"

/// The law as one query: for every row of a table the value of each norm, its state and the rule that decided, as the reasoner
/// (zan/reason) gives them. For populations that lie in somebody else's database, or on more machines than one.
///
/// What the tables must look like is told by the query's own first lines and by create_tables(). In short: columns are named as in
/// population files (observatory/tables/population_file.h), facts through links to one by their paths; NULL means *none* where the fact may
/// be none, else *unknown*. A fact that may be both has a second column FACT_unknown (`unknowable`).
///
/// The query never leans on SQL's own NULL: every unknown, none, conflict, gap and fault is a condition of its own (zan/columns/cell.h),
/// and nothing inside is NULL except on purpose. A row with a value that no fact of the law can have answers `unfit`, never something else.
namespace koshi::zan::sql {

enum class Dialect : uint8_t { kPostgresql, kDuckdb, kSqlite };

struct Question {
  EntityId entity = kNoId;  ///< whose rows
  std::vector<NormId> norms;
  Date law, today;
  std::string law_day;  ///< a date fact of the entity: each row is asked on that day of its own instead
  std::vector<ReformId> reforms;
  Dialect dialect = Dialect::kPostgresql;
  std::string table;  ///< empty: the entity's name
  std::string key = "row";
  /// Links are followed: every entity has a table of its own with a key `row`, a link to one is a column with such a key, a link to many a
  /// table "ENTITY.LINK" with the columns row, position, member. Else there is one table, and lists cannot be asked.
  bool linked = false;
  bool complete = false;                 ///< every fact is given: NULL means none or makes the row unfit
  bool trusted = false;                  ///< rows are not looked at for values that no fact can have; what they then answer is undefined
  std::vector<std::string> unknowable;   ///< facts that may be none and have a column FACT_unknown beside them
  std::map<std::string, Bounds> within;  ///< closer bounds of whole, days, money (tiyn) and decimal (10^-9) columns: narrower arithmetic
};

/// A column that the query reads.
struct Input {
  EntityId entity = kNoId;  ///< whose table
  std::string path;
  Type type;
  bool has_unknown = false;  ///< there is a column FACT_unknown too
};

struct Output {
  NormId norm = kNoId;
  std::string name;  ///< of its columns: NAME, NAME_state and NAME_rule
  Type type;
  bool has_rule = false;
};

struct Query {
  std::string text;
  std::vector<Input> inputs;  ///< links and lists are not among them
  std::vector<Output> outputs;
};

inline constexpr int64_t kWholeMax = INT32_MAX;                    ///< of whole and days columns, both signs
inline constexpr int64_t kMoneyMax = 10'000'000'000'000'000;       ///< tiyn: a hundred trillion tenge
inline constexpr int64_t kDecimalMax = 1'000'000 * Decimal::kOne;  ///< a million
inline constexpr size_t kQueryMax = size_t{8} << 20;               ///< bytes of a query
inline constexpr size_t kLevelsMax = 400;                          ///< queries inside one another

/// Problems, all of them, one sentence each: norms of another entity, text (which is not compared), lists without `linked`, what the
/// dialect cannot compute exactly, a query beyond the limits. Cost: some milliseconds for a hundred norms.
std::expected<Query, std::vector<std::string>> write_query(ProgramLibrary& library, const Question& question);

/// CREATE TABLE statements for what a query reads, in its dialect, one a line.
std::string create_tables(const Corpus& corpus, const Question& question, const Query& query);

/// How a value is written in a table of the dialect: 'KZ', DATE '2016-03-06', 3692.00, TRUE. Not of sets and texts.
std::string literal(const Corpus& corpus, Dialect dialect, const Type& type, int64_t value);

}  // namespace koshi::zan::sql
