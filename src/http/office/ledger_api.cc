// The quota's ledger, for programs.
#include "http/office/ledger_api.h"

#include <algorithm>

#include "ask/writer.h"
#include "base/text.h"
#include "http/office/failure.h"
#include "http/office/trace.h"
#include "office/ledger/history.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

constexpr std::pair<const char*, const char*> kSchemas[] = {
    {"QuotaKinds",
     R"({"type":"array","items":{"type":"object","required":["account","label","keys"],"properties":{"account":{"type":"string"},
"label":{"type":"string"},"keys":{"type":"array","description":"the parts of an account's code behind its kind, in this order",
"items":{"type":"object","required":["kind","values"],"properties":{"kind":{"type":"string","description":"whole, or the enumeration"},
"label":{"type":"string"},"values":{"type":"array","items":{"type":"object","required":["code","label"],"properties":{
"code":{"type":"string"},"label":{"type":"string"}}}}}}}}}})"},
    {"QuotaWeeks", R"({"type":"object","required":["prefix","weeks"],"properties":{"prefix":{"type":"string"},"weeks":{"type":"array",
"description":"weeks in which something was posted, as they ended; a week that is missing stands as the one before it","items":{"type":"object",
"required":["monday","limit","held","committed"],"properties":{"monday":{"type":"string","format":"date"},"limit":{"type":"integer"},
"held":{"type":"integer"},"committed":{"type":"integer"}}}}}})"},
    {"Postings", R"({"type":"object","required":["account","postings","next"],"properties":{"account":{"type":"string"},
"next":{"type":"integer","description":"0: the last page"},"postings":{"type":"array","items":{"type":"object",
"required":["number","kind","amount","act","reason","recorded_at_ms","limit","held","committed"],"properties":{"number":{"type":"integer"},
"kind":{"type":"string","enum":["allot","withdraw","hold","expire","release","commit","uncommit","move_out","move_in","correct"]},
"amount":{"type":"integer"},"case":{"type":"string"},"until":{"type":"string","format":"date"},"act":{"type":"string"},
"reason":{"type":"string"},"recorded_at_ms":{"type":"integer"},"limit":{"type":"integer","description":"of the account, after it"},
"held":{"type":"integer"},"committed":{"type":"integer"}}}}}})"},
    {"Holds", R"({"type":"object","required":["account","holds"],"properties":{"account":{"type":"string"},"holds":{"type":"array",
"description":"open ones, the first to end first","items":{"type":"object","required":["hold","case","amount"],"properties":{
"hold":{"type":"integer"},"case":{"type":"string"},"amount":{"type":"integer"},"until":{"type":"string","format":"date"}}}}}})"},
    {"JournalKeys", R"({"type":"object","required":["origin","keys"],"properties":{"origin":{"type":"string"},"keys":{"type":"array",
"description":"as signed notes of C2SP spell them, the current one first","items":{"type":"string"}}}})"},
};

void write_key(ask::JsonWriter& json, const OfficeSite& office, words::Language language, const zan::Type& type) {
  const zan::Corpus& corpus = office.law.corpus;
  json.comma();
  json.raw("{");
  json.key("kind");
  const bool is_enum = type.kind == zan::Kind::kEnum;
  json.text(is_enum ? corpus.enums[static_cast<size_t>(type.of)].name : zan::type_name(corpus, type));
  if (is_enum) {
    json.key("label");
    json.text(office.site.api_words.label(language, words::enum_key(corpus, type.of)));
  }
  json.key("values");
  json.raw("[");
  const size_t count = is_enum ? corpus.enums[static_cast<size_t>(type.of)].members.size() : 0;
  for (size_t i = 0; i < count; ++i) {
    json.comma();
    json.raw("{");
    json.key("code");
    json.text(corpus.enums[static_cast<size_t>(type.of)].members[i].code);
    json.key("label");
    json.text(office.site.api_words.label(language, words::member_key(corpus, type.of, static_cast<int64_t>(i))));
    json.raw("}");
  }
  json.raw("]}");
}

/// Whether an action of the procedure moves places of this kind of account, and whether it sets their number.
struct Moves {
  bool any = false;
  bool limit = false;
};

Moves moves_of(const zan::Action& action, int32_t account) {
  using Kind = zan::Effect::Kind;
  Moves moves;
  for (const zan::Effect& effect : action.effects) {
    if (effect.account.account != account && effect.to.account != account) continue;
    moves.any = true;
    moves.limit = moves.limit || effect.kind == Kind::kAllot || effect.kind == Kind::kWithdraw || effect.kind == Kind::kMove;
  }
  return moves;
}

/// An office of a procedure that uses the account keeps it, and so does who sets its limit. A party that asks for places does not.
bool keeps(const zan::Procedure& procedure, std::string_view role_name, int32_t account) {
  const int32_t role = procedure.find_role(role_name);
  if (role == zan::kNoId) return false;
  const bool is_office = procedure.roles[static_cast<size_t>(role)].kind == zan::Role::Kind::kOffice;
  for (const zan::ProcedureState& state : procedure.states) {
    for (const zan::Action& action : state.actions) {
      const Moves moves = moves_of(action, account);
      const bool does = std::ranges::find(action.roles, role) != action.roles.end();
      if ((moves.any && is_office) || (moves.limit && does)) return true;
    }
  }
  return false;
}

/// Who keeps accounts of one region keeps those whose code names it.
bool in_scope(const office::Actor& actor, std::string_view code) {
  if (!actor.scope) return true;
  const auto parts = split(code, '/');
  return std::ranges::any_of(parts.begin() + 1, parts.end(), [&](std::string_view part) { return json_string(part) == *actor.scope; });
}

bool may_see_account(const OfficeSite& office, const Visitor& visitor, std::string_view code, words::Language language) {
  const int32_t account = office.law.corpus.find_account(code.substr(0, code.find('/')));
  if (account == zan::kNoId) return false;
  for (const office::Actor& actor : actors_of(office, visitor, language)) {
    if (!in_scope(actor, code)) continue;
    for (const zan::Procedure& procedure : office.law.corpus.procedures) {
      if (keeps(procedure, actor.role, account)) return true;
    }
  }
  return false;
}

/// The account of the request, or the answer to give: one that is none, and one that is not the visitor's, are told alike.
std::expected<std::string, Response> account_of_request(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  std::string code = context.query.get("account").value_or("");
  const bool good = ledger::check_account(code).has_value() && may_see_account(office, visitor, code, context.language);
  if (!good) note_denial(office, visitor, code);
  if (!good) return std::unexpected(office_problem(office, context, 404, "office.no_account"));
  return code;
}

void write_posting(ask::JsonWriter& json, const ledger::Posting& posting) {
  const auto number = [&](std::string_view key, int64_t value) {
    json.key(key);
    json.number(value);
  };
  const auto text = [&](std::string_view key, std::string_view value) {
    json.key(key);
    json.text(value);
  };
  json.comma();
  json.raw("{");
  number("number", posting.number);
  json.key("kind");
  json.name(ledger::kind_name(posting.kind));
  number("amount", posting.amount);
  if (posting.case_id) text("case", *posting.case_id);
  if (posting.until) {
    json.key("until");
    json.date(*posting.until);
  }
  text("act", posting.why.act);
  text("reason", posting.why.reason);
  number("recorded_at_ms", posting.why.recorded_at_ms);
  number("limit", posting.after.limit);
  number("held", posting.after.held);
  number("committed", posting.after.committed);
  json.raw("}");
}

std::string weeks_json(const std::string& prefix, const std::vector<ledger::WeekTotal>& weeks) {
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("prefix");
  json.text(prefix);
  json.key("weeks");
  json.raw("[");
  for (const ledger::WeekTotal& week : weeks) {
    json.comma();
    json.raw("{");
    json.key("monday");
    json.date(week.monday);
    json.key("limit");
    json.number(week.limit);
    json.key("held");
    json.number(week.held);
    json.key("committed");
    json.number(week.committed);
    json.raw("}");
  }
  json.raw("]}\n");
  return body;
}

}  // namespace

const std::vector<NamedSchema>& ledger_schemas() {
  static const std::vector<NamedSchema> all(std::begin(kSchemas), std::end(kSchemas));
  return all;
}

Response quota_kinds_api(const OfficeSite& office, const Context& context) {
  std::string body;
  ask::JsonWriter json(body);
  json.raw("[");
  for (const zan::Account& account : office.law.corpus.accounts) {
    json.comma();
    json.raw("{");
    json.key("account");
    json.text(account.name);
    json.key("label");
    json.text(office.site.api_words.label(context.language, words::account_key(account)));
    json.key("keys");
    json.raw("[");
    for (const zan::Type& type : account.keys) write_key(json, office, context.language, type);
    json.raw("]}");
  }
  json.raw("]\n");
  return office_json(context, std::move(body));
}

Response quota_weeks_api(const OfficeSite& office, const Context& context) {
  const std::string prefix = context.query.get("prefix").value_or("");
  if (!ledger::account_range(prefix)) return office_json(context, weeks_json(prefix, {}));
  const auto weeks = office.house.store().read(
      [&](store::Reader& reader) { return ledger::week_totals(reader, prefix, [](int64_t ms) { return office::office_day(ms); }); });
  if (!weeks) return failure_problem(office, context.language, weeks.error());
  return office_json(context, weeks_json(prefix, *weeks));
}

Response quota_postings_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto account = account_of_request(office, context, visitor);
  if (!account) return account.error();
  const auto after = parse_whole(context.query.get("after").value_or("0"));
  if (!after || *after < 0) return office_problem(office, context, 422, "desk.bad_cursor");
  const auto found =
      office.house.store().read([&](store::Reader& reader) { return ledger::postings(reader, *account, *after, office::kPageMax); });
  if (!found) return failure_problem(office, context.language, found.error());
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("account");
  json.text(*account);
  json.key("postings");
  json.raw("[");
  for (const ledger::Posting& posting : *found) write_posting(json, posting);
  json.raw("]");
  json.key("next");
  json.number(found->size() < office::kPageMax ? 0 : found->back().number);
  json.raw("}\n");
  return office_json(context, std::move(body));
}

Response quota_holds_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto account = account_of_request(office, context, visitor);
  if (!account) return account.error();
  const auto found = office.house.store().read([&](store::Reader& reader) { return ledger::open_holds(reader, *account); });
  if (!found) return failure_problem(office, context.language, found.error());
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("account");
  json.text(*account);
  json.key("holds");
  json.raw("[");
  for (const ledger::Hold& hold : *found) {
    json.comma();
    json.raw("{");
    json.key("hold");
    json.number(hold.id);
    json.key("case");
    json.text(hold.case_id);
    json.key("amount");
    json.number(hold.amount);
    if (hold.until) {
      json.key("until");
      json.date(*hold.until);
    }
    json.raw("}");
  }
  json.raw("]}\n");
  return office_json(context, std::move(body));
}

Response journal_keys_api(const OfficeSite& office, const Context& context) {
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("origin");
  json.text(office.house.journal().origin());
  json.key("keys");
  json.raw("[");
  for (const journal::VerifyingKey& key : office.house.journal().keys()) {
    json.comma();
    json.text(key.text());
  }
  json.raw("]}\n");
  return office_json(context, std::move(body));
}

}  // namespace koshi::http
