#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "base/check.h"

namespace koshi {
namespace {

namespace fs = std::filesystem;

constexpr size_t kChunkBytes = 64u << 10;
/// Names tried for the new text beside the old: more than this many writers at once, or crashed ones, is a fault.
constexpr int kDraftsMax = 100;

std::unexpected<Error> fail_on(const fs::path& path, std::string_view what, int error) {
  return fail("cannot " + std::string(what) + " " + path.string() + ": " + std::generic_category().message(error));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }

  int get() const { return fd_; }
  /// Some file systems report a failed write only here.
  int close_with_error() { return ::close(std::exchange(fd_, -1)) == 0 ? 0 : errno; }

 private:
  int fd_;
};

/// 0, or the error number.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.remove_prefix(static_cast<size_t>(count));
  }
  return ::fsync(fd) == 0 ? 0 : errno;
}

int write_and_close(int fd, std::string_view text) {
  Descriptor file(fd);
  const int error = write_all(file.get(), text);
  return error != 0 ? error : file.close_with_error();
}

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

bool in_byte_order(const fs::path& a, const fs::path& b) {
  return a.native() < b.native();
}

}  // namespace

Result<std::string> read_file(const fs::path& path, size_t max_bytes) {
  CHECK(max_bytes <= kFileMaxBytes);
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return fail_on(path, "open", errno);
  std::string text;
  while (true) {
    const size_t filled = text.size();
    // One byte past the limit tells a text that is too long from one that just fits.
    text.resize(std::min(filled + std::max(filled, kChunkBytes), max_bytes + 1));
    const ssize_t count = ::read(file.get(), text.data() + filled, text.size() - filled);
    const int error = errno;
    text.resize(filled + static_cast<size_t>(std::max<ssize_t>(count, 0)));
    if (count < 0 && error == EINTR) continue;
    if (count < 0) return fail_on(path, "read", error);
    if (count == 0) return text;
    if (text.size() > max_bytes) {
      return fail("cannot read " + path.string() + ": it is larger than " + std::to_string(max_bytes) + " bytes");
    }
  }
}

Result<void> write_file(const fs::path& path, std::string_view text) {
  fs::path draft;
  const int fd = open_draft(path, draft);
  if (fd < 0) return fail_on(draft, "create", errno);
  int error = write_and_close(fd, text);
  if (error == 0 && ::rename(draft.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return {};
  ::unlink(draft.c_str());
  return fail_on(path, "write", error);
}

Result<std::vector<fs::path>> list_files(const fs::path& folder, std::string_view extension, size_t max_files) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() != extension) continue;
    std::error_code status_error;
    const fs::file_type type = at->status(status_error).type();
    // A link into the void is no file; a file that cannot be asked must not be passed over in silence.
    if (type == fs::file_type::none) return fail_on(at->path(), "examine", status_error.value());
    if (type != fs::file_type::regular) continue;
    if (found.size() == max_files) {
      return fail("more than " + std::to_string(max_files) + " files " + std::string(extension) + " below " + folder.string() +
                  "; name a folder further down");
    }
    found.push_back(at->path().lexically_relative(folder));
  }
  if (error) return fail_on(folder, "list", error.value());
  std::ranges::sort(found, in_byte_order);
  return found;
}

}  // namespace koshi
