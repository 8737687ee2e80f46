#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/case/case.h"
#include "office/case/decide.h"
#include "office/case/subjects.h"
#include "office/desk/case_memory.h"
#include "store/transaction.h"

/// A case as the tables keep it: its snapshot, and beside it what lists and the clock look for.
namespace koshi::office {

inline constexpr size_t kScopeMaxBytes = 400;      ///< of a value that binds a role; with a longer one the case stands in no such queue
inline constexpr char kNeverDue[] = "9999-12-31";  ///< in the order of queues
inline constexpr std::string_view kViewChain = "seen/";  ///< begins the journal's name of the chain of looks at a case

/// Whether a database can hold the text at all: what comes from outside is asked this before it becomes a parameter.
bool is_storable(std::string_view text);

/// By what lists tell cases apart.
enum class Stage : uint8_t { kDraft = 0, kOpen = 1, kClosed = 2, kDropped = 3 };  ///< open: not filed, filed; final: filed, never filed

struct ScopeRow {
  std::string role, value;
  bool operator==(const ScopeRow&) const = default;
};

/// The columns of desk_case, and the rows that hang on it.
struct CaseLine {
  std::string id, procedure, state, opened_by, opened, due_order, title, body;
  std::optional<std::string> filed, due, late, clock_day, trouble;
  Stage stage = Stage::kDraft;
  int64_t version = 0, first_sequence = 0, last_sequence = 0;
  std::vector<ScopeRow> scopes;       ///< by role
  std::vector<std::string> papers;    ///< numbers, ascending
  std::string number;                 ///< of the case; empty: none
  std::vector<std::string> subjects;  ///< keys_of() those whom a filed case names
};

/// One act, as desk_step keeps it.
struct StepRow {
  int64_t sequence = 0;
  std::string action, from, to;
  Date day;
  bool operator==(const StepRow&) const = default;
};

/// What the events of a case amount to in the tables, but for the sequences. `body` is case_json(item); `subjects` whom it names;
/// `around` is asked for the party's name.
CaseLine line_of(const Law& law, const Case& item, std::string body, const std::vector<Subject>& subjects, const std::optional<Due>& due,
                 const Surroundings& around);

/// A case with its place in the journal and in the queues.
struct StoredCase {
  Case item;
  int64_t first_sequence = 0, last_sequence = 0;
  Stage stage = Stage::kDraft;
  std::string due_order;
  std::optional<Date> clock_day;
};
/// kCorrupt for a snapshot that is none.
store::StoreResult<std::optional<StoredCase>> read_case(store::Reader& reader, std::string_view id, CaseMemory* memory = nullptr);
/// The same for somebody who asks: a sealed case that is not his is not found, by the same work as one that is not there.
store::StoreResult<std::optional<StoredCase>> read_case_for(store::Reader& reader, const Actor& actor, std::string_view id,
                                                            CaseMemory* memory = nullptr);
/// All of it, for comparing. No value: there is none of this id.
store::StoreResult<std::optional<CaseLine>> read_line(store::Reader& reader, std::string_view id);

store::StoreResult<void> insert_line(store::Transaction& transaction, const CaseLine& line);
/// What an act changes in whose queues a case stands, and where: most acts leave the values that bind the roles as they are.
enum class ScopeChange : uint8_t { kNone, kPlaces, kRoles };
ScopeChange scope_change(const Law& law, const StoredCase& before, const CaseLine& after);
/// Over the line that is there.
store::StoreResult<void> update_line(store::Transaction& transaction, const CaseLine& line, ScopeChange scopes);
/// Of both: the papers that it has are added beside.
store::StoreResult<void> insert_papers(store::Transaction& transaction, std::string_view id, const std::vector<PaperEntry>& papers);
store::StoreResult<void> insert_number(store::Transaction& transaction, std::string_view id, const CaseNumber& number);
store::StoreResult<void> insert_step(store::Transaction& transaction, const CaseLine& line, const StepRow& step);
store::StoreResult<std::vector<StepRow>> read_steps(store::Reader& reader, std::string_view id);
/// Those of `line` over those that were there.
store::StoreResult<void> update_subjects(store::Transaction& transaction, const CaseLine& line, const std::vector<std::string>& before);
/// With all that hangs on it: for repairs only.
store::StoreResult<void> delete_line(store::Transaction& transaction, std::string_view id);

}  // namespace koshi::office
