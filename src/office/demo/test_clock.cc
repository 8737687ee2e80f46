#include "office/demo/test_clock.h"

#include <charconv>

#include "base/check.h"
#include "base/file.h"
#include "base/milliseconds.h"

namespace koshi::office {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kShift = "shift_days=";
constexpr int kShiftMaxDays = 100'000;
constexpr int64_t kTenInAstanaMs = 5 * 3'600'000;  // UTC

std::optional<int> parse_shift(std::string_view text) {
  if (!text.starts_with(kShift) || !text.ends_with('\n')) return std::nullopt;
  text = text.substr(kShift.size(), text.size() - kShift.size() - 1);
  int days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && days >= -kShiftMaxDays && days <= kShiftMaxDays ? std::optional(days) : std::nullopt;
}

}  // namespace

fs::path key_folder(const HouseOptions& options) {
  return options.keys.empty() ? fs::path(options.data) : options.keys;
}

std::expected<std::optional<int>, std::string> read_test_clock(const fs::path& key_folder) {
  const fs::path file = key_folder / kTestClockFile;
  std::error_code error;
  if (!fs::exists(file, error)) return std::nullopt;
  const auto text = read_file(file);
  if (!text) return std::unexpected(text.error().message);
  const auto shift = parse_shift(*text);
  if (!shift) return std::unexpected(file.string() + " is not \"shift_days=\" and a whole number of days");
  return shift;
}

std::expected<void, std::string> write_test_clock(const fs::path& key_folder, int shift_days) {
  auto written = write_file(key_folder / kTestClockFile, std::string(kShift) + std::to_string(shift_days) + "\n");
  if (!written) return std::unexpected(written.error().message);
  return {};
}

std::expected<std::shared_ptr<TrialClock>, std::string> TrialClock::open(const fs::path& key_folder) {
  const auto shift = read_test_clock(key_folder);
  if (!shift) return std::unexpected(shift.error());
  return std::shared_ptr<TrialClock>(new TrialClock(key_folder, shift->value_or(0)));
}

Clock TrialClock::clock() const {
  return [shift = shift_days_] { return system_clock_ms() + *shift * kDayMs; };
}

std::expected<void, std::string> TrialClock::pass_days(int days) {
  CHECK(days > 0);
  const std::lock_guard lock(one_at_a_time_);
  const int shift = *shift_days_ + days;
  if (shift > kShiftMaxDays) return std::unexpected("the clock of this office cannot go on so far");
  if (auto written = write_test_clock(folder_, shift); !written) return written;
  *shift_days_ = shift;
  return {};
}

std::expected<Clock, std::string> folder_clock(const fs::path& key_folder) {
  const auto shift = read_test_clock(key_folder);
  if (!shift) return std::unexpected(shift.error());
  return [shift_ms = shift->value_or(0) * kDayMs] { return system_clock_ms() + shift_ms; };
}

Clock clock_at(Date day) {
  return [ms = int64_t{day.days} * kDayMs + kTenInAstanaMs] { return ms; };
}

}  // namespace koshi::office
