#pragma once

#include <array>
#include <filesystem>
#include <vector>

#include "office/journal/note_key.h"
#include "office/papers/permit_code.h"
#include "office/people/second_factor.h"

/// The office's secrets, as files of one line that only their owner may read. Whoever loses them can read the office but not go on with it;
/// so they belong into the backup, apart from the database.
///
///   journal.key   signing key of checkpoints (note_key.h)
///   papers.key    hex of the 32-byte seed that signs the codes on permits
///   factor.key    hex of the 32 bytes that seal second factors
///
/// Public halves of keys that sign no more, a line each; what they signed is believed still:
///
///   journal.retired.key   verifying keys
///   papers.retired.key    the key's name in codes, a space, hex of the 32 bytes
///
/// Secret, and there only until nothing is sealed under it any more:
///
///   factor.retired.key    hex of the 32 bytes, a line for each
namespace koshi::office {

struct Keys {
  journal::SigningKey journal;
  std::array<uint8_t, 32> papers{};
  std::string papers_id;  ///< "1", and one more with each renewal
  people::FactorKey factor{};
  std::vector<people::FactorKey> retired_factors;
  std::vector<journal::VerifyingKey> retired_journal;
  std::vector<papers::CodeKey> retired_papers;
};

/// Reads the keys of the folder. With `make`, those that are not there are made first (the folder must exist).
/// Errors: a key is missing or is none, a file that others may read.
Result<Keys> open_keys(const std::filesystem::path& folder, std::string_view origin, bool make, const people::RandomBytes& random);

enum class KeyFor : uint8_t { kJournal, kPapers, kFactors };
/// Retires the key, and makes another in its place. Whenever the machine stops, the folder can be opened, and what the old key signed is
/// believed, what it sealed opens. A server that runs goes on with the old key until it is started anew. Errors: as open_keys.
Result<void> renew_key(const std::filesystem::path& folder, KeyFor which, const people::RandomBytes& random);
/// Once nothing is sealed under them (SecondFactor::seal_anew), and no server runs that knows no other.
Result<void> forget_retired_factors(const std::filesystem::path& folder);

}  // namespace koshi::office
