#include "base/text.h"
#include "words/words.h"

/// Citations in words: the place is written in English in the law text ("art. 6(4), cl. 2"), each of its parts as a kind and a number.
namespace koshi::words {
namespace {

/// One part of a place. What is not a known kind followed by one number stays as it is written.
std::string place_part(const Words& words, Language language, std::string_view part) {
  static constexpr std::string_view kKinds[] = {"art.", "cl.", "para.", "annex", "section", "chapter", "part", "row", "item"};
  const std::string_view text = trim(part);
  if (text == "annex" || text == "preamble") return words.phrase(language, "place.whole_" + std::string(text));
  for (const std::string_view kind : kKinds) {
    if (!text.starts_with(kind)) continue;
    const std::string_view number = text.substr(kind.size());
    const std::string_view name = kind.ends_with('.') ? kind.substr(0, kind.size() - 1) : kind;
    if (!number.starts_with(' ') || trim(number).contains(' ')) continue;
    return words.phrase(language, "place." + std::string(name), {{"n", std::string(trim(number))}});
  }
  return std::string(text);
}

}  // namespace

std::string Words::cite(Language language, const zan::CitationRef& citation) const {
  std::string out = label(language, act_key(corpus(), citation.act) + ".short");
  if (citation.place.empty()) return out;
  if (language == Language::kEn) return out + " " + citation.place;
  std::string places;
  for (const std::string_view part : split(citation.place, ',')) {
    if (!places.empty()) places += ", ";
    places += place_part(*this, language, part);
  }
  return out + " " + places;
}

}  // namespace koshi::words
