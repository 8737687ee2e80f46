#include "http/office/refusal_view.h"

#include <algorithm>

#include "base/text.h"
#include "http/office/case_fields.h"
#include "http/office/ground_lines.h"
#include "http/office/page_frame.h"
#include "http/proof_view.h"

namespace koshi::http {
namespace {

bool asks_for(const OfficeSite& office, const Context& context, const zan::Procedure& procedure, const std::vector<zan::FactPath>& asks,
              std::string_view path) {
  const auto fields = asked_fields(office.law.corpus, procedure.entity, asks);
  return has_field({office.site, context, procedure.entity, fields}, path);
}

/// Where what the problem names is mended; empty where nobody here can.
std::string mended_at(const OfficeSite& office, const Context& context, const Seen& seen, const office::Refusal& refusal,
                      const std::string& path, const zan::Action* here) {
  const office::Case& item = seen.item;
  const CasePlace place = place_of(office, item);
  if (path.empty() || place.procedure == nullptr) return {};
  if (refusal.kind == office::RefusalKind::kDocumentsMissing) {
    Query query;
    query.add("kind", path);
    return case_href(context, item.id, "/documents", std::move(query));
  }
  if (here != nullptr && asks_for(office, context, *place.procedure, here->asks, path)) return "#" + path;
  for (const zan::Form& form : place.procedure->forms) {
    if (!form.in_force.contains(item.law_date(office.house.today()))) continue;
    if (!asks_for(office, context, *place.procedure, form.asks, path)) continue;
    return case_href(context, item.id, "/forms/" + percent_encode(form.name)) + "#" + path;
  }
  const int32_t role = place.procedure->find_role(seen.actor.role);
  if (place.state == zan::kNoId) return {};
  for (const zan::Action& action : place.procedure->states[static_cast<size_t>(place.state)].actions) {
    const bool is_own = std::ranges::find(action.roles, role) != action.roles.end();
    if (!is_own || !asks_for(office, context, *place.procedure, action.asks, path)) continue;
    return case_href(context, item.id, "/actions/" + percent_encode(action.name)) + "#" + path;
  }
  return {};
}

std::vector<zan::CitationRef> deciding_citations(const zan::Corpus& corpus, const zan::Answer& answer) {
  std::vector<zan::CitationRef> citations;
  for (const zan::RuleId rule : answer.deciding) {
    for (const zan::CitationRef& citation : corpus.rules[static_cast<size_t>(rule)].by) {
      if (std::ranges::find(citations, citation) == citations.end()) citations.push_back(citation);
    }
  }
  return citations;
}

View failed_view(const OfficeSite& office, const Context& context, const office::Refusal::Failed& failed) {
  const Site& site = office.site;
  std::vector<View> changes;
  for (const zan::FactChange& change : failed.changes) {
    View view;
    changes.push_back(view.text("text", words::change_sentence(site.words, context.language, change)));
  }
  std::vector<View> grounds = ground_line_views(office, context, failed.answer);
  auto cites = citation_views(site, context, deciding_citations(office.law.corpus, failed.answer));
  View view;
  view.text("label", failed.label)
      .flag("has_cites", !cites.empty())
      .list("cites", std::move(cites))
      .flag("has_found", !grounds.empty())
      .list("found", std::move(grounds))
      .flag("has_changes", !changes.empty())
      .list("changes", std::move(changes))
      .section("why", proof_view(site, context, failed.answer));
  if (const auto program = site.library.on(failed.answer.on, failed.answer.reforms)) {
    view.text("sentence", words::answer_sentence(site.words, context.language, **program, failed.answer));
  }
  return view;
}

}  // namespace

std::vector<View> ground_line_views(const OfficeSite& office, const Context& context, const zan::Answer& answer) {
  std::vector<View> views;
  for (const GroundLine& line : ground_lines(office.site.words, context.language, answer)) {
    auto cites = citation_views(office.site, context, line.by);
    View view;
    view.text("text", line.label).text("facts", join(line.facts, "; ")).list("cites", std::move(cites));
    views.push_back(std::move(view));
  }
  return views;
}

std::string case_href(const Context& context, std::string_view id, std::string_view below, Query query) {
  return href(context, "/cases/" + percent_encode(id) + std::string(below), std::move(query));
}

View refusal_view(const OfficeSite& office, const Context& context, const Seen& seen, const office::Refusal& refusal,
                  const zan::Action* here) {
  std::vector<View> problems;
  for (const office::Refusal::Problem& problem : refusal.problems) {
    problems.push_back(link_view(mended_at(office, context, seen, refusal, problem.path, here), problem.message));
  }
  std::vector<View> failed;
  for (const office::Refusal::Failed& one : refusal.failed) failed.push_back(failed_view(office, context, one));
  View view;
  view.text("message", refusal.message)
      .text("again", refusal.kind == office::RefusalKind::kStale ? case_href(context, seen.item.id) : "")
      .flag("has_problems", !problems.empty())
      .list("problems", std::move(problems))
      .flag("has_failed", !failed.empty())
      .list("failed", std::move(failed));
  return view;
}

}  // namespace koshi::http
