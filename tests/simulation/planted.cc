#include "planted.h"

#include <algorithm>

namespace koshi::simulation {
namespace {

using store::StoreResult;

constexpr int64_t kEvery = 5;  ///< a bug that always strikes would be no test

bool replace(std::string& text, std::string_view what, std::string_view by) {
  const size_t at = text.find(what);
  if (at == std::string::npos) return false;
  text.replace(at, what.size(), by);
  return true;
}

}  // namespace

std::optional<Planted> planted_by_name(std::string_view name) {
  const auto found = std::ranges::find(kPlantedNames, name, &PlantedName::name);
  return found == kPlantedNames.end() ? std::nullopt : std::optional(found->bug);
}

std::string_view name_of(Planted bug) {
  return std::ranges::find(kPlantedNames, bug, &PlantedName::bug)->name;
}

bool PlantedTransaction::is_swallowed(std::string_view sql) {
  const auto every = [&](std::string_view start) { return sql.starts_with(start) && ++count_ % kEvery == 0; };
  switch (bug_) {
    case Planted::kForgottenKey: return sql.starts_with("INSERT INTO desk_request");
    case Planted::kNotJournalled: return every("INSERT INTO journal_event");
    case Planted::kStaleProjection: return every("UPDATE desk_case SET state");
    case Planted::kLostNotice: return every("INSERT INTO desk_notice");
    default: return false;
  }
}

std::string PlantedTransaction::text_of(std::string_view sql) const {
  std::string text(sql);
  if (bug_ == Planted::kForgottenKey && sql.contains("FROM desk_request WHERE account")) text += " AND 1 = 0";
  if (bug_ == Planted::kOversell || bug_ == Planted::kOnlyLook) replace(text, " <= limit_now + ", " <= 1000000 + limit_now + ");
  return text;
}

/// Remembers the event that is entered, to enter it again.
void PlantedTransaction::note(std::string_view sql, store::Params params) {
  if (!sql.starts_with("INSERT INTO journal_event")) return;
  const bool by_clock = params[2].bytes() == "clock/clock";
  if (by_clock != (bug_ == Planted::kDeadlineTwice) || (!by_clock && bug_ != Planted::kTwice)) return;
  journal::Entry entry{.case_id = std::string(params[1].bytes()),
                       .actor = std::string(params[2].bytes()),
                       .action = std::string(params[3].bytes()),
                       .law_date = parse_date(params[4].bytes()).value_or(Date{}),
                       .recorded_at_ms = params[5].integer(),
                       .payload = std::string(params[6].bytes())};
  if (++count_ % (by_clock ? 2 : kEvery) == 0) again_.push_back(std::move(entry));
}

StoreResult<int64_t> PlantedTransaction::run(std::string_view sql, store::Params params, store::RowSink* sink) {
  if (is_swallowed(sql)) return 1;
  note(sql, params);
  return inner_.run(text_of(sql), params, sink);
}

StoreResult<void> PlantedTransaction::run_later(std::string_view sql, store::Params params, std::shared_ptr<store::Rows> rows,
                                                int64_t expected) {
  if (is_swallowed(sql)) return {};
  note(sql, params);
  return inner_.run_later(text_of(sql), params, std::move(rows), expected);
}

StoreResult<void> PlantedTransaction::script(std::string_view sql) {
  std::string text(sql);
  if (bug_ == Planted::kOversell) replace(text, "AND held + committed <= limit_now AND", "AND");
  return inner_.script(text);
}

StoreResult<void> PlantedTransaction::finish(const journal::Journal& journal) {
  if (again_.empty()) return {};
  auto appended = journal.append(*this, std::exchange(again_, {}));
  if (!appended) return std::unexpected(std::move(appended.error()));
  return {};
}

}  // namespace koshi::simulation
