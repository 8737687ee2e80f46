#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/journal/hash.h"
#include "office/journal/note.h"

/// What a party is handed when its act is acknowledged: it shows, without the office, that the act stands in the
/// journal at this place. The grammar is in receipt.cc.
namespace koshi::journal {

inline constexpr size_t kReceiptMaxBytes = kNoteMaxBytes + 8192;

struct Receipt {
  uint64_t sequence = 0;
  Hash event{};             ///< hash of the event (event.h)
  std::vector<Hash> proof;  ///< inclusion of leaf sequence - 1 in the tree of the checkpoint
  std::string checkpoint;   ///< a signed note
  bool operator==(const Receipt&) const = default;
};

/// About 30 lines for 100,000 events: less than a page.
std::string format_receipt(const Receipt& receipt);
Result<Receipt> parse_receipt(std::string_view text);

/// The checkpoint, when it is signed by one of the keys and holds the event in this place.
Result<Checkpoint> verify_receipt(const Receipt& receipt, std::string_view origin, std::span<const VerifyingKey> keys);

}  // namespace koshi::journal
