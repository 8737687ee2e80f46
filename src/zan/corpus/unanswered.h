#pragma once

#include "zan/corpus/corpus.h"

namespace koshi::zan {

/// Why a text that stands behind a gap (Corpus::missing_on) answers nothing on a day.
enum class Unanswered : uint8_t {
  kUnread,      ///< in force, and nobody here could read it
  kNotInForce,  ///< it stood on other days only
  kSilent,      ///< read, and it says nothing of the case
};

inline Unanswered why_unanswered(const Corpus& corpus, const CitationRef& citation, Date on) {
  if (!corpus.acts[static_cast<size_t>(citation.act)].in_force.contains(on)) return Unanswered::kNotInForce;
  return citation.confidence == Confidence::kUnverified ? Unanswered::kUnread : Unanswered::kSilent;
}

}  // namespace koshi::zan
