#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "base/result.h"

/// A file as memory: read page by page as it is touched.
namespace koshi {

/// A private view: what is written to it stays in this process and never reaches the file. Whoever cuts the file short while it is open
/// ends the process (that is how mapped files fail); replace files by renaming, as DraftFile does. Movable; reading is thread-safe.
class MappedFile {
 public:
  /// Errors: missing, not a regular file, unreadable, no room. An empty file is an empty view.
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return {data_, size_}; }
  std::span<std::byte> writable() { return {data_, size_}; }

 private:
  std::byte* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace koshi
