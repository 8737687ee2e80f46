#pragma once

#include "zan/reason/answer.h"

/// What a case asks of a proof. Internal to this folder.
namespace koshi::zan {

/// Whether a rule that decides, in the question's own norm or in a norm that deciding rules read, cites this act and place. The cited
/// place may go on where the asked one ends: "art. 6(4)" is in "art. 6", but "art. 61" is not. An empty place is any.
bool cites(const Corpus& corpus, const Answer& answer, ActId act, std::string_view place);

/// Sets the rules that decided anywhere in the proof of a settled answer.
void mark_exercised(const Answer& answer, std::vector<bool>& exercised);

/// "2016-03-06", "unknown (nationality, arrived are needed)", "a conflict of …".
std::string outcome_text(const Corpus& corpus, const Answer& answer);

/// One note for each deciding or disagreeing rule of the question's own norm, at its place in the law.
std::vector<Note> reasons(const Corpus& corpus, const Answer& answer);

}  // namespace koshi::zan
