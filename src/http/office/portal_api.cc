// What the portal asks besides: the office's day, who may try it, and cases in words.
#include "http/office/portal_api.h"

#include <algorithm>

#include "ask/writer.h"
#include "http/office/failure.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

/// The roles of all procedures, each once: what it is called is the same in all.
void write_roles(ask::JsonWriter& json, const OfficeSite& office, words::Language language) {
  static constexpr std::string_view kKinds[] = {"party", "office", "other", "clock"};
  std::vector<std::string> seen;
  json.key("roles");
  json.raw("[");
  for (const zan::Procedure& procedure : office.law.corpus.procedures) {
    const words::ProcedureWords said(office.site.api_words, language, procedure);
    for (size_t i = 0; i < procedure.roles.size(); ++i) {
      const zan::Role& role = procedure.roles[i];
      if (role.kind == zan::Role::Kind::kClock || std::ranges::find(seen, role.name) != seen.end()) continue;
      seen.push_back(role.name);
      json.comma();
      json.raw("{");
      json.key("role");
      json.name(role.name);
      json.key("kind");
      json.name(kKinds[static_cast<size_t>(role.kind)]);
      json.key("label");
      json.text(said.role(static_cast<int32_t>(i)));
      json.raw("}");
    }
  }
  json.raw("]");
}

}  // namespace

Response office_api(const OfficeSite& office, const Context& context) {
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("today");
  json.date(office.house.today());
  json.key("demo");
  json.raw("[");
  for (const DemoVisitor& one : office.demo) {
    json.comma();
    json.raw("{");
    json.key("login");
    json.text(one.login);
    json.key("password");
    json.text(one.password);
    json.key("name");
    json.text(one.name);
    json.key("about");
    json.text(one.about);
    json.raw("}");
  }
  json.raw("]");
  write_roles(json, office, context.language);
  json.raw("}\n");
  return office_json(context, std::move(body));
}

}  // namespace koshi::http
