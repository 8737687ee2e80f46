#include "office/desk/desk_impl.h"

/// What the clock does. Cases whose day has passed stand in an index; each is acted on in a write of its own, in which it is looked at
/// again, so that it makes no difference how many sweep.
namespace koshi::office {
namespace {

using store::StoreResult;

constexpr int kRoundsMax = 20;  ///< of one sweep: deadlines of one case that passed one after another

StoreResult<std::vector<std::string>> passed(store::Reader& reader, Date today, size_t limit) {
  TRY(rows, reader.query("SELECT id FROM desk_case WHERE clock_day < $1 ORDER BY clock_day, id LIMIT $2",
                         {format_date(today), static_cast<int64_t>(limit)}));
  std::vector<std::string> ids;
  for (const store::Row row : rows) ids.emplace_back(row.text(0));
  return ids;
}

/// The day on which the clock looks again: after the deadline that is next, or tomorrow when it could not act today.
StoreResult<void> look_again(store::Transaction& transaction, std::string_view id, std::optional<Date> day,
                             const std::optional<std::string>& trouble) {
  const std::optional<std::string> text = day ? std::optional(format_date(*day)) : std::nullopt;
  TRY_DO(transaction.execute("UPDATE desk_case SET clock_day = $1, trouble = $2 WHERE id = $3", {text, trouble, id}));
  return {};
}

Actor clock_actor() {
  return {.account = std::string(kClockRole), .role = std::string(kClockRole), .scope = std::nullopt, .language = words::Language::kEn};
}

}  // namespace

/// True if the clock acted.
std::expected<bool, Failure> Desk::Impl::sweep_case(const std::string& id) {
  Deed deed;
  deed.actor = clock_actor();
  deed.case_id = id;
  deed.decide = [this](const Case& item, const Surroundings& around, Date today) { return office::sweep(parts.law, item, around, today); };
  TRY(outcome, carry_out(deed));
  if (std::holds_alternative<Kept>(outcome)) return true;
  const auto* refusal = std::get_if<Refusal>(&outcome);
  const Date today = now().day;
  auto noted = parts.store.write([&](store::Transaction& transaction) -> StoreResult<void> {
    TRY(stored, read_case(transaction, id));
    if (!stored || !stored->clock_day || *stored->clock_day >= today) return {};
    if (refusal != nullptr) return look_again(transaction, id, today, refusal->message);
    Around around(transaction);
    const auto due = next_due(parts.law, stored->item, around.surroundings(), today);
    TRY_DO(around.checked());
    return look_again(transaction, id, due && due->last_day >= today ? std::optional(due->last_day) : std::nullopt, std::nullopt);
  });
  if (!noted) return std::unexpected(failure(std::move(noted.error())));
  return false;
}

std::expected<void, Failure> Desk::Impl::end_holds_of_past_days(Now at) {
  if (holds_ended_before == at.day.days) return {};
  for (bool all = false; !all;) {
    auto ended = parts.store.write([&](store::Transaction& transaction) { return end_passed_holds(transaction, at.day, at.ms); });
    if (!ended) return std::unexpected(failure(std::move(ended.error())));
    all = *ended;
  }
  holds_ended_before = at.day.days;
  return {};
}

std::expected<void, Failure> Desk::Impl::sweep_ledger_and_keys() {
  const Now at = now();
  holds_ended_before = INT32_MIN;  // a server whose clock is behind may have held places for days that have passed here
  TRY_DO(end_holds_of_past_days(at));
  auto forgotten = parts.store.write([&](store::Transaction& transaction) -> StoreResult<void> {
    return forget_requests(transaction, add_days(at.day, -kIdempotencyDays).value_or(kFirstDate));
  });
  if (!forgotten) return std::unexpected(failure(std::move(forgotten.error())));
  return {};
}

std::expected<size_t, Failure> Desk::sweep(size_t cases_max) {
  TRY_DO(impl_->sweep_ledger_and_keys());
  size_t acted = 0;
  for (int round = 0; round < kRoundsMax && acted < cases_max; ++round) {
    auto ids = impl_->parts.store.read(
        [&](store::Reader& reader) { return passed(reader, impl_->now().day, std::min(cases_max - acted, kSweepMax)); });
    if (!ids) return std::unexpected(failure(std::move(ids.error())));
    if (ids->empty()) break;
    for (const std::string& id : *ids) {
      TRY(did, impl_->sweep_case(id));
      acted += did ? 1 : 0;
    }
  }
  return acted;
}

std::expected<std::vector<Desk::Stuck>, Failure> Desk::stuck(std::string_view after, size_t limit) {
  return lift<std::vector<Stuck>>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<std::vector<Stuck>> {
    TRY(rows,
        reader.query("SELECT id, trouble FROM desk_case WHERE trouble IS NOT NULL AND id > $1 AND length(id) <> $2 ORDER BY id LIMIT $3",
                     {after, static_cast<int64_t>(journal::kSealedNameBytes), static_cast<int64_t>(std::min(limit, kPageMax))}));
    std::vector<Stuck> stuck;
    for (const store::Row row : rows) stuck.push_back({std::string(row.text(0)), std::string(row.text(1))});
    return stuck;
  }));
}

}  // namespace koshi::office
