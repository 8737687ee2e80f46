// Citations and types.
//
//   citations = citation *("and" citation)
//   citation  = name place "[" confidence "]"
//   because   = name place
//   type      = ("yes/no" / name / "set" "of" name) ["or" "none"]

#include <array>
#include <utility>

#include "base/text.h"
#include "zan/syntax/read.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

constexpr std::array<std::string_view, 4> kConfidences = {"read", "reported", "unverified", "sample"};
constexpr std::array<Confidence, 4> kConfidenceOf = {Confidence::kRead, Confidence::kReported, Confidence::kUnverified,
                                                     Confidence::kSample};

std::string fold_spaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t';
    if (space && !out.empty() && out.back() == ' ') continue;
    out += space ? ' ' : c;
  }
  return out;
}

bool read_confidence(Reader& r, Citation& out) {
  if (!r.at("[")) return r.expected("how well the source is known: `[read]`, `[reported]`, `[unverified]` or `[sample]`");
  r.next();
  for (size_t i = 0; i < kConfidences.size(); ++i) {
    if (r.accept(kConfidences[i])) out.confidence = kConfidenceOf[i];
  }
  if (!out.confidence) return r.expected("`read`, `reported`, `unverified` or `sample`", kConfidences);
  return r.require("]");
}

void read_place(Reader& r, Citation& out) {
  if (r.at_kind(TokenKind::kPlace)) out.place = fold_spaces(r.next().text);
}

bool read_citation(Reader& r, Citation& out) {
  const uint32_t begin = r.here();
  if (!r.read_name(out.act, "the name of an act, treaty or source")) return false;
  read_place(r, out);
  const bool good = read_confidence(r, out);
  out.span = r.since(begin);
  return good;
}

}  // namespace

bool read_citations(Reader& r, std::vector<Citation>& out) {
  do {
    if (!read_citation(r, out.emplace_back())) return false;
  } while (r.accept("and"));
  return true;
}

bool read_because(Reader& r, Citation& out) {
  const uint32_t begin = r.here();
  if (!r.read_name(out.act, "the name of an act, treaty or source")) return false;
  read_place(r, out);
  out.span = r.since(begin);
  return true;
}

bool read_type(Reader& r, TypeRef& out) {
  const uint32_t begin = r.here();
  if (r.at_kind(TokenKind::kYesNo)) {
    out.name = {.text = "yes/no", .span = r.peek().span};
    r.next();
  } else if (r.at("yes") || r.at("no")) {
    return r.report(r.peek().span, concat({"expected a type, found ", quoted(r.peek().text)}), "the type is written `yes/no`");
  } else {
    if (r.accept("set")) {
      if (!r.require("of")) return false;
      out.is_set = true;
    }
    if (!r.read_name(out.name, out.is_set ? "the name of an enum" : "a type")) return false;
  }
  if (r.accept("or")) {
    if (!r.require("none")) return false;
    out.or_none = true;
  }
  out.span = r.since(begin);
  return true;
}

}  // namespace koshi::zan
