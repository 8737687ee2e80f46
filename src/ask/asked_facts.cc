#include <algorithm>
#include <set>

#include "ask/ask.h"

/// Which facts a question can ask, found by walking the law text and not by asking.
namespace koshi::ask {
namespace {

using zan::Corpus;
using zan::kNoId;
using zan::Node;
using zan::NodeId;
using zan::NormId;
using zan::Op;

class Walker {
 public:
  explicit Walker(const Corpus& corpus)
      : corpus_(corpus),
        facts_(corpus.norms.size()),
        seen_(corpus.norms.size()),
        done_(corpus.norms.size(), false),
        rules_(corpus.norms.size()) {
    for (const zan::RuleInfo& rule : corpus.rules) {
      if (rule.reform == kNoId) rules_[static_cast<size_t>(rule.norm)].push_back(&rule);
    }
  }

  std::vector<std::vector<AskedFact>> walk_all() {
    for (size_t i = 0; i < corpus_.norms.size(); ++i) walk_norm(static_cast<NormId>(i));
    return std::move(facts_);
  }

 private:
  /// An aggregate or the norm itself: the record from which paths inside it start.
  struct Scope {
    std::string prefix;  ///< "", or "staff[]."
    zan::EntityId entity;
  };

  const std::vector<AskedFact>& walk_norm(NormId id) {
    const auto index = static_cast<size_t>(id);
    if (done_[index]) return facts_[index];
    done_[index] = true;
    const std::vector<Scope> outer = std::exchange(scopes_, {{"", corpus_.norms[index].entity}});
    const NormId outer_norm = std::exchange(norm_, id);
    for (const zan::RuleInfo* rule : rules_[index]) {
      walk(rule->when);
      walk(rule->value);
    }
    norm_ = outer_norm;
    scopes_ = outer;
    return facts_[index];
  }

  void add(AskedFact fact) {
    const auto index = static_cast<size_t>(norm_);
    if (seen_[index].insert(fact.path).second) facts_[index].push_back(std::move(fact));
  }

  /// The path of the record at an address, with a dot at its end unless it is empty.
  std::string prefix(const zan::Address& address) const {
    const Scope& scope = scopes_[scopes_.size() - 1 - address.up];
    std::string path = scope.prefix;
    zan::EntityId at = scope.entity;
    for (const int32_t link : address.links) {
      const zan::Link& info = corpus_.entities[static_cast<size_t>(at)].links[static_cast<size_t>(link)];
      path += info.name + (info.many ? "[]." : ".");
      at = info.target;
    }
    return path;
  }

  void add_fact(int32_t address_id) {
    const zan::Address& address = corpus_.addresses[static_cast<size_t>(address_id)];
    const std::string& name = corpus_.entities[static_cast<size_t>(address.entity)].facts[static_cast<size_t>(address.fact)].name;
    add({prefix(address) + name, address.entity, address.fact, kNoId});
  }

  void add_norm(const Node& node) {
    const std::string before = node.b == kNoId ? std::string() : prefix(corpus_.addresses[static_cast<size_t>(node.b)]);
    const std::vector<AskedFact> inner = walk_norm(node.a);
    for (const AskedFact& fact : inner) add({before + fact.path, fact.entity, fact.fact, fact.link});
  }

  /// The list itself is asked for as well as facts of its members. Gives the entity that holds the list.
  void add_list(const zan::Address& address) {
    std::string path = prefix(address);
    path.resize(path.size() - 3);  // "[]."
    zan::EntityId holder = scopes_[scopes_.size() - 1 - address.up].entity;
    for (size_t i = 0; i + 1 < address.links.size(); ++i) {
      holder = corpus_.entities[static_cast<size_t>(holder)].links[static_cast<size_t>(address.links[i])].target;
    }
    add({path, holder, kNoId, address.links.back()});
  }

  void walk_aggregate(const Node& node) {
    const zan::Address& address = corpus_.addresses[static_cast<size_t>(node.a)];
    add_list(address);
    scopes_.push_back({prefix(address), address.entity});
    if (node.op == Op::kDaysPresent) {
      for (const int32_t fact : node.list) add_fact(fact);
    } else {
      walk(node.b);
      walk(node.c);
    }
    scopes_.pop_back();
  }

  void walk(NodeId id) {
    if (id == kNoId) return;
    const Node& node = corpus_.nodes[static_cast<size_t>(id)];
    switch (node.op) {
      case Op::kConst:
      case Op::kToday:
      case Op::kNamedSet: return;
      case Op::kFact:
      case Op::kKnown: return add_fact(node.a);
      case Op::kNorm: return add_norm(node);
      case Op::kCount:
      case Op::kAny:
      case Op::kAll:
      case Op::kShare:
      case Op::kSum:
      case Op::kMaxOf:
      case Op::kMinOf:
      case Op::kDaysPresent: return walk_aggregate(node);
      default: break;
    }
    walk(node.a);
    walk(node.b);
    walk(node.c);
    for (const int32_t member : node.list) walk(member);
  }

  const Corpus& corpus_;
  std::vector<std::vector<AskedFact>> facts_;
  std::vector<std::set<std::string>> seen_;
  std::vector<bool> done_;  ///< also while it is being walked: norms do not depend on themselves
  std::vector<std::vector<const zan::RuleInfo*>> rules_;
  std::vector<Scope> scopes_;
  NormId norm_ = kNoId;
};

}  // namespace

std::vector<std::vector<AskedFact>> asked_facts(const Corpus& corpus) {
  return Walker(corpus).walk_all();
}

}  // namespace koshi::ask
