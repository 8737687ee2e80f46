#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "office/house/house.h"

/// How far the office's journal was verified, kept beside its keys, so that the next start reads only what came since.
///
///   journal.verified := checkpoint        a signed note of the journal (journal/note.h)
///
/// Whoever can write this file can read the signing key too; without the key it cannot be made to say anything. A file that is missing or
/// worthless costs a whole reading, nothing else.
namespace koshi::office {

inline constexpr char kVerifiedFile[] = "journal.verified";
/// What the file becomes when the whole reading finds damage: starts are refused then, until the journal is whole again.
inline constexpr char kDoubtedFile[] = "journal.doubted";

/// Empty: none.
std::string read_verified(const std::filesystem::path& keys_folder);
/// Errors: the folder cannot be written.
Result<void> write_verified(const std::filesystem::path& keys_folder, const std::string& note);

/// What is known of the journal from outside of the database.
std::vector<journal::Checkpoint> known_checkpoints(House& house);

struct JournalCheck {
  std::optional<journal::Damage> damage;
  bool whole = false;  ///< all was read, not only what came behind the file's checkpoint
};
/// Before the office is opened: reads behind the file's checkpoint, or all where there is none; keeps how far it came.
store::StoreResult<JournalCheck> check_journal(House& house);
/// Signs what was committed since, reads it, and keeps how far it came. Cheap when nothing came.
store::StoreResult<JournalCheck> check_further(House& house);
/// Reads all.
store::StoreResult<JournalCheck> check_whole_journal(House& house, const journal::Journal::GiveUp& give_up = {});

/// What to tell of damage that a start has found, with what may be done.
std::string advice(const journal::Damage& damage, const House& house);

}  // namespace koshi::office
