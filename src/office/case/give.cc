#include "office/case/give.h"

#include <algorithm>

#include "ask/ask.h"
#include "ask/facts.h"
#include "office/case/entry_record.h"
#include "office/case/formats.h"
#include "office/case/keep.h"
#include "office/case/look.h"
#include "office/case/paths.h"

namespace koshi::office {
namespace {

using zan::kNoId;

const Surroundings kNothingAround;

class Giving {
 public:
  Giving(const Refuser& refuser, const Situation& situation, Case& item, const std::vector<std::string>& asked, Date today)
      : refuser_(refuser), situation_(situation), corpus_(refuser.law().corpus), item_(item), asked_(asked), today_(today) {}

  std::optional<Refusal> read(std::string_view facts_json) {
    if (facts_json.size() > kFactBytesMax) return refuser_.refuse(RefusalKind::kTooMuch, "too_much");
    ask::Problems problems;
    zan::Record record = zan::Record::blank(corpus_, situation_.procedure->entity);
    const auto document = ask::read_json(facts_json, {kFactBytesMax, ask::kMaxJsonDepth});
    if (!document) {
      problems.push_back({"/facts", document.error().message, ask::ProblemKind::kSyntax});
      return refuser_.bad_facts(problems);
    }
    ask::FactReader(corpus_, problems).read_object(*document, 0, record);
    if (!problems.empty()) return refuser_.bad_facts(problems);
    for (const GivenFact& given : given_facts(corpus_, record)) take(given, record);
    for (const Malformed& text : malformed_texts(corpus_, record, today_)) problem(text.path, text.phrase);
    if (refusal_) return refusal_;
    if (const auto contradiction = contradictions()) return contradiction;
    return too_much(refuser_, item_);
  }

  std::vector<FactWord> take_words() { return std::move(words_); }

 private:
  bool is_asked(const std::string& pattern) const {
    // An empty list is given where something of its members is asked.
    const bool is_list = pattern.ends_with("[]");
    return std::ranges::any_of(asked_, [&](const std::string& asked) { return is_list ? asked.starts_with(pattern) : asked == pattern; });
  }

  void problem(const std::string& path, std::string_view phrase, const words::Holes& holes = {}) {
    Refusal refusal = refuser_.bad_fact(path, phrase, holes);
    if (!refusal_) {
      refusal_ = std::move(refusal);
    } else if (refusal_->problems.size() < ask::kMaxProblems) {
      refusal_->problems.push_back(std::move(refusal.problems.front()));
    }
  }

  void take(const GivenFact& given, const zan::Record& record) {
    for (const std::string& pattern : given.patterns) {
      if (!is_asked(pattern)) return problem(pattern, "not_asked");
    }
    const FactEntry* before = item_.find_fact(given.path);
    if (!given.is_list || before == nullptr || may_replace(*before)) return put(given);
    const std::vector<GivenFact> parts = facts_of_members(corpus_, record, given.path);
    if (const size_t members = members_of(*before); members != given.members) {
      return problem(given.path, "other_length", {{"n", std::to_string(members)}});
    }
    for (const GivenFact& part : parts) put(part);
  }

  std::vector<GivenFact> said_by(const FactEntry& entry) const {
    return given_facts(corpus_, record_of(corpus_, situation_.procedure->entity, entry));
  }

  /// A list that says nothing but what is asked here.
  bool may_replace(const FactEntry& entry) const {
    const std::vector<GivenFact> said = said_by(entry);
    return std::ranges::all_of(said, [&](const GivenFact& given) {
      return std::ranges::all_of(given.patterns, [&](const std::string& pattern) { return is_asked(pattern); });
    });
  }

  size_t members_of(const FactEntry& entry) const {
    const std::vector<GivenFact> said = said_by(entry);
    return said.empty() ? 0 : said.front().members;
  }

  void put(const GivenFact& given) {
    const FactEntry* before = item_.find_fact(given.path);
    if (before != nullptr && before->json == given.json) return;
    if (before != nullptr && before->source == Source::kAccount) return problem(given.path, "from_account");
    const Source source = situation_.is_party() ? Source::kDeclared : Source::kOffice;
    FactWord word{{given.path, given.json, source, refuser_.actor().role, today_}, false};
    keep_fact(item_, word.entry);
    words_.push_back(std::move(word));
  }

  std::optional<Refusal> contradictions() const {
    const Look look(refuser_.law(), *situation_.procedure, item_, kNothingAround, today_);
    const auto found = zan::contradictions(refuser_.law().library, look.record(), {look.law_date(), today_});
    if (found.empty()) return std::nullopt;
    Refusal refusal = refuser_.refuse(RefusalKind::kBadFacts, "contradiction");
    for (const zan::Contradiction& each : found) {
      const std::string key = words::must_key(corpus_, each.entity, each.message);
      refusal.problems.push_back({each.path, refuser_.law().words.label(refuser_.actor().language, key)});
    }
    return refusal;
  }

  const Refuser& refuser_;
  const Situation& situation_;
  const zan::Corpus& corpus_;
  Case& item_;
  const std::vector<std::string>& asked_;
  Date today_;
  std::vector<FactWord> words_;
  std::optional<Refusal> refusal_;
};

}  // namespace

std::expected<std::vector<FactWord>, Refusal> give(const Refuser& refuser, const Situation& situation, Case& item,
                                                   std::string_view facts_json, const std::vector<std::string>& asked, Date today) {
  Giving giving(refuser, situation, item, asked, today);
  if (auto refusal = giving.read(facts_json)) return std::unexpected(std::move(*refusal));
  return giving.take_words();
}

void add_patterns(const zan::Corpus& corpus, const zan::Procedure& procedure, const std::vector<zan::FactPath>& paths,
                  std::vector<std::string>& patterns) {
  for (const zan::FactPath& path : paths) patterns.push_back(pattern_of(corpus, procedure.entity, path));
}

Case without_answers(const zan::Corpus& corpus, const zan::Procedure& procedure, const zan::Action& action, const Case& item) {
  std::vector<std::string> asked;
  add_patterns(corpus, procedure, action.asks, asked);
  Case out = item;
  std::erase_if(out.facts, [&](const FactEntry& entry) {
    const bool is_known = entry.source == Source::kAccount || entry.source == Source::kRegister;
    return !is_known && std::ranges::count(asked, pattern_of(entry.path)) > 0;
  });
  return out;
}

std::optional<Refusal> too_much(const Refuser& refuser, const Case& item) {
  size_t bytes = 0;
  bool fits = item.facts.size() <= kFactsMax && item.documents.size() <= kDocumentsMax;
  for (const FactEntry& entry : item.facts) {
    bytes += entry.path.size() + entry.json.size();
    fits = fits && entry.json.size() <= kFactBytesMax;
  }
  if (fits && bytes <= kCaseFactBytesMax) return std::nullopt;
  return refuser.refuse(RefusalKind::kTooMuch, "too_much");
}

}  // namespace koshi::office
