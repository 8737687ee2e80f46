#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/file_error.h"

namespace koshi {

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail_on(path, "read", errno);
  struct stat status{};
  void* data = nullptr;
  const int stat_error = ::fstat(fd, &status) == 0 ? 0 : errno;
  const bool is_file = stat_error == 0 && S_ISREG(status.st_mode);
  if (is_file && status.st_size > 0) {
    data = ::mmap(nullptr, static_cast<size_t>(status.st_size), PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  }
  const int error = stat_error != 0 ? stat_error : errno;
  ::close(fd);
  if (stat_error != 0 || data == MAP_FAILED) return fail_on(path, "read", error);
  if (!is_file) return fail("cannot read " + path.string() + ": it is not a regular file");
  MappedFile file;
  file.data_ = static_cast<std::byte*>(data);
  file.size_ = static_cast<size_t>(status.st_size);
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

}  // namespace koshi
