// Procedures: their participants, what they know, their forms; states stand in read_state.cc.
//
//   account   = "account" name "of" "(" [ base *( "," base ) ] ")" text
//   procedure = "procedure" name "of" name text ["help" text] ["sealed"] *dated *part *state
//   part      = ("party" / "office" / "role") name text ["within" path ["without" "account"]] / "documents" name / "number" text / "aim"
//   names
//             / "knows" path "=" ( expression / "balance" "of" keyed ) / takes / form
//   takes     = "takes" paths "from" name "in" names
//   form      = "form" name text ["when" expression] *dated *( "ask" paths )
//   dated     = "from" date / "until" date / "by" citations
//   keyed     = name "(" [ expression *( "," expression ) ] ")"
//
// No word here is reserved: what stands first on a line says what the line is. Help, `sealed` and dates of the procedure stand on its
// first line or on lines of their own.

#include <array>
#include <utility>

#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

constexpr std::array<std::string_view, 16> kPartWords = {"help",      "by",    "from",  "until", "sealed", "party", "office", "role",
                                                         "documents", "knows", "takes", "form",  "state",  "final", "number", "aim"};
constexpr std::array<std::string_view, 4> kFormWords = {"ask", "from", "until", "by"};

bool read_role(Reader& r, RoleDecl::Kind kind, RoleDecl& role) {
  role.kind = kind;
  if (!r.read_name(role.name, "the name of who takes part") || !r.read_text(role.label, "the label, in double quotes")) return false;
  if (!r.accept("within")) return true;
  if (!r.read_path(role.within, "the name of a fact")) return false;
  role.without_account = r.accept("without");
  return !role.without_account || r.require("account");
}

bool read_knows(Reader& r, KnowsDecl& knows) {
  if (!r.read_path(knows.path, "the name of a fact") || !r.require("=")) return false;
  if (r.at("balance") && r.at("of", 1)) {
    r.next();
    r.next();
    return read_keyed(r, knows.balance_of);
  }
  knows.value = read_expression(r);
  return knows.value != nullptr;
}

bool read_takes(Reader& r, TakesDecl& takes) {
  return read_paths(r, takes.paths) && r.require("from") && r.read_name(takes.procedure, "the name of a procedure") && r.require("in") &&
         r.read_names(takes.states, "the name of a final state of that procedure");
}

bool read_form_line(Reader& r, FormDecl& form) {
  if (r.at("ask")) return read_part(r, form.asks, [&](AskDecl& ask) { return read_paths(r, ask.paths); });
  if (!at_dated(r)) return r.unexpected("`ask`, `from`, `until` or `by`", kFormWords);
  return read_dates(r, form.dated);
}

bool read_form_head(Reader& r, FormDecl& form) {
  if (!r.read_name(form.name, "the name of the form") || !r.read_text(form.label, "the title of the form, in double quotes")) return false;
  if (r.accept("when")) {
    form.when = read_expression(r);
    if (!form.when) return false;
  }
  while (!r.at_end() && !r.peek().first && at_dated(r)) {
    if (!read_dated(r, form.dated)) return false;
  }
  return true;
}

bool read_form(Reader& r, FormDecl& form) {
  const bool good = read_form_head(r, form);
  if (!good) r.skip_line();
  r.comments_inside(form.comments);
  r.each_child([&] { return read_form_line(r, form); });
  return good;
}

bool read_documents(Reader& r, std::vector<DocumentsDecl>& out) {
  if (!out.empty()) return r.report(r.peek().span, "`documents` stands twice in this procedure", "one set norm names all of them");
  return read_part(r, out, [&](DocumentsDecl& decl) { return r.read_name(decl.norm, "the name of a set norm"); });
}

bool read_number(Reader& r, std::vector<NumberDecl>& out) {
  if (!out.empty()) return r.report(r.peek().span, "`number` stands twice in this procedure");
  return read_part(r, out, [&](NumberDecl& decl) { return r.read_text(decl.pattern, "how cases are numbered, in double quotes"); });
}

bool read_aim(Reader& r, std::vector<AimDecl>& out) {
  if (!out.empty()) return r.report(r.peek().span, "`aim` stands twice in this procedure", "one line names all its states");
  return read_part(r, out, [&](AimDecl& decl) { return r.read_names(decl.states, "the name of a state"); });
}

bool read_state_part(Reader& r, ProcedureDecl& out) {
  const uint32_t begin = r.here();
  StateDecl state;
  state.comments = r.comments_above();
  state.is_final = r.next().text == "final";
  const bool good = read_state(r, begin, state);
  if (good) out.states.push_back(std::move(state));
  return good;
}

bool at_note(const Reader& r) {
  return r.at("help") || r.at("sealed") || at_dated(r);
}

/// Help, `sealed` or a date, on the first line or on one of its own.
bool read_note(Reader& r, ProcedureDecl& out) {
  if (r.at("sealed")) {
    if (out.sealed) return r.report(r.peek().span, "`sealed` stands twice here");
    out.sealed = r.next().span;
    return true;
  }
  if (!r.at("help")) return read_dates(r, out.dated);
  if (!out.help.empty()) return r.report(r.peek().span, "`help` stands twice here");
  r.next();
  return r.read_text(out.help, "help, in double quotes");
}

bool read_procedure_part(Reader& r, ProcedureDecl& out) {
  const auto role = [&](RoleDecl::Kind kind) { return read_part(r, out.roles, [&](RoleDecl& decl) { return read_role(r, kind, decl); }); };
  if (at_note(r)) {
    const bool good = read_note(r, out);
    r.comments_inside(out.comments);
    return good;
  }
  if (r.at("party")) return role(RoleDecl::Kind::kParty);
  if (r.at("office")) return role(RoleDecl::Kind::kOffice);
  if (r.at("role")) return role(RoleDecl::Kind::kOther);
  if (r.at("documents")) return read_documents(r, out.documents);
  if (r.at("number")) return read_number(r, out.numbers);
  if (r.at("aim")) return read_aim(r, out.aims);
  if (r.at("knows")) return read_part(r, out.knows, [&](KnowsDecl& knows) { return read_knows(r, knows); });
  if (r.at("takes")) return read_part(r, out.takes, [&](TakesDecl& takes) { return read_takes(r, takes); });
  if (r.at("form")) return read_part(r, out.forms, [&](FormDecl& form) { return read_form(r, form); });
  if (r.at("state") || r.at("final")) return read_state_part(r, out);
  return r.unexpected(
      "a part of the procedure: `party`, `office`, `role`, `documents`, `number`, `aim`, `knows`, `takes`, `form`, `state` or `final`",
      kPartWords);
}

bool read_procedure_line(Reader& r, ProcedureDecl& out) {
  if (!r.read_name(out.name, "the name of the procedure") || !r.require("of") || !r.read_name(out.entity, "the name of an entity") ||
      !r.read_text(out.label, "the label of the procedure, in double quotes")) {
    return false;
  }
  while (!r.at_end() && !r.peek().first && at_note(r)) {
    if (!read_note(r, out)) return false;
  }
  return true;
}

}  // namespace

bool at_dated(const Reader& r) {
  return r.at("from") || r.at("until") || r.at("by");
}

bool read_dates(Reader& r, Dated& out) {
  while (at_dated(r)) {
    if (!read_dated(r, out)) return false;
  }
  return true;
}

bool read_dated(Reader& r, Dated& out) {
  const bool again = (r.at("from") && out.from) || (r.at("until") && out.until) || (r.at("by") && !out.by.empty());
  if (again) return r.report(r.peek().span, concat({quoted(r.peek().text), " stands twice here"}));
  if (r.accept("from")) return r.read_date(out.from);
  if (r.accept("until")) return r.read_date(out.until);
  r.next();
  return read_citations(r, out.by);
}

bool read_paths(Reader& r, std::vector<std::vector<Name>>& out) {
  do {
    if (!r.read_path(out.emplace_back(), "the name of a fact")) return false;
  } while (r.accept(","));
  return true;
}

bool read_keyed(Reader& r, KeyedDecl& out) {
  if (!r.read_name(out.name, "the name of an account") || !r.require("(")) return false;
  if (r.accept(")")) return true;
  do {
    ExprPtr key = read_expression(r);
    if (!key) return false;
    out.keys.push_back(std::move(key));
  } while (r.accept(","));
  return r.accept(")") || r.expected("`,` or `)`");
}

bool read_account(Reader& r, uint32_t begin, AccountDecl& out) {
  if (!r.read_name(out.name, "the name of the account") || !r.require("of") || !r.require("(")) return false;
  if (!r.accept(")")) {
    do {
      if (!read_type(r, out.keys.emplace_back())) return false;
    } while (r.accept(","));
    if (!r.accept(")")) return r.expected("`,` or `)`");
  }
  const bool good = r.read_text(out.label, "the label of the account, in double quotes");
  out.span = r.since(begin);
  return good;
}

bool read_procedure(Reader& r, uint32_t begin, ProcedureDecl& out) {
  const bool good = read_procedure_line(r, out);
  if (!good) r.skip_line();
  out.span = r.since(begin);
  r.comments_inside(out.comments);
  r.each_child([&] { return read_procedure_part(r, out); });
  return good;
}

}  // namespace koshi::zan
