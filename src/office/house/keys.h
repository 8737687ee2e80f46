#pragma once

#include <array>
#include <filesystem>

#include "office/journal/note_key.h"
#include "office/people/second_factor.h"

/// The office's secrets, as files of one line that only their owner may read. Whoever loses them can read the office but not go on with it;
/// so they belong into the backup, apart from the database.
///
///   journal.key   signing key of checkpoints (note_key.h)
///   papers.key    hex of the 32-byte seed that signs the codes on permits
///   factor.key    hex of the 32 bytes that seal second factors
namespace koshi::office {

struct Keys {
  journal::SigningKey journal;
  std::array<uint8_t, 32> papers{};
  people::FactorKey factor{};
};

/// Reads the keys of the folder. With `make`, those that are not there are made first (the folder must exist).
/// Errors: a key is missing or is none, a file that others may read.
Result<Keys> open_keys(const std::filesystem::path& folder, std::string_view origin, bool make, const people::RandomBytes& random);

}  // namespace koshi::office
