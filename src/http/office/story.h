#pragma once

#include <expected>
#include <vector>

#include "http/office/case_place.h"

/// All cases of the person whom one case is about, for an office that helps: only what the person has agreed to share, and only what
/// happened, not what was said there. A sealed case is never among them.
namespace koshi::http {

struct StoryCase {
  office::Case item;
  std::vector<office::TimelineEntry> events;  ///< acts, and terms that passed
};
struct Story {
  bool agreed = false;           ///< the person shares her cases: the procedure asks it and lets it be taken back
  std::vector<StoryCase> cases;  ///< the newest first, kStoryCasesMax at most; empty without consent
};
/// `item` is a case of `procedure` that the visitor may see.
std::expected<Story, office::Failure> story_of(const OfficeSite& office, words::Language language, const zan::Procedure& procedure,
                                               const office::Case& item);

}  // namespace koshi::http
