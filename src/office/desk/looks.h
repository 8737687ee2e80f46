#pragma once

#include "office/case/case.h"
#include "office/case/decide.h"
#include "zan/corpus/corpus.h"

/// Whose looks at a case stand in the journal.
namespace koshi::office {

/// Everybody's but those of its party, who looks at what is his own. A party that many people act for (`party police within region`: it is
/// bound to a member of an enumeration, not to a number of somebody) leaves a trace too, unless the account itself opened the case.
bool leaves_trace(const zan::Corpus& corpus, const Case& item, const Actor& actor);

}  // namespace koshi::office
