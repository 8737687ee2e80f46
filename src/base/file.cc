#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "base/check.h"
#include "base/draft_file.h"
#include "base/file_error.h"

namespace koshi {
namespace {

namespace fs = std::filesystem;

constexpr size_t kChunkBytes = 64u << 10;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }

  int get() const { return fd_; }

 private:
  int fd_;
};

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
  TRY(draft, DraftFile::create(path));
  TRY_DO(draft.write(text));
  return draft.keep();
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
