#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "zan/corpus/corpus.h"

/// The law of one stretch of time under a set of reforms: small and free of dates. All readers start from it.
namespace koshi::zan {

/// Indices [first, first + count) into Program::rules.
struct RuleRange {
  int32_t first = 0;
  int32_t count = 0;
};

struct ProgramRule {
  RuleId rule = kNoId;  ///< in the corpus: label, citations, dates
  NodeId value = kNoId;
  NodeId when = kNoId;  ///< kNoId: always
  /// A reinstating rule: `value` is the reinstated rule's value, and `also` its own condition (kNoId: always).
  RuleId reinstates = kNoId;
  NodeId also = kNoId;
  RuleRange exceptions;
};

/// Reading order: `prevailing` (brought by reforms) speak before everything; else `rules`, replaced by `exceptions` where these speak.
struct ProgramNorm {
  RuleRange prevailing;
  RuleRange rules;
  RuleRange exceptions;
};

struct Program {
  const Corpus* corpus = nullptr;
  size_t epoch = 0;
  std::vector<ReformId> reforms;   ///< sorted
  std::vector<ProgramNorm> norms;  ///< by NormId
  std::vector<ProgramRule> rules;
  std::vector<Node> nodes;  ///< only what this program needs; no kNamedSet
  std::vector<Value> constants;
  // Addresses are the corpus' own.
  std::span<const ProgramRule> range(RuleRange r) const { return {rules.data() + r.first, static_cast<size_t>(r.count)}; }
};

/// Keeps the rules in force on the date after the reforms and folds what then is constant (set membership, conditions).
/// Errors: two reforms that change the same labelled rule (both are named).
Result<Program> specialise(const Corpus& corpus, Date date, std::span<const ReformId> reforms);

/// The law as if it stood still, or as if drafts were law already: what was done under another law is done again under this one.
struct Standpoint {
  std::optional<Date> on;         ///< whatever day is asked, the law of this one answers; none: that of the day asked
  std::vector<ReformId> reforms;  ///< laid over it beside those that are asked
};

/// Programs by epoch and reforms, made on first use. Thread-safe; what it returns lives as long as the library.
class ProgramLibrary {
 public:
  explicit ProgramLibrary(const Corpus& corpus, Standpoint standpoint = {}) : corpus_(corpus), standpoint_(std::move(standpoint)) {}
  Result<const Program*> on(Date date, std::span<const ReformId> reforms);
  const Corpus& corpus() const { return corpus_; }

 private:
  struct Key {
    size_t epoch;
    std::vector<ReformId> reforms;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    size_t operator()(const Key& key) const;
  };
  const Corpus& corpus_;
  const Standpoint standpoint_;
  std::mutex mutex_;
  std::unordered_map<Key, std::unique_ptr<const Program>, KeyHash> programs_;
};

}  // namespace koshi::zan
