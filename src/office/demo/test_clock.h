#pragma once

#include <expected>
#include <filesystem>
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

/// What the office in this folder runs on: the machine's clock, shifted if the folder says so. Errors: as read_test_clock.
std::expected<Clock, std::string> folder_clock(const std::filesystem::path& key_folder);
/// Stands still at ten in the morning in Astana.
Clock clock_at(Date day);

}  // namespace koshi::office
