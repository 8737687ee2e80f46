#include "store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/result.h"
#include "store/backup_engines.h"
#include "store/store.h"

namespace koshi::store {
namespace {

namespace fs = std::filesystem;

StoreResult<void> sync(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const int done = fd < 0 ? -1 : ::fsync(fd);
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (done == 0) return {};
  return fault(error == ENOSPC ? Fault::kFull : Fault::kUnavailable,
               "cannot bring " + path.string() + " onto the disk: " + std::generic_category().message(error));
}

}  // namespace

fs::path draft_of(const fs::path& file) {
  fs::path draft = file;
  draft += ".draft";
  return draft;
}

StoreResult<void> make_draft(const fs::path& file) {
  const fs::path draft = draft_of(file);
  std::error_code ignored;
  fs::remove(draft, ignored);
  const int fd = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    return fault(Fault::kUnavailable, "cannot make " + draft.string() + ": " + std::generic_category().message(errno));
  }
  ::close(fd);
  return {};
}

StoreResult<void> publish(const fs::path& file) {
  TRY_DO(sync(draft_of(file)));
  std::error_code error;
  fs::rename(draft_of(file), file, error);
  if (error) return fault(Fault::kUnavailable, "cannot name " + file.string() + ": " + error.message());
  return sync(file.has_parent_path() ? file.parent_path() : ".");
}

StoreResult<void> backup(const std::string& address, const fs::path& file) {
  auto done = is_postgres_address(address) ? backup_postgres(address, file) : backup_sqlite(address, file);
  std::error_code ignored;
  if (!done) fs::remove(draft_of(file), ignored);
  return done;
}

StoreResult<void> restore(const fs::path& file, const std::string& address) {
  if (!fs::exists(file)) return fault(Fault::kUnavailable, "there is no backup " + file.string());
  return is_postgres_address(address) ? restore_postgres(file, address) : restore_sqlite(file, address);
}

}  // namespace koshi::store
