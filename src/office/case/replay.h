#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/case/decide.h"
#include "zan/reason/divergence.h"

/// An act that was done, done again under another law: of another day, or with drafts laid over it. Its facts are those that were frozen
/// with it: the case as it stood before the act, what was given with it, and what its proofs read of registers and balances then.
///
/// Each act is looked at by itself, as if everything before it had been done as it was. Deadlines are not counted anew, and no place of a
/// quota is taken. Pure, like decide().
namespace koshi::office {

/// Both laws have one text. The library of `other` stands where it is asked to (zan::Standpoint); `on` is its day, none: each case's own.
struct OtherLaw {
  const Law& own;
  const Law& other;
  std::optional<Date> on;
};

enum class Replayed : uint8_t {
  kSame,
  kOtherwise,  ///< it passes, with another amount, ground, day, fact or number of places
  kForbidden,  ///< a condition does not hold, a document is missing, no ground is left
  kUnclear,    ///< a conflict, gap or fault of the other law
  kUnknown,    ///< the other law asks what nobody took down
  kNoSuchAct,  ///< on that day there is no such procedure or action
};
inline constexpr size_t kReplayedOutcomes = 6;
/// "same", "otherwise", "forbidden", "unclear", "unknown", "no_such_act"
std::string_view replayed_name(Replayed outcome);

/// One thing that the act asks of the law and to which the two answer differently.
struct ReplayedQuestion {
  std::string what;   ///< when, documents, requires, sets, records, amount, until, key, charges, grounds, as in event.h
  std::string label;  ///< in the language asked for; of `sets` and `records` the fact's path
  std::optional<zan::Answer> before, after;  ///< none: not asked by that law
  std::vector<zan::Divergence> causes;
};

struct ReplayedAct {
  std::string action;  ///< its name
  std::string label;
  Replayed outcome = Replayed::kSame;
  std::vector<ReplayedQuestion> differences;
  // In tiyn. An amount that the other law leaves open stands in neither of the two that are compared.
  Int128 charged = 0;        ///< by the case's own law
  Int128 charged_after = 0;  ///< by the other one; of an act that it forbids, nothing
  Int128 charged_open = 0;   ///< by the case's own law, where the other one comes to no amount
  /// The text of the law has changed since: under the case's own day, too, it says something else than was decided.
  bool text_changed = false;
};

/// `before` is the case as it was; `acted` the payload of its next event, an act; `on` the day of the act.
/// Errors: a payload that is no act, or an act that the text of the law no longer has in this state.
Result<ReplayedAct> replay_act(const OtherLaw& laws, const Case& before, std::string_view acted, Date on, words::Language language);

}  // namespace koshi::office
