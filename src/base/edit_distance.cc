#include <algorithm>

#include "base/text.h"

namespace koshi {

size_t edit_distance(std::string_view a, std::string_view b) {
  // Three rows of the table are enough: an exchange of neighbours looks two rows back.
  std::vector<size_t> before(b.size() + 1);
  std::vector<size_t> above(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t changed = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({changed, above[j] + 1, row[j - 1] + 1});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> known) {
  const std::string* best = nullptr;
  size_t beyond = 1 + name.size() / 4 + 1;  // the first distance that is too far
  for (const std::string& candidate : known) {
    // The distance is at least the difference in length, which spares the table for a name that is far too long.
    const auto [shorter, longer] = std::minmax({name.size(), candidate.size()});
    if (longer - shorter >= beyond) continue;
    const size_t distance = edit_distance(name, candidate);
    if (distance >= beyond) continue;
    beyond = distance;
    best = &candidate;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

}  // namespace koshi
