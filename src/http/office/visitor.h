#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/router.h"
#include "http/site.h"
#include "office/house/house.h"
#include "office/people/random.h"

namespace koshi::oidc {
class SignOn;
}

/// Who asks, and in which role. Nothing of the office is told or done without one of these.
namespace koshi::http {

/// An account of a demonstration, shown on the sign-in page for everybody to try.
struct DemoVisitor {
  std::string login, password, name, about;
  /// In other languages than English.
  struct Words {
    words::Language language = words::Language::kEn;
    std::string name, about;
  };
  std::vector<Words> translated = {};
  std::vector<std::string> roles = {};

  /// Falls back to English.
  Words in(words::Language language) const {
    for (const Words& one : translated) {
      if (one.language == language) return one;
    }
    return {words::Language::kEn, name, about};
  }
};

class OpeningLimit;  // case_key.h
class Pace;          // pace.h

/// What the handlers of the office read. Shared between threads.
struct OfficeSite {
  const Site& site;
  office::House& house;
  office::Law law;
  bool behind_tls = false;  ///< cookies are Secure then, and bear the prefix __Host-
  std::vector<DemoVisitor> demo = {};
  /// Of a demonstration: lets its clock go on by so many days, at least one. Errors: a sentence for the log. Empty: nobody sets the clock.
  std::function<std::expected<void, std::string>(int days)> pass_days = {};
  /// Where everybody reaches the office ("https://office.example.kz"), printed on papers; without it, or as long as it says nothing, a
  /// paper names no host.
  std::function<std::string()> address = {};
  oidc::SignOn* sign_on = nullptr;                       ///< null: nobody signs in by a provider
  std::function<void(const std::string&)> log = {};      ///< for who keeps the office: a line without secrets
  people::RandomBytes random = people::system_random();  ///< for keys of cases
  std::shared_ptr<OpeningLimit> openings = make_opening_limit();
  std::shared_ptr<Pace> pace = make_pace();  ///< how fast an account may ask

 private:
  static std::shared_ptr<OpeningLimit> make_opening_limit();
  static std::shared_ptr<Pace> make_pace();
};

/// Somebody who is signed in, or has the key of a case.
struct Visitor {
  people::Session session;
  std::string token;
  bool by_cookie = false;  ///< a browser sends it unasked, so what changes anything needs the CSRF token too
  bool by_key = false;     ///< of a case that was opened without an account: `session` is then of nobody, and ends with the cookie
};

inline constexpr std::string_view kSessionCookie = "koshi_session";
inline constexpr std::string_view kDeviceCookie = "koshi_device";

/// The visitor by `Authorization: Bearer TOKEN` or `Key KEY`, the key's cookie or the session's; none when nobody is signed in. The error
/// is the answer to give: 503 when the database is gone.
std::expected<std::optional<Visitor>, Response> visitor_of(const OfficeSite& office, const Context& context);

/// Whether a request that changes something may be believed to come from the visitor's own page. `given` is the form's field "csrf" or the
/// header X-CSRF-Token.
bool is_own_request(const Visitor& visitor, std::string_view given);

/// The visitor in his role of a party of the procedure, who may open a case.
std::optional<office::Actor> party_for(const OfficeSite& office, const Visitor& visitor, const zan::Procedure& procedure,
                                       words::Language language);
/// All of the visitor's roles that the procedures know, for lists.
std::vector<office::Actor> actors_of(const OfficeSite& office, const Visitor& visitor, words::Language language);

/// The case for one of the visitor's roles. The failure is kNoSuchThing alike for a case that is not there and one that he may not see.
struct Seen {
  office::Case item;
  office::Actor actor;
};
std::expected<Seen, office::Failure> find_case(const OfficeSite& office, const Visitor& visitor, std::string_view id,
                                               words::Language language, std::string_view wanted_role = {});

std::string key_cookie_name(const OfficeSite& office);

/// Ends the session that the request's cookie names, if any: whoever has signed in anew leaves nothing open behind him. That it could not
/// be ended is no reason to refuse: it ends by itself.
void end_former_session(const OfficeSite& office, const Request& request);

/// "koshi_session=…; Path=/; HttpOnly; SameSite=Lax", or one that ends the session when the token is empty.
Header session_cookie(const OfficeSite& office, std::string_view token);

/// After a sign-in in a browser: the cookie by which the account knows this device again. It opens nothing; it only keeps an allowance of
/// failures of its own (office/people/device.h). None when the database could not write it: then he is counted as a stranger next time.
std::optional<Header> device_cookie(const OfficeSite& office, const Request& request, int64_t account);
/// The token of that cookie; empty when there is none.
std::string device_token(const OfficeSite& office, const Request& request);

}  // namespace koshi::http
