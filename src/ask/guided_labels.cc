#include "ask/guided_labels.h"

#include <algorithm>

#include "ask/ask.h"
#include "ask/case_labels.h"
#include "base/text.h"

namespace koshi::ask {
namespace {

using zan::Corpus;
using zan::kNoId;
using zan::Node;
using zan::NodeId;
using zan::NormId;
using zan::Op;

/// The norms, sets and lists that rules mention, through the norms that they use.
class Reach {
 public:
  explicit Reach(const Corpus& corpus) : corpus_(corpus), rules_(corpus.norms.size()) {
    for (const zan::RuleInfo& rule : corpus.rules) {
      if (rule.reform == kNoId) rules_[static_cast<size_t>(rule.norm)].push_back(&rule);
    }
  }

  void add(NormId norm) {
    std::vector<NormId> waiting{norm};
    while (!waiting.empty()) {
      const NormId next = waiting.back();
      waiting.pop_back();
      if (!norms.insert(next).second) continue;
      for (const zan::RuleInfo* rule : rules_[static_cast<size_t>(next)]) {
        for (const NodeId node : {rule->when, rule->value}) visit(node, waiting);
      }
    }
  }

  std::set<NormId> norms;
  std::set<zan::SetId> sets;

 private:
  void visit(NodeId root, std::vector<NormId>& norms_used) {
    std::vector<NodeId> waiting{root};
    while (!waiting.empty()) {
      const NodeId id = waiting.back();
      waiting.pop_back();
      if (id == kNoId) continue;
      const Node& node = corpus_.nodes[static_cast<size_t>(id)];
      if (node.op == Op::kNorm) norms_used.push_back(node.a);
      if (node.op == Op::kNamedSet) sets.insert(node.a);
      for_each_operand(node, [&](NodeId operand) { waiting.push_back(operand); });
    }
  }

  const Corpus& corpus_;
  std::vector<std::vector<const zan::RuleInfo*>> rules_;
};

class Labels {
 public:
  explicit Labels(const Corpus& corpus) : corpus_(corpus) {}

  void norm(NormId id, bool is_question) {
    const zan::Norm& info = corpus_.norms[static_cast<size_t>(id)];
    const std::string key = words::norm_key(corpus_, id);
    add(key, info.label);
    if (is_question) add(key + ".help", info.help);
    type(info.type);
  }

  void asked(const AskedFact& asked) {
    const zan::Entity& entity = corpus_.entities[static_cast<size_t>(asked.entity)];
    if (asked.fact == kNoId) {
      add(words::link_key(corpus_, asked.entity, asked.link), entity.links[static_cast<size_t>(asked.link)].label);
      return;
    }
    const zan::Fact& fact = entity.facts[static_cast<size_t>(asked.fact)];
    const std::string key = words::fact_key(corpus_, asked.entity, asked.fact);
    add(key, fact.label);
    add(key + ".ask", fact.ask);
    add(key + ".help", fact.help);
    type(fact.type);
    facts_.insert({asked.entity, asked.fact});
  }

  void set(zan::SetId id) { add(words::set_key(corpus_, id), corpus_.sets[static_cast<size_t>(id)].label); }

  /// A contradiction can only show where all facts that it is about are asked.
  void contradictions() {
    for (size_t i = 0; i < corpus_.entities.size(); ++i) {
      for (const zan::Must& must : corpus_.entities[i].musts) {
        if (all_asked(must.condition)) add(words::must_key(corpus_, static_cast<zan::EntityId>(i), must.message), must.message);
      }
    }
  }

  std::set<std::string> keys;

 private:
  void add(std::string key, const std::string& english) {
    if (!english.empty()) keys.insert(std::move(key));
  }

  void type(const zan::Type& type) {
    if (type.kind != zan::Kind::kEnum && type.kind != zan::Kind::kSet) return;
    const auto& members = corpus_.enums[static_cast<size_t>(type.of)].members;
    for (size_t i = 0; i < members.size(); ++i) {
      add(words::member_key(corpus_, type.of, static_cast<int64_t>(i)), members[i].label);
    }
  }

  bool all_asked(NodeId root) const {
    std::vector<NodeId> waiting{root};
    while (!waiting.empty()) {
      const Node& node = corpus_.nodes[static_cast<size_t>(waiting.back())];
      waiting.pop_back();
      if (node.op == Op::kFact || node.op == Op::kKnown) {
        const zan::Address& address = corpus_.addresses[static_cast<size_t>(node.a)];
        if (!facts_.contains({address.entity, address.fact})) return false;
      }
      for_each_operand(node, [&](NodeId operand) { waiting.push_back(operand); });
    }
    return true;
  }

  const Corpus& corpus_;
  std::set<std::pair<zan::EntityId, int32_t>> facts_;
};

std::vector<std::string> names_in(const words::Words& words, const std::string& key) {
  std::vector<std::string> names;
  const std::string list = words.phrase(words::Language::kEn, key);
  for (const std::string_view name : split(list, ' ')) names.emplace_back(name);
  return names;
}

}  // namespace

std::set<std::string> labels_met(const Corpus& corpus, const std::vector<NormId>& norms) {
  Reach reach(corpus);
  for (const NormId id : norms) reach.add(id);
  Labels labels(corpus);
  for (const NormId id : reach.norms) labels.norm(id, std::ranges::find(norms, id) != norms.end());
  for (const zan::SetId id : reach.sets) labels.set(id);
  const auto asked = asked_facts(corpus);
  for (const NormId id : norms) {
    for (const AskedFact& fact : asked[static_cast<size_t>(id)]) labels.asked(fact);
  }
  labels.contradictions();
  return std::move(labels.keys);
}

std::vector<NormId> migrant_norms(const words::Words& words) {
  const Corpus& corpus = words.corpus();
  const std::vector<std::string> topics = names_in(words, "guide.migrant_topics");
  const std::vector<std::string> singles = names_in(words, "guide.migrant_norms");
  std::vector<NormId> norms;
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    const zan::Norm& norm = corpus.norms[i];
    const auto id = static_cast<NormId>(i);
    if (norm.is_definition || norm.reform != kNoId) continue;
    const bool of_topic = std::ranges::find(topics, norm.topic) != topics.end();
    if (of_topic || std::ranges::find(singles, corpus.full_name(id)) != singles.end()) norms.push_back(id);
  }
  return norms;
}

std::set<std::string> migrant_labels(const words::Words& words) {
  std::set<std::string> keys = labels_met(words.corpus(), migrant_norms(words));
  for (const zan::Topic& topic : words.corpus().topics) keys.insert(words::topic_key(topic.name));
  keys.merge(migrant_case_labels(words));
  return keys;
}

std::set<std::string> labels_wanted(const words::Words& words, words::Language language) {
  if (!words::labels_whole_law(language)) return migrant_labels(words);
  std::set<std::string> keys;
  for (const auto& [key, english] : words.label_keys()) keys.insert(key);
  return keys;
}

}  // namespace koshi::ask
