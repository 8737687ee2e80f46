// What everybody may know, for programs: the quota's balance, the journal's checkpoint, whether a paper is valid.
#include "ask/writer.h"
#include "http/office/failure.h"
#include "http/office/office_api.h"
#include "http/office/paper.h"

namespace koshi::http {

Response quota_api(const OfficeSite& office, const Context& context) {
  auto balances = office.house.desk().balances(context.query.get("prefix").value_or(""), context.query.get("after").value_or(""));
  if (!balances) return failure_problem(office, context.language, balances.error());
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("accounts");
  json.raw("[");
  for (const office::Balance& balance : *balances) {
    json.comma();
    json.raw("{");
    json.key("account");
    json.text(balance.code);
    json.key("limit");
    json.number(balance.limit);
    json.key("held");
    json.number(balance.held);
    json.key("committed");
    json.number(balance.committed);
    json.key("free");
    json.number(balance.limit - balance.held - balance.committed);
    json.raw("}");
  }
  json.raw("]");
  json.key("next");
  json.text(balances->size() < office::kPageMax ? "" : balances->back().code);
  json.raw("}\n");
  return office_json(context, std::move(body));
}

Response checkpoint_api(const OfficeSite& office, const Context& context) {
  auto checkpoint = office.house.journal().checkpoint(office.house.store());
  if (!checkpoint) return failure_problem(office, context.language, checkpoint.error());
  Response response = reply(200, "text/plain; charset=utf-8", checkpoint->note);
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

Response paper_api(const OfficeSite& office, const Context& context) {
  auto paper = find_paper(office, context.language, context.path_parameter("case") + "/" + context.path_parameter("paper"));
  if (!paper) return failure_problem(office, context.language, paper.error());
  if (!*paper) return office_problem(office, context, 404, "office.no_paper");
  std::string body;
  ask::JsonWriter json(body);
  const auto text = [&](std::string_view key, std::string_view value) {
    if (value.empty()) return;
    json.key(key);
    json.text(value);
  };
  json.raw("{");
  text("number", (*paper)->number);
  json.key("valid");
  json.yes_no((*paper)->valid);
  text("title", (*paper)->title);
  text("procedure", (*paper)->procedure);
  text("state", (*paper)->state);
  json.key("issued");
  json.date((*paper)->issued);
  if ((*paper)->until) {
    json.key("until");
    json.date(*(*paper)->until);
  }
  json.raw("}\n");
  return office_json(context, std::move(body));
}

}  // namespace koshi::http
