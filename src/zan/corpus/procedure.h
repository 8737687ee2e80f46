#pragma once

#include <optional>
#include <string>
#include <vector>

#include "zan/corpus/law.h"

/// Procedures of the checked law (docs/zan.md, Procedures). Every expression stands in a norm of its own over the procedure's entity
/// (Norm::of_procedure is set), so that whatever it decides has a proof; kNoId where nothing was written. Immutable, like the corpus.
namespace koshi::zan {

/// A fact reached from the procedure's record: "employer.bin", "workers[].person.nationality".
struct FactPath {
  std::string text;
  EntityId entity = kNoId;  ///< that has the fact
  int32_t fact = kNoId;
  bool through_many = false;  ///< asked of each member
  Span span;
};

struct Role {
  enum class Kind : uint8_t { kParty, kOffice, kOther, kClock };
  Kind kind = Kind::kParty;
  std::string name, label;
  std::optional<FactPath> within;
  Span span;
  bool without_account = false;  ///< of a party: whoever has the key to which the fact of `within` belongs
};

/// A kind of quota account; its accounts are told apart by keys of these types (whole, an enum, text or date).
struct Account {
  std::string name, label;
  std::vector<Type> keys;
  Span span;
};

struct AccountUse {
  int32_t account = kNoId;   ///< into Corpus::accounts
  std::vector<NormId> keys;  ///< one norm a key; empty for commit and release, which mean the case's own holds
};

struct Form {
  std::string name, label;
  NormId when = kNoId;
  std::vector<FactPath> asks;
  DateRange in_force;
  std::vector<CitationRef> by;
  Span span;
};

/// A fact that the office looks up: the value of a norm, or the free places of an account.
struct Known {
  FactPath path;
  NormId value = kNoId;
  std::optional<AccountUse> balance_of;
  Span span;
};

/// Facts that a party may take over from an earlier case of its own, which has ended.
struct Takes {
  std::vector<FactPath> facts;      ///< of one record each, asked by forms of this procedure
  int32_t procedure = kNoId;        ///< of the earlier case, over the same entity
  std::vector<std::string> states;  ///< in which it may stand; final ones
  Span span;
};

struct Requirement {
  NormId condition = kNoId;
  std::string label;
  DateRange in_force;
  std::vector<CitationRef> by;
  Span span;
};

/// How the cases of a procedure are numbered: the law's "{region}/WP/{year}/{number}". `pieces` is what stands before {number}, where the
/// hole {year} is a piece of its own; the running number counts within what they come to, and has at least `kNumberDigits` digits.
struct NumberPattern {
  struct Piece {
    std::string words;
    bool year = false;             ///< of the filing
    std::optional<FactPath> fact;  ///< of the case
  };
  std::vector<Piece> pieces;
  Span span;
};
inline constexpr size_t kNumberDigits = 6;

struct Effect {
  using Kind = EffectDecl::Kind;
  Kind kind = Kind::kFiles;
  std::optional<FactPath> path;  ///< kSets, kRecords
  NormId value = kNoId;  ///< kSets, kRecords; amount of kReserve, kAllot, kWithdraw, kMove, kCharges (money); the set norm of kGrounds
  NormId until = kNoId;  ///< kReserve
  AccountUse account;    ///< kReserve, kCommit, kRelease, kAllot, kWithdraw; kMove: from
  AccountUse to;         ///< kMove
  int32_t role = kNoId;  ///< kNotice; kCharges: who is paid, or kNoId
  std::string name;      ///< kIssues
  std::string label;     ///< kCharges, kIssues, kNotice
  Span span;
  std::vector<std::string> letter = {};  ///< kIssues: the paragraphs of its text, with holes {PATH}
  std::vector<FactPath> tells = {};      ///< kIssues: the facts that it lists; empty: all that it rests on
};

struct Action {
  std::string name, label, help;
  std::vector<int32_t> roles;  ///< into Procedure::roles
  int32_t target = kNoId;      ///< into Procedure::states
  NormId when = kNoId;
  std::vector<FactPath> asks;
  bool needs_forms = false;
  bool needs_documents = false;
  std::vector<Requirement> requirements;
  std::vector<Effect> effects;
  DateRange in_force;
  std::vector<CitationRef> by;
  Span span;
};

enum class DeadlineUnit : uint8_t { kWorkingDays, kDays, kMonths, kYears };

struct Deadline {
  NormId count = kNoId;  ///< `within`: a whole number of `unit` after the day on which the state was entered; months rounded down
  DeadlineUnit unit = DeadlineUnit::kDays;
  NormId day = kNoId;      ///< `until`: the last day
  int32_t action = kNoId;  ///< into the state's actions; kNoId: `late`
  DateRange in_force;
  std::vector<CitationRef> by;
  Span span;
};

struct ProcedureState {
  std::string name, label;
  bool is_final = false;
  bool is_aim = false;  ///< for its sake the procedure is there
  std::vector<Deadline> deadlines;
  std::vector<Action> actions;
  Span span;
};

struct Procedure {
  std::string name, label, help;
  EntityId entity = kNoId;
  NormId documents = kNoId;  ///< a set norm of the entity
  std::vector<Role> roles;   ///< one kParty or more; the last is the clock
  std::vector<Known> knows;
  std::vector<Form> forms;
  std::vector<ProcedureState> states;  ///< the first one is where cases start
  DateRange in_force;                  ///< days on which cases may be opened
  std::vector<CitationRef> by;
  Span span;
  /// Nobody but its party and the offices that had something to do in it may know that a case exists. The compiler sees to it that such a
  /// procedure leaves nothing outside of its cases: no quota, no register.
  bool sealed = false;
  std::optional<NumberPattern> number = {};
  std::vector<Takes> takes = {};

  int32_t find_role(std::string_view role) const;
  int32_t find_state(std::string_view state) const;
};

/// A return of an authority: what the journal comes to over a period, told by rows. Every expression is a norm over a case's record as it
/// stood at the end of the period, asked under the law of the case.
struct ReturnRow {
  std::string name, label;
  NormId value = kNoId;  ///< an enum, yes/no, a whole number or a text
  Span span;
};

struct Figure {
  using Of = FigureDecl::Of;
  std::string name, label;
  Of of = Of::kFiled;
  std::vector<std::string> places;  ///< states, or actions
  NormId amount = kNoId;            ///< of a sum: whole or money
  NormId where = kNoId;
  Span span;
};

struct ReturnReader {
  std::string role;
  int32_t within = kNoId;  ///< into Return::rows
};

struct Return {
  using Period = ReturnDecl::Period;
  std::string name, label, help;
  EntityId entity = kNoId;
  std::vector<int32_t> procedures;  ///< of this entity, none sealed
  Period period = Period::kMonth;
  std::vector<ReturnReader> readers;
  std::vector<ReturnRow> rows;
  std::vector<Figure> figures;
  DateRange in_force;
  std::vector<CitationRef> by;
  Span span;
};

}  // namespace koshi::zan
