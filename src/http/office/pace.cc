#include "http/office/pace.h"

#include <algorithm>

namespace koshi::http {
namespace {

/// What one request takes, in the shares of a millisecond: so many a minute are so many of these a millisecond.
constexpr int64_t kOne = 60'000;

}  // namespace

std::optional<int64_t> Pace::take(std::string_view account, Kind kind, int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  auto found = accounts_.find(account);
  if (found == accounts_.end()) {
    if (accounts_.size() >= kPacedMax) accounts_.clear();
    const Paced fresh{{limits_.requests_at_once * kOne, now_ms}, {limits_.openings_at_once * kOne, now_ms}};
    found = accounts_.emplace(std::string(account), fresh).first;
  }
  // A clock that was set back gives nothing and takes nothing.
  const auto fill = [&](Bucket& bucket, int64_t per_minute, int64_t at_once) {
    const int64_t passed = std::clamp<int64_t>(now_ms - bucket.at_ms, 0, at_once * kOne);
    bucket.left = std::min(at_once * kOne, bucket.left + passed * per_minute);
    bucket.at_ms = now_ms;
  };
  const auto wait = [](const Bucket& bucket, int64_t per_minute) { return (kOne - bucket.left) / per_minute / 1000 + 1; };
  Paced& paced = found->second;
  fill(paced.requests, limits_.requests_per_minute, limits_.requests_at_once);
  fill(paced.openings, limits_.openings_per_minute, limits_.openings_at_once);
  if (paced.requests.left < kOne) return wait(paced.requests, limits_.requests_per_minute);
  if (kind == Kind::kOpening && paced.openings.left < kOne) return wait(paced.openings, limits_.openings_per_minute);
  paced.requests.left -= kOne;
  if (kind == Kind::kOpening) paced.openings.left -= kOne;
  return std::nullopt;
}

}  // namespace koshi::http
