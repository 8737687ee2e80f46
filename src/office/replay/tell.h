#pragma once

#include <string>

#include "office/replay/replay.h"

/// A replay told: for reading, for spreadsheets, for programs. Same replay, same bytes.
namespace koshi::office {

struct ReplayTold {
  const Law& law;
  const ReplayQuestion& question;
  const Replays& replays;
};

inline constexpr size_t kReplayShown = 50;  ///< differences in the text; CSV and JSON have all

/// In the language of the question.
std::string replay_text(const ReplayTold& told);
/// One line a cause: case, procedure, sequence, day, law, action, outcome, what, label, before, after, norm, norm before, norm after,
/// rules before, rules after, charged, charged after. The last two, in tenge, stand on the first line of an act.
std::string replay_csv(const ReplayTold& told);
std::string replay_json(const ReplayTold& told);

// ---- shared by the writers

/// A value, "not known yet" and the like, or "–" for what is not asked.
std::string answer_words(const ReplayTold& told, const std::optional<zan::Answer>& answer);
std::string outcome_words(const ReplayTold& told, zan::Outcome outcome, const zan::Value& value);
/// 'no. 3 (LMP art. 6(4))', joined by "; "; "–" for none.
std::string rules_words(const ReplayTold& told, const std::vector<zan::RuleId>& rules);
std::string norm_words(const ReplayTold& told, zan::NormId norm);
/// "1234.50", tenge without a unit.
std::string tenge(Int128 tiyn);

}  // namespace koshi::office
