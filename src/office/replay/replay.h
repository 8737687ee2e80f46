#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "office/case/replay.h"
#include "office/journal/journal.h"
#include "store/store.h"

/// All decided cases of an office under another day's law or under drafts: which acts would be decided otherwise, and by which rules.
/// Reads the journal only; writes nothing. Sealed cases are counted and not looked into.
namespace koshi::office {

inline constexpr size_t kReplayDifferencesMax = 100'000;  ///< told one by one; more are only counted
inline constexpr size_t kReplayPageCases = 200;           ///< read from one state of the database

struct ReplayQuestion {
  zan::Standpoint standpoint;
  std::string procedure = {};  ///< empty: all
  words::Language language = words::Language::kEn;
};

/// One act that the other law decides otherwise.
struct ReplayDifference {
  std::string case_id, procedure;
  uint64_t sequence = 0;  ///< of the act in the journal
  Date on;                ///< the day of the act
  Date law;               ///< whose law decided it
  ReplayedAct act;        ///< its answers without their proofs
};

struct ReplayTotals {
  int64_t cases = 0;  ///< with an act or without
  int64_t sealed = 0;
  int64_t acts = 0;
  std::array<int64_t, kReplayedOutcomes> outcomes = {};
  int64_t text_changed = 0;  ///< acts of which the text of the law says something else today, under their own day, than was decided
  int64_t unreadable = 0;    ///< acts that the text of the law no longer has, and cases whose events do not follow
  Int128 charged = 0, charged_after = 0, charged_open = 0;  ///< tiyn, as in ReplayedAct
};

struct Replays {
  ReplayTotals totals;
  std::vector<ReplayDifference> differences;  ///< by case, then in the order of the journal; at most kReplayDifferencesMax
  int64_t left_out = 0;
};

/// Errors: drafts that cannot be laid over each other; both are named.
Result<void> check_drafts(const zan::Corpus& corpus, const zan::Standpoint& standpoint);

/// Called after each page with the cases read so far.
using ReplayProgress = std::function<void(int64_t cases)>;

/// `own` is the law of the office; the drafts were checked. Errors: the store's. Cost: two evaluations of each act, some 100 µs, beside
/// reading it; memory: a page of cases and the differences.
store::StoreResult<Replays> replay(store::Store& store, const journal::Journal& journal, const Law& own, const ReplayQuestion& question,
                                   const ReplayProgress& progress = {});

}  // namespace koshi::office
