#pragma once

#include "zan/syntax/reader.h"

/// The grammar of docs/zan.md, one function for each of its lines that is used in several places. Each reads what its
/// name says from the words of the present item. False or null: reported, leave the item.
namespace koshi::zan {

ExprPtr read_expression(Reader& reader);
/// A value of a fact: a number, quantity, percentage, date, yes, no, none, code, name, text or set; no arithmetic.
ExprPtr read_literal(Reader& reader);

bool read_citations(Reader& reader, std::vector<Citation>& out);
bool read_because(Reader& reader, Citation& out);
bool read_type(Reader& reader, TypeRef& out);

/// A rule with its exceptions. `comments` takes its comments: those of the rule, or of the change that it stands in.
bool read_rule(Reader& reader, Rule& out, Comments& comments, int depth = 0);
/// The rules below `except`, which is here. Reports by itself.
void read_exceptions(Reader& reader, std::vector<Rule>& out, int depth);

// Declarations, after their first word; `begin` is where that word stands.
bool read_act(Reader& reader, std::string_view word, uint32_t begin, ActDecl& out);
bool read_enum(Reader& reader, uint32_t begin, EnumDecl& out);
bool read_set(Reader& reader, uint32_t begin, SetDecl& out);
bool read_calendar(Reader& reader, uint32_t begin, CalendarDecl& out);
bool read_topic(Reader& reader, uint32_t begin, TopicDecl& out);
bool read_entity(Reader& reader, uint32_t begin, EntityDecl& out);
bool read_norm(Reader& reader, std::string_view word, uint32_t begin, NormDecl& out);
bool read_table(Reader& reader, uint32_t begin, TableDecl& out);
bool read_reform(Reader& reader, uint32_t begin, ReformDecl& out);
bool read_case(Reader& reader, uint32_t begin, CaseDecl& out);
bool read_account(Reader& reader, uint32_t begin, AccountDecl& out);
bool read_procedure(Reader& reader, uint32_t begin, ProcedureDecl& out);
bool read_return(Reader& reader, uint32_t begin, ReturnDecl& out);
/// A state of a procedure with its deadlines and actions, after `state` or `final`.
bool read_state(Reader& reader, uint32_t begin, StateDecl& out);
/// One effect, from its first word on.
bool read_effect(Reader& reader, EffectDecl& out);
bool at_effect(const Reader& reader);
/// NAME(keys).
bool read_keyed(Reader& reader, KeyedDecl& out);
/// One of `from`, `until`, `by`, at which the reader stands.
bool read_dated(Reader& reader, Dated& out);
bool at_dated(const Reader& reader);
/// All that stand together.
bool read_dates(Reader& reader, Dated& out);
/// One part of a declaration: skips its first word, reads the rest with `read`, and puts it into its list with its place and comments.
template <typename Part, typename Read>
bool read_part(Reader& reader, std::vector<Part>& out, Read read) {
  const uint32_t begin = reader.here();
  Part part;
  part.comments = reader.comments_above();
  reader.next();
  const bool good = read(part);
  part.span = reader.since(begin);
  reader.comments_inside(part.comments);
  if (good) out.push_back(std::move(part));
  return good;
}
/// After `ask`.
bool read_paths(Reader& reader, std::vector<std::vector<Name>>& out);

}  // namespace koshi::zan
