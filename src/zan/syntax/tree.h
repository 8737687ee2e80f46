#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "zan/syntax/source.h"

/// The tree of a law text, as written: names are unresolved, nothing is typed. See docs/zan.md for the grammar.
/// Trees are plain values; expressions are owned by unique_ptr. Comments are kept for the printer.
namespace koshi::zan {

struct Name {
  std::string text;
  Span span;
  bool empty() const { return text.empty(); }
};

/// Comments that stand above an item (without "--", trimmed; an empty string is a bare "--" line) and the one after it on its first line.
/// Above, "\n" stands for an empty line, so that a heading keeps its distance and groups stay apart.
struct Comments {
  std::vector<std::string> above;
  std::string beside;
};

enum class ExprKind : uint8_t {
  kNumber,  ///< text = digits as written, "12" or "0.5"
  kDate,    ///< date
  kText,    ///< text
  kCode,    ///< text; written 'KZ-75'
  kYes,
  kNo,
  kNone,
  kToday,
  kPath,       ///< path (one name or more), under (may be empty)
  kSet,        ///< args = members: {a, b}
  kNot,        ///< args[0]
  kNegate,     ///< args[0]
  kBinary,     ///< op, args[0], args[1]
  kIn,         ///< args[0] in args[1] (kSet, or kPath that names a set); negated = "not in"
  kIsNone,     ///< args[0]; negated = "is not none"
  kIsEmpty,    ///< args[0], of a set; negated = "is not empty"
  kKnown,      ///< args[0] (kPath)
  kIf,         ///< args = condition, then, else
  kQuantity,   ///< args[0] `unit`: 5 days, 2 mci, 500 tenge, (a + b) months
  kPercent,    ///< args[0] (kNumber) %
  kRounded,    ///< args[0] rounded `rounding` [to `unit`]
  kAggregate,  ///< `aggregate` [args.value] of path [where args.condition]
  kCall,       ///< path[0] (args…)
  kOnDate,     ///< args[0] (kPath) on args[1]
};

enum class BinaryOp : uint8_t { kOr, kAnd, kEq, kNe, kLt, kLe, kGt, kGe, kOrElse, kAdd, kSub, kMul, kDiv };
enum class Aggregate : uint8_t { kCount, kAny, kAll, kShare, kSum, kMax, kMin };

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

struct Expr {
  ExprKind kind = ExprKind::kNone;
  Span span;
  std::string text;
  Date date;
  BinaryOp op = BinaryOp::kOr;
  Aggregate aggregate = Aggregate::kCount;
  bool negated = false;
  Rounding rounding = Rounding::kDown;
  /// kQuantity: "days", "working days", "months", "years", "tenge" (singular forms are stored as the plural) or the name of a parameter.
  /// kRounded: "", "tenge" or "tiyn".
  Name unit;
  std::vector<Name> path;
  Name under;
  std::vector<ExprPtr> args;  ///< never null
  ExprPtr value;              ///< kAggregate of sum, max, min
  ExprPtr condition;          ///< kAggregate: where; null when missing
  int height = 1;             ///< of the tree, set by the parser; at most kMaxNesting (parser.h), so walking a tree may recurse
};

enum class Confidence : uint8_t { kRead, kReported, kUnverified, kSample };

struct Citation {
  Name act;
  std::string place;                     ///< "art. 6(4)", trimmed, inner white space folded; may be empty
  std::optional<Confidence> confidence;  ///< missing only after `because`
  Span span;
};

struct TypeRef {
  Name name;  ///< "yes/no" is spelt so
  bool is_set = false;
  bool or_none = false;
  Span span;
};

struct Rule {
  Comments comments;
  Name label;      ///< may be empty
  Name reinstate;  ///< not empty: `reinstate LABEL`, and value is null
  ExprPtr value;
  ExprPtr when;  ///< may be null
  std::optional<Date> from, until;
  std::vector<Citation> by;
  std::vector<Rule> exceptions;
  Span span;
};

struct ActDecl {
  enum class Kind : uint8_t { kAct, kTreaty, kSource };
  Comments comments;
  Kind kind = Kind::kAct;
  Name name;
  std::string title, number, url;
  Date made;  ///< adopted, signed or published
  std::optional<Date> from, until;
  bool not_ratified = false;
  std::vector<Name> replaces;  ///< acts that applied before it to the same
  Span span;
};

struct EnumMember {
  Comments comments;
  Name code;
  std::string label;
};

struct EnumDecl {
  Comments comments;
  Name name;
  std::string label;
  std::string csv;  ///< not empty: members come from this file
  Span csv_span;
  std::vector<EnumMember> members;
  Span span;
};

struct SetRow {
  Comments comments;
  std::vector<Name> members;
  std::optional<Date> from, until;
};

struct SetDecl {
  Comments comments;
  Name name, of;
  std::string label;
  std::vector<Citation> by;
  std::vector<SetRow> rows;
  Span span;
};

struct CalendarDecl {
  Comments comments;
  std::string csv;
  Span span;
};

struct TopicDecl {
  Comments comments;
  Name name;
  std::string label;
  Span span;
};

struct FactDecl {
  Comments comments;
  Name name;
  TypeRef type;
  Name format;  ///< of a text: "iin"; may be empty
  std::string label, ask, help;
  Span span;
};

struct LinkDecl {
  Comments comments;
  Name name;
  bool many = false;
  Name target;
  std::string label;
  Span span;
};

struct MustDecl {
  Comments comments;
  ExprPtr condition;
  std::string message;
  Span span;
};

/// Under which register an entity is filed, and by which of its facts.
struct IdentityDecl {
  Comments comments;
  Name kind;                           ///< "person" or "employer"
  Name number;                         ///< IIN or BIN
  Name passport, country, name, born;  ///< may be empty
  Span span;
};

struct EntityDecl {
  Comments comments;
  Name name;
  std::string label;
  /// In the order written.
  std::vector<FactDecl> facts;
  std::vector<LinkDecl> links;
  std::vector<MustDecl> musts;
  std::vector<IdentityDecl> identities;  ///< at most one
  Span span;
};

/// Dates and citations of a part of a declaration.
struct Dated {
  std::optional<Date> from, until;
  std::vector<Citation> by;
};

/// A text that governed these days and was not read: what a gap then names.
struct MissingDecl {
  Comments comments;
  Dated dated;
  Span span;
};

struct NormDecl {
  Comments comments;
  bool is_definition = false;  ///< `define`
  Name name;
  Name entity;  ///< empty: a parameter
  Name under;   ///< may be empty
  TypeRef type;
  std::string label, help;
  std::vector<Citation> by;
  std::vector<MissingDecl> missing;
  std::vector<Rule> rules;
  std::vector<Rule> exceptions;
  Name topic;  ///< the topic in force at this place of the file; set by the parser
  Span span;
};

struct TableDecl {
  Comments comments;
  Name name, entity;
  std::vector<Name> keys;
  TypeRef type;
  std::string label, help, csv;
  Span csv_span;
  std::vector<Citation> by;
  std::vector<MissingDecl> missing;
  Name topic;
  Span span;
};

struct Change {
  enum class Kind : uint8_t { kPrevail, kInsert, kReplace, kRepeal, kSuspend };
  Comments comments;
  Kind kind = Kind::kPrevail;
  Name label;  ///< replace, repeal, suspend; insert under
  std::optional<Rule> rule;
  std::optional<Date> from, until;  ///< repeal, suspend
  Span span;
};

struct Amend {
  Comments comments;
  Name norm, entity, under;
  std::vector<Change> changes;
  Span span;
};

struct ReformDecl {
  Comments comments;
  Name name;
  std::string title;
  std::vector<Citation> by;
  std::optional<Date> from;
  std::vector<Amend> amends;
  std::vector<NormDecl> norms;
  Span span;
};

struct Assignment {
  std::vector<Name> path;
  ExprPtr value;
};

struct Subject {
  Comments comments;
  Name name;  ///< entity in the first line, link below
  std::vector<Assignment> facts;
  std::vector<Subject> links;
  Span span;
};

struct Expect {
  enum class Kind : uint8_t { kValue, kUnknown, kConflict, kGap };
  Comments comments;
  std::vector<Name> norm;  ///< "registration_due" or "person", "registration_due"
  Name under;
  Kind kind = Kind::kValue;
  ExprPtr value;
  std::vector<std::vector<Name>> needing;
  std::optional<Citation> because;
  Span span;
};

struct CaseDecl {
  Comments comments;
  std::string title;
  Date on;
  std::vector<Name> reforms;
  Subject subject;
  std::vector<Expect> expects;
  Span span;
};

struct AccountDecl {
  Comments comments;
  Name name;
  std::vector<TypeRef> keys;
  std::string label;
  Span span;
};

struct RoleDecl {
  enum class Kind : uint8_t { kParty, kOffice, kOther };
  Comments comments;
  Kind kind = Kind::kParty;
  Name name;
  std::string label;
  std::vector<Name> within;      ///< empty: of all cases
  bool without_account = false;  ///< a party known by a key of its own
  Span span;
};

struct DocumentsDecl {
  Comments comments;
  Name norm;
  Span span;
};

/// One account of a kind: NAME(keys).
struct KeyedDecl {
  Name name;
  std::vector<ExprPtr> keys;
};

struct KnowsDecl {
  Comments comments;
  std::vector<Name> path;
  ExprPtr value;  ///< null: `balance of`
  KeyedDecl balance_of;
  Span span;
};

struct AskDecl {
  Comments comments;
  std::vector<std::vector<Name>> paths;
  Span span;
};

struct FormDecl {
  Comments comments;
  Name name;
  std::string label;
  ExprPtr when;  ///< may be null
  Dated dated;
  std::vector<AskDecl> asks;
  Span span;
};

struct NeedsDecl {
  Comments comments;
  bool forms = false;
  bool documents = false;
  Span span;
};

struct RequireDecl {
  Comments comments;
  ExprPtr condition;
  std::string label;
  Dated dated;
  Span span;
};

struct EffectDecl {
  enum class Kind : uint8_t {
    kFiles,
    kSets,
    kRecords,
    kReserve,
    kCommit,
    kRelease,
    kAllot,
    kWithdraw,
    kMove,
    kCharges,
    kGrounds,
    kIssues,
    kNotice,
    kSettles,
  };
  Comments comments;
  Kind kind = Kind::kFiles;
  std::vector<Name> path;                ///< kSets, kRecords
  ExprPtr value;                         ///< kSets, kRecords; the amount of kReserve, kAllot, kWithdraw, kMove, kCharges
  KeyedDecl account;                     ///< kReserve, kAllot, kWithdraw; kMove: from
  KeyedDecl to;                          ///< kMove; kCharges: its name is who is paid, or empty
  ExprPtr until;                         ///< kReserve; may be null
  Name name;                             ///< account of kCommit and kRelease, norm of kGrounds, paper of kIssues, role of kNotice
  std::string label;                     ///< kCharges, kIssues, kNotice
  std::vector<std::string> letter;       ///< kIssues: the paragraphs of its text; a hole is {PATH}
  std::vector<std::vector<Name>> tells;  ///< kIssues: the facts that it lists
  Span span;
};

struct ActionDecl {
  Comments comments;
  Name name;
  std::string label, help;
  std::vector<Name> roles;
  Name target;
  ExprPtr when;  ///< may be null
  Dated dated;
  std::vector<AskDecl> asks;
  std::vector<NeedsDecl> needs;
  std::vector<RequireDecl> requirements;
  std::vector<EffectDecl> effects;
  Span span;
};

struct DeadlineDecl {
  Comments comments;
  ExprPtr count;  ///< `within`; null: `until`
  Name unit;      ///< "days", "working days", "months", "years"
  ExprPtr day;    ///< `until`
  Name action;    ///< empty: `late`
  Dated dated;
  Span span;
};

struct StateDecl {
  Comments comments;
  Name name;
  std::string label;
  bool is_final = false;
  std::vector<DeadlineDecl> deadlines;
  std::vector<ActionDecl> actions;
  Span span;
};

/// How its cases are numbered: "{region}/WP/{year}/{number}".
struct NumberDecl {
  Comments comments;
  std::string pattern;
  Span span;
};

/// For the sake of which states it is done.
struct AimDecl {
  Comments comments;
  std::vector<Name> states;
  Span span;
};

/// What a party may take over from an earlier case of its own.
struct TakesDecl {
  Comments comments;
  std::vector<std::vector<Name>> paths;
  Name procedure;
  std::vector<Name> states;
  Span span;
};

struct ProcedureDecl {
  Comments comments;
  Name name, entity;
  std::string label, help;
  Dated dated;
  std::optional<Span> sealed;  ///< where the word stands
  std::vector<RoleDecl> roles;
  std::vector<DocumentsDecl> documents;  ///< at most one
  std::vector<NumberDecl> numbers;       ///< at most one
  std::vector<AimDecl> aims;             ///< at most one
  std::vector<KnowsDecl> knows;
  std::vector<TakesDecl> takes;
  std::vector<FormDecl> forms;
  std::vector<StateDecl> states;
  Span span;
};

/// Who sees a return: a participant of the procedures, within its own value of a row of it.
struct ReaderDecl {
  Comments comments;
  Name role;
  Name within;  ///< name of a row; empty: all of it
  Span span;
};

/// What the lines of a return are told apart by.
struct ReturnRowDecl {
  Comments comments;
  Name name;
  std::string label;
  ExprPtr value;
  Span span;
};

/// One figure: how many cases, or the sum of what over them.
struct FigureDecl {
  enum class Of : uint8_t {
    kFiled,     ///< in the period
    kReached,   ///< came into one of the states in the period
    kDone,      ///< one of the actions was done in the period; each time counts
    kStanding,  ///< in one of the states at the end of the period
  };
  Comments comments;
  Name name;
  std::string label;
  ExprPtr amount;  ///< `sum`; null: `count`
  Of of = Of::kFiled;
  std::vector<Name> places;  ///< states or actions
  ExprPtr where;             ///< may be null
  Span span;
};

struct ReturnDecl {
  enum class Period : uint8_t { kMonth, kQuarter, kYear };
  Comments comments;
  Name name;
  std::vector<Name> procedures;
  std::string label, help;
  Dated dated;
  std::optional<Period> period;
  std::vector<ReaderDecl> readers;
  std::vector<ReturnRowDecl> rows;
  std::vector<FigureDecl> figures;
  Span span;
};

/// Where a declaration of each kind stands among the others of its file, for the printer: (kind, index into its vector).
enum class DeclKind : uint8_t {
  kAct,
  kEnum,
  kSet,
  kCalendar,
  kTopic,
  kEntity,
  kNorm,
  kTable,
  kReform,
  kCase,
  kAccount,
  kProcedure,
  kReturn,
};

struct FileTree {
  int32_t file = -1;
  std::vector<ActDecl> acts;
  std::vector<EnumDecl> enums;
  std::vector<SetDecl> sets;
  std::vector<CalendarDecl> calendars;
  std::vector<TopicDecl> topics;
  std::vector<EntityDecl> entities;
  std::vector<NormDecl> norms;
  std::vector<TableDecl> tables;
  std::vector<ReformDecl> reforms;
  std::vector<CaseDecl> cases;
  std::vector<AccountDecl> accounts;
  std::vector<ProcedureDecl> procedures;
  std::vector<ReturnDecl> returns;
  std::vector<std::pair<DeclKind, size_t>> order;
  std::vector<std::string> closing_comments;  ///< below the last declaration; "\n" as in Comments
};

}  // namespace koshi::zan
