#pragma once

#include <string>
#include <vector>

#include "http/ask_input.h"
#include "http/office/visitor.h"
#include "http/page.h"

/// What a form or an action asks of a case, as fields of a page and back. Names of fields are paths of facts, dates come in three parts,
/// as on the pages of /ask (ask_form.h); a list is a repeated group, its length a hidden field of the list's own name. Buttons `_add` and
/// `_remove` change the length without scripts.
namespace koshi::http {

/// Fields that a form has besides: no fact of the law has such a name (a test sees to it). The names that /ask keeps for itself are free
/// here.
inline constexpr std::string_view kFormFields[] = {"csrf", "version", "key", "_add", "_remove", "_nobody"};
/// Names a list of which is said that nobody stands on it; may come several times.
inline constexpr char kNobody[] = "_nobody";

struct AskedField {
  std::string path;                     ///< of the fact, or of the list
  std::vector<std::string> of_members;  ///< of a list: what is asked of each member
  bool is_list() const { return !of_members.empty(); }
};
/// In the order of the text; what is asked of one list stands together. Lists within lists are left to programs.
std::vector<AskedField> asked_fields(const zan::Corpus& corpus, zan::EntityId entity, const std::vector<zan::FactPath>& asks);

/// Whether facts of members that stand by themselves, because others than who gave the list said them, are taken too.
enum class Apart : bool { kLeftOut, kTaken };
/// What the case says already, as the fields would have it.
AskForm known_facts(const zan::Corpus& corpus, const zan::Procedure& procedure, const office::Case& item, Apart apart);
/// What was sent. A list of which is said that nobody stands on it loses its members, unless something was typed of them: the facts count.
AskForm sent_facts(const Query& fields);

struct FieldProblem {
  std::string path;
  std::string text;
};

/// A group of fields on one page. What it refers to outlives it.
struct FieldGroup {
  const Site& site;
  const Context& context;
  zan::EntityId entity;
  const std::vector<AskedField>& fields;
  bool may_resize = true;       ///< lists may grow and shrink; else their members are given
  std::optional<Date> on = {};  ///< choices that do not exist on this day are not offered
};

/// One more or one fewer member, if such a button was pressed. The rest of what was typed stays.
bool resize_lists(const FieldGroup& group, const Query& fields, AskForm& form);

struct TypedFacts {
  std::string json = "{}";          ///< for Desk::give_facts and Desk::act
  std::vector<std::string> remove;  ///< what was known and is empty now
  std::vector<FieldProblem> problems;
};
TypedFacts read_fields(const FieldGroup& group, const AskForm& form, const office::Case& before);

/// For the part `_fields`. Facts of members that other forms ask are carried along unseen.
std::vector<View> field_views(const FieldGroup& group, const AskForm& form, const std::vector<FieldProblem>& problems);
/// For the part `_errors`: each problem leads to its field, where there is one.
std::vector<View> problem_views(const std::vector<FieldProblem>& problems);
bool has_field(const FieldGroup& group, std::string_view path);

}  // namespace koshi::http
