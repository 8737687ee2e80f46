// Lists for programs: cases, procedures; what is public of quota, journal and papers.
#include <algorithm>
#include <charconv>

#include "ask/writer.h"
#include "http/office/failure.h"
#include "http/office/office_api.h"
#include "http/office/own_cases.h"
#include "http/office/people_api.h"
#include "http/office/row_title.h"
#include "http/office/way.h"
#include "http/problem.h"
#include "words/procedures.h"
#include "zan/corpus/who_acts.h"

namespace koshi::http {
namespace {

constexpr size_t kDefaultRows = 50;

/// What the law calls the procedure and the state; nothing for what it no longer knows.
void write_labels(ask::JsonWriter& json, const OfficeSite& office, words::Language language, const office::CaseRow& row) {
  const int32_t found = office.law.corpus.find_procedure(row.procedure);
  if (found == zan::kNoId) return;
  const words::ProcedureWords said(office.site.api_words, language, office.law.corpus.procedures[static_cast<size_t>(found)]);
  json.key("label");
  json.text(said.label());
  const int32_t state = said.procedure().find_state(row.state);
  if (state == zan::kNoId) return;
  json.key("state_label");
  json.text(said.state(state));
}

}  // namespace

void write_case_row(ask::JsonWriter& json, const OfficeSite& office, words::Language language, const office::CaseRow& row) {
  json.raw("{");
  const auto text = [&](std::string_view key, std::string_view value) {
    json.key(key);
    json.text(value);
  };
  const auto day = [&](std::string_view key, const std::optional<Date>& value) {
    if (!value) return;
    json.key(key);
    json.date(*value);
  };
  text("id", row.id);
  text("procedure", row.procedure);
  text("state", row.state);
  text("title", row_title(office, office.site.api_words, language, row));
  if (!row.number.empty()) text("number", row.number);
  json.key("version");
  json.number(row.version);
  json.key("opened");
  json.date(row.opened);
  day("filed", row.filed);
  day("due", row.due);
  day("late", row.late);
  write_labels(json, office, language, row);
  json.raw("}");
}

namespace {

std::optional<size_t> limit_of(const Context& context) {
  const auto text = context.query.get("limit");
  if (!text) return kDefaultRows;
  size_t limit = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), limit);
  const bool good = read.ec == std::errc() && read.ptr == text->data() + text->size() && limit > 0 && limit <= office::kPageMax;
  return good ? std::optional(limit) : std::nullopt;
}

std::string case_page_json(const OfficeSite& office, words::Language language, const office::CasePage& page) {
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("cases");
  json.raw("[");
  for (const office::CaseRow& row : page.rows) {
    json.comma();
    write_case_row(json, office, language, row);
  }
  json.raw("]");
  json.key("next");
  json.text(page.next);
  json.raw("}\n");
  return body;
}

void write_action(ask::JsonWriter& json, const words::ProcedureWords& said, int32_t state, int32_t index) {
  const zan::Action& action = said.procedure().states[static_cast<size_t>(state)].actions[static_cast<size_t>(index)];
  json.raw("{");
  json.key("action");
  json.name(action.name);
  json.key("label");
  json.text(said.action(state, index));
  if (const std::string help = said.action_help(state, index); !help.empty()) {
    json.key("help");
    json.text(help);
  }
  json.key("to");
  json.name(said.procedure().states[static_cast<size_t>(action.target)].name);
  const bool files =
      std::ranges::any_of(action.effects, [](const zan::Effect& effect) { return effect.kind == zan::Effect::Kind::kFiles; });
  json.key("files");
  json.yes_no(files);
  json.key("fills");
  json.yes_no(action.needs_forms || action.needs_documents);
  json.key("roles");
  json.raw("[");
  for (const int32_t role : action.roles) {
    json.comma();
    json.name(said.procedure().roles[static_cast<size_t>(role)].name);
  }
  json.raw("]");
  json.key("asks");
  json.raw("[");
  for (const zan::FactPath& path : action.asks) {
    json.comma();
    json.text(path.text);
  }
  json.raw("]}");
}

void write_procedure(ask::JsonWriter& json, const words::ProcedureWords& said) {
  const zan::Procedure& procedure = said.procedure();
  json.raw("{");
  json.key("procedure");
  json.name(procedure.name);
  json.key("label");
  json.text(said.label());
  json.key("help");
  json.text(said.help());
  ask::write_range(json, procedure.in_force);
  json.key("by");
  ask::write_citations(json, said.words().corpus(), procedure.by);
  json.key("parties");
  json.raw("[");
  for (const zan::Role& role : procedure.roles) {
    if (role.kind != zan::Role::Kind::kParty) continue;
    json.comma();
    json.name(role.name);
  }
  json.raw("]}");
}

void write_roles(ask::JsonWriter& json, const words::ProcedureWords& said) {
  static constexpr std::string_view kKinds[] = {"party", "office", "other", "clock"};
  json.key("roles");
  json.raw("[");
  for (size_t i = 0; i < said.procedure().roles.size(); ++i) {
    const zan::Role& role = said.procedure().roles[i];
    json.comma();
    json.raw("{");
    json.key("role");
    json.name(role.name);
    json.key("kind");
    json.name(kKinds[static_cast<size_t>(role.kind)]);
    json.key("label");
    json.text(said.role(static_cast<int32_t>(i)));
    if (role.within) {
      json.key("within");
      json.text(role.within->text);
    }
    json.raw("}");
  }
  json.raw("]");
}

void write_forms(ask::JsonWriter& json, const words::ProcedureWords& said) {
  json.key("forms");
  json.raw("[");
  for (size_t i = 0; i < said.procedure().forms.size(); ++i) {
    const zan::Form& form = said.procedure().forms[i];
    json.comma();
    json.raw("{");
    json.key("form");
    json.name(form.name);
    json.key("label");
    json.text(said.form(static_cast<int32_t>(i)));
    ask::write_range(json, form.in_force);
    json.key("asks");
    json.raw("[");
    for (const zan::FactPath& path : form.asks) {
      json.comma();
      json.raw("{");
      json.key("fact");
      json.text(path.text);
      json.key("label");
      json.text(said.fact(path));
      ask::write_type(json, said.words().corpus(),
                      said.words().corpus().entities[static_cast<size_t>(path.entity)].facts[static_cast<size_t>(path.fact)].type);
      json.raw("}");
    }
    json.raw("]}");
  }
  json.raw("]");
}

void write_states(ask::JsonWriter& json, const words::ProcedureWords& said) {
  json.key("states");
  json.raw("[");
  for (size_t i = 0; i < said.procedure().states.size(); ++i) {
    const zan::ProcedureState& state = said.procedure().states[i];
    json.comma();
    json.raw("{");
    json.key("state");
    json.name(state.name);
    json.key("label");
    json.text(said.state(static_cast<int32_t>(i)));
    json.key("final");
    json.yes_no(state.is_final);
    json.key("rests");
    json.yes_no(zan::rests_in(state));
    json.key("actions");
    json.raw("[");
    for (size_t k = 0; k < state.actions.size(); ++k) {
      json.comma();
      write_action(json, said, static_cast<int32_t>(i), static_cast<int32_t>(k));
    }
    json.raw("]}");
  }
  json.raw("]");
}

void write_way_days(ask::JsonWriter& json, const office::OutlookStep& step) {
  if (step.from) {
    json.key("from");
    json.date(*step.from);
  }
  if (step.until) {
    json.key("until");
    json.date(*step.until);
  }
  if (step.working_days) {
    json.key("working_days");
    json.number(*step.working_days);
  }
}

/// The straight way: acts by their states, the first to the last, with what can be told of each before anything is known; and the papers.
void write_way(ask::JsonWriter& json, const OfficeSite& office, const words::ProcedureWords& said) {
  const std::vector<office::ActPlace> way = way_through(said.procedure(), office.house.today());
  const office::Outlook outlook = office::outlook_of(office.law, said.procedure(), way, office.house.today());
  json.key("way");
  json.raw("[");
  for (size_t i = 0; i < way.size(); ++i) {
    const zan::ProcedureState& state = said.procedure().states[static_cast<size_t>(way[i].state)];
    json.comma();
    json.raw("{");
    json.key("who");
    json.text(said.roles(state.actions[static_cast<size_t>(way[i].action)]));
    json.key("what");
    json.text(said.action(way[i].state, way[i].action));
    write_way_days(json, outlook.steps[i]);
    json.key("charges");
    json.raw("[");
    for (const int32_t charge : outlook.steps[i].charges) {
      json.comma();
      json.text(said.effect(way[i].state, way[i].action, charge));
    }
    json.raw("]}");
  }
  json.raw("]");
  json.key("documents");
  json.raw("[");
  for (const int32_t member : outlook.documents) {
    const zan::Corpus& corpus = office.law.corpus;
    const zan::EnumId of = corpus.norms[static_cast<size_t>(said.procedure().documents)].type.of;
    json.comma();
    json.text(said.words().label(said.language(), words::member_key(corpus, of, member)));
  }
  json.raw("]");
}

}  // namespace

Response cases_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto limit = limit_of(context);
  if (!limit) return problem(400, "\"limit\" must be 1 to " + std::to_string(office::kPageMax) + ".");
  const std::string wanted = context.query.get("as").value_or("");
  for (const office::Actor& actor : actors_of(office, visitor, context.language)) {
    if (!wanted.empty() && actor.role != wanted) continue;
    office::CaseFilter filter;
    filter.procedure = context.query.get("procedure").value_or("");
    filter.state = context.query.get("state").value_or("");
    filter.role = actor.role;
    filter.scope = actor.scope;
    filter.account = account_for_list(office.law.corpus, actor);
    filter.open_only = context.query.get("all").value_or("") != "1";
    filter.acting_only = context.query.get("acts").value_or("") == "1";
    filter.by_due = context.query.get("by").value_or("") == "due";
    filter.after = context.query.get("after").value_or("");
    filter.limit = *limit;
    auto page = office.house.desk().list(filter);
    if (!page) return failure_problem(office, context.language, page.error());
    return office_json(context, case_page_json(office, context.language, *page));
  }
  return office_problem(office, context, 403, "office.no_role");
}

Response procedures_api(const OfficeSite& office, const Context& context) {
  std::string body;
  ask::JsonWriter json(body);
  json.raw("[");
  for (const zan::Procedure& procedure : office.law.corpus.procedures) {
    json.comma();
    write_procedure(json, {office.site.api_words, context.language, procedure});
  }
  json.raw("]\n");
  return office_json(context, std::move(body));
}

Response procedure_api(const OfficeSite& office, const Context& context) {
  const int32_t found = office.law.corpus.find_procedure(context.path_parameter("procedure"));
  if (found == zan::kNoId) return office_problem(office, context, 404, "office.no_procedure");
  const words::ProcedureWords said(office.site.api_words, context.language, office.law.corpus.procedures[static_cast<size_t>(found)]);
  std::string body;
  ask::JsonWriter json(body);
  write_procedure(json, said);
  body.pop_back();  // the object goes on
  write_roles(json, said);
  write_forms(json, said);
  write_states(json, said);
  write_way(json, office, said);
  json.raw("}\n");
  return office_json(context, std::move(body));
}

}  // namespace koshi::http
