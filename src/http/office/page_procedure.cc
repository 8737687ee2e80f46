// The procedures of the law as people read them.
#include "base/text.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/paper.h"
#include "http/office/way.h"

namespace koshi::http {
namespace {

const zan::Procedure* find_procedure(const OfficeSite& office, const Context& context) {
  const int32_t found = office.law.corpus.find_procedure(context.path_parameter("procedure"));
  return found == zan::kNoId ? nullptr : &office.law.corpus.procedures[static_cast<size_t>(found)];
}

Response no_procedure(const OfficeSite& office, const Context& context) {
  return refused_page(office, context, nullptr, 404, "office.failed.404_title", "office.no_procedure");
}

/// Lines of a text whose depth is told by two spaces each, gathered under the lines that stand at the margin.
std::vector<View> section_views(std::string_view text) {
  std::vector<View> sections;
  std::vector<std::pair<size_t, View>> items;
  std::string heading;
  const auto close = [&] {
    if (heading.empty()) return;
    View section;
    section.text("heading", heading).list("items", nest(std::move(items)));
    sections.push_back(std::move(section));
    items.clear();
  };
  for (const std::string_view line : split(text, '\n')) {
    const size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos) continue;
    if (begin == 0) {
      close();
      heading = std::string(line);
      continue;
    }
    View item;
    items.emplace_back(begin / 2 - 1, item.text("text", std::string(line.substr(begin))));
  }
  close();
  return sections;
}

/// What a person wants to know first, in whole sentences: who begins, what is asked, what it leads to, how else it may end.
std::vector<View> plain_views(const OfficeSite& office, const Context& context, const words::ProcedureWords& said) {
  const zan::Procedure& procedure = said.procedure();
  const Date on = office.house.today();
  std::vector<View> views;
  const auto say = [&](std::string_view key, std::string_view hole, const std::vector<std::string>& named) {
    if (named.empty()) return;
    View view;
    views.push_back(view.text("text", phrase(office.site, context, key, {{std::string(hole), join(named, " · ")}})));
  };
  std::vector<std::string> begins, asked, ends, papers;
  for (size_t i = 0; i < procedure.roles.size(); ++i) {
    if (procedure.roles[i].kind == zan::Role::Kind::kParty) begins.push_back(said.role(static_cast<int32_t>(i)));
  }
  for (size_t i = 0; i < procedure.forms.size(); ++i) {
    if (procedure.forms[i].in_force.contains(on)) asked.push_back(said.form(static_cast<int32_t>(i)));
  }
  for (size_t i = 0; i < procedure.states.size(); ++i) {
    if (procedure.states[i].is_final) ends.push_back(said.state(static_cast<int32_t>(i)));
  }
  if (const auto paper = holding_paper(procedure)) papers.push_back(said.effect(paper->state, paper->action, paper->effect));
  say("office.procedures.who_begins", "who", begins);
  say("office.procedures.asked", "forms", asked);
  say("office.procedures.paper", "paper", papers);
  say("office.procedures.ends", "states", ends);
  return views;
}

}  // namespace

Response procedures_page(const OfficeSite& office, const Context& context) {
  std::vector<View> rows;
  for (const zan::Procedure& procedure : office.law.corpus.procedures) {
    const words::ProcedureWords said(office.site.words, context.language, procedure);
    View view = link_view(href(context, "/procedures/" + percent_encode(procedure.name)), said.label());
    view.text("help", said.help()).text("force", office.site.words.in_force(context.language, procedure.in_force));
    rows.push_back(std::move(view));
  }
  Page page{.name = "office_procedures", .title = phrase(office.site, context, "office.procedures.title"), .view = {}};
  page.view.text("heading", page.title).flag("has_rows", !rows.empty()).list("rows", std::move(rows));
  return office_page(office, context, nullptr, std::move(page));
}

Response procedure_page(const OfficeSite& office, const Context& context) {
  const zan::Procedure* procedure = find_procedure(office, context);
  if (procedure == nullptr) return no_procedure(office, context);
  const words::ProcedureWords said(office.site.words, context.language, *procedure);
  auto sections = section_views(words::procedure_text(office.site.words, context.language, *procedure, office.house.today()));
  // The first section repeats the title; help, dates and sources below it are told here in their own form.
  if (!sections.empty()) sections.erase(sections.begin());
  const auto way = way_through(*procedure, office.house.today());
  Query query;
  query.add("on", format_date(office.house.today()));
  query.add("lang", std::string(words::code(context.language)));
  Page page{.name = "office_procedure", .title = said.label(), .view = {}};
  page.view.text("heading", page.title)
      .text("help", said.help())
      .text("force", office.site.words.in_force(context.language, procedure->in_force))
      .list("cites", citation_views(office.site, context, procedure->by))
      .text("back", href(context, "/procedures"))
      .text("diagram", query.url("/procedures/" + percent_encode(procedure->name) + "/diagram.svg"))
      .list("plain", plain_views(office, context, said))
      .flag("has_way", !way.empty())
      .list("way", way_views(said, way, office.house.today()))
      .list("sections", std::move(sections));
  return office_page(office, context, nullptr, std::move(page));
}

Response diagram_file(const OfficeSite& office, const Context& context) {
  const zan::Procedure* procedure = find_procedure(office, context);
  if (procedure == nullptr) return no_procedure(office, context);
  words::DiagramOptions options;
  options.on = parse_date(context.query.get("on").value_or(""));
  options.current = procedure->find_state(context.query.get("state").value_or(""));
  // Without marks: a picture has no place to say in which language a word is.
  Response response = reply(200, "image/svg+xml", words::state_diagram_svg(office.site.api_words, context.language, *procedure, options));
  response.headers.push_back({"Cache-Control", "no-cache"});
  return response;
}

}  // namespace koshi::http
