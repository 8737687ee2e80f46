#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "base/check.h"
#include "disk.h"

/// The disk as SQLite sees it: an sqlite3_vfs, after https://www.sqlite.org/c3ref/vfs.html. Locks are those of connections, as between
/// processes, so that several servers stand on one file.
namespace koshi::simulation {

struct Disk::Handle {
  sqlite3_file base{};
  Disk* disk = nullptr;
  DiskFile* file = nullptr;  ///< also the key by which connections of one file find each other
  std::shared_ptr<DiskFile>* keep = nullptr;
  int server = 0;
  int lock = SQLITE_LOCK_NONE;
  unsigned shared = 0, exclusive = 0;  ///< locks on the shared memory, one bit each
  bool maps = false;

  bool reaches() const { return disk->reachable(server); }
};

struct Disk::FileSystem {
  sqlite3_vfs vfs{};
  sqlite3_io_methods methods{};
  std::string name;
};

namespace {

using Handle = Disk::Handle;

Handle& of(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file);
}
Disk& of(sqlite3_vfs* vfs) {
  return *static_cast<Disk*>(vfs->pAppData);
}

std::string name_of(const char* path) {
  return std::filesystem::path(path).filename().string();
}
int server_of(const char* path) {
  return std::atoi(std::filesystem::path(path).parent_path().filename().c_str());
}

/// What the others on the same file hold.
template <typename Test>
bool any_other(const Handle& mine, const Test& test) {
  return std::ranges::any_of(mine.disk->handles(),
                             [&](const Handle* other) { return other != &mine && other->file == mine.file && test(*other); });
}

int close(sqlite3_file* raw) {
  Handle& handle = of(raw);
  std::erase(handle.disk->handles(), &handle);
  if (handle.maps && !any_other(handle, [](const Handle& other) { return other.maps; })) handle.file->shared.clear();
  delete handle.keep;
  handle.base.pMethods = nullptr;
  return SQLITE_OK;
}

int read(sqlite3_file* raw, void* into, int count, sqlite3_int64 at) {
  const Handle& handle = of(raw);
  if (!handle.reaches()) return SQLITE_IOERR_READ;
  const std::string& content = handle.file->content;
  const auto from = std::min(static_cast<size_t>(at), content.size());
  const size_t there = std::min(static_cast<size_t>(count), content.size() - from);
  std::memcpy(into, content.data() + from, there);
  if (there == static_cast<size_t>(count)) return SQLITE_OK;
  std::memset(static_cast<char*>(into) + there, 0, static_cast<size_t>(count) - there);
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* raw, const void* from, int count, sqlite3_int64 at) {
  Handle& handle = of(raw);
  if (!handle.reaches()) return SQLITE_IOERR_WRITE;
  return handle.disk->write(*handle.file, at, {static_cast<const char*>(from), static_cast<size_t>(count)});
}

int truncate(sqlite3_file* raw, sqlite3_int64 size) {
  Handle& handle = of(raw);
  return handle.reaches() ? handle.disk->truncate(*handle.file, size) : SQLITE_IOERR_TRUNCATE;
}

int sync(sqlite3_file* raw, int) {
  Handle& handle = of(raw);
  return handle.reaches() ? handle.disk->sync(*handle.file) : SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* raw, sqlite3_int64* size) {
  const Handle& handle = of(raw);
  if (!handle.reaches()) return SQLITE_IOERR_FSTAT;
  *size = static_cast<sqlite3_int64>(handle.file->content.size());
  return SQLITE_OK;
}

int lock(sqlite3_file* raw, int level) {
  Handle& handle = of(raw);
  if (!handle.reaches()) return SQLITE_IOERR_LOCK;
  if (handle.lock >= level) return SQLITE_OK;
  const int tolerated = level == SQLITE_LOCK_SHARED     ? SQLITE_LOCK_RESERVED
                        : level == SQLITE_LOCK_RESERVED ? SQLITE_LOCK_SHARED
                                                        : SQLITE_LOCK_NONE;
  if (any_other(handle, [&](const Handle& other) { return other.lock > tolerated; })) return SQLITE_BUSY;
  handle.lock = level;
  return SQLITE_OK;
}

int unlock(sqlite3_file* raw, int level) {
  of(raw).lock = std::min(of(raw).lock, level);
  return SQLITE_OK;
}

int is_reserved(sqlite3_file* raw, int* result) {
  const Handle& handle = of(raw);
  const auto reserves = [](const Handle& other) { return other.lock >= SQLITE_LOCK_RESERVED; };
  *result = reserves(handle) || any_other(handle, reserves) ? 1 : 0;
  return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
  return static_cast<int>(kSectorBytes);
}
int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_shared(sqlite3_file* raw, int region, int bytes, int extend, void volatile** memory) {
  Handle& handle = of(raw);
  *memory = nullptr;
  if (!handle.reaches()) return SQLITE_IOERR_SHMMAP;
  auto& regions = handle.file->shared;
  handle.maps = true;
  while (regions.size() <= static_cast<size_t>(region)) {
    if (extend == 0) return SQLITE_OK;
    regions.push_back(std::make_unique<char[]>(static_cast<size_t>(bytes)));
  }
  *memory = regions[static_cast<size_t>(region)].get();
  return SQLITE_OK;
}

int lock_shared(sqlite3_file* raw, int first, int count, int flags) {
  Handle& handle = of(raw);
  const unsigned mask = ((1u << count) - 1u) << first;
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    handle.shared &= ~mask;
    handle.exclusive &= ~mask;
    return SQLITE_OK;
  }
  if (!handle.reaches()) return SQLITE_IOERR_SHMLOCK;
  const bool alone = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  if (any_other(handle, [&](const Handle& other) { return ((other.exclusive | (alone ? other.shared : 0u)) & mask) != 0; }))
    return SQLITE_BUSY;
  (alone ? handle.exclusive : handle.shared) |= mask;
  return SQLITE_OK;
}

void barrier(sqlite3_file*) {}

int unmap_shared(sqlite3_file* raw, int) {
  Handle& handle = of(raw);
  handle.maps = false;
  handle.shared = handle.exclusive = 0;
  if (!any_other(handle, [](const Handle& other) { return other.maps; })) handle.file->shared.clear();
  return SQLITE_OK;
}

int open(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* raw, int flags, int* out_flags) {
  Disk& disk = of(vfs);
  auto& handle = *new (raw) Handle();
  handle.disk = &disk;
  handle.server = path == nullptr ? 0 : server_of(path);
  if (!disk.reachable(handle.server)) return SQLITE_CANTOPEN;
  std::shared_ptr<DiskFile> file;
  if (path == nullptr) {
    file = std::make_shared<DiskFile>();
  } else {
    const std::string name = name_of(path);
    const auto found = disk.files().find(name);
    if (found == disk.files().end() && (flags & (SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB)) == 0) return SQLITE_CANTOPEN;
    // The program makes the database's file itself, before SQLite opens it.
    file = found == disk.files().end() ? disk.files().emplace(name, std::make_shared<DiskFile>()).first->second : found->second;
  }
  handle.file = file.get();
  handle.keep = new std::shared_ptr<DiskFile>(std::move(file));
  handle.base.pMethods = static_cast<const sqlite3_io_methods*>(disk.methods());
  disk.handles().push_back(&handle);
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* path, int) {
  Disk& disk = of(vfs);
  if (!disk.reachable(server_of(path))) return SQLITE_IOERR_DELETE;
  return disk.files().erase(name_of(path)) == 1 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int access(sqlite3_vfs* vfs, const char* path, int, int* result) {
  *result = of(vfs).files().contains(name_of(path)) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int count, char* into) {
  const size_t size = std::strlen(path) + 1;
  if (size > static_cast<size_t>(count)) return SQLITE_CANTOPEN;
  std::memcpy(into, path, size);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int count, char* into) {
  for (int i = 0; i < count; ++i) into[i] = static_cast<char>(of(vfs).random().next());
  return count;
}

/// Nobody is slept for: whoever has what is waited for cannot move meanwhile.
int sleep(sqlite3_vfs*, int microseconds) {
  return microseconds;
}
int current_time(sqlite3_vfs*, sqlite3_int64* milliseconds) {
  *milliseconds = 212'000'000'000'000;  // of the Julian calendar; nothing rests on it
  return SQLITE_OK;
}
int last_error(sqlite3_vfs*, int, char*) {
  return 0;
}

sqlite3_io_methods io_methods() {
  return {.iVersion = 2,
          .xClose = close,
          .xRead = read,
          .xWrite = write,
          .xTruncate = truncate,
          .xSync = sync,
          .xFileSize = file_size,
          .xLock = lock,
          .xUnlock = unlock,
          .xCheckReservedLock = is_reserved,
          .xFileControl = control,
          .xSectorSize = sector_size,
          .xDeviceCharacteristics = characteristics,
          .xShmMap = map_shared,
          .xShmLock = lock_shared,
          .xShmBarrier = barrier,
          .xShmUnmap = unmap_shared,
          .xFetch = nullptr,
          .xUnfetch = nullptr};
}

}  // namespace

Disk::Disk(Random random) : random_(random), system_(std::make_unique<FileSystem>()) {
  system_->name = "koshi-simulation";
  system_->methods = io_methods();
  sqlite3_vfs& vfs = system_->vfs;
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(Handle);
  vfs.mxPathname = 512;
  vfs.zName = system_->name.c_str();
  vfs.pAppData = this;
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep;
  vfs.xGetLastError = last_error;
  vfs.xCurrentTimeInt64 = current_time;
  CHECK(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
  sqlite3_randomness(0, nullptr);  // so that its salts come from this disk
}

Disk::~Disk() {
  CHECK(handles_.empty());
  sqlite3_vfs_unregister(&system_->vfs);
}

const void* Disk::methods() const {
  return &system_->methods;
}

}  // namespace koshi::simulation
