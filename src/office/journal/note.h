#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/journal/hash.h"
#include "office/journal/note_key.h"

/// Signed notes (c2sp.org/signed-note) and the checkpoints of a log (c2sp.org/tlog-checkpoint) that they carry. The
/// grammars are in note.cc.
namespace koshi::journal {

inline constexpr size_t kNoteMaxBytes = 64u << 10;
inline constexpr size_t kNoteMaxSignatures = 32;

struct NoteSignature {
  std::string name;
  uint32_t id = 0;
  std::string bytes;
  bool operator==(const NoteSignature&) const = default;
};

struct Note {
  std::string text;  ///< ends with a newline
  std::vector<NoteSignature> signatures;
  bool operator==(const Note&) const = default;
};

/// The text is believed only after verify_note.
Result<Note> parse_note(std::string_view text);
std::string format_note(const Note& note);

/// Errors: a text that a note cannot hold (controls, not UTF-8, no newline at its end).
Result<Note> sign_note(std::string text, const SigningKey& key);
/// At least one of the keys signed, and none of them signed wrongly. Signatures of other keys are passed over.
Result<void> verify_note(const Note& note, std::span<const VerifyingKey> keys);

/// What a log says of itself at one size. `origin` names the log.
struct Checkpoint {
  std::string origin;
  uint64_t size = 0;
  Hash root{};
  bool operator==(const Checkpoint&) const = default;
};

std::string format_checkpoint(const Checkpoint& checkpoint);
/// The body of a note. Lines after the third are extensions: signed, and passed over.
Result<Checkpoint> parse_checkpoint(std::string_view body);

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);
/// Parses the note, verifies it, and takes the checkpoint of this origin out of it.
Result<Checkpoint> open_checkpoint(std::string_view note, std::string_view origin, std::span<const VerifyingKey> keys);

}  // namespace koshi::journal
