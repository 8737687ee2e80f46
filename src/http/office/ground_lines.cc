#include "http/office/ground_lines.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "zan/reason/members.h"

namespace koshi::http {
namespace {

using zan::kNoId;

/// The facts under a node of the proof, in its order, each once; what stands elsewhere in full is read there.
class FactsBelow {
 public:
  FactsBelow(const words::Words& words, words::Language language, const zan::Answer& answer)
      : words_(words), language_(language), answer_(answer) {}

  void walk(int32_t node) {
    if (facts_.size() >= kGroundFactsMax || !seen_.insert(node).second) return;
    const zan::ProofNode& here = answer_.proof[static_cast<size_t>(node)];
    if (here.same_as != kNoId) return walk(here.same_as);
    const bool is_silent = here.kind == zan::ProofKind::kRule && here.role == zan::RuleRole::kSilent;
    if (is_silent) return;
    if (here.kind == zan::ProofKind::kFact && here.outcome == zan::Outcome::kValue) add(here);
    for (int32_t child = here.first_child; child != kNoId; child = answer_.proof[static_cast<size_t>(child)].next_sibling) walk(child);
  }

  std::vector<std::string> take() { return std::move(facts_); }

 private:
  void add(const zan::ProofNode& fact) {
    std::string said =
        words_.label(language_, words::fact_key(words_.corpus(), fact.entity, fact.id)) + ": " + words_.value(language_, fact.value);
    if (std::ranges::count(facts_, said) == 0) facts_.push_back(std::move(said));
  }

  const words::Words& words_;
  words::Language language_;
  const zan::Answer& answer_;
  std::set<int32_t> seen_;
  std::vector<std::string> facts_;
};

GroundLine line_of(const words::Words& words, words::Language language, const zan::Answer& answer, int16_t of,
                   const zan::CertainMember& found) {
  const zan::Corpus& corpus = words.corpus();
  GroundLine line;
  line.code = corpus.enums[static_cast<size_t>(of)].members[static_cast<size_t>(found.member)].code;
  line.label = words.label(language, words::member_key(corpus, of, found.member));
  FactsBelow facts(words, language, answer);
  for (const int32_t node : found.rules) {
    const auto rule = static_cast<size_t>(answer.proof[static_cast<size_t>(node)].id);
    for (const zan::CitationRef& citation : corpus.rules[rule].by) {
      if (std::ranges::find(line.by, citation) == line.by.end()) line.by.push_back(citation);
    }
    facts.walk(node);
  }
  line.facts = facts.take();
  return line;
}

}  // namespace

std::vector<GroundLine> ground_lines(const words::Words& words, words::Language language, const zan::Answer& answer) {
  std::vector<GroundLine> lines;
  const zan::Corpus& corpus = words.corpus();
  for (const int32_t set : zan::sets_of(corpus, answer)) {
    const int16_t of = corpus.norms[static_cast<size_t>(answer.proof[static_cast<size_t>(set)].id)].type.of;
    for (const zan::CertainMember& found : zan::certain_members(corpus, answer, set)) {
      lines.push_back(line_of(words, language, answer, of, found));
    }
  }
  return lines;
}

std::string ground_sentence(const words::Words& words, words::Language language, const GroundLine& line) {
  std::vector<std::string> beside;
  for (const zan::CitationRef& citation : line.by) beside.push_back(words.cite(language, citation));
  beside.insert(beside.end(), line.facts.begin(), line.facts.end());
  return beside.empty() ? line.label : line.label + " (" + join(beside, "; ") + ")";
}

}  // namespace koshi::http
