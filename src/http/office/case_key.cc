#include "http/office/case_key.h"

#include <algorithm>

#include "base/text.h"
#include "office/people/case_key.h"

namespace koshi::http {
namespace {

constexpr int64_t kMinuteMs = 60'000;

int32_t party_without_account(const zan::Procedure& procedure) {
  const auto found = std::ranges::find(procedure.roles, true, &zan::Role::without_account);
  return found == procedure.roles.end() ? zan::kNoId : static_cast<int32_t>(found - procedure.roles.begin());
}

}  // namespace

std::optional<int64_t> OpeningLimit::take(int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  const int64_t minute = now_ms / kMinuteMs;
  if (minute != minute_) taken_ = 0;
  minute_ = minute;
  if (taken_ >= kKeyedOpeningsMax) return ((minute + 1) * kMinuteMs - now_ms) / 1000 + 1;
  ++taken_;
  return std::nullopt;
}

Visitor visitor_of_key(const OfficeSite& office, std::string_view key, bool by_cookie) {
  const people::CaseKeyNames names = people::names_of_case_key(key);
  Visitor visitor;
  visitor.session.login = names.account;
  visitor.token = names.token;
  visitor.by_cookie = by_cookie;
  visitor.by_key = true;
  for (const zan::Procedure& procedure : office.law.corpus.procedures) {
    const int32_t party = party_without_account(procedure);
    if (party == zan::kNoId) continue;
    people::RoleGrant grant{procedure.roles[static_cast<size_t>(party)].name, names.scope, false};
    if (std::ranges::find(visitor.session.roles, grant) == visitor.session.roles.end()) visitor.session.roles.push_back(std::move(grant));
  }
  return visitor;
}

int32_t keyed_party(const OfficeSite& office, const zan::Procedure& procedure) {
  return procedure.in_force.contains(office.house.today()) ? party_without_account(procedure) : zan::kNoId;
}

std::expected<KeyedCase, office::Failure> open_keyed_case(const OfficeSite& office, const zan::Procedure& procedure,
                                                          words::Language language) {
  std::string key = people::make_case_key(office.random);
  Visitor visitor = visitor_of_key(office, *people::read_case_key(key), true);
  auto actor = party_for(office, visitor, procedure, language);
  if (!actor) return std::unexpected(office::Refusal{});
  auto done = office.house.desk().open_case({*actor, ""}, procedure.name);
  if (!done) return std::unexpected(std::move(done.error()));
  return KeyedCase{std::move(key), std::move(visitor), Seen{std::move(done->item), std::move(*actor)}};
}

Header key_cookie(const OfficeSite& office, std::string_view key) {
  const int seconds = key.empty() ? 0 : kKeyCookieMinutes * 60;
  std::string value = key_cookie_name(office) + "=" + std::string(key) + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=";
  value += std::to_string(seconds);
  if (office.behind_tls) value += "; Secure";
  return {"Set-Cookie", std::move(value)};
}

}  // namespace koshi::http
