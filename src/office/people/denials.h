#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "store/store.h"

/// What somebody asked for and was not given, as it was not theirs: who tries doors leaves a trace. A thing that does not exist is noted
/// like one that does, so neither the answer nor the time that it takes tells them apart. Of who is not signed in nothing is known and
/// nothing of what he wrote is kept: he is counted by what kind of stranger he is, at the name of the route.
///
/// Notes are gathered in memory and written by whoever sweeps, every few seconds, so that trying doors costs the office no write each: what
/// a server has not yet written is lost with it when it is killed.
namespace koshi::people {

inline constexpr size_t kDenialThingMaxBytes = 64;
inline constexpr size_t kDenialThingsMax = 200;     ///< of one account on one day by one server; what is more is counted together
inline constexpr size_t kDenialsWaitingMax = 8192;  ///< not yet written; of further accounts on one day only that there were some
inline constexpr int64_t kDenialDays = 400;         ///< kept
inline constexpr int64_t kDenialsPageMax = 1000;
inline constexpr std::string_view kManyThings = "(many)";

/// Things that are no number. Logins and numbers have no brackets.
inline constexpr std::string_view kSignIn = "(sign-in)";  ///< somebody who is known, but whose account is closed
inline constexpr std::string_view kWrongWord = "(wrong-password)";
inline constexpr std::string_view kWrongCode = "(wrong-code)";         ///< of the second factor, after the right password
inline constexpr std::string_view kTooManyTries = "(too-many-tries)";  ///< the password was not even looked at
inline constexpr std::string_view kForged = "(forged)";                ///< a change without the token of its own session
inline constexpr std::string_view kMalformed = "(malformed)";          ///< none of the forms that the office's own pages make
inline constexpr std::string_view kTooFast = "(too-fast)";             ///< more requests than people make

/// Accounts that are none.
inline constexpr std::string_view kNobody = "(nobody)";            ///< brought neither session nor key
inline constexpr std::string_view kNoSession = "(no-session)";     ///< brought a session or a token that is not, or no longer, one
inline constexpr std::string_view kUnknownLogin = "(no-account)";  ///< wanted to sign in by a login that nobody has
inline constexpr std::string_view kKeyHolder = "(key)";  ///< has, or made up, the key of a case; each would else count as an account

/// The day on which something was done, where the office is: its days are not those of UTC.
using DayOf = Date (*)(int64_t now_ms);

struct Denial {
  std::string day;      ///< "2026-03-02", as DayOf has it
  std::string account;  ///< a login, or one of those in brackets
  std::string thing;    ///< number of a case, code of an account of the quota, one of those in brackets, or a route
  int64_t first_at_ms = 0, last_at_ms = 0;
  int64_t times = 0;
  bool operator==(const Denial&) const = default;
};

/// By which they are kept and read, page after page.
struct DenialKey {
  std::string day, account, thing;
  auto operator<=>(const DenialKey&) const = default;
};

/// Thread contract: any thread may call.
class Denials {
 public:
  explicit Denials(DayOf day_of) : day_of_(day_of) {}

  void note(std::string_view account, std::string_view thing, int64_t now_ms);
  /// Writes what was noted, and forgets what is older than kDenialDays. What could not be written waits for the next call.
  store::StoreResult<void> keep(store::Store& store, int64_t now_ms);

 private:
  /// Joins it to what waits already of the same day, account and thing. Under the mutex.
  void join(const Denial& more);

  const DayOf day_of_;
  std::mutex mutex_;
  std::map<DenialKey, Denial> waiting_;
  std::string day_;                                      ///< of `things_`
  std::map<std::string, std::set<std::string>> things_;  ///< of the day, by account
};

struct DenialQuery {
  std::string account = {}, thing = {};  ///< only these; empty: all
  std::string from = {}, until = {};     ///< days, both of them too; empty: without end
  int64_t least_times = 1;
  std::optional<DenialKey> after = {};  ///< goes on behind this one
  int64_t count = kDenialsPageMax;      ///< a page has no more than kDenialsPageMax
};
/// The latest day first, within a day from the last account and thing to the first: the order in which they lie, so that each page costs
/// what it shows, however many there are.
store::StoreResult<std::vector<Denial>> denials(store::Reader& reader, const DenialQuery& query = {});
inline DenialKey key_of(const Denial& denial) {
  return {denial.day, denial.account, denial.thing};
}

}  // namespace koshi::people
