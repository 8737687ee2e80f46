// One form of a case: everything that it asks on one page.
#include "base/text.h"
#include "http/office/case_fields.h"
#include "http/office/failure.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/refusal_view.h"

namespace koshi::http {
namespace {

/// The form that the address names, in a case that the visitor may see.
struct Opened {
  Seen seen;
  const zan::Procedure* procedure = nullptr;
  int32_t form = zan::kNoId;
  std::vector<AskedField> fields;
};

std::expected<Opened, Response> open_form(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language);
  if (!seen) return std::unexpected(failure_page(office, context, &visitor, seen.error()));
  if (auto failed = note_presence(office, *seen, kPagePurpose)) return std::unexpected(failure_page(office, context, &visitor, *failed));
  Opened opened{std::move(*seen), nullptr, zan::kNoId, {}};
  opened.procedure = place_of(office, opened.seen.item).procedure;
  const std::string name = context.path_parameter("form");
  for (size_t i = 0; opened.procedure != nullptr && i < opened.procedure->forms.size(); ++i) {
    const zan::Form& form = opened.procedure->forms[i];
    // A form that changed has the same name twice; the law of the case's day says which one it is.
    if (form.name == name && form.in_force.contains(opened.seen.item.law_date(office.house.today()))) opened.form = static_cast<int32_t>(i);
  }
  if (opened.form == zan::kNoId) {
    return std::unexpected(refused_page(office, context, &visitor, 404, "office.failed.404_title", "office.failed.no_form"));
  }
  opened.fields = asked_fields(office.law.corpus, opened.procedure->entity, opened.procedure->forms[static_cast<size_t>(opened.form)].asks);
  return opened;
}

struct Typed {
  const AskForm& form;
  std::vector<FieldProblem> problems = {};
  std::string message = {};  ///< of a refusal
  bool is_stale = false;
  int status = 200;
};

/// Lists of the form, each of which may come from a file instead.
std::vector<View> file_links(const OfficeSite& office, const Context& context, const office::Case& item,
                             const std::vector<AskedField>& fields) {
  const zan::Corpus& corpus = office.law.corpus;
  std::vector<View> links;
  for (const AskedField& field : fields) {
    const auto place = field.is_list() ? find_place(corpus, place_of(office, item).procedure->entity, field.path) : std::nullopt;
    if (!place || place->list == zan::kNoId) continue;
    const std::string label = office.site.words.label(context.language, words::link_key(corpus, place->entity, place->list));
    links.push_back(link_view(case_href(context, item.id, "/lists/" + percent_encode(field.path)),
                              phrase(office.site, context, "office.list.open", {{"list", label}})));
  }
  return links;
}

/// "Step 3 of 10": counted among all forms that are in force on the case's day, so that what an answer leaves out shifts no number.
std::string step_words(const OfficeSite& office, const Context& context, const Opened& opened) {
  const Date on = opened.seen.item.law_date(office.house.today());
  size_t step = 0, all = 0;
  for (size_t i = 0; i < opened.procedure->forms.size(); ++i) {
    if (!opened.procedure->forms[i].in_force.contains(on)) continue;
    ++all;
    if (static_cast<int32_t>(i) == opened.form) step = all;
  }
  return phrase(office.site, context, "office.form.step", {{"n", std::to_string(step)}, {"all", std::to_string(all)}});
}

Response shown(const OfficeSite& office, const Context& context, const Visitor& visitor, const Opened& opened, const Typed& typed) {
  const words::ProcedureWords said(office.site.words, context.language, *opened.procedure);
  Page page{.name = "office_form", .title = said.form(opened.form), .view = {}, .status = typed.status};
  const office::Case& item = opened.seen.item;
  page.view.text("heading", page.title).text("procedure", said.label()).text("back", case_href(context, item.id));
  if (typed.status != 200) page.title = phrase(office.site, context, "page.ask.error_prefix") + page.title;
  const FieldGroup group{office.site, context, opened.procedure->entity, opened.fields, true, item.law_date(office.house.today())};
  const std::string error = typed.problems.empty() ? "" : typed.problems.front().text;
  page.view.text("id", item.id)
      .text("step", step_words(office, context, opened))
      .flag("saved", context.query.has("saved") && typed.status == 200)
      .text("action", context.request.path.empty() ? "" : href(context, context.request.path))
      .text("message", typed.is_stale ? typed.message : "")
      .text("error", error)
      .list("errors", problem_views(typed.problems))
      .list("hidden", hidden_fields(visitor, item.version))
      .list("fields", field_views(group, typed.form, typed.problems))
      .list("files", file_links(office, context, item, opened.fields));
  return office_page(office, context, &visitor, std::move(page));
}

/// To the next form that misses something, behind this one before those before it; else back to the case, which says what comes then.
std::string after_saving(const OfficeSite& office, const Context& context, const Opened& opened, const office::Case& now) {
  Query saved;
  saved.add("saved", "1");
  const auto view = office.house.desk().view(opened.seen.actor, now);
  const zan::Form* next = nullptr;
  for (size_t i = 0; view && view->may_fill && i < view->forms.size(); ++i) {
    const auto index = view->forms[i].form - opened.procedure->forms.data();
    if (view->forms[i].missing.empty() || index == opened.form) continue;
    if (next == nullptr || (index > opened.form && next - opened.procedure->forms.data() < opened.form)) next = view->forms[i].form;
  }
  const std::string below = next == nullptr ? "" : "/forms/" + percent_encode(next->name);
  return case_href(context, now.id, below, std::move(saved));
}

/// What the desk says, beside the fields where it belongs to one.
std::vector<FieldProblem> problems_of(const FieldGroup& group, const office::Refusal& refusal) {
  std::vector<FieldProblem> problems;
  for (const office::Refusal::Problem& problem : refusal.problems) {
    problems.push_back({has_field(group, problem.path) ? problem.path : "", problem.message});
  }
  if (problems.empty()) problems.push_back({"", refusal.message});
  return problems;
}

}  // namespace

Response form_page(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto opened = open_form(office, context, visitor);
  if (!opened) return opened.error();
  const auto view = office.house.desk().view(opened->seen.actor, opened->seen.item);
  if (!view) return failure_page(office, context, &visitor, view.error());
  if (!view->may_fill) return refused_page(office, context, &visitor, 403, "office.failed.title", "office.failed.not_yours");
  const AskForm known = known_facts(office.law.corpus, *opened->procedure, opened->seen.item, Apart::kLeftOut);
  return shown(office, context, visitor, *opened, {known});
}

Response form_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const auto opened = open_form(office, context, visitor);
  if (!opened) return opened.error();
  AskForm form = sent_facts(sent.fields);
  const FieldGroup group{office.site, context, opened->procedure->entity, opened->fields};
  if (resize_lists(group, sent.fields, form)) return shown(office, context, visitor, *opened, {form});
  const office::Case& item = opened->seen.item;
  TypedFacts typed = read_fields(group, form, item);
  if (!typed.problems.empty()) return shown(office, context, visitor, *opened, {form, std::move(typed.problems), {}, false, 422});
  if (typed.json == "{}" && typed.remove.empty()) return see_other(after_saving(office, context, *opened, item));
  const auto version = parse_whole(sent.fields.get("version").value_or(""));
  const auto done = office.house.desk().give_facts({opened->seen.actor, sent.fields.get("key").value_or("")}, item.id, version.value_or(0),
                                                   typed.json, typed.remove);
  if (done) return see_other(after_saving(office, context, *opened, done->item));
  const auto* refusal = std::get_if<office::Refusal>(&done.error());
  if (refusal == nullptr) return failure_page(office, context, &visitor, done.error());
  const bool is_stale = refusal->kind == office::RefusalKind::kStale;
  return shown(office, context, visitor, *opened,
               {form, problems_of(group, *refusal), refusal->message, is_stale, status_of(done.error())});
}

}  // namespace koshi::http
