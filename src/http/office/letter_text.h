#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/office/case_place.h"
#include "office/case/checks.h"
#include "office/papers/letter.h"

/// What a paper of the office says, in the law's own words: of a paper that was issued, and of one that is only drafted.
namespace koshi::http {

/// Where the effect stands that issues a paper: indices into the procedure.
struct Issuing {
  int32_t state = zan::kNoId, action = zan::kNoId, effect = zan::kNoId;
};

/// The first effect of the text that issues a paper of this name; nothing for a word that the law no longer has.
std::optional<Issuing> issuing_of(const zan::Procedure& procedure, std::string_view paper);
/// That of one act, which may issue a paper that others issue as well.
std::optional<Issuing> issuing_of(const zan::Procedure& procedure, std::string_view state, std::string_view action, std::string_view paper);

/// Several acts may issue one paper: its text stands with one of them, the first that has any.
Issuing text_of(const zan::Procedure& procedure, const Issuing& at);

struct LetterText {
  std::string paper, title;
  std::vector<std::string> paragraphs;  ///< of the law's text, holes filled; "…" stands for what is not known
  bool is_whole = true;                 ///< nothing was unknown
  bool tells = false;                   ///< the law says which facts are listed: they come first in `decided`
  std::vector<papers::LetterRow>
      decided;  ///< who decided what, where that leads, on which articles it rests; where the law `tells`, not what
  std::vector<papers::LetterGround> grounds;
};

/// `item` is the case as it stands after the act, or, in a draft, as it stands now. Articles and grounds bear their confidence where the
/// official text was not read. Cost: one look at each rule of the law for each ground.
LetterText letter_text(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, const office::Case& item,
                       const Issuing& at, Date on);

// letter_draft.cc
/// The letters that an act of the case's state would issue, in the order of the text: as they would read if it were done now, or, where
/// something still hinders it, as far as is known (`is_whole` is no then). Nothing is kept.
std::expected<std::vector<LetterText>, office::Failure> draft_letters(const OfficeSite& office, words::Language language,
                                                                      const office::Actor& actor, const office::Case& item,
                                                                      const zan::Procedure& procedure, const office::ActionCheck& check);

}  // namespace koshi::http
