#include "disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/check.h"

/// What the disk keeps, and what it loses. How SQLite reaches it is in disk_vfs.cc.
namespace koshi::simulation {
namespace {

void lay(std::string& onto, int64_t at, std::string_view bytes) {
  const auto from = static_cast<size_t>(at);
  if (onto.size() < from + bytes.size()) onto.resize(from + bytes.size(), '\0');
  std::memcpy(onto.data() + from, bytes.data(), bytes.size());
}

void apply(std::string& onto, const DiskFile::Write& write) {
  if (write.cuts) onto.resize(std::min(onto.size(), static_cast<size_t>(write.at)));
  if (!write.cuts) lay(onto, write.at, write.bytes);
}

}  // namespace

void Disk::plan(DiskFault fault, int64_t countdown) {
  fault_ = fault;
  countdown_ = countdown;
}

/// A fault of writing waits for a write, one of syncing for a sync; the power may go at either.
bool Disk::strikes(DiskFault at) {
  const bool fits = fault_ == DiskFault::kPowerLoss || fault_ == at || (fault_ == DiskFault::kFull && at == DiskFault::kWrite);
  if (fault_ == DiskFault::kNone || !fits || --countdown_ > 0) return false;
  if (fault_ == DiskFault::kPowerLoss) dark_ = true;
  return true;
}

int Disk::write(DiskFile& file, int64_t at, std::string_view bytes) {
  ++write_count_;
  if (strikes(DiskFault::kWrite)) {
    const DiskFault struck = std::exchange(fault_, DiskFault::kNone);
    const auto half = bytes.substr(0, static_cast<size_t>(random_.below(static_cast<int64_t>(bytes.size()) + 1)));
    if (!half.empty()) {
      lay(file.content, at, half);
      file.unsynced.push_back({.at = at, .bytes = std::string(half)});
    }
    errno = struck == DiskFault::kFull ? ENOSPC : EIO;
    return struck == DiskFault::kFull ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  }
  lay(file.content, at, bytes);
  file.unsynced.push_back({.at = at, .bytes = std::string(bytes)});
  return SQLITE_OK;
}

/// What a failed sync has not forced, a later one forces. (Disks and systems that forget it instead are beyond what is promised:
/// docs/reliability.md.)
int Disk::sync(DiskFile& file) {
  ++sync_count_;
  if (strikes(DiskFault::kSync)) {
    fault_ = DiskFault::kNone;
    errno = EIO;
    return SQLITE_IOERR_FSYNC;
  }
  if (ignores_syncs_) return SQLITE_OK;
  for (const DiskFile::Write& write : file.unsynced) apply(file.durable, write);
  file.unsynced.clear();
  return SQLITE_OK;
}

int Disk::truncate(DiskFile& file, int64_t size) {
  file.content.resize(std::min(file.content.size(), static_cast<size_t>(size)));
  file.unsynced.push_back({.at = size, .bytes = {}, .cuts = true});
  return SQLITE_OK;
}

/// Unsynced writes are lost or kept by sectors, whatever their order.
std::string Disk::after_power_loss(const DiskFile& file) {
  std::string found = file.durable;
  const int kept_permille = static_cast<int>(random_.one_of<const std::vector<int64_t>>({0, 100, 500, 900, 1000}));
  for (const DiskFile::Write& write : file.unsynced) {
    if (write.cuts) {
      if (random_.chance(kept_permille)) apply(found, write);
      continue;
    }
    for (size_t from = 0; from < write.bytes.size(); from += static_cast<size_t>(kSectorBytes)) {
      if (!random_.chance(kept_permille)) continue;
      lay(found, write.at + static_cast<int64_t>(from), std::string_view(write.bytes).substr(from, static_cast<size_t>(kSectorBytes)));
    }
  }
  return found;
}

void Disk::restore_power() {
  CHECK(handles_.empty());
  for (auto& [name, file] : files_) {
    file->content = after_power_loss(*file);
    file->durable = file->content;
    file->unsynced.clear();
    file->shared.clear();
  }
  fault_ = DiskFault::kNone;
  dark_ = false;
}

}  // namespace koshi::simulation
