#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/journal/hash.h"
#include "office/journal/note.h"

/// Two signed checkpoints of one journal and the proof that the later goes on from the earlier: whoever kept the earlier sees from it, with
/// no look at the journal, that nothing it covers was changed, moved or dropped. The grammar is in consistency.cc.
namespace koshi::journal {

inline constexpr size_t kConsistencyMaxBytes = 2 * kNoteMaxBytes + 8192;

struct Consistency {
  std::string old_checkpoint;  ///< a signed note
  std::string checkpoint;      ///< a signed note, of at least as many events
  std::vector<Hash> proof;     ///< RFC 9162 section 2.1.4.1; empty for two checkpoints of one size
  bool operator==(const Consistency&) const = default;
};

std::string format_consistency(const Consistency& consistency);
Result<Consistency> parse_consistency(std::string_view text);

/// The later checkpoint, when both are signed by the keys and the proof holds.
Result<Checkpoint> verify_consistency(const Consistency& consistency, std::string_view origin, std::span<const VerifyingKey> keys);

}  // namespace koshi::journal
