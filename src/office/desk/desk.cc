#include "office/desk/desk.h"

#include <algorithm>

#include "base/milliseconds.h"
#include "office/desk/desk_impl.h"
#include "office/desk/schema.h"
#include "office/desk/schema_late.h"
#include "office/journal/schema.h"
#include "office/ledger/schema.h"

namespace koshi::office {
namespace {

/// So many steps of the house stood before the desk got its later one, which keeps its number.
constexpr size_t kFurtherStepsBeforeLate = 3;
constexpr int64_t kUtcPlus5Ms = 5 * 3'600'000;

}  // namespace

Date office_day(int64_t now_ms) {
  const int64_t local = now_ms + kUtcPlus5Ms;
  return Date{static_cast<int32_t>((local - ((local % kDayMs) + kDayMs) % kDayMs) / kDayMs)};
}

std::string office_time(int64_t now_ms) {
  constexpr int64_t kMsPerMinute = 60'000;
  const int64_t day_began_ms = int64_t{office_day(now_ms).days} * kDayMs - kUtcPlus5Ms;
  const int64_t minutes = (now_ms - day_began_ms) / kMsPerMinute;
  const auto two_digits = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two_digits(minutes / 60) + ":" + two_digits(minutes % 60);
}

std::span<const store::Migration> desk_migrations() {
  static constexpr store::Migration kSteps[kDeskSteps] = {
      {1, "journal", journal::kSchema}, {2, "ledger", ledger::kSchema}, {3, "desk", kSchema}};
  return kSteps;
}

std::vector<store::Migration> all_migrations(const std::vector<store::Migration>& further_steps) {
  const auto own = desk_migrations();
  std::vector<store::Migration> steps(own.begin(), own.end());
  const size_t before = std::min(further_steps.size(), kFurtherStepsBeforeLate);
  steps.insert(steps.end(), further_steps.begin(), further_steps.begin() + static_cast<std::ptrdiff_t>(before));
  steps.push_back({static_cast<int>(steps.size()) + 1, "desk later", kLateSchema});
  steps.insert(steps.end(), further_steps.begin() + static_cast<std::ptrdiff_t>(before), further_steps.end());
  return steps;
}

store::StoreResult<std::unique_ptr<Desk>> Desk::open(Parts parts) {
  TRY_DO(store::migrate(parts.store, all_migrations(parts.further_steps)));
  return std::unique_ptr<Desk>(new Desk(std::make_unique<Impl>(std::move(parts))));
}

Desk::Desk(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Desk::~Desk() = default;

}  // namespace koshi::office
