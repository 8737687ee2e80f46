#include "zan/columns/ranges.h"

#include <algorithm>

#include "base/check.h"

namespace koshi::zan::columns {

Ranges::Ranges(int64_t least, int64_t greatest) {
  if (least <= greatest) intervals_.push_back({least, greatest});
}

Ranges Ranges::of(std::vector<Interval> intervals) {
  std::ranges::sort(intervals, {}, &Interval::least);
  Ranges out;
  for (const Interval& next : intervals) {
    if (next.greatest < next.least) continue;
    if (!out.intervals_.empty()) {
      Interval& last = out.intervals_.back();
      if (last.greatest == INT64_MAX || next.least <= last.greatest + 1) {
        last.greatest = std::max(last.greatest, next.greatest);
        continue;
      }
    }
    out.intervals_.push_back(next);
  }
  return out;
}

bool Ranges::contains(int64_t value) const {
  const auto it = std::ranges::upper_bound(intervals_, value, {}, &Interval::least);
  return it != intervals_.begin() && value <= std::prev(it)->greatest;
}

bool Ranges::covers(const Ranges& other) const {
  return (*this & other) == other;
}

Ranges Ranges::operator&(const Ranges& other) const {
  Ranges out;
  size_t i = 0, j = 0;
  while (i < intervals_.size() && j < other.intervals_.size()) {
    const Interval& a = intervals_[i];
    const Interval& b = other.intervals_[j];
    const Interval both{std::max(a.least, b.least), std::min(a.greatest, b.greatest)};
    if (both.least <= both.greatest) out.intervals_.push_back(both);
    if (a.greatest < b.greatest) {
      ++i;
    } else {
      ++j;
    }
  }
  return out;
}

Ranges Ranges::operator|(const Ranges& other) const {
  std::vector<Interval> both = intervals_;
  both.insert(both.end(), other.intervals_.begin(), other.intervals_.end());
  return of(std::move(both));
}

Ranges Ranges::complement() const {
  Ranges out;
  int64_t next = INT64_MIN;
  for (const Interval& interval : intervals_) {
    if (interval.least > next) out.intervals_.push_back({next, interval.least - 1});
    if (interval.greatest == INT64_MAX) return out;
    next = interval.greatest + 1;
  }
  out.intervals_.push_back({next, INT64_MAX});
  return out;
}

std::vector<Interval> simplest(const Ranges& wanted, const Ranges& domain) {
  const Ranges rest = domain & wanted.complement();
  std::vector<Interval> out;
  for (const Interval& next : wanted.intervals()) {
    if (!out.empty() && (rest & Ranges(out.back().greatest, next.least)).empty()) {
      out.back().greatest = next.greatest;
    } else {
      out.push_back(next);
    }
  }
  if (out.empty()) return out;
  if ((rest & Ranges(INT64_MIN, out.front().least)).empty()) out.front().least = INT64_MIN;
  if ((rest & Ranges(out.back().greatest, INT64_MAX)).empty()) out.back().greatest = INT64_MAX;
  return out;
}

}  // namespace koshi::zan::columns
