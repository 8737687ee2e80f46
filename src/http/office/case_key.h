#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "http/office/visitor.h"

/// Cases without an account, in procedures whose party says `without account`: whoever opens one gets a key, and is from then on the
/// visitor who has it. The key comes in `Authorization: Key …` or, from the pages, in a cookie; it stands in no address.
namespace koshi::http {

inline constexpr std::string_view kKeyCookie = "koshi_key";
inline constexpr int kKeyCookieMinutes = 30;
/// Everybody may open cases without an account, so no more of them in a minute than people would.
inline constexpr int kKeyedOpeningsMax = 60;

/// Counts openings, of all callers together: nothing is noted of who they are. Thread contract: any thread.
class OpeningLimit {
 public:
  /// No value: go on. Else the seconds after which to try again.
  std::optional<int64_t> take(int64_t now_ms);

 private:
  std::mutex mutex_;
  int64_t minute_ = 0;
  int taken_ = 0;
};

/// The holder of the key in the language of the request. Whether there is a case of it, the desk finds out.
Visitor visitor_of_key(const OfficeSite& office, std::string_view key, bool by_cookie);

/// The party of the procedure that needs no account; kNoId if it has none, or is not in force today.
int32_t keyed_party(const OfficeSite& office, const zan::Procedure& procedure);

struct KeyedCase {
  std::string key;  ///< to be shown once, and kept nowhere
  Visitor visitor;
  Seen seen;
};
/// Opens a case for a new key. The procedure must have a keyed_party().
std::expected<KeyedCase, office::Failure> open_keyed_case(const OfficeSite& office, const zan::Procedure& procedure,
                                                          words::Language language);

/// "koshi_key=…; Path=/; HttpOnly; SameSite=Strict; Max-Age=1800", or one that forgets it when the key is empty.
Header key_cookie(const OfficeSite& office, std::string_view key);

}  // namespace koshi::http
