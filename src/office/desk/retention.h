#pragma once

#include <cstdint>
#include <optional>

#include "store/store.h"

/// What the office erases when its term of storage has ended. The terms are the keeper's: the law of archives is not in the law text.
///
/// Only what stands outside of the journal goes. Events are hashed with all that they say, so facts in them, and the cases folded from
/// them, stay; of a document the journal has the hash, the size and the name of the file, and those stay too.
namespace koshi::office {

inline constexpr int kTermDaysMin = 30;  ///< shorter is taken for a mistake: what is erased does not come back
inline constexpr int kTermDaysMax = 36'600;

/// In days; none: nothing of this category is erased.
struct Terms {
  /// The bytes of documents, since the last act in a case that is closed or was dropped; and of those that were taken back, whenever.
  std::optional<int> documents = {};
  std::optional<int> drafts = {};   ///< what somebody typed and did not send, since it was saved
  std::optional<int> notices = {};  ///< the words of notices that were sent, since they were written
};

struct Erased {
  int64_t documents = 0;
  int64_t document_bytes = 0;
  int64_t shared = 0;  ///< documents that are kept, because another case has the same bytes
  int64_t drafts = 0;
  int64_t notices = 0;
};

enum class Erasing : uint8_t { kDone, kOnlyCounted };

/// Reads every case once, at most a page of them in one state of the database, and erases those of one case in one write: acts go on
/// meanwhile, and bytes that one of them attaches anew are kept. Holds the hashes of all documents in memory, about 100 bytes each.
/// Terms lie between kTermDaysMin and kTermDaysMax (checked by the caller). May be repeated.
store::StoreResult<Erased> erase_ended(store::Store& store, const Terms& terms, int64_t now_ms, Erasing erasing);

}  // namespace koshi::office
