#include "http/office/visitor.h"

#include <algorithm>

#include "base/text.h"
#include "http/office/case_key.h"
#include "http/office/cookies.h"
#include "http/office/pace.h"
#include "http/office/trace.h"
#include "http/problem.h"
#include "office/people/case_key.h"
#include "office/people/device.h"
#include "office/people/token.h"

namespace koshi::http {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kKey = "Key ";

office::Actor actor_of(const Visitor& visitor, const people::RoleGrant& grant, words::Language language) {
  office::Actor actor{visitor.session.login, grant.role, std::nullopt, language};
  // Scopes are codes and numbers of identity: texts, or members of an enumeration, which are spelt as texts.
  if (!grant.everywhere) append_json_string(actor.scope.emplace(), grant.scope);
  return actor;
}

bool is_no_such_thing(const office::Failure& failure) {
  const auto* refusal = std::get_if<office::Refusal>(&failure);
  return refusal != nullptr && refusal->kind == office::RefusalKind::kNoSuchThing;
}

zan::Role::Kind kind_of(const zan::Procedure& procedure, const office::Actor& actor) {
  const int32_t role = procedure.find_role(actor.role);
  return role == zan::kNoId ? zan::Role::Kind::kOther : procedure.roles[static_cast<size_t>(role)].kind;
}

/// Whoever is a party of a case is no office in it, whatever other roles the account has: nobody decides on what is his own.
bool decides_on_own(const OfficeSite& office, const std::vector<office::Actor>& actors, const office::Actor& actor,
                    const office::Case& item) {
  const int32_t found = office.law.corpus.find_procedure(item.procedure);
  if (found == zan::kNoId) return false;
  const zan::Procedure& procedure = office.law.corpus.procedures[static_cast<size_t>(found)];
  if (kind_of(procedure, actor) != zan::Role::Kind::kOffice) return false;
  if (item.opened_by == actor.account) return true;
  return std::ranges::any_of(actors, [&](const office::Actor& other) {
    return kind_of(procedure, other) == zan::Role::Kind::kParty && office::may_see(office.law, item, other);
  });
}

}  // namespace

std::shared_ptr<OpeningLimit> OfficeSite::make_opening_limit() {
  return std::make_shared<OpeningLimit>();
}

std::shared_ptr<Pace> OfficeSite::make_pace() {
  return std::make_shared<Pace>(PaceLimits{});
}

std::string key_cookie_name(const OfficeSite& office) {
  return secured_cookie_name(office, kKeyCookie);
}

std::expected<std::optional<Visitor>, Response> visitor_of(const OfficeSite& office, const Context& context) {
  const std::string_view authorization = context.request.header("Authorization");
  // Who has taken up a key means it, whoever else is signed in in the same browser.
  if (authorization.starts_with(kKey) || authorization.empty()) {
    const auto key = people::read_case_key(authorization.empty() ? cookie_of(context.request, key_cookie_name(office))
                                                                 : authorization.substr(kKey.size()));
    if (key) return visitor_of_key(office, *key, authorization.empty());
  }
  const bool bears = authorization.starts_with(kBearer);
  const std::string token(bears ? trim(authorization.substr(kBearer.size()))
                                : cookie_of(context.request, secured_cookie_name(office, kSessionCookie)));
  if (token.empty()) return std::nullopt;
  auto session = office.house.sign_ins().session(token, office.house.now_ms());
  if (!session) {
    Response busy = problem(503, "The office's database does not answer. Try again.");
    busy.headers.push_back({"Retry-After", "2"});
    return std::unexpected(std::move(busy));
  }
  if (!*session) return std::nullopt;
  return Visitor{std::move(**session), token, !bears};
}

bool is_own_request(const Visitor& visitor, std::string_view given) {
  return !visitor.by_cookie || people::csrf_fits(visitor.token, given);
}

std::vector<office::Actor> actors_of(const OfficeSite& office, const Visitor& visitor, words::Language language) {
  std::vector<office::Actor> actors;
  for (const people::RoleGrant& grant : visitor.session.roles) {
    for (const zan::Procedure& procedure : office.law.corpus.procedures) {
      const int32_t role = procedure.find_role(grant.role);
      if (role == zan::kNoId || procedure.roles[static_cast<size_t>(role)].kind == zan::Role::Kind::kClock) continue;
      actors.push_back(actor_of(visitor, grant, language));
      break;
    }
  }
  return actors;
}

std::optional<office::Actor> party_for(const OfficeSite&, const Visitor& visitor, const zan::Procedure& procedure,
                                       words::Language language) {
  for (const people::RoleGrant& grant : visitor.session.roles) {
    const int32_t role = procedure.find_role(grant.role);
    if (role == zan::kNoId || procedure.roles[static_cast<size_t>(role)].kind != zan::Role::Kind::kParty) continue;
    return actor_of(visitor, grant, language);
  }
  return std::nullopt;
}

std::expected<Seen, office::Failure> find_case(const OfficeSite& office, const Visitor& visitor, std::string_view id,
                                               words::Language language, std::string_view wanted_role) {
  office::Refusal none;
  none.message = office.site.api_words.phrase(language, "desk.no_such_case");
  office::Failure last = none;
  const std::vector<office::Actor> actors = actors_of(office, visitor, language);
  for (const office::Actor& actor : actors) {
    if (!wanted_role.empty() && actor.role != wanted_role) continue;
    auto item = office.house.desk().show(actor, id);
    if (item && decides_on_own(office, actors, actor, *item)) {
      last = none;
      continue;
    }
    if (item) return Seen{std::move(*item), actor};
    last = std::move(item.error());
    if (!is_no_such_thing(last)) break;
  }
  if (is_no_such_thing(last)) note_denial(office, visitor, id);
  return std::unexpected(std::move(last));
}

void end_former_session(const OfficeSite& office, const Request& request) {
  const std::string_view token = cookie_of(request, secured_cookie_name(office, kSessionCookie));
  if (token.empty()) return;
  const auto ended = office.house.sign_ins().sign_out(token);
  if (!ended && office.log) office.log("a session could not be ended: " + ended.error().message);
}

Header session_cookie(const OfficeSite& office, std::string_view token) {
  std::string value = secured_cookie_name(office, kSessionCookie) + "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Lax";
  if (office.behind_tls) value += "; Secure";
  if (token.empty()) value += "; Max-Age=0";
  return {"Set-Cookie", std::move(value)};
}

std::string device_token(const OfficeSite& office, const Request& request) {
  return std::string(cookie_of(request, secured_cookie_name(office, kDeviceCookie)));
}

std::optional<Header> device_cookie(const OfficeSite& office, const Request& request, int64_t account) {
  const auto token = office.house.sign_ins().remember_device(account, device_token(office, request), office.house.now_ms());
  if (!token) return std::nullopt;
  constexpr int64_t kDaySeconds = 86'400;
  std::string value = secured_cookie_name(office, kDeviceCookie) + "=" + *token + "; Path=/; HttpOnly; SameSite=Strict";
  if (office.behind_tls) value += "; Secure";
  value += "; Max-Age=" + std::to_string(people::kDeviceDays * kDaySeconds);
  return Header{"Set-Cookie", std::move(value)};
}

}  // namespace koshi::http
