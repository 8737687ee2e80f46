// States of a procedure: deadlines, and actions with their effects.
//
//   state    = "state" name text *deadline *action / "final" name text
//   deadline = ( "within" expression unit / "until" expression ) "else" ( "late" / name ) *dated
//   action   = name ":" text "by" names "->" name ["when" expression] *dated ["help" text] *( "ask" paths )
//              *( "needs" ("forms" / "documents") *( "," … ) ) *require *effect
//   require  = "requires" expression text *dated
//   effect   = "files" / ("sets" / "records") path "=" expression / "reserve" expression "from" keyed ["until" expression]
//            / ("commit" / "release") name / "allot" expression "to" keyed / "withdraw" expression "from" keyed
//            / "move" expression "from" keyed "to" keyed / "charges" expression text ["to" name] / "settles"
//            / "grounds" name
//            / "issues" name text ["letter" 1*text] ["tells" paths] / "notice" name text
//
// Lines below an action may stand in any order; the printer puts them in this one.

#include <algorithm>
#include <array>
#include <utility>

#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

using Kind = EffectDecl::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 14> kEffects = {{
    {"files", Kind::kFiles},
    {"sets", Kind::kSets},
    {"records", Kind::kRecords},
    {"reserve", Kind::kReserve},
    {"commit", Kind::kCommit},
    {"release", Kind::kRelease},
    {"allot", Kind::kAllot},
    {"withdraw", Kind::kWithdraw},
    {"move", Kind::kMove},
    {"charges", Kind::kCharges},
    {"grounds", Kind::kGrounds},
    {"issues", Kind::kIssues},
    {"notice", Kind::kNotice},
    {"settles", Kind::kSettles},
}};
constexpr std::array<std::string_view, 21> kActionWords = {"help",    "ask",    "needs",   "requires", "files",    "sets",  "records",
                                                           "reserve", "commit", "release", "allot",    "withdraw", "move",  "charges",
                                                           "grounds", "issues", "notice",  "settles",  "from",     "until", "by"};
constexpr std::array<std::string_view, 2> kDeadlineWords = {"within", "until"};
constexpr std::array<std::string_view, 2> kNeedsWords = {"forms", "documents"};
constexpr std::array<std::string_view, 4> kUnits = {"days", "working days", "months", "years"};

/// Dates and citations up to the end of the item.
bool read_all_dates(Reader& r, Dated& out) {
  while (!r.at_end()) {
    if (!at_dated(r)) return r.unexpected("`from`, `until`, `by` or the end of the line");
    if (!read_dated(r, out)) return false;
  }
  return true;
}

/// As read_part, for parts that read their first word themselves.
template <typename Part, typename Read>
bool read_whole_part(Reader& r, std::vector<Part>& out, Read read) {
  const uint32_t begin = r.here();
  Part part;
  part.comments = r.comments_above();
  const bool good = read(part);
  part.span = r.since(begin);
  r.comments_inside(part.comments);
  if (good) out.push_back(std::move(part));
  return good;
}

bool read_keyed_after(Reader& r, std::string_view word, KeyedDecl& out) {
  return r.require(word) && read_keyed(r, out);
}

bool read_amount(Reader& r, EffectDecl& effect) {
  effect.value = read_expression(r);
  return effect.value != nullptr;
}

bool read_reserve(Reader& r, EffectDecl& effect) {
  if (!read_amount(r, effect) || !read_keyed_after(r, "from", effect.account)) return false;
  if (!r.accept("until")) return true;
  effect.until = read_expression(r);
  return effect.until != nullptr;
}

bool read_set_fact(Reader& r, EffectDecl& effect) {
  return r.read_path(effect.path, "the name of a fact") && r.require("=") && read_amount(r, effect);
}

bool read_charge(Reader& r, EffectDecl& effect) {
  if (!read_amount(r, effect) || !r.read_text(effect.label, "what it is for, in double quotes")) return false;
  return !r.accept("to") || r.read_name(effect.to.name, "who is paid: a participant");
}

/// The paragraphs of the letter, after the title, and the facts that it lists.
bool read_letter(Reader& r, EffectDecl& effect) {
  if (r.accept("letter")) {
    do {
      if (!r.read_text(effect.letter.emplace_back(), "the text of the letter, in double quotes")) return false;
    } while (r.at_kind(TokenKind::kText));
  }
  return !r.accept("tells") || read_paths(r, effect.tells);
}

bool read_effect_rest(Reader& r, EffectDecl& effect) {
  const auto titled = [&](std::string_view name, std::string_view text) {
    return r.read_name(effect.name, name) && r.read_text(effect.label, text);
  };
  switch (effect.kind) {
    case Kind::kFiles:
    case Kind::kSettles: return true;
    case Kind::kSets:
    case Kind::kRecords: return read_set_fact(r, effect);
    case Kind::kReserve: return read_reserve(r, effect);
    case Kind::kCommit:
    case Kind::kRelease: return r.read_name(effect.name, "the name of an account");
    case Kind::kAllot: return read_amount(r, effect) && read_keyed_after(r, "to", effect.account);
    case Kind::kWithdraw: return read_amount(r, effect) && read_keyed_after(r, "from", effect.account);
    case Kind::kMove: return read_amount(r, effect) && read_keyed_after(r, "from", effect.account) && read_keyed_after(r, "to", effect.to);
    case Kind::kCharges: return read_charge(r, effect);
    case Kind::kGrounds: return r.read_name(effect.name, "the name of a set norm");
    case Kind::kIssues: return titled("the name of the paper", "the title of the paper, in double quotes") && read_letter(r, effect);
    case Kind::kNotice: return titled("who is told: a participant", "what is told, in double quotes");
  }
  return false;
}

bool read_needs(Reader& r, NeedsDecl& needs) {
  r.next();
  do {
    if (r.accept("forms")) {
      needs.forms = true;
    } else if (r.accept("documents")) {
      needs.documents = true;
    } else {
      return r.expected("`forms` or `documents`", kNeedsWords);
    }
  } while (r.accept(","));
  return true;
}

bool read_require(Reader& r, RequireDecl& out) {
  r.next();
  out.condition = read_expression(r);
  if (!out.condition || !r.read_text(out.label, "what it takes, in double quotes")) return false;
  return read_all_dates(r, out.dated);
}

bool read_ask(Reader& r, AskDecl& ask) {
  r.next();
  return read_paths(r, ask.paths);
}

bool read_help(Reader& r, ActionDecl& action) {
  if (!action.help.empty()) return r.report(r.peek().span, "`help` stands twice here");
  r.next();
  return r.read_text(action.help, "help, in double quotes");
}

/// `from`, `until` and `by` of the action stand on lines of their own; several may share one.
bool read_action_line(Reader& r, ActionDecl& action) {
  if (r.at("ask")) return read_whole_part(r, action.asks, [&](AskDecl& ask) { return read_ask(r, ask); });
  if (r.at("needs")) return read_whole_part(r, action.needs, [&](NeedsDecl& needs) { return read_needs(r, needs); });
  if (r.at("requires")) return read_whole_part(r, action.requirements, [&](RequireDecl& require) { return read_require(r, require); });
  if (at_effect(r)) return read_whole_part(r, action.effects, [&](EffectDecl& effect) { return read_effect(r, effect); });
  if (!at_dated(r) && !r.at("help"))
    return r.unexpected("what belongs to an action: `ask`, `needs`, `requires` or an effect such as `sets` or `notice`", kActionWords);
  const bool good = r.at("help") ? read_help(r, action) : read_all_dates(r, action.dated);
  r.comments_inside(action.comments);
  return good;
}

bool read_action_head(Reader& r, ActionDecl& action) {
  if (!r.read_name(action.name, "the name of the action") || !r.require(":") ||
      !r.read_text(action.label, "the label of the action, in double quotes") || !r.require("by") ||
      !r.read_names(action.roles, "who acts: a participant or `clock`") || !r.require("->") ||
      !r.read_name(action.target, "the name of a state")) {
    return false;
  }
  if (r.accept("when")) {
    action.when = read_expression(r);
    if (!action.when) return false;
  }
  while (!r.at_end() && !r.peek().first) {
    if (!at_dated(r)) return r.unexpected("`when`, `from`, `until`, `by` or the end of the line");
    if (!read_dated(r, action.dated)) return false;
  }
  return true;
}

bool read_action(Reader& r, std::vector<ActionDecl>& out) {
  const uint32_t begin = r.here();
  ActionDecl action;
  action.comments = r.comments_above();
  const bool good = read_action_head(r, action);
  if (!good && r.here() == begin) r.next();
  if (!good) r.skip_line();
  action.span = r.since(begin);
  r.comments_inside(action.comments);
  r.each_child([&] { return read_action_line(r, action); });
  if (good) out.push_back(std::move(action));
  return good;
}

/// `7 working days` was read as a quantity; the number and its unit are kept apart.
bool read_count(Reader& r, DeadlineDecl& deadline) {
  const Span place = r.peek().span;
  ExprPtr quantity = read_expression(r);
  if (!quantity) return false;
  const bool known = quantity->kind == ExprKind::kQuantity && std::ranges::find(kUnits, quantity->unit.text) != kUnits.end();
  if (!known) return r.report(place, "expected a number of days, working days, months or years after `within`");
  deadline.unit = std::move(quantity->unit);
  deadline.count = std::move(quantity->args[0]);
  return true;
}

bool read_deadline(Reader& r, DeadlineDecl& deadline) {
  if (r.next().text == "within") {
    if (!read_count(r, deadline)) return false;
  } else {
    deadline.day = read_expression(r);
    if (!deadline.day) return false;
  }
  if (!r.require("else")) return false;
  if (!r.accept("late") && !r.read_name(deadline.action, "`late` or the name of an action")) return false;
  return read_all_dates(r, deadline.dated);
}

bool read_state_line(Reader& r, StateDecl& state) {
  if (r.at_label()) return read_action(r, state.actions);
  if (r.at("within") || r.at("until")) {
    return read_whole_part(r, state.deadlines, [&](DeadlineDecl& deadline) { return read_deadline(r, deadline); });
  }
  return r.unexpected("`within`, `until` or an action (NAME: \"label\" by WHO -> STATE)", kDeadlineWords);
}

}  // namespace

bool at_effect(const Reader& r) {
  return std::ranges::any_of(kEffects, [&](const auto& effect) { return r.at(effect.first); });
}

bool read_effect(Reader& r, EffectDecl& effect) {
  const std::string_view word = r.next().text;
  effect.kind = std::ranges::find(kEffects, word, &std::pair<std::string_view, Kind>::first)->second;
  return read_effect_rest(r, effect);
}

bool read_state(Reader& r, uint32_t begin, StateDecl& state) {
  const bool good =
      r.read_name(state.name, "the name of the state") && r.read_text(state.label, "the label of the state, in double quotes");
  if (!good) r.skip_line();
  state.span = r.since(begin);
  r.comments_inside(state.comments);
  r.each_child([&] { return read_state_line(r, state); });
  return good;
}

}  // namespace koshi::zan
