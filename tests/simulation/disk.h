#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "random.h"

/// A disk in memory that can lose its power: what was written stands in `content`, what would be found after the power has come back is
/// made of `durable` and of those unsynced writes that chance lets through, sector by sector. SQLite uses it as its default file system
/// (disk_vfs.cc) as long as it lives; one at a time.
///
/// A file is named by the last part of its path. The folder before it is the number of the server that opens it, so that a server can be
/// cut off from the disk while others go on.
///
/// Thread contract: one thread at a time.
namespace koshi::simulation {

inline constexpr int64_t kSectorBytes = 512;

struct DiskFile {
  struct Write {
    int64_t at = 0;
    std::string bytes;  ///< or, where there are none:
    bool cuts = false;  ///< the file ends at `at`
  };
  std::string content, durable;
  std::vector<Write> unsynced;
  std::vector<std::unique_ptr<char[]>> shared;  ///< regions of the memory that connections share
};

enum class DiskFault : uint8_t {
  kNone,
  kWrite,      ///< a write fails, half done
  kFull,       ///< no space
  kSync,       ///< a sync fails, and has forced nothing
  kPowerLoss,  ///< everything stops; nothing more is written by anybody
};

class Disk {
 public:
  explicit Disk(Random random);
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  ~Disk();

  /// The fault comes at the `countdown`-th write or sync from now (of those it can befall).
  void plan(DiskFault fault, int64_t countdown);
  DiskFault planned() const { return fault_; }
  /// No server reaches it any more until the power is back.
  bool dark() const { return dark_; }
  /// Puts every file into a state that the loss of power may have left. All connections must have been closed.
  void restore_power();

  /// From now on nothing that this server does reaches the disk: it was killed. Its locks fall when its connections are closed.
  void cut_off(int server) { cut_off_.insert(server); }
  void admit(int server) { cut_off_.erase(server); }
  bool reachable(int server) const { return !dark_ && !cut_off_.contains(server); }

  /// The bug to be found: syncs are said to be done and are not.
  void ignore_syncs(bool ignore) { ignores_syncs_ = ignore; }

  int64_t write_count() const { return write_count_; }
  int64_t sync_count() const { return sync_count_; }

  // For the file system (disk_vfs.cc). Codes of SQLite.
  struct Handle;
  using Files = std::map<std::string, std::shared_ptr<DiskFile>, std::less<>>;
  Files& files() { return files_; }
  std::vector<Handle*>& handles() { return handles_; }
  Random& random() { return random_; }
  const void* methods() const;  ///< sqlite3_io_methods
  int write(DiskFile& file, int64_t at, std::string_view bytes);
  int sync(DiskFile& file);
  int truncate(DiskFile& file, int64_t size);

 private:
  bool strikes(DiskFault at);
  std::string after_power_loss(const DiskFile& file);

  Random random_;
  Files files_;
  std::vector<Handle*> handles_;
  std::set<int> cut_off_;
  bool dark_ = false;
  bool ignores_syncs_ = false;
  DiskFault fault_ = DiskFault::kNone;
  int64_t countdown_ = 0;
  int64_t write_count_ = 0;
  int64_t sync_count_ = 0;
  struct FileSystem;
  std::unique_ptr<FileSystem> system_;
};

}  // namespace koshi::simulation
