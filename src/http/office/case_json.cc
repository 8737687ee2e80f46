// The case as its visitor sees it, and what he may do in it.
#include "ask/writer.h"
#include "http/office/case_place.h"
#include "http/office/failure.h"
#include "http/office/leads_to.h"
#include "http/office/office_api.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

template <typename T>
int32_t index_of(const std::vector<T>& items, const T* one) {
  return static_cast<int32_t>(one - items.data());
}

void write_forms(ask::JsonWriter& json, const words::ProcedureWords& said, const office::CaseView& view) {
  json.key("forms");
  json.raw("[");
  for (const office::FormView& form : view.forms) {
    json.comma();
    json.raw("{");
    json.key("form");
    json.name(form.form->name);
    json.key("label");
    json.text(said.form(index_of(said.procedure().forms, form.form)));
    json.key("asks");
    json.raw("[");
    for (const zan::FactPath& path : form.form->asks) {
      json.comma();
      json.text(path.text);
    }
    json.raw("]");
    json.key("missing");
    json.raw("[");
    for (const std::string& path : form.missing) {
      json.comma();
      json.text(path);
    }
    json.raw("]}");
  }
  json.raw("]");
}

void write_documents(ask::JsonWriter& json, const office::CaseView& view) {
  json.key("documents");
  json.raw("[");
  for (const office::DocumentView& document : view.documents) {
    json.comma();
    json.raw("{");
    json.key("kind");
    json.text(document.kind);
    json.key("label");
    json.text(document.label);
    json.key("attached");
    json.yes_no(document.attached);
    json.raw("}");
  }
  json.raw("]");
}

void write_actions(ask::JsonWriter& json, const words::ProcedureWords& said, int32_t state, const office::CaseView& view) {
  const auto& actions = said.procedure().states[static_cast<size_t>(state)].actions;
  json.key("actions");
  json.raw("[");
  for (const office::ActionView& action : view.actions) {
    json.comma();
    json.raw("{");
    json.key("action");
    json.name(action.action->name);
    json.key("label");
    json.text(said.action(state, index_of(actions, action.action)));
    json.key("asks");
    json.raw("[");
    for (const zan::FactPath& path : action.action->asks) {
      json.comma();
      json.text(path.text);
    }
    json.raw("]");
    json.key("possible");
    json.yes_no(!action.hindrance.has_value());
    if (action.hindrance) {
      json.key("hindrance");
      json.text(action.hindrance->message);
      json.key("refusal");
      json.name(refusal_name(action.hindrance->kind));
    }
    if (action.first_day) {
      json.key("possible_from");
      json.date(*action.first_day);
    }
    json.raw("}");
  }
  json.raw("]");
}

void write_due(ask::JsonWriter& json, const OfficeSite& office, const office::CaseView& view) {
  if (!view.due) return;
  json.key("due");
  json.raw("{");
  json.key("last_day");
  json.date(view.due->last_day);
  json.key("then");
  json.text(view.due->action.empty() ? "late" : view.due->action);
  json.key("by");
  ask::write_citations(json, office.law.corpus, view.due->by);
  json.raw("}");
}

void write_leads_to(ask::JsonWriter& json, const OfficeSite& office, words::Language language, const Seen& seen) {
  const auto found = leads_to(office.law.corpus, seen.item.procedure, seen.item.state, seen.actor.role, office.house.today());
  if (found.empty()) return;
  json.key("leads_to");
  json.raw("[");
  for (const zan::Procedure* procedure : found) {
    json.comma();
    json.raw("{");
    json.key("procedure");
    json.text(procedure->name);
    json.key("label");
    json.text(words::ProcedureWords(office.site.api_words, language, *procedure).label());
    json.raw("}");
  }
  json.raw("]");
}

}  // namespace

std::string seen_json(const OfficeSite& office, const Context& context, const Seen& seen, const office::CaseView& view) {
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("case");
  json.raw(office::case_json(seen.item));
  json.key("role");
  json.text(seen.actor.role);
  if (const CasePlace place = place_of(office, seen.item); place.state != zan::kNoId) {
    const words::ProcedureWords said(office.site.api_words, context.language, *place.procedure);
    json.key("label");
    json.text(said.label());
    json.key("state_label");
    json.text(said.state(place.state));
    json.key("may_fill");
    json.yes_no(view.may_fill);
    write_forms(json, said, view);
    write_documents(json, view);
    write_actions(json, said, place.state, view);
    write_due(json, office, view);
    write_leads_to(json, office, context.language, seen);
  }
  json.raw("}\n");
  return body;
}

}  // namespace koshi::http
