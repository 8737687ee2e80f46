#include "observatory/simulate/bars.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace koshi::observatory {
namespace {

bool has_sum(const zan::Type& type) {
  return type.kind == zan::Kind::kMoney || type.kind == zan::Kind::kWhole || type.kind == zan::Kind::kDays ||
         type.kind == zan::Kind::kDecimal;
}

Int128 length(const NormResult& norm, const Counted& counted) {
  if (has_sum(norm.type)) return counted.sum;
  if (norm.type.kind != zan::Kind::kYesNo) return counted.with_value;
  const auto yes = counted.rows_of.find(1);
  return yes == counted.rows_of.end() ? 0 : yes->second;
}

}  // namespace

void add(Counted& to, const Counted& more) {
  for (const auto& [value, rows] : more.rows_of) to.rows_of[value] += rows;
  to.with_value += more.with_value;
  to.sum += more.sum;
  to.none += more.none;
  to.unknown += more.unknown;
  to.conflict += more.conflict;
  to.gap += more.gap;
  to.fault += more.fault;
  if (more.fault > 0 && (to.first_fault < 0 || more.first_fault < to.first_fault)) to.first_fault = more.first_fault;
}

std::string bars_of(const NormResult& norm) {
  if (has_sum(norm.type)) return "sum";
  return norm.type.kind == zan::Kind::kYesNo ? "yes" : "rows with a value";
}

std::vector<Bar> bars(const Told& told, const NormResult& norm) {
  std::vector<size_t> order(told.simulation.groups.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater(), [&](size_t group) { return length(norm, norm.counted[0][group]); });
  const size_t worlds = norm.counted.size();
  struct Lengths {
    std::string label;
    std::vector<Int128> of_world;
  };
  std::vector<Lengths> lengths;
  for (size_t i = 0; i < order.size(); ++i) {
    if (i > kBarsShown) {
      for (size_t world = 0; world < worlds; ++world) lengths.back().of_world[world] += length(norm, norm.counted[world][order[i]]);
      continue;
    }
    Lengths next{i == kBarsShown ? "others" : join(told.simulation.groups[order[i]], ", "), {}};
    for (size_t world = 0; world < worlds; ++world) next.of_world.push_back(length(norm, norm.counted[world][order[i]]));
    lengths.push_back(std::move(next));
  }
  Int128 longest = 1;
  for (const Lengths& each : lengths) longest = std::max(longest, std::ranges::max(each.of_world));
  std::vector<Bar> out;
  for (const Lengths& each : lengths) {
    Bar bar{.label = each.label, .shares = {}, .texts = {}};
    for (const Int128 value : each.of_world) {
      bar.shares.push_back(value <= 0 ? 0 : static_cast<double>(value) / static_cast<double>(longest));
      bar.texts.push_back(has_sum(norm.type) ? amount(norm.type, value) : std::to_string(static_cast<int64_t>(value)));
    }
    out.push_back(std::move(bar));
  }
  return out;
}

}  // namespace koshi::observatory
