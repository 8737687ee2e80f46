#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "office/case/checks.h"
#include "office/case/decide.h"
#include "office/case/subjects.h"
#include "office/journal/journal.h"
#include "store/migrate.h"
#include "store/store.h"

/// The office over a database: each act is one transaction of journal, ledger, registers and projections, and is acknowledged with a
/// receipt. Everything that decides is in office/case; here is what remembers.
///
/// Any number of servers may work on one database. Thread contract: any thread may call, and waits.
namespace koshi::office {

using AccountCode = std::string;

/// Milliseconds since 1970 UTC; the office's days are those of UTC+5. Settable for demonstrations and tests only.
using Clock = std::function<int64_t()>;
Date office_day(int64_t now_ms);
/// "09:05", by the clock of the office.
std::string office_time(int64_t now_ms);

inline constexpr size_t kPageMax = 100;
inline constexpr size_t kTimelineMax = 1000;
inline constexpr size_t kEarlierMax = 20;
inline constexpr size_t kIdempotencyKeyMaxBytes = 200;
inline constexpr int kIdempotencyDays = 7;  ///< for which the answer to a key is kept
inline constexpr size_t kDraftMaxBytes = 256 * 1024;
inline constexpr size_t kDraftPlaceMaxBytes = 200;
inline constexpr size_t kDraftsMax = 200;  ///< of one account
inline constexpr size_t kPurposeMaxBytes = 400;
inline constexpr size_t kDifferencesMax = 1000;
inline constexpr size_t kSweepMax = 1000;  ///< cases that one sweep takes at once

/// The schema of journal, ledger and desk: the steps 1 to kDeskSteps, fixed. Whoever opens the database may add steps of its own, which
/// go on counting from there (people).
inline constexpr int kDeskSteps = 3;
std::span<const store::Migration> desk_migrations();
/// All steps in their order: desk_migrations(), the first three of whoever opens the database, what the desk got later, and whatever else
/// that opener has, numbered from kDeskSteps + 5.
std::vector<store::Migration> all_migrations(const std::vector<store::Migration>& further_steps);

/// Why nothing was done: the law's or the office's refusal, or the machine's failure (503: may be tried again).
using Failure = std::variant<Refusal, store::StoreError>;

struct Acknowledged {
  Case item;
  uint64_t sequence = 0;  ///< in the journal, of the act's last event: GET the receipt by it
  bool repeated = false;  ///< the same idempotency key came before; this is what was done then
};
using Done = std::expected<Acknowledged, Failure>;

/// Of every write. The same key from the same account with another request is refused (kStale).
struct Request {
  Actor actor;
  std::string idempotency_key;  ///< may be empty: each request is then its own
};

/// One line of a queue or a list.
struct CaseRow {
  std::string id, procedure, state, opened_by;
  int64_t version = 0;
  Date opened;
  std::optional<Date> filed, due, late;
  std::string title;   ///< of the party: its register's name, else its key
  std::string number;  ///< that the law gave the case; may be empty
};

struct CaseFilter {
  std::string procedure = {}, state = {};  ///< empty: all
  std::string role = {};                   ///< of the account, with `scope`: only cases that this role may see
  std::optional<std::string> scope = {};   ///< JSON of the role's `within` value; none: everywhere
  std::string account = {};                ///< not empty: only cases it opened, or of its scope
  bool open_only = true;                   ///< not in a final state; a `state` says that by itself
  bool acting_only = false;                ///< only in states in which the text gives `role` an action, and in which no case rests
  bool by_due = false;                     ///< the most urgent first; else the newest first
  std::string after = {};                  ///< cursor of the page before
  size_t limit = 50;
};
struct CasePage {
  std::vector<CaseRow> rows;
  std::string next;  ///< empty: the last page
};

struct TimelineEntry {
  uint64_t sequence = 0;
  std::string actor, name;  ///< of the event
  std::string payload;
  Date law_date;
  int64_t recorded_at_ms = 0;
};

struct Balance {
  AccountCode code;
  int64_t limit = 0, held = 0, committed = 0;
};

/// Where a case stands among those of its procedure and state in its office's queue, the most urgent first; counted up to 1000.
struct QueuePlace {
  int64_t place = 1, of = 1;
};

class Desk {
 public:
  struct Parts {
    store::Store& store;
    const journal::Journal& journal;
    Law law;
    Clock clock;
    std::function<void(std::span<std::byte>)> random;  ///< for ids; called by one thread at a time
    /// Steps after desk_migrations(), numbered from kDeskSteps + 1: of whatever else stands in this database.
    std::vector<store::Migration> further_steps = {};
    /// Told of persons and employers whom a filed case names for the first time, in the write of the act; may be empty.
    std::function<store::StoreResult<void>(store::Transaction&, const std::vector<Subject>&, const Case&, int64_t)> file_subjects = {};
  };
  /// Brings the schema up to date. Errors: kUnfit for a database of a later program. What the parts refer to must outlive the desk.
  static store::StoreResult<std::unique_ptr<Desk>> open(Parts parts);
  ~Desk();

  Done open_case(const Request& request, std::string_view procedure);
  Done give_facts(const Request& request, std::string_view id, int64_t version, std::string_view facts_json,
                  const std::vector<std::string>& remove = {});
  /// What the procedure takes from an earlier case of the actor, by its id (decide.h).
  Done take_facts(const Request& request, std::string_view id, int64_t version, std::string_view from);
  /// The bytes are stored by content; type and size are checked by whoever read them (papers).
  Done attach_document(const Request& request, std::string_view id, int64_t version, DocumentEntry document, std::string_view bytes);
  Done remove_document(const Request& request, std::string_view id, int64_t version, std::string_view kind, std::string_view sha256);
  Done act(const Request& request, std::string_view id, int64_t version, std::string_view action, std::string_view facts_json = "{}");

  /// Nothing is told of a case that the actor may not see: kNoSuchThing, as for one that does not exist; also by the acts above.
  std::expected<Case, Failure> show(const Actor& actor, std::string_view id);
  std::expected<CaseView, Failure> view(const Actor& actor, const Case& item);
  /// Requirement by requirement (checks.h); the case may be one that was only imagined, as give_facts() of decide.h makes it.
  std::expected<std::vector<ActionCheck>, Failure> checks(const Actor& actor, const Case& item);
  /// The actor's earlier cases from which the case may take facts over now, the newest first, kEarlierMax at most. None for who fills in
  /// no forms of it.
  std::expected<std::vector<Case>, Failure> earlier_cases(const Actor& actor, const Case& item);
  /// None: nothing waits in a queue of an office.
  std::expected<std::optional<QueuePlace>, Failure> queue_place(const Case& item);
  /// The events of the case, oldest first, after a sequence: kTimelineMax a call.
  std::expected<std::vector<TimelineEntry>, Failure> timeline(const Actor& actor, std::string_view id, uint64_t after = 0);
  /// Journals that the actor looked at the case, and why; to be called before a person's record is shown. Stands in a chain of its own
  /// beside the case's, so that nobody's open page becomes stale by being looked over. Returns the sequence.
  std::expected<uint64_t, Failure> record_view(const Actor& actor, std::string_view id, std::string_view purpose);
  /// Whether a look of this actor stands in the journal that was recorded then or later.
  std::expected<bool, Failure> has_viewed(const Actor& actor, std::string_view id, int64_t since_ms);
  std::expected<CasePage, Failure> list(const CaseFilter& filter);
  /// The case of this number, if the actor may see it; empty: no.
  std::expected<std::string, Failure> find_number(const Actor& actor, std::string_view number);
  /// Other cases that name somebody by one of the keys (keys_of), as far as one of the actors may see them: the newest first, kPageMax at
  /// most.
  std::expected<std::vector<CaseRow>, Failure> related(const std::vector<Actor>& actors, const Case& item,
                                                       const std::vector<std::string>& keys);
  std::expected<std::string, Failure> document_bytes(const Actor& actor, std::string_view id, std::string_view sha256);
  /// What anybody may know of an issued paper, by its number: nothing else of the case.
  struct PaperFacts {
    Case item;
    PaperEntry paper;
  };
  std::expected<std::optional<PaperFacts>, Failure> find_paper(std::string_view number);

  /// Accounts whose code begins so, by code; public.
  std::expected<std::vector<Balance>, Failure> balances(std::string_view prefix, std::string_view after = {}, size_t limit = kPageMax);

  /// A draft of what somebody types, by account and place; kept through upgrades, never read by the law.
  std::expected<void, Failure> save_draft(std::string_view account, std::string_view place, std::string_view json);
  std::expected<std::string, Failure> draft(std::string_view account, std::string_view place);  ///< empty: none

  /// Acts on every deadline that has passed, once, whoever sweeps; also after downtime. Returns how many cases were acted on.
  /// At most `cases_max` a call: call until it returns 0.
  std::expected<size_t, Failure> sweep(size_t cases_max = 200);
  /// Cases whose deadline has passed but on which the law let the clock not act (a conflict, a gap, no places): people must look at them.
  /// They are tried again every day. By id. Of sealed cases nothing is told here: they stand in the queues of their offices.
  struct Stuck {
    std::string id, reason;
  };
  std::expected<std::vector<Stuck>, Failure> stuck(std::string_view after = {}, size_t limit = kPageMax);

  std::expected<journal::Receipt, Failure> receipt(uint64_t sequence);

  /// Notices not yet sent, oldest first; and their acknowledgement.
  struct OutboxEntry {
    int64_t number = 0;
    std::string case_id, role, text;
    int64_t recorded_at_ms = 0;
    std::string procedure, opened_by;
    std::string scope;  ///< JSON of what binds the role to the case; empty: nothing
  };
  std::expected<std::vector<OutboxEntry>, Failure> outbox(size_t limit = kPageMax);
  std::expected<void, Failure> sent(int64_t number);

  /// Folds every case from its events and recomputes every account; names the differences (none: all equal), at most kDifferencesMax.
  /// With `repair`, writes the cases' projections anew; what differs in the ledger is only named, for its postings are no projection.
  std::expected<std::vector<std::string>, Failure> rebuild(bool repair);

 private:
  struct Impl;
  explicit Desk(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace koshi::office
