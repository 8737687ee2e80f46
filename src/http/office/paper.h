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

/// Of the office's key, in the codes on papers.
inline constexpr std::string_view kPaperKeyId = "1";

struct PaperView {
  std::string number, title;
  std::string procedure, state;  ///< labels
  bool valid = false;            ///< the case stands in a state that is not final, and the last day has not passed
  Date issued;
  std::optional<Date> until;  ///< the last day, where the case has one ("valid_until")
};
std::expected<std::optional<PaperView>, office::Failure> find_paper(const OfficeSite& office, words::Language language,
                                                                    std::string_view number);

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
