// Of which norms "My status" is made, and how they are asked.
#include "base/text.h"
#include "http/status.h"

namespace koshi::http {
namespace {

std::string list_text(const Site& site, const std::string& name) {
  return site.words.phrase(words::Language::kEn, "page.status.list." + name);
}

std::vector<std::string> names_in(const Site& site, const std::string& name) {
  std::vector<std::string> names;
  const std::string list = list_text(site, name);  // outlives the parts
  for (const std::string_view one : split(list, ' ')) {
    if (!one.empty()) names.emplace_back(one);
  }
  return names;
}

/// The link to one that leads from the record to the person; kNoId when the record is the person or knows none.
int32_t link_to(const zan::Corpus& corpus, zan::EntityId from, zan::EntityId person) {
  if (from == person || from == zan::kNoId) return zan::kNoId;
  const auto& links = corpus.entities[static_cast<size_t>(from)].links;
  for (size_t i = 0; i < links.size(); ++i) {
    if (!links[i].many && links[i].target == person) return static_cast<int32_t>(i);
  }
  return zan::kNoId;
}

std::vector<zan::NormId> norms_in(const Site& site, const std::string& name, zan::EntityId person) {
  std::vector<zan::NormId> norms;
  for (const std::string& one : names_in(site, name)) {
    const zan::NormId norm = site.corpus.find_norm(one);
    if (norm == zan::kNoId) continue;
    const zan::EntityId entity = site.corpus.norms[static_cast<size_t>(norm)].entity;
    if (entity == person || link_to(site.corpus, entity, person) != zan::kNoId) norms.push_back(norm);
  }
  return norms;
}

}  // namespace

std::optional<StatusPlan> status_plan(const Site& site) {
  StatusPlan plan;
  plan.until = site.corpus.find_norm(list_text(site, "until"));
  if (plan.until == zan::kNoId) return std::nullopt;
  plan.entity = site.corpus.norms[static_cast<size_t>(plan.until)].entity;
  plan.overrun = site.corpus.find_norm(list_text(site, "overrun"));
  plan.days = site.corpus.find_norm(list_text(site, "days"));
  plan.first = norms_in(site, "first", plan.entity);
  plan.steps = norms_in(site, "steps", plan.entity);
  plan.duties = norms_in(site, "duties", plan.entity);
  for (const std::string& group : names_in(site, "rights")) plan.rights.push_back({group, norms_in(site, group, plan.entity)});
  plan.stays = list_text(site, "stays");
  plan.entered = list_text(site, "entered");
  plan.left = list_text(site, "left");
  plan.arrived = list_text(site, "arrived");
  const std::string complaint = list_text(site, "complaint");
  if (site.corpus.find_procedure(complaint) != zan::kNoId) plan.complaint = complaint;
  return plan;
}

StatusForm read_status_form(const Site& site, const StatusPlan& plan, const Query& query) {
  StatusForm form;
  form.facts = read_ask_form(query);
  form.plan_from = form.facts.fact("plan_from").value_or("");
  form.plan_to = form.facts.fact("plan_to").value_or("");
  // The day is today, and the law that in force: neither is chosen here.
  form.facts.norm.clear();
  form.facts.under.clear();
  form.facts.on.clear();
  form.facts.reforms.clear();
  std::erase_if(form.facts.facts, [&](const auto& fact) { return !find_place(site.corpus, plan.entity, fact.first); });
  return form;
}

Query status_query(const StatusForm& form) {
  Query query = ask_query(form.facts);
  if (!form.plan_from.empty()) query.add("plan_from", form.plan_from);
  if (!form.plan_to.empty()) query.add("plan_to", form.plan_to);
  return query;
}

std::string status_href(const Context& context, const StatusForm& form, std::string_view changing) {
  Query query = status_query(form);
  if (!changing.empty()) query.add("change", std::string(changing));
  return href(context, kStatusPath, std::move(query));
}

AskForm facts_for(const Site& site, const StatusPlan& plan, const AskForm& facts, zan::NormId norm) {
  const zan::EntityId entity = site.corpus.norms[static_cast<size_t>(norm)].entity;
  const int32_t link = link_to(site.corpus, entity, plan.entity);
  AskForm form = facts;
  form.norm = site.corpus.full_name(norm);
  if (link == zan::kNoId) return form;
  const std::string prefix = site.corpus.entities[static_cast<size_t>(entity)].links[static_cast<size_t>(link)].name + ".";
  for (auto& [path, value] : form.facts) path.insert(0, prefix);
  for (std::string& path : form.skipped) path.insert(0, prefix);
  return form;
}

std::expected<zan::Answer, ask::Problems> ask_status(const Site& site, const StatusPlan& plan, const AskForm& facts, zan::NormId norm,
                                                     Date on) {
  AskForm form = facts_for(site, plan, facts, norm);
  form.on = format_date(on);
  const zan::EntityId entity = site.corpus.norms[static_cast<size_t>(norm)].entity;
  auto question = ask::resolve(site.library, raw_question(site.corpus, entity, form, words::code(words::Language::kEn)), on);
  if (!question) return std::unexpected(std::move(question.error()));
  auto answer = zan::ask(site.library, question->norm, question->record, on, {});
  if (!answer) return std::unexpected(ask::Problems{{"", answer.error().message}});
  return std::move(*answer);
}

}  // namespace koshi::http
