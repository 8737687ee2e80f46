#pragma once

#include <expected>
#include <functional>

#include "zan/columns/table.h"
#include "zan/corpus/program.h"

/// Many people at once: the answers of zan/reason for every row of a table, as columns, with the rules that decided.
///
///   auto program = ColumnProgram::compile(library, population, question);   // once; milliseconds
///   auto outputs = program->make_outputs();
///   program->run(*outputs, {});                                             // memory speed
///
/// The meaning is the reasoner's: values, none, unknown, conflicts, gaps and faults are the same in every row (tests/agreement). What
/// depends on facts that a row lacks is unknown there and nowhere else. Nothing wraps: a number that leaves its range is a fault in its
/// row. The result is the same, bit for bit, for any number of threads and any processor.
namespace koshi::zan {

/// What a row came to. A yes/no output holds it itself; other outputs have a column of states where rows can be without a value for more
/// than one reason.
enum class RowState : uint8_t {
  kNo = 0,
  kYes = 1,
  kValue = 1,  ///< in a column of states
  kNone = 2,
  kUnknown = 3,
  kConflict = 4,
  kGap = 5,
  kFault = 6,
};

struct ColumnQuestion {
  EntityId entity = kNoId;  ///< whose rows; norms of it, and parameters
  std::vector<NormId> norms;
  Date law, today;      ///< the day whose law is asked, and the day that `today` is (zan/reason/answer.h)
  std::string law_day;  ///< a date fact of the entity: each row is asked on that day of its own instead
  /// Sets of reforms; one run computes all of them and shares what they have in common. Empty: one world without reforms.
  std::vector<std::vector<ReformId>> worlds;
  bool deciding = true;             ///< also the deciding rules
  bool missing_is_unknown = false;  ///< a fact without a column is unknown in every row, instead of a problem
};

inline constexpr int32_t kNoColumn = -1;

/// One norm in one world; the numbers are those of Outputs' columns. Norms that come to the same in several worlds share their columns, and
/// what follows from another column has none: read with AnswerReader (zan/columns/answer_reader.h).
struct ColumnAnswer {
  NormId norm = kNoId;
  int32_t world = 0;
  Type type;
  int32_t value = kNoColumn;           ///< under a state other than kValue the mark of none
  std::vector<int32_t> words;          ///< a set: its columns, 64 members each; the certain members also where the set is unknown
  int32_t state = kNoColumn;           ///< of yes/no, `value` itself. Without a column rows whose value is the mark of none are `absent`
  RowState absent = RowState::kValue;  ///< the only state beside kValue; kValue: every row has a value
  /// 0: no answer, else the first deciding rule in the order of the law, from 1 on, in `rules`. Without a column: the only one of `rules`
  /// decides in every row that has an answer, a value or none (none: there are no rules, or the norm is a set).
  int32_t deciding = kNoColumn;
  std::vector<RuleId> rules;
};

struct OutputColumn {
  Storage storage = Storage::kU8;
  Buffer data;
  int64_t at(int64_t row) const;
};

/// The columns of one run, one row for each row of the population's table.
struct Outputs {
  int64_t rows = 0;
  std::vector<OutputColumn> columns;
};

struct RunOptions {
  int threads = 0;  ///< 0: as many as the machine has, at most kThreadsMax
  /// Called now and then, from one thread at a time, with the rows done so far.
  std::function<void(int64_t)> progress;
  enum class Bodies : uint8_t { kBest, kScalar, kAvx2, kAvx512 } bodies = Bodies::kBest;  ///< for tests; one that is not there: kScalar
};
inline constexpr int kThreadsMax = 256;
inline constexpr int64_t kMorselRows = 65'536;  ///< what a thread takes at a time

/// Compiled for one population: its tables, storages, bounds and which columns have a validity. Immutable; several threads may run it at
/// once. The library, the corpus and the population (with its memory) must outlive it.
class ColumnProgram {
 public:
  /// Problems, all of them, one sentence each: what does not fit in the population (find_problems), columns that the norms need and that
  /// are not there, what of a norm cannot be computed in columns (text; a norm that asks itself on another date), reforms that cannot be
  /// combined. Cost: some milliseconds for a hundred norms; links are read once.
  static std::expected<ColumnProgram, std::vector<std::string>> compile(ProgramLibrary& library, const Population& population,
                                                                        const ColumnQuestion& question);
  ColumnProgram(ColumnProgram&&) noexcept;
  ColumnProgram& operator=(ColumnProgram&&) noexcept;
  ~ColumnProgram();

  const std::vector<ColumnAnswer>& answers() const;
  const ColumnAnswer* find(NormId norm, int32_t world = 0) const;
  /// Columns of the population that are read, as "entity.path".
  const std::vector<std::string>& inputs() const;
  size_t instructions() const;
  size_t outputs() const;    ///< columns
  size_t row_bytes() const;  ///< of all outputs together

  Result<Outputs> make_outputs() const;
  /// Fills every row of every column; with fewer threads where the system gives no more. Memory beyond inputs and outputs: some hundred KiB
  /// a thread.
  Result<void> run(Outputs& outputs, const RunOptions& options) const;

 private:
  struct Parts;
  explicit ColumnProgram(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// How often each value of a small column (u8 or u16) occurs. Same cost and the same result for any number of threads: it has one.
std::vector<int64_t> histogram(const OutputColumn& column, int64_t rows);
/// The sum of the rows that are not `skip`, in 128 bits.
Int128 sum(const OutputColumn& column, int64_t rows, std::optional<int64_t> skip = std::nullopt);
/// The first row in a state, or nothing; `column` is a column of states or of yes/no.
std::optional<int64_t> find_state(const OutputColumn& column, int64_t rows, RowState state);

}  // namespace koshi::zan
