#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/date.h"
#include "base/result.h"
#include "office/journal/hash.h"

/// One act of the office, as it is kept for ever.
namespace koshi::journal {

/// Sequences stay exact in every JSON reader.
inline constexpr uint64_t kSequenceMax = (uint64_t{1} << 53) - 1;
inline constexpr size_t kNameMaxBytes = 256;
/// A case that only its parties may know of has a number of so many characters of Crockford's alphabet: 130 bits that nobody guesses. The
/// number stands in what is hashed of each event, so no event can be guessed from its hash either.
inline constexpr size_t kSealedNameBytes = 26;
/// 9999-12-31T23:59:59.999Z.
inline constexpr int64_t kRecordedAtMaxMs = 253'402'300'799'999;

/// What the caller knows of an act. `payload` is canonical JSON (canonical_json.h).
struct Entry {
  std::string case_id;
  std::string actor;
  std::string action;
  Date law_date;               ///< the law in force on this day was applied
  int64_t recorded_at_ms = 0;  ///< UTC since 1970, by the caller's clock; the journal does not require that it rises
  std::string payload;
  bool operator==(const Entry&) const = default;
};

/// An entry in its place. Sequences count from 1 without gaps; event s is leaf s - 1 of the Merkle tree.
struct Event {
  uint64_t sequence = 0;
  Entry entry;
  Hash previous{};  ///< of the case's previous event; all zeros for its first
  bool operator==(const Event&) const = default;
};

/// Whether the events of this name leave the office by their hashes only: the name, or what stands behind its last stroke ("seen/…"), is
/// the number of a sealed case.
bool is_sealed(std::string_view case_id);

/// Names (case, actor, action) are 1..256 bytes of UTF-8 without control characters; the date, the time and the
/// sequence are in range; the payload is canonical. Errors name the field.
Result<void> check_entry(const Entry& entry);

/// An entry that was checked: whoever appends it need not look at it again while others wait.
class CheckedEntry {
 public:
  static Result<CheckedEntry> create(Entry entry);
  const Entry& entry() const { return entry_; }

 private:
  explicit CheckedEntry(Entry entry) : entry_(std::move(entry)) {}
  Entry entry_;
};

/// The bytes that are hashed; see the grammar in event.cc. Two events have the same bytes only if they are equal.
std::string encode_event(const Event& event);
Hash event_hash(const Event& event);
Hash event_hash(uint64_t sequence, const Entry& entry, const Hash& previous);

}  // namespace koshi::journal
