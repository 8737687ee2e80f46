#pragma once

#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "office/case/access.h"
#include "office/case/event_json.h"

/// Facts that somebody gives, in a form or with an act. Internal to this folder.
namespace koshi::office {

/// Reads them and lays them into the case; returns what changed. `asked` are patterns ("workers[].name") of what may be given. A list that
/// is there already is replaced where all that it says may be given, and else told member by member. Refused: what is no value, what is not
/// asked, what comes from the account, facts that contradict each other on the law date, more than a case holds.
std::expected<std::vector<FactWord>, Refusal> give(const Refuser& refuser, const Situation& situation, Case& item,
                                                   std::string_view facts_json, const std::vector<std::string>& asked, Date today);

/// The case without what was said before of the facts that the action asks: they are answered anew by whoever acts. What the account or
/// the register says stays, and a list that says more than what is asked.
Case without_answers(const zan::Corpus& corpus, const zan::Procedure& procedure, const zan::Action& action, const Case& item);

/// What these paths ask for, as patterns.
void add_patterns(const zan::Corpus& corpus, const zan::Procedure& procedure, const std::vector<zan::FactPath>& paths,
                  std::vector<std::string>& patterns);

/// Refused where the case would hold more than the limits of case.h.
std::optional<Refusal> too_much(const Refuser& refuser, const Case& item);

}  // namespace koshi::office
