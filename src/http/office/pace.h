#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

/// How fast one account may ask: faster than people do, slower than a machine that copies the office or floods it with cases. Each server
/// counts for itself, in memory.
namespace koshi::http {

inline constexpr int64_t kRequestsPerMinute = 600;
inline constexpr int64_t kRequestsAtOnce = 1200;  ///< after a rest
inline constexpr int64_t kOpeningsPerMinute = 30;
inline constexpr int64_t kOpeningsAtOnce = 60;
inline constexpr size_t kPacedMax = 100'000;  ///< accounts that are counted; with more, counting begins anew for all

struct PaceLimits {
  int64_t requests_per_minute = kRequestsPerMinute;
  int64_t requests_at_once = kRequestsAtOnce;
  int64_t openings_per_minute = kOpeningsPerMinute;
  int64_t openings_at_once = kOpeningsAtOnce;

  /// The same shares of another pace: at least 20 requests a minute.
  static PaceLimits of(int64_t requests_per_minute) {
    return {requests_per_minute, 2 * requests_per_minute, requests_per_minute / 20, requests_per_minute / 10};
  }
};

/// Thread contract: any thread may call.
class Pace {
 public:
  explicit Pace(PaceLimits limits) : limits_(limits) {}

  enum class Kind : uint8_t { kRequest, kOpening };  ///< an opening is a request, too
  /// No value: go on. Else the seconds after which to try again.
  std::optional<int64_t> take(std::string_view account, Kind kind, int64_t now_ms);

 private:
  /// In thousandths, so that a minute's share of a millisecond is a whole number.
  struct Bucket {
    int64_t left = 0;
    int64_t at_ms = 0;
  };
  struct Paced {
    Bucket requests, openings;
  };
  const PaceLimits limits_;
  std::mutex mutex_;
  std::map<std::string, Paced, std::less<>> accounts_;
};

}  // namespace koshi::http
