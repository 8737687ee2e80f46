#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Files as whole texts. Stateless, so callable from any thread.
namespace koshi {

inline constexpr size_t kFileMaxBytes = 256u << 20;
inline constexpr size_t kListMaxFiles = 100'000;

/// Errors: missing, a folder, unreadable, larger than `max_bytes`.
Result<std::string> read_file(const std::filesystem::path& path, size_t max_bytes = kFileMaxBytes);
/// Writes beside the target and renames, so that a reader sees the old text or the new, never half of it.
/// The folder must exist; a link at `path` is replaced by a file.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view text);
/// Regular files below `folder` with this extension (".zan"), by path in byte order, relative to `folder`.
/// Links to folders are not entered. Errors: no such folder, an unreadable one below it, more than `max_files`.
Result<std::vector<std::filesystem::path>> list_files(const std::filesystem::path& folder, std::string_view extension,
                                                      size_t max_files = kListMaxFiles);

}  // namespace koshi
