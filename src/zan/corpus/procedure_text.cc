#include <algorithm>

#include "base/text.h"
#include "zan/corpus/procedure_builder.h"

/// Texts with holes: how the cases of a procedure are numbered, and what its letters say.
namespace koshi::zan {
namespace {

constexpr std::string_view kYearHole = "year";
constexpr std::string_view kNumberHole = "number";
/// What a letter may tell beside the facts of the case.
constexpr std::array<std::string_view, 2> kLetterHoles = {"number", "date"};

/// "{a}/WP/{b}": words and holes by turns. None where a bracket has no other.
struct Piece {
  std::string_view text;
  bool is_hole = false;
};
std::optional<std::vector<Piece>> pieces_of(std::string_view text) {
  std::vector<Piece> out;
  while (!text.empty()) {
    const size_t begin = text.find_first_of("{}");
    if (begin != 0) out.push_back({text.substr(0, begin), false});
    if (begin == std::string_view::npos) break;
    const size_t end = text.find_first_of("{}", begin + 1);
    if (text[begin] == '}' || end == std::string_view::npos || text[end] == '{') return std::nullopt;
    out.push_back({text.substr(begin + 1, end - begin - 1), true});
    text.remove_prefix(end + 1);
  }
  return out;
}

bool is_plain(std::string_view words) {
  return std::ranges::all_of(words, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-'; });
}

}  // namespace

std::optional<FactPath> ProcedureBuilder::hole(std::string_view text, Span span) {
  std::vector<Name> names;
  for (const std::string_view part : split(text, '.')) names.push_back({std::string(part), span});
  return path(names, true);
}

void ProcedureBuilder::number(const NumberDecl& decl) {
  const auto pieces = pieces_of(decl.pattern);
  const bool good = pieces && !pieces->empty() && pieces->back().is_hole && pieces->back().text == kNumberHole &&
                    std::ranges::count(*pieces, true, &Piece::is_hole) >= 1;
  if (!good) return b_.error(decl.span, "this pattern does not end in `{number}`", {{{}, "as in \"{region}/WP/{year}/{number}\""}});
  if (decl_.sealed)
    b_.error(decl.span, "the cases of a sealed procedure are not numbered: a gap in the numbers would tell of them",
             {{*decl_.sealed, "sealed here"}});
  NumberPattern out;
  out.span = decl.span;
  for (size_t i = 0; i + 1 < pieces->size(); ++i) {
    const Piece& piece = (*pieces)[i];
    NumberPattern::Piece made;
    if (!piece.is_hole) {
      if (!is_plain(piece.text)) b_.error(decl.span, "a number is written in A–Z, 0–9, `/` and `-`");
      made.words = piece.text;
    } else if (piece.text == kYearHole) {
      made.year = true;
    } else {
      made.fact = hole(piece.text, decl.span);
      if (!made.fact) continue;
      const Kind kind = type_of(*made.fact).kind;
      if (kind != Kind::kEnum && kind != Kind::kWhole) {
        b_.error(decl.span,
                 "a number is made of enums and whole numbers; `" + made.fact->text + "` is " + type_name(b_.corpus, type_of(*made.fact)));
      }
    }
    out.pieces.push_back(std::move(made));
  }
  const bool apart = !out.pieces.empty() && (out.pieces.back().words.ends_with('/') || out.pieces.back().words.ends_with('-'));
  if (!apart) b_.error(decl.span, "the running number stands apart, behind `/` or `-`");
  if (std::ranges::none_of(out.pieces, &NumberPattern::Piece::year))
    b_.error(decl.span, "numbers begin anew each year: the pattern needs `{year}`");
  out_.number = std::move(out);
}

void ProcedureBuilder::letter(const EffectDecl& decl) {
  for (const std::string& paragraph : decl.letter) {
    const auto pieces = pieces_of(paragraph);
    if (!pieces) {
      b_.error(decl.span, "a hole in this letter is not closed", {{{}, "holes are written `{employer.name}`"}});
      continue;
    }
    for (const Piece& piece : *pieces) {
      if (piece.is_hole && std::ranges::find(kLetterHoles, piece.text) == kLetterHoles.end()) hole(piece.text, decl.span);
    }
  }
}

}  // namespace koshi::zan
