#include "office/desk/desk.h"

#include "office/desk/desk_impl.h"
#include "office/desk/schema.h"
#include "office/journal/schema.h"
#include "office/ledger/schema.h"

namespace koshi::office {
namespace {

constexpr int64_t kMsPerDay = 86'400'000;
constexpr int64_t kUtcPlus5Ms = 5 * 3'600'000;

}  // namespace

Date office_day(int64_t now_ms) {
  const int64_t local = now_ms + kUtcPlus5Ms;
  return Date{static_cast<int32_t>((local - ((local % kMsPerDay) + kMsPerDay) % kMsPerDay) / kMsPerDay)};
}

std::span<const store::Migration> desk_migrations() {
  static constexpr store::Migration kSteps[kDeskSteps] = {
      {1, "journal", journal::kSchema}, {2, "ledger", ledger::kSchema}, {3, "desk", kSchema}};
  return kSteps;
}

store::StoreResult<std::unique_ptr<Desk>> Desk::open(Parts parts) {
  const auto own = desk_migrations();
  std::vector<store::Migration> steps(own.begin(), own.end());
  steps.insert(steps.end(), parts.further_steps.begin(), parts.further_steps.end());
  TRY_DO(store::migrate(parts.store, steps));
  return std::unique_ptr<Desk>(new Desk(std::make_unique<Impl>(std::move(parts))));
}

Desk::Desk(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Desk::~Desk() = default;

}  // namespace koshi::office
