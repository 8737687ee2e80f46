#include <fmt/core.h>

#include <chrono>

#include "cli/office_place.h"
#include "store/backup.h"

/// `koshi office drill`: a backup is one only when it was restored and what came back was whole.
namespace koshi::cli {
namespace {

namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

/// A folder that is there while the drill lasts.
class DrillFolder {
 public:
  explicit DrillFolder(fs::path path) : path_(std::move(path)) {
    std::error_code error;
    made_ = !fs::exists(path_, error) && fs::create_directories(path_, error);
    if (made_) fs::permissions(path_, fs::perms::owner_all, error);
  }
  ~DrillFolder() {
    std::error_code error;
    if (made_) fs::remove_all(path_, error);
  }
  DrillFolder(const DrillFolder&) = delete;
  DrillFolder& operator=(const DrillFolder&) = delete;

  bool made() const { return made_; }
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
  bool made_ = false;
};

int64_t ms_since(Steady::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - begin).count();
}

/// The restored database with the keys of the office that it is a copy of, which are only read.
OrStatus<OpenOffice> open_copy(const OfficePlace& place, const std::string& data) {
  OfficePlace copy = place;
  copy.data = data;
  copy.keys = key_folder(place);
  return open_office(copy);
}

int check_copy(const OpenOffice& copy, const journal::Checkpoint& signed_before) {
  const int status = std::max({check_journal(copy, {signed_before}), check_ledger(copy), check_cases(copy, false)});
  if (status == kAnswered) fmt::print("The copy holds all {} events that were signed before it was made.\n", signed_before.size);
  return status;
}

}  // namespace

int run_office_drill(const OfficeOptions& options) {
  const bool remote = store::is_postgres_address(options.place.data);
  if (remote == options.into.empty()) {
    complain("--into URL is for an office in PostgreSQL, and needed there");
    return kBadInput;
  }
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const DrillFolder folder(options.file);
  if (!folder.made()) {
    complain(fmt::format("{} is there already, or cannot be made", options.file.string()));
    return kBadInput;
  }
  const auto signed_now = office->house->journal().checkpoint(office->house->store());
  if (!signed_now) return tell_store_error(signed_now.error());

  const fs::path file = folder / "office.copy";
  auto begin = Steady::now();
  if (const auto done = store::backup(office::store_address(options.place.data), file); !done) return tell_store_error(done.error());
  std::error_code error;
  fmt::print("Backed up in {} ms: {} bytes.\n", ms_since(begin), fs::file_size(file, error));

  const std::string data = remote ? options.into : (folder / "office").string();
  if (!remote) fs::create_directories(data, error);
  begin = Steady::now();
  if (const auto done = store::restore(file, office::store_address(data)); !done) return tell_store_error(done.error());
  fmt::print("Restored in {} ms.\n", ms_since(begin));

  begin = Steady::now();
  const auto copy = open_copy(options.place, data);
  if (!copy) return copy.error();
  const int status = check_copy(*copy, signed_now->checkpoint);
  fmt::print("Read whole in {} ms.\n", ms_since(begin));
  return status;
}

int run_office_consistency(const OfficeOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto made = office->house->journal().consistency_since(office->house->store(), static_cast<uint64_t>(options.size));
  if (!made) return tell_store_error(made.error());
  fmt::print("{}", journal::format_consistency(*made));
  return kAnswered;
}

}  // namespace koshi::cli
