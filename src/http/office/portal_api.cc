// What the portal asks besides: the office's day, who may try it, and cases in words.
#include "http/office/portal_api.h"

#include <algorithm>

#include "ask/writer.h"
#include "http/office/failure.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

struct RoleLine {
  std::string name, label;
  zan::Role::Kind kind;
};

/// What somebody is in any procedure: an office before a party before another participant. The kinds are declared in another order.
int rank(zan::Role::Kind kind) {
  return kind == zan::Role::Kind::kOffice ? 0 : kind == zan::Role::Kind::kParty ? 1 : 2;
}

/// The roles of all procedures, each once: what it is called is the same in all.
std::vector<RoleLine> role_lines(const OfficeSite& office, words::Language language) {
  std::vector<RoleLine> lines;
  for (const zan::Procedure& procedure : office.law.corpus.procedures) {
    const words::ProcedureWords said(office.site.api_words, language, procedure);
    for (size_t i = 0; i < procedure.roles.size(); ++i) {
      const zan::Role& role = procedure.roles[i];
      if (role.kind == zan::Role::Kind::kClock) continue;
      const auto known = std::ranges::find(lines, role.name, &RoleLine::name);
      if (known == lines.end()) {
        lines.push_back({role.name, said.role(static_cast<int32_t>(i)), role.kind});
      } else if (rank(role.kind) < rank(known->kind)) {
        known->kind = role.kind;
      }
    }
  }
  return lines;
}

void write_roles(ask::JsonWriter& json, const OfficeSite& office, words::Language language) {
  static constexpr std::string_view kKinds[] = {"party", "office", "other", "clock"};
  json.key("roles");
  json.raw("[");
  for (const RoleLine& line : role_lines(office, language)) {
    json.comma();
    json.raw("{");
    json.key("role");
    json.name(line.name);
    json.key("kind");
    json.name(kKinds[static_cast<size_t>(line.kind)]);
    json.key("label");
    json.text(line.label);
    json.raw("}");
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
    const DemoVisitor::Words said = one.in(context.language);
    json.key("name");
    json.text(said.name);
    json.key("about");
    json.text(said.about);
    json.key("roles");
    json.raw("[");
    for (const std::string& role : one.roles) {
      json.comma();
      json.name(role);
    }
    json.raw("]");
    json.raw("}");
  }
  json.raw("]");
  write_roles(json, office, context.language);
  json.raw("}\n");
  return office_json(context, std::move(body));
}

}  // namespace koshi::http
