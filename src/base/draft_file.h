#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "base/result.h"

/// A file that appears under its name only when it is whole. Not thread-safe.
namespace koshi {

class DraftFile {
 public:
  /// Opens an empty draft beside `path`, whose folder must exist. Errors: it cannot be created; at `path` stands a folder, a device or the
  /// like.
  static Result<DraftFile> create(const std::filesystem::path& path);
  DraftFile(DraftFile&& other) noexcept;
  DraftFile& operator=(DraftFile&&) = delete;
  /// A draft that was not kept is removed.
  ~DraftFile();

  /// Appends. Errors: a full disk and the like; then the draft cannot be kept.
  [[nodiscard]] Result<void> write(std::string_view text);
  [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
  size_t bytes_written() const { return bytes_; }

  /// Makes it durable and gives it its name, in place of what had it; a link at the name is replaced by the file.
  [[nodiscard]] Result<void> keep();

 private:
  DraftFile(std::filesystem::path path, std::filesystem::path draft, int fd);

  std::filesystem::path path_;
  std::filesystem::path draft_;
  int fd_;
  size_t bytes_ = 0;
};

}  // namespace koshi
