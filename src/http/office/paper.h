#pragma once

#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/office/letter_text.h"
#include "http/office/visitor.h"

/// A paper that the office issued, for anybody who holds its number: enough to tell whether it holds, nothing else of the case.
namespace koshi::http {

/// The law names the last day of what a case permits so (docs/zan.md, Procedures).
inline constexpr std::string_view kLastDay = "valid_until";

/// A paper that something rests on holds as long as its case does; one that only tells of an act (a notice, a refusal) stays genuine
/// whatever becomes of the case, and permits nothing.
enum class PaperKind : uint8_t { kHolds, kTells };

struct PaperView {
  std::string number, title;
  std::string procedure, state;  ///< labels
  PaperKind kind = PaperKind::kHolds;
  std::string other;                         ///< of a kTells: the title of the procedure's paper for which it could be taken; may be empty
  bool valid = false;                        ///< the case stands in a state that is not final, and the last day has not passed
  bool ended = false;                        ///< the case does not stand in such a state
  std::vector<papers::LetterRow> says = {};  ///< for an employer's paper: his name and what its letter tells of the case, without persons
  Date issued;
  std::optional<Date> until;  ///< the last day, where the case has one ("valid_until")
};
std::expected<std::optional<PaperView>, office::Failure> find_paper(const OfficeSite& office, words::Language language,
                                                                    std::string_view number);

// paper_kind.cc
/// Drawn from the procedure: where one of its acts sets the last day of the case, the papers of such acts hold, all others tell. Else those
/// hold that some act issues which leaves the case open.
PaperKind paper_kind(const zan::Procedure& procedure, std::string_view paper);
/// The paper of the procedure that is valid until a day; nothing where there is none.
std::optional<Issuing> holding_paper(const zan::Procedure& procedure);
/// Rows of PaperView::says, as the case stands now.
std::vector<papers::LetterRow> paper_says(const OfficeSite& office, words::Language language, const zan::Procedure& procedure,
                                          const office::Case& item, std::string_view paper);

/// What an issued paper says, as the act left the case that issued it, whatever came later. Only for who may see the case. Errors: a
/// sentence for the log. Cost: folds the case up to that act.
struct PaperText {
  office::Case item;  ///< as it stood then
  LetterText letter;
};
std::expected<PaperText, std::string> paper_text(const OfficeSite& office, words::Language language, const office::Actor& actor,
                                                 const office::Case& now, const office::PaperEntry& paper);

/// The same as a PDF: title, the letter of the law's text, who decided what and on which articles, what the case said by its labels,
/// grounds with their articles, and the signed code where the paper is valid until a day. The same bytes for the same events.
std::expected<std::string, std::string> render_paper(const OfficeSite& office, words::Language language, const office::Actor& actor,
                                                     const office::Case& now, const office::PaperEntry& paper);
/// The text of the code, or nothing for a paper that bears none.
std::optional<std::string> paper_code(const OfficeSite& office, const office::Case& item, const office::PaperEntry& paper);

}  // namespace koshi::http
