#include "office/house/verified.h"

#include "base/file.h"

namespace koshi::office {
namespace {

using store::StoreResult;
using Verified = journal::Journal::Verified;

/// After damage among what was read before, the next start reads all and so finds it again, whatever the file says.
void doubt(const House& house) {
  std::error_code error;
  std::filesystem::rename(house.keys_folder() / kVerifiedFile, house.keys_folder() / kDoubtedFile, error);
}

/// A note that cannot be kept only makes the next start read more.
JournalCheck kept(const House& house, Verified verified, bool whole) {
  if (verified.damage && whole) doubt(house);
  if (!verified.damage && !verified.note.empty()) static_cast<void>(write_verified(house.keys_folder(), verified.note));
  return {std::move(verified.damage), whole};
}

/// No value: the file says nothing that this journal's keys have signed.
StoreResult<std::optional<Verified>> read_behind(House& house) {
  const std::string note = read_verified(house.keys_folder());
  if (!journal::open_checkpoint(note, house.journal().origin(), house.journal().keys())) return std::nullopt;
  TRY(verified, house.store().read([&](store::Reader& reader) { return house.journal().verify_behind(reader, note); }));
  return std::optional(std::move(verified));
}

}  // namespace

std::string read_verified(const std::filesystem::path& keys_folder) {
  return read_file(keys_folder / kVerifiedFile, journal::kNoteMaxBytes).value_or("");
}

Result<void> write_verified(const std::filesystem::path& keys_folder, const std::string& note) {
  if (read_verified(keys_folder) == note) return {};
  return write_file(keys_folder / kVerifiedFile, note);
}

std::vector<journal::Checkpoint> known_checkpoints(House& house) {
  auto known = journal::open_checkpoint(read_verified(house.keys_folder()), house.journal().origin(), house.journal().keys());
  return known ? std::vector{std::move(*known)} : std::vector<journal::Checkpoint>{};
}

StoreResult<JournalCheck> check_journal(House& house) {
  TRY(behind, read_behind(house));
  if (behind) return kept(house, std::move(*behind), false);
  return check_whole_journal(house);
}

StoreResult<JournalCheck> check_further(House& house) {
  TRY(size, house.store().read([&](store::Reader& reader) { return house.journal().size(reader); }));
  if (size == 0) return JournalCheck{};
  TRY(now, house.journal().checkpoint(house.store()));
  if (now.note == read_verified(house.keys_folder())) return JournalCheck{};
  return check_journal(house);
}

StoreResult<JournalCheck> check_whole_journal(House& house, const journal::Journal::GiveUp& give_up) {
  auto verified =
      house.store().read([&](store::Reader& reader) { return house.journal().verify_all(reader, known_checkpoints(house), give_up); });
  if (verified) return kept(house, std::move(*verified), true);
  if (verified.error().fault == store::Fault::kCorrupt) doubt(house);
  return std::unexpected(std::move(verified.error()));
}

std::string advice(const journal::Damage& damage, const House& house) {
  return journal::describe(damage) +
         ". Keep a copy of the database as it is, and restore a backup (docs/operate.md, When the record is damaged). If the database was "
         "put back to an older state on purpose, remove " +
         (house.keys_folder() / kVerifiedFile).string();
}

}  // namespace koshi::office
