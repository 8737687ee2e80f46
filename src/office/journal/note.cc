// A signed note:
//
//   note       = text newline 1*signature           split at the last empty line
//   text       = 1*(line newline)                   UTF-8, no controls but newline; lines may be empty
//   signature  = U+2014 " " key-name " " base64(key-id[4, big-endian] ed25519-signature[64]) newline
//   (the signed bytes are those of text)
//
// The text of a checkpoint:
//
//   checkpoint = origin newline size newline base64(root[32]) newline *(extension newline)
//   size       = "0" / digit-1-9 *digit             at most 2^53 - 1
//   origin, extension = 1*character

#include "office/journal/note.h"

#include <algorithm>

#include "base/text.h"
#include "office/journal/event.h"

namespace koshi::journal {
namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr size_t kIdBytes = 4;

std::unexpected<Error> malformed(std::string_view what) {
  return fail("malformed note: " + std::string(what));
}

Result<void> check_characters(std::string_view text) {
  if (!is_valid_utf8(text)) return malformed("it is not UTF-8");
  if (std::ranges::any_of(text, [](char c) { return static_cast<uint8_t>(c) < 0x20 && c != '\n'; })) {
    return malformed("it holds a control character");
  }
  return {};
}

/// One line without its newline.
Result<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) return malformed("a line after the text is no signature");
  const std::string_view rest = line.substr(kDash.size());
  const size_t space = rest.find(' ');
  if (space == std::string_view::npos) return malformed("a signature line lacks its signature");
  NoteSignature signature;
  signature.name = rest.substr(0, space);
  if (auto named = check_key_name(signature.name); !named) return malformed(named.error().message);
  const auto bytes = from_base64(rest.substr(space + 1));
  if (!bytes || bytes->size() <= kIdBytes) return malformed("a signature is not in base64 or too short");
  for (size_t i = 0; i < kIdBytes; ++i) signature.id = signature.id << 8 | static_cast<uint8_t>((*bytes)[i]);
  signature.bytes = bytes->substr(kIdBytes);
  return signature;
}

/// The next line of `text`, which is shortened by it; every line ends with a newline.
Result<std::string_view> take_line(std::string_view& text) {
  const size_t end = text.find('\n');
  if (end == std::string_view::npos) return fail("a line of the checkpoint is missing");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

Result<Note> parse_note(std::string_view text) {
  if (text.size() > kNoteMaxBytes) return malformed("it is longer than " + std::to_string(kNoteMaxBytes) + " bytes");
  TRY_DO(check_characters(text));
  const size_t gap = text.rfind("\n\n");
  if (gap == std::string_view::npos) return malformed("no empty line parts the text from the signatures");
  if (!text.ends_with('\n') || gap + 2 == text.size()) return malformed("it ends without a signature line");
  Note note;
  note.text = text.substr(0, gap + 1);
  for (const std::string_view line : split(text.substr(gap + 2, text.size() - gap - 3), '\n')) {
    if (note.signatures.size() == kNoteMaxSignatures)
      return malformed("it has more than " + std::to_string(kNoteMaxSignatures) + " signatures");
    TRY(signature, parse_signature(line));
    note.signatures.push_back(std::move(signature));
  }
  return note;
}

std::string format_note(const Note& note) {
  std::string out = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(signature.id >> shift & 0xFF);
    bytes += signature.bytes;
    out += kDash;
    out += signature.name + " " + base64(bytes) + "\n";
  }
  return out;
}

Result<Note> sign_note(std::string text, const SigningKey& key) {
  TRY_DO(check_characters(text));
  if (!text.ends_with('\n')) return malformed("its text does not end with a newline");
  NoteSignature signature{key.verifying_key().name(), key.verifying_key().id(), key.sign(text)};
  Note note{std::move(text), {}};
  note.signatures.push_back(std::move(signature));
  return note;
}

Result<void> verify_note(const Note& note, std::span<const VerifyingKey> keys) {
  bool verified = false;
  for (const NoteSignature& signature : note.signatures) {
    for (const VerifyingKey& key : keys) {
      if (key.name() != signature.name || key.id() != signature.id) continue;
      if (!key.verify(note.text, signature.bytes)) return fail("the signature of " + key.name() + " is not good");
      verified = true;
    }
  }
  if (!verified) return fail("no known key signed the note");
  return {};
}

std::string format_checkpoint(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base64(bytes_of(checkpoint.root)) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view body) {
  Checkpoint checkpoint;
  TRY(origin, take_line(body));
  if (origin.empty()) return fail("a checkpoint has an empty origin");
  checkpoint.origin = origin;
  TRY(size_text, take_line(body));
  const auto size = parse_whole(size_text);
  if (!size || *size < 0 || static_cast<uint64_t>(*size) > kSequenceMax || std::to_string(*size) != size_text) {
    return fail("a checkpoint has the size " + json_string(size_text));
  }
  checkpoint.size = static_cast<uint64_t>(*size);
  TRY(root_text, take_line(body));
  const auto root = hash_from_base64(root_text);
  if (!root) return fail("a checkpoint has the root hash " + json_string(root_text));
  checkpoint.root = *root;
  while (!body.empty()) {
    TRY(extension, take_line(body));
    if (extension.empty()) return fail("a checkpoint has an empty line");
  }
  return checkpoint;
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  TRY(note, sign_note(format_checkpoint(checkpoint), key));
  return format_note(note);
}

Result<Checkpoint> open_checkpoint(std::string_view text, std::string_view origin, std::span<const VerifyingKey> keys) {
  TRY(note, parse_note(text));
  TRY_DO(verify_note(note, keys));
  TRY(checkpoint, parse_checkpoint(note.text));
  if (checkpoint.origin != origin) {
    return fail("the checkpoint is of " + json_string(checkpoint.origin) + ", not of " + json_string(origin));
  }
  return checkpoint;
}

}  // namespace koshi::journal
