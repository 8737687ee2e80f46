#include "http/office/trace.h"

#include <optional>

#include "http/office/cookies.h"
#include "office/people/account.h"

namespace koshi::http {
namespace {

void note(const OfficeSite& office, std::string_view account, std::string_view thing) {
  office.house.denials().note(account, thing, office.house.now_ms());
}

/// Of a second factor that is only asked for there is nothing to note, nor of an office that is too busy to look.
std::optional<std::string_view> thing_of(people::Refusal why) {
  switch (why) {
    case people::Refusal::kDisabled: return people::kSignIn;
    case people::Refusal::kWrongPassword: return people::kWrongWord;
    case people::Refusal::kCodeWrong: return people::kWrongCode;
    case people::Refusal::kTooManyFailures: return people::kTooManyTries;
    default: return std::nullopt;
  }
}

}  // namespace

void note_denial(const OfficeSite& office, const Visitor& visitor, std::string_view thing) {
  note(office, visitor.by_key ? people::kKeyHolder : std::string_view(visitor.session.login), thing);
}

void note_stranger(const OfficeSite& office, const Request& request, std::string_view route) {
  const bool brought = !request.header("Authorization").empty() || !cookie_of(request, secured_cookie_name(office, kSessionCookie)).empty();
  note(office, brought ? people::kNoSession : people::kNobody, route);
}

void note_forged(const OfficeSite& office, const Visitor& visitor) {
  note_denial(office, visitor, people::kForged);
}

void note_malformed(const OfficeSite& office, const Visitor* visitor, const Response& response) {
  if (response.status != 400) return;
  if (visitor == nullptr) return note(office, people::kNobody, people::kMalformed);
  note_denial(office, *visitor, people::kMalformed);
}

void note_too_fast(const OfficeSite& office, const Visitor& visitor) {
  note_denial(office, visitor, people::kTooFast);
}

void note_refusal(const OfficeSite& office, std::string_view login, people::Refusal why) {
  const auto thing = thing_of(why);
  if (!thing) return;
  const auto known = office.house.store().read([&](store::Reader& reader) { return people::is_login(reader, login); });
  note(office, known && *known ? *people::fold_login(login) : std::string(people::kUnknownLogin), *thing);
}

}  // namespace koshi::http
