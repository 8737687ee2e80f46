// A proof of consistency is a text of lines:
//
//   consistency = "koshi consistency 1" newline
//                 *(base64(hash[32]) newline)                    as RFC 9162 section 2.1.4.1 orders them
//                 newline
//                 checkpoint                                     the earlier one: a signed note, see note.cc
//                 newline
//                 checkpoint                                     the later one

#include "office/journal/consistency.h"

#include "base/text.h"
#include "office/journal/merkle.h"

namespace koshi::journal {
namespace {

constexpr std::string_view kTitle = "koshi consistency 1\n";

std::unexpected<Error> malformed(std::string_view what) {
  return fail("malformed consistency proof: " + std::string(what));
}

/// Where the note that the text begins with ends: behind its second empty line, which is not part of it. npos: nowhere.
size_t end_of_note(std::string_view text) {
  const size_t body = text.find("\n\n");
  if (body == std::string_view::npos) return body;
  const size_t end = text.find("\n\n", body + 2);
  return end == std::string_view::npos ? end : end + 1;
}

}  // namespace

std::string format_consistency(const Consistency& consistency) {
  std::string out(kTitle);
  for (const Hash& hash : consistency.proof) out += base64(bytes_of(hash)) + "\n";
  return out + "\n" + consistency.old_checkpoint + "\n" + consistency.checkpoint;
}

Result<Consistency> parse_consistency(std::string_view text) {
  if (text.size() > kConsistencyMaxBytes) return malformed("it is longer than " + std::to_string(kConsistencyMaxBytes) + " bytes");
  if (!text.starts_with(kTitle)) return malformed("it does not begin with \"koshi consistency 1\"");
  text.remove_prefix(kTitle.size());
  Consistency consistency;
  while (true) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) return malformed("its hashes do not end");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.empty()) break;
    const auto hash = hash_from_base64(line);
    if (!hash) return malformed("a line of it is no hash");
    if (consistency.proof.size() == kMerkleMaxLevels + 1) return malformed("it has too many hashes");
    consistency.proof.push_back(*hash);
  }
  const size_t end = end_of_note(text);
  if (end == std::string_view::npos) return malformed("it has no two checkpoints");
  consistency.old_checkpoint = text.substr(0, end);
  consistency.checkpoint = text.substr(end + 1);
  return consistency;
}

Result<Checkpoint> verify_consistency(const Consistency& consistency, std::string_view origin, std::span<const VerifyingKey> keys) {
  TRY(old, open_checkpoint(consistency.old_checkpoint, origin, keys));
  TRY(later, open_checkpoint(consistency.checkpoint, origin, keys));
  // Of an empty journal every other one is a continuation, and RFC 9162 knows no proof of it.
  if (old.size == 0 && consistency.proof.empty()) return later;
  TRY_DO(verify_consistency(old.size, old.root, later.size, later.root, consistency.proof));
  return later;
}

}  // namespace koshi::journal
