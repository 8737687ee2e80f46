#include "base/draft_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>

#include "base/file_error.h"

namespace koshi {
namespace {

namespace fs = std::filesystem;

/// Names tried for the new text beside the old: more than this many writers at once, or crashed ones, is a fault.
constexpr int kDraftsMax = 100;

/// Fills `draft` with a name that nobody else writes to; a descriptor, or -1 with errno.
int open_draft(const fs::path& path, fs::path& draft) {
  for (int i = 0; i < kDraftsMax; ++i) {
    draft = path;
    draft += ".draft" + std::to_string(i);
    const int fd = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

}  // namespace

Result<DraftFile> DraftFile::create(const fs::path& path) {
  std::error_code unknown;
  const fs::file_type type = fs::status(path, unknown).type();
  // To whoever may do everything, a terminal or a device would be a name like others.
  if (type != fs::file_type::not_found && type != fs::file_type::none && type != fs::file_type::regular) {
    return fail("cannot write " + path.string() + ": it is no regular file, and would be replaced by one");
  }
  fs::path draft;
  const int fd = open_draft(path, draft);
  if (fd < 0) return fail_on(draft, "create", errno);
  return DraftFile(path, std::move(draft), fd);
}

DraftFile::DraftFile(fs::path path, fs::path draft, int fd) : path_(std::move(path)), draft_(std::move(draft)), fd_(fd) {}

DraftFile::DraftFile(DraftFile&& other) noexcept
    : path_(std::move(other.path_)), draft_(std::exchange(other.draft_, {})), fd_(std::exchange(other.fd_, -1)), bytes_(other.bytes_) {}

DraftFile::~DraftFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!draft_.empty()) ::unlink(draft_.c_str());
}

Result<void> DraftFile::write(std::string_view text) {
  return write(std::as_bytes(std::span(text)));
}

Result<void> DraftFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_on(path_, "write", errno);
    bytes = bytes.subspan(static_cast<size_t>(count));
    bytes_ += static_cast<size_t>(count);
  }
  return {};
}

Result<void> DraftFile::keep() {
  int error = ::fsync(fd_) == 0 ? 0 : errno;
  // Some file systems report a failed write only here.
  if (::close(std::exchange(fd_, -1)) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(draft_.c_str(), path_.c_str()) != 0) error = errno;
  if (error != 0) return fail_on(path_, "write", error);
  draft_.clear();
  return {};
}

}  // namespace koshi
