// What the portal asks besides: the office's day, who may try it, and cases in words.
#include "ask/writer.h"
#include "http/office/failure.h"
#include "http/office/portal_api.h"

namespace koshi::http {

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
  json.raw("]}\n");
  return office_json(context, std::move(body));
}

}  // namespace koshi::http
