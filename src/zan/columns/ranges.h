#pragma once

#include <cstdint>
#include <vector>

/// Sets of numbers as intervals: what a condition on one value comes to. Internal to this folder.
namespace koshi::zan::columns {

struct Interval {
  int64_t least;
  int64_t greatest;  ///< >= least
  bool operator==(const Interval&) const = default;
};

/// Sorted intervals with at least one number between them.
class Ranges {
 public:
  Ranges() = default;  ///< no number
  Ranges(int64_t least, int64_t greatest);
  static Ranges all() { return {INT64_MIN, INT64_MAX}; }
  static Ranges only(int64_t value) { return {value, value}; }
  /// From intervals in any order that may overlap.
  static Ranges of(std::vector<Interval> intervals);

  bool empty() const { return intervals_.empty(); }
  bool contains(int64_t value) const;
  bool covers(const Ranges& other) const;
  Ranges operator&(const Ranges& other) const;
  Ranges operator|(const Ranges& other) const;
  Ranges complement() const;
  /// The smallest interval around all; of none, {0, 0}.
  Interval hull() const { return empty() ? Interval{0, 0} : Interval{intervals_.front().least, intervals_.back().greatest}; }
  const std::vector<Interval>& intervals() const { return intervals_; }
  bool operator==(const Ranges&) const = default;

 private:
  std::vector<Interval> intervals_;
};

/// The fewest intervals that say the same within the domain.
std::vector<Interval> simplest(const Ranges& wanted, const Ranges& domain);

}  // namespace koshi::zan::columns
