#pragma once

#include <expected>
#include <functional>
#include <string>
#include <vector>

#include "office/case/case.h"
#include "office/case/event.h"
#include "words/words.h"
#include "zan/reason/answer.h"

/// What the law says to an act: pure. No clock, no disk, no network but what is handed in; the same arguments give the same bytes.
namespace koshi::office {

/// Of a procedure on a day. Holds references; lives as long as what it was made of. Thread-safe.
struct Law {
  const zan::Corpus& corpus;
  zan::ProgramLibrary& library;
  const words::Words& words;
};

/// Who acts: an account in one of its roles. That its scope covers the case is decide's to say.
struct Actor {
  std::string account;
  std::string role;                  ///< of the procedure; "clock" is the sweeper, and no account's
  std::optional<std::string> scope;  ///< value of the role's `within` fact, as its JSON; none: everywhere
  words::Language language = words::Language::kEn;
};

/// What the office knows beside the case, read in the transaction of the act.
struct Surroundings {
  /// Free places: those of holds whose day has passed are free, so they are expired in the ledger before an act is decided.
  std::function<int64_t(const std::string& account_code)> balance;
  /// Told when something rests on how many places are free, and not only on their being enough for what is posted, which the ledger sees
  /// to by itself. May be empty.
  std::function<void(const std::string& account_code)> rests_on_balance;
  /// Facts of a party from earlier cases: {"barred_until", json}, by the value of its `within` fact ("employer.bin", "\"0123…\"").
  std::function<std::vector<std::pair<std::string, std::string>>(const std::string& path, const std::string& key)> register_facts;
  /// The running number that the next case of a series gets ("KZ-75/WP/2026/"): one more than the last. Empty: cases are not numbered here.
  std::function<int64_t(const std::string& series)> next_number = {};
};

enum class RefusalKind : uint8_t {
  kNoSuchThing,   ///< 404: procedure, action, form, document kind
  kForbidden,     ///< 403: role or scope
  kWrongState,    ///< 409: the action is not of this state, or not now
  kStale,         ///< 409: the case has moved on
  kBadFacts,      ///< 422: what was given is no value, or contradicts itself
  kFactsMissing,  ///< 422: forms or asks not filled in, or facts that a requirement needs
  kDocumentsMissing,
  kNotLawful,   ///< 422: a requirement is not met; `answers` hold the proofs
  kNoPlaces,    ///< 409: the account has fewer free places
  kLawUnclear,  ///< 500-like: conflict, gap or fault of the law; `answers` hold the proof
  kTooMuch,     ///< 413: limits of case.h
};

/// A domain value. Messages are in the actor's language. What hinders an act is told whole; of several kinds, the first of kLawUnclear,
/// kNotLawful, kFactsMissing, kDocumentsMissing is its kind.
struct Refusal {
  struct Problem {
    std::string path;  ///< fact, document kind, or empty
    std::string message;
  };
  struct Failed {
    zan::Answer answer;                    ///< of the requirement's norm, with its proof
    std::string label;                     ///< what it takes
    std::vector<zan::FactChange> changes;  ///< what would change it
  };
  RefusalKind kind = RefusalKind::kNoSuchThing;
  std::string message;
  std::vector<Problem> problems;
  std::vector<Failed> failed;
  int64_t version = 0;  ///< of the case as it is
};

/// In the order to be done. kCommit and kRelease mean all that the case holds of this kind of account; a release may find nothing where
/// the hold has expired meanwhile.
struct LedgerPosting {
  enum class Kind : uint8_t { kHold, kCommit, kRelease, kAllot, kWithdraw, kMove };
  Kind kind = Kind::kHold;
  std::string account;  ///< kind of account, for kCommit and kRelease
  std::string code, to_code;
  int64_t amount = 0;
  std::optional<Date> until;
};

struct RegisterEntry {
  std::string key_path, key;  ///< "employer.bin", its JSON
  std::string fact, json;     ///< "barred_until"
};

struct Notice {
  std::string role, text;
};

/// A case's place in its series, and how that is written.
struct CaseNumber {
  std::string series;
  int64_t running = 0;
  std::string text;
};
/// "KZ-75/WP/2026/000012".
std::string number_text(std::string_view series, int64_t running);
/// Taken apart again: the digits at its end are the running number. None for what is no number.
std::optional<CaseNumber> number_of(std::string_view text);

/// What an act does, to be done in one transaction. There is always one event, also when somebody gives facts that change nothing.
struct Decision {
  std::vector<CaseEvent> events;
  Case after;
  std::vector<LedgerPosting> postings;
  std::vector<RegisterEntry> records;
  std::vector<Notice> notices;
  std::vector<PaperEntry> papers;
  std::optional<CaseNumber> number = {};  ///< that the act gave the case
  std::string action;                     ///< of the law text, in `acted` events
  std::string after_json;                 ///< case_json(after)
};
using Decided = std::expected<Decision, Refusal>;

/// Gives the case another running number of its series, where somebody else took the one with which the act was decided: the law cannot
/// read a case's number, so that nothing else of the decision would be different. False: nothing was done, decide anew.
bool renumber(Decision& decision, int64_t running);

/// Whether the role has come to know of the case, wherever its scope lies: a party always does; offices and others see what was filed, or
/// what waits for them, and of a sealed case what has ever waited for them.
bool stands_before(const zan::Procedure& procedure, int32_t role, const Case& item);

/// A new case in the first state; only a party opens one, on a day on which the procedure is in force.
Decided open_case(const Law& law, const std::string& id, std::string_view procedure, const Actor& actor, Date today);

/// Facts into a case: a JSON object of dotted paths or nested objects (ask.h); null as a member's value is *none*; `remove` lists paths to
/// forget. Parties may give what the forms in force ask, in a state in which an action of theirs `needs forms`; others what an open action
/// of theirs asks.
Decided give_facts(const Law& law, const Case& item, const Actor& actor, int64_t version, std::string_view facts_json,
                   const std::vector<std::string>& remove, Date today);

/// What the procedure `takes` from this earlier case of the party, in place of what was said of it before: as far as the earlier case says
/// it and the forms ask it now. Refused: another's case, one of another procedure, one that has not ended as the procedure wants it.
Decided take_facts(const Law& law, const Case& item, const Actor& actor, int64_t version, const Case& from, Date today);

Decided attach_document(const Law& law, const Case& item, const Actor& actor, int64_t version, const DocumentEntry& document, Date today);
Decided remove_document(const Law& law, const Case& item, const Actor& actor, int64_t version, std::string_view kind,
                        std::string_view sha256, Date today);

/// The act itself. `facts_json` are those that the action asks (and only those).
Decided decide(const Law& law, const Case& item, const Actor& actor, int64_t version, std::string_view action, std::string_view facts_json,
               const Surroundings& around, Date today);

/// The deadline that is next, if the state has one: the last day on which the act is in time.
struct Due {
  Date last_day;
  std::string action;  ///< of the clock; empty: the case counts as late
  std::vector<zan::CitationRef> by;
};
std::optional<Due> next_due(const Law& law, const Case& item, const Surroundings& around, Date today);
/// What the clock does on a day after the deadline: acts or marks as late; nothing if no deadline has passed.
std::optional<Decided> sweep(const Law& law, const Case& item, const Surroundings& around, Date today);

/// What somebody sees of a case, and may do in it now.
struct ActionView {
  const zan::Action* action = nullptr;
  std::optional<Refusal> hindrance;  ///< why it would be refused now, without the facts that it asks; none: it would pass
  /// Where a requirement is not met today: the first later day on which none would be broken, all else staying as it is (first_day.h).
  std::optional<Date> first_day = {};
};
struct FormView {
  const zan::Form* form = nullptr;
  std::vector<std::string> missing;  ///< paths
};
struct DocumentView {
  std::string kind, label;
  bool attached = false;
};
struct CaseView {
  std::vector<FormView> forms;          ///< in force, in the order of the text
  std::vector<DocumentView> documents;  ///< wanted by the law, then others that are attached
  std::vector<ActionView> actions;      ///< of the actor's role
  std::optional<Due> due;
  bool may_see = false;
  bool may_fill = false;  ///< forms and documents
};
CaseView view_case(const Law& law, const Case& item, const Actor& actor, const Surroundings& around, Date today);
/// `may_see` of the view, without the rest of it.
bool may_see(const Law& law, const Case& item, const Actor& actor);

}  // namespace koshi::office
