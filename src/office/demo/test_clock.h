#pragma once

#include <atomic>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "office/house/house.h"

/// The clock of an office for trials: a file beside its keys says by how many days it is off. An office without the file runs on the
/// machine's clock, and nobody can set it.
///
///   test-clock   := "shift_days=" integer "\n"      0: today; -251: 251 days ago
namespace koshi::office {

inline constexpr char kTestClockFile[] = "test-clock";

/// The folder with the keys: `keys`, or the data folder when that is empty.
std::filesystem::path key_folder(const HouseOptions& options);

/// None: this is no office for trials. Errors: a file that is not of this form.
std::expected<std::optional<int>, std::string> read_test_clock(const std::filesystem::path& key_folder);
/// Makes the file, or sets it anew. The folder must exist.
std::expected<void, std::string> write_test_clock(const std::filesystem::path& key_folder, int shift_days);

/// The clock of a demonstration that runs: it goes on by days when somebody who tries the office says so, and the file with it, so that
/// the office wakes up on the same day. Any thread may call.
class TrialClock {
 public:
  /// Errors: as read_test_clock.
  static std::expected<std::shared_ptr<TrialClock>, std::string> open(const std::filesystem::path& key_folder);

  Clock clock() const;
  /// Never back: what was done would lie in the future. Errors: a file that cannot be written; then nothing has changed.
  std::expected<void, std::string> pass_days(int days);

 private:
  TrialClock(std::filesystem::path folder, int shift_days)
      : folder_(std::move(folder)), shift_days_(std::make_shared<std::atomic<int>>(shift_days)) {}

  const std::filesystem::path folder_;
  std::mutex one_at_a_time_;
  std::shared_ptr<std::atomic<int>> shift_days_;  ///< shared with the clocks, which may outlive this
};

/// What the office in this folder runs on: the machine's clock, shifted if the folder says so. Errors: as read_test_clock.
std::expected<Clock, std::string> folder_clock(const std::filesystem::path& key_folder);
/// Stands still at ten in the morning in Astana.
Clock clock_at(Date day);

}  // namespace koshi::office
