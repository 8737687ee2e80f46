#include <algorithm>

#include "zan/corpus/program.h"

namespace koshi::zan {
namespace {

bool is_exclusive(Change::Kind kind) {
  return kind == Change::Kind::kReplace || kind == Change::Kind::kRepeal || kind == Change::Kind::kSuspend;
}

/// What the chosen reforms do to the rules, looked up by rule and norm.
struct Drafts {
  std::unordered_map<RuleId, const Delta*> target;                  ///< replaced, repealed or suspended on the date
  std::unordered_map<RuleId, std::vector<RuleId>> more_exceptions;  ///< inserted under a labelled rule
  std::unordered_map<NormId, std::vector<RuleId>> inserted, prevailing;
};

Result<Drafts> collect(const Corpus& corpus, Date date, std::span<const ReformId> reforms) {
  Drafts drafts;
  std::unordered_map<RuleId, ReformId> touched;
  for (const ReformId id : reforms) {
    const Reform& reform = corpus.reforms[static_cast<size_t>(id)];
    for (const Delta& delta : reform.deltas) {
      if (is_exclusive(delta.kind)) {
        const auto [it, is_new] = touched.emplace(delta.target, id);
        if (!is_new && it->second != id) {
          const RuleInfo& rule = corpus.rules[static_cast<size_t>(delta.target)];
          return fail("reforms `" + corpus.reforms[static_cast<size_t>(it->second)].name + "` and `" + reform.name +
                      "` both change rule `" + rule.label + "` of `" + corpus.full_name(rule.norm) + "`; choose one of them");
        }
        if (delta.when.contains(date)) drafts.target[delta.target] = &delta;
      } else if (delta.kind == Change::Kind::kPrevail) {
        drafts.prevailing[delta.norm].push_back(delta.rule);
      } else if (delta.target != kNoId) {
        drafts.more_exceptions[delta.target].push_back(delta.rule);
      } else {
        drafts.inserted[delta.norm].push_back(delta.rule);
      }
    }
  }
  return drafts;
}

class Specialiser {
 public:
  Specialiser(const Corpus& corpus, Date date, const Drafts& drafts, Program& program)
      : c_(corpus), date_(date), drafts_(drafts), p_(program), map_(corpus.nodes.size(), kNoId) {}

  void run() {
    p_.norms.resize(c_.norms.size());
    for (size_t i = 0; i < c_.norms.size(); ++i) norm(static_cast<NormId>(i));
  }

 private:
  bool chosen(ReformId reform) const { return reform == kNoId || std::ranges::find(p_.reforms, reform) != p_.reforms.end(); }

  void norm(NormId id) {
    const Norm& norm = c_.norms[static_cast<size_t>(id)];
    if (!chosen(norm.reform)) return;
    std::vector<RuleId> rules = norm.rules;
    if (const auto it = drafts_.inserted.find(id); it != drafts_.inserted.end())
      rules.insert(rules.end(), it->second.begin(), it->second.end());
    const auto prevailing = drafts_.prevailing.find(id);
    ProgramNorm out;
    if (prevailing != drafts_.prevailing.end()) out.prevailing = level(prevailing->second);
    out.rules = level(rules);
    out.exceptions = level(norm.exceptions);
    p_.norms[static_cast<size_t>(id)] = out;
  }

  /// The rule that stands in a rule's place on the date, or kNoId.
  RuleId standing(RuleId id) const {
    const auto it = drafts_.target.find(id);
    if (it != drafts_.target.end()) return it->second->kind == Change::Kind::kReplace ? it->second->rule : kNoId;
    return id;
  }

  std::optional<Value> constant(NodeId id) const {
    if (id == kNoId || p_.nodes[static_cast<size_t>(id)].op != Op::kConst) return std::nullopt;
    return p_.constants[static_cast<size_t>(p_.nodes[static_cast<size_t>(id)].k)];
  }

  /// Rules of one level stand side by side; those of their exceptions come after.
  RuleRange level(const std::vector<RuleId>& ids) {
    struct Kept {
      RuleId written;
      ProgramRule rule;
    };
    std::vector<Kept> kept;
    for (const RuleId written : ids) {
      const RuleId id = standing(written);
      if (id == kNoId || !c_.rules[static_cast<size_t>(id)].in_force.contains(date_)) continue;
      const auto rule = make(id);
      if (rule) kept.push_back({written, *rule});
    }
    const RuleRange range{static_cast<int32_t>(p_.rules.size()), static_cast<int32_t>(kept.size())};
    for (const Kept& k : kept) p_.rules.push_back(k.rule);
    for (size_t i = 0; i < kept.size(); ++i) {
      const RuleRange exceptions = level(exceptions_of(kept[i].written, kept[i].rule.rule));
      p_.rules[static_cast<size_t>(range.first) + i].exceptions = exceptions;
    }
    return range;
  }

  std::vector<RuleId> exceptions_of(RuleId written, RuleId standing_rule) const {
    std::vector<RuleId> ids = c_.rules[static_cast<size_t>(written)].exceptions;
    if (standing_rule != written) {
      const auto& own = c_.rules[static_cast<size_t>(standing_rule)].exceptions;
      ids.insert(ids.end(), own.begin(), own.end());
    }
    const auto it = drafts_.more_exceptions.find(written);
    if (it != drafts_.more_exceptions.end()) ids.insert(ids.end(), it->second.begin(), it->second.end());
    return ids;
  }

  /// Nothing when the rule can never speak on this date.
  std::optional<ProgramRule> make(RuleId id) {
    const RuleInfo& info = c_.rules[static_cast<size_t>(id)];
    ProgramRule rule;
    rule.rule = id;
    rule.when = condition(info.when);
    if (never(rule.when)) return std::nullopt;
    if (info.reinstates == kNoId) {
      rule.value = node(info.value);
      return rule;
    }
    const RuleId target = standing(info.reinstates);
    if (target == kNoId || !c_.rules[static_cast<size_t>(target)].in_force.contains(date_)) return std::nullopt;
    rule.reinstates = target;
    rule.value = node(c_.rules[static_cast<size_t>(target)].value);
    rule.also = condition(c_.rules[static_cast<size_t>(target)].when);
    if (never(rule.also)) return std::nullopt;
    return rule;
  }

  bool never(NodeId id) const {
    const auto value = constant(id);
    return value && !value->is_yes();
  }

  /// kNoId for a condition that always holds.
  NodeId condition(NodeId id) {
    if (id == kNoId) return kNoId;
    const NodeId out = node(id);
    const auto value = constant(out);
    return value && value->is_yes() ? kNoId : out;
  }

  NodeId put(NodeId from, Node node) {
    p_.nodes.push_back(std::move(node));
    return map_[static_cast<size_t>(from)] = static_cast<NodeId>(p_.nodes.size() - 1);
  }

  NodeId put_const(NodeId from, Value value) {
    const Node& old = c_.nodes[static_cast<size_t>(from)];
    p_.constants.push_back(std::move(value));
    Node node;
    node.op = Op::kConst;
    node.type = old.type;
    node.k = static_cast<int64_t>(p_.constants.size() - 1);
    node.span = old.span;
    return put(from, std::move(node));
  }

  Value members_on_date(const Set& set) const {
    Bits bits((c_.enums[static_cast<size_t>(set.of)].members.size() + 63) / 64);
    for (const Set::Row& row : set.rows) {
      if (!row.in_force.contains(date_)) continue;
      for (size_t i = 0; i < bits.size(); ++i) bits[i] |= row.members[i];
    }
    return Value::set(set.of, std::move(bits));
  }

  NodeId node(NodeId id) {
    if (id == kNoId) return kNoId;
    if (map_[static_cast<size_t>(id)] != kNoId) return map_[static_cast<size_t>(id)];
    Node copy = c_.nodes[static_cast<size_t>(id)];
    switch (copy.op) {
      case Op::kConst: return put_const(id, c_.constants[static_cast<size_t>(copy.k)]);
      case Op::kNamedSet: return put_const(id, members_on_date(c_.sets[static_cast<size_t>(copy.a)]));
      case Op::kFact:
      case Op::kToday:
      case Op::kNorm:
      case Op::kKnown:
      case Op::kDaysPresent: return put(id, std::move(copy));
      case Op::kMakeSet:
        for (NodeId& member : copy.list) member = node(member);
        return put(id, std::move(copy));
      case Op::kCount:
      case Op::kAny:
      case Op::kAll:
      case Op::kShare:
      case Op::kSum:
      case Op::kMaxOf:
      case Op::kMinOf: break;
      default: copy.a = node(copy.a);
    }
    copy.b = node(copy.b);
    copy.c = node(copy.c);
    return fold(id, std::move(copy));
  }

  /// Membership and logic over what is constant on the date.
  NodeId fold(NodeId id, Node copy) {
    const auto a = copy.op == Op::kNot || copy.op == Op::kAnd || copy.op == Op::kOr || copy.op == Op::kIn || copy.op == Op::kIsEmpty
                       ? constant(copy.a)
                       : std::nullopt;
    if (copy.op == Op::kNot && a) return put_const(id, Value::yes_no(!a->is_yes()));
    if (copy.op == Op::kIsEmpty && a) return put_const(id, Value::yes_no(is_empty(a->bits())));
    if (copy.op == Op::kIn && a && !a->is_none()) {
      if (const auto set = constant(copy.b)) return put_const(id, Value::yes_no(has_bit(set->bits(), a->number())));
    }
    if (copy.op == Op::kAnd || copy.op == Op::kOr) {
      const bool decides = copy.op == Op::kOr;
      const auto b = constant(copy.b);
      if ((a && a->is_yes() == decides) || (b && b->is_yes() == decides)) return put_const(id, Value::yes_no(decides));
      if (a) return map_[static_cast<size_t>(id)] = copy.b;
      if (b) return map_[static_cast<size_t>(id)] = copy.a;
    }
    return put(id, std::move(copy));
  }

  const Corpus& c_;
  const Date date_;
  const Drafts& drafts_;
  Program& p_;
  std::vector<NodeId> map_;
};

}  // namespace

Result<Program> specialise(const Corpus& corpus, Date date, std::span<const ReformId> reforms) {
  Program program;
  program.corpus = &corpus;
  program.epoch = corpus.epoch_of(date);
  program.reforms.assign(reforms.begin(), reforms.end());
  std::ranges::sort(program.reforms);
  const auto tail = std::ranges::unique(program.reforms);
  program.reforms.erase(tail.begin(), tail.end());
  TRY(drafts, collect(corpus, date, program.reforms));
  Specialiser(corpus, date, drafts, program).run();
  return program;
}

size_t ProgramLibrary::KeyHash::operator()(const Key& key) const {
  size_t hash = key.epoch * 0x9E3779B97F4A7C15u;
  for (const ReformId reform : key.reforms) hash = (hash ^ static_cast<size_t>(reform)) * 0x100000001B3u;
  return hash;
}

Result<const Program*> ProgramLibrary::on(Date date, std::span<const ReformId> reforms) {
  date = standpoint_.on.value_or(date);
  Key key{corpus_.epoch_of(date), {reforms.begin(), reforms.end()}};
  key.reforms.insert(key.reforms.end(), standpoint_.reforms.begin(), standpoint_.reforms.end());
  std::ranges::sort(key.reforms);
  const auto tail = std::ranges::unique(key.reforms);
  key.reforms.erase(tail.begin(), tail.end());
  const std::lock_guard lock(mutex_);
  if (const auto it = programs_.find(key); it != programs_.end()) return it->second.get();
  auto program = specialise(corpus_, date, key.reforms);
  if (!program) return std::unexpected(program.error());
  const auto [it, is_new] = programs_.emplace(std::move(key), std::make_unique<const Program>(std::move(*program)));
  return it->second.get();
}

}  // namespace koshi::zan
