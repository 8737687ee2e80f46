#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "office/case/subjects.h"
#include "office/desk/around.h"
#include "office/desk/case_line.h"
#include "office/desk/desk.h"
#include "office/desk/postings.h"
#include "office/desk/rebuild.h"
#include "office/desk/requests.h"

/// The parts of the desk's acts. Internal to this folder.
namespace koshi::office {

inline constexpr std::string_view kClockRole = "clock";

/// One act that is asked for.
struct Deed {
  Actor actor;
  std::string key;            ///< of idempotency; may be empty
  journal::Hash request{};    ///< of all that is asked
  std::string case_id;        ///< empty: a case is to be opened
  bool sealed = false;        ///< the case to be opened is
  std::string_view document;  ///< bytes to keep with the act, by their SHA-256
  std::string sha256;         ///< theirs
  /// The law's word on the case as it is; of a case to be opened only the id is set. No value: nothing is to be done.
  std::function<std::optional<Decided>(const Case&, const Surroundings&, Date today)> decide;
};

/// Whom a case named before an act, and whom it names after it. A draft names nobody yet.
struct Named {
  std::vector<Subject> before, after;
};
Named named(const Law& law, const std::optional<StoredCase>& before, const Case& after);

/// What the law decided, and on what it decided so.
struct Plan {
  std::optional<StoredCase> before;
  Decision decision;
  Named named;
  std::vector<std::string> actions;  ///< of the events, as the journal names them
  std::vector<journal::CheckedEntry> entries;
  std::optional<journal::Journal::Place> place;  ///< of them, if the database was asked
  CaseLine line;
  ScopeChange scopes = ScopeChange::kRoles;
  Readings readings;
};
/// The same request was answered before.
struct Repeat {
  AnsweredRequest answered;
};
struct Idle {};
using Planned = std::variant<Plan, Refusal, Repeat, Idle>;

struct Kept {
  uint64_t sequence = 0;  ///< of the last event
  Case after = {};        ///< set once the write is over
};
using KeptOrNot = std::expected<Kept, Refusal>;
/// What became of a deed. A Plan is never in it.
using Outcome = std::variant<Kept, Refusal, Repeat, Idle>;

struct Desk::Impl {
  explicit Impl(Parts given) : parts(std::move(given)) {}

  /// The instant of one call.
  struct Now {
    int64_t ms = 0;
    Date day;
  };
  Now now() const;

  // act.cc
  Done perform(const Request& request, Deed deed);
  /// While others write, plans outside of the writer, so that proofs of several acts are made side by side; then keeps the plan if all it
  /// stands on is still so, else plans again inside. While nobody writes, plans inside at once, which is looked at but once.
  std::expected<Outcome, Failure> carry_out(const Deed& deed);
  store::StoreResult<Planned> plan(store::Reader& reader, const Deed& deed, Now at);
  /// Also gives the plan its place in the journal and its number.
  store::StoreResult<bool> still_good(store::Transaction& transaction, const Deed& deed, Plan& plan, Now at);
  store::StoreResult<bool> take_number(const Deed& deed, Plan& plan, int64_t next, Now at) const;
  /// What was kept is the plan that is `ready` then.
  store::StoreResult<Outcome> decide_and_keep(store::Transaction& transaction, const Deed& deed, std::optional<Plan>& ready, Now at,
                                              std::optional<Refusal>& refused);
  Done finish(const Deed& deed, Outcome outcome);
  std::string new_case_id(bool sealed);

  // keep.cc
  store::StoreResult<void> keep_step_and_subjects(store::Transaction& transaction, const Plan& plan, int64_t sequence, Now at);
  store::StoreResult<KeptOrNot> keep(store::Transaction& transaction, const Deed& deed, Plan& plan, Now at);
  store::StoreResult<std::vector<journal::CheckedEntry>> entries_of(const Deed& deed, const Plan& plan, Now at) const;
  Refusal hindered(const Deed& deed, const PostingHindrance& hindrance, int64_t version) const;

  // sweep.cc
  std::expected<bool, Failure> sweep_case(const std::string& id);
  std::expected<void, Failure> sweep_ledger_and_keys();
  /// Holds end when a day does: the first act of a day, in each server, ends those of the days before.
  std::expected<void, Failure> end_holds_of_past_days(Now at);

  // rebuild.cc
  store::StoreResult<CaseLine> folded_line(store::Reader& reader, const Folded& folded, Date today);
  store::StoreResult<std::vector<std::string>> check_case(store::Reader& reader, const std::string& id);
  store::StoreResult<void> repair_case(store::Transaction& transaction, const std::string& id);
  store::StoreResult<std::vector<std::string>> check_cases(bool repair);
  store::StoreResult<std::vector<std::string>> check_orphans(bool repair);
  store::StoreResult<std::vector<std::string>> check_register(bool repair);
  store::StoreResult<std::vector<std::string>> check_ledger();

  // read.cc
  Refusal refuse(RefusalKind kind, words::Language language, std::string_view phrase, const words::Holes& holes = {}) const;
  /// The case, if the actor may see it.
  store::StoreResult<std::optional<StoredCase>> visible(store::Reader& reader, const Actor& actor, std::string_view id);
  /// What the case was after this event.
  store::StoreResult<Case> as_of(store::Reader& reader, const std::string& id, uint64_t sequence);

  Parts parts;
  CaseMemory memory;
  std::mutex random_mutex;
  std::atomic<int32_t> holds_ended_before = INT32_MIN;  ///< a Date
};

/// "officer-7/akimat", as the journal names who acted.
std::string actor_name(const Actor& actor);
std::string journal_action(const CaseEvent& event, const std::string& action);
/// What would not fit into a row or an event of the journal.
bool is_too_large(const Decision& decision);
/// "acted:submit" stands in the journal for the event "acted" of the action `submit`.
std::string event_name(std::string_view journal_action);

/// What an act wrote into the register; nothing for other events.
std::vector<RegisterEntry> records_of(const CaseEvent& event);

inline Failure failure(store::StoreError error) {
  return Failure(std::move(error));
}
/// A refusal inside of a store's result.
template <typename T>
std::expected<T, Failure> lift(store::StoreResult<std::expected<T, Refusal>> result) {
  if (!result) return std::unexpected(failure(std::move(result.error())));
  if (!*result) return std::unexpected(Failure(std::move(result->error())));
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return std::move(**result);
  }
}
template <typename T>
std::expected<T, Failure> lift(store::StoreResult<T> result) {
  if (!result) return std::unexpected(failure(std::move(result.error())));
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return std::move(*result);
  }
}

}  // namespace koshi::office
