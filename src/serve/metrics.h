#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/http.h"
#include "office/house/house.h"

/// What the server counts, as Prometheus reads it (text format 0.0.4). Labels are names of routes and classes of status: nothing of people
/// and cases is in it.
namespace koshi {

inline constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";
/// Upper bounds of the histogram of times, in microseconds; above the last is one more.
inline constexpr std::array<int64_t, 11> kTimeBoundsUs{1'000,   2'500,   5'000,   10'000,    25'000,   50'000,
                                                       100'000, 250'000, 500'000, 1'000'000, 2'500'000};

/// Any thread may count and read; a count costs a look-up and four atomic additions.
class Metrics {
 public:
  /// `routes`: operationIds; they outlive the object.
  explicit Metrics(const std::vector<std::string_view>& routes);

  void count(const http::Response& response, std::chrono::steady_clock::duration took);
  void count_sweep(bool good, size_t cases);
  void set_verified(uint64_t events) { verified_ = events; }
  void set_damaged() { damaged_ = true; }

  /// With what the office's database says now; `house` null: only the law is served.
  std::string text(office::House* house) const;

 private:
  struct Route {
    std::array<std::atomic<uint64_t>, 6> by_class{};  ///< 0: others, 1xx to 5xx
    std::atomic<uint64_t> total_us = 0;
  };
  void append_routes(std::string& out) const;
  void append_times(std::string& out) const;

  std::unordered_map<std::string_view, size_t> index_;
  std::vector<std::string_view> names_;  ///< in the order of the table; the last: no route
  std::vector<Route> routes_;
  std::array<std::atomic<uint64_t>, kTimeBoundsUs.size() + 1> times_{};
  std::atomic<uint64_t> times_us_ = 0, sweeps_ = 0, sweeps_failed_ = 0, swept_ = 0, verified_ = 0;
  std::atomic<bool> damaged_ = false;
};

}  // namespace koshi
