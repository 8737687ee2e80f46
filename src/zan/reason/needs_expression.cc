#include <limits>

#include "zan/reason/needs.h"

/// The needs of an expression that is unknown.
namespace koshi::zan {

void NeedCollector::want(PathId path, int32_t fact, int32_t link, Weight weight) {
  const uint64_t what = fact != kNoId ? static_cast<uint64_t>(fact) << 1 : (static_cast<uint64_t>(link) << 1 | 1);
  const uint64_t key = static_cast<uint64_t>(static_cast<uint32_t>(path)) << 32 | what;
  const int32_t known = index_.find(key);
  if (known == Memo::kAbsent) {
    index_.add(key, static_cast<int32_t>(wanted_.size()));
    wanted_.push_back({path, fact, link, weight});
    return;
  }
  Weight& sum = wanted_[static_cast<size_t>(known)].weight;
  sum = sum > std::numeric_limits<Weight>::max() - weight ? std::numeric_limits<Weight>::max() : sum + weight;
}

void NeedCollector::norm(NormId norm, LawId law, PathId path, Weight weight) {
  const int32_t entry = e_.find_entry(norm, law, path);
  if (entry == kNoId || static_cast<size_t>(entry) >= weights_.size()) return;
  Weight& sum = weights_[static_cast<size_t>(entry)];
  sum = sum > std::numeric_limits<Weight>::max() - weight ? std::numeric_limits<Weight>::max() : sum + weight;
}

void NeedCollector::fact(int32_t address, const Scope& scope, Weight weight) {
  const Address& at = e_.corpus_.addresses[static_cast<size_t>(address)];
  if (e_.read_fact(at, scope) == nullptr) want(e_.follow(at, scope), at.fact, kNoId, weight);
}

void NeedCollector::expression(NodeId id, const Scope& scope, Weight weight) {
  const Node& node = e_.node(id);
  switch (node.op) {
    case Op::kFact: return fact(node.a, scope, weight);
    case Op::kNorm: return norm(node.a, e_.pool_.law, e_.norm_path(node, scope), weight);
    case Op::kOnDate: return on_date(node, scope, weight);
    case Op::kAnd:
    case Op::kOr: return logic(id, scope, weight);
    case Op::kIf: return choice(node, scope, weight);
    case Op::kOrElse: return expression(is_unknown(node.a, scope) ? node.a : node.b, scope, weight);
    case Op::kMakeSet:
      for (const NodeId member : node.list) {
        if (is_unknown(member, scope)) expression(member, scope, weight);
      }
      return;
    case Op::kCount:
    case Op::kAny:
    case Op::kAll:
    case Op::kShare:
    case Op::kSum:
    case Op::kMaxOf:
    case Op::kMinOf: return aggregate(node, scope, weight);
    case Op::kDaysPresent: return days_present(node, scope, weight);
    default:
      if (is_unknown(node.a, scope)) expression(node.a, scope, weight);
      if (is_unknown(node.b, scope)) expression(node.b, scope, weight);
  }
}

/// The operands of `a and b and c` share the weight alike, however the brackets fall.
void NeedCollector::logic(NodeId id, const Scope& scope, Weight weight) {
  std::vector<NodeId> open;
  open_operands(id, e_.node(id).op, scope, open);
  for (const NodeId operand : open) expression(operand, scope, part(weight, open.size()));
}

void NeedCollector::open_operands(NodeId id, Op op, const Scope& scope, std::vector<NodeId>& open) {
  const Node& node = e_.node(id);
  if (node.op == op) {
    open_operands(node.a, op, scope, open);
    open_operands(node.b, op, scope, open);
  } else if (is_unknown(id, scope)) {
    open.push_back(id);
  }
}

void NeedCollector::choice(const Node& node, const Scope& scope, Weight weight) {
  const Cell condition = e_.eval(node.a, scope);
  if (condition.is_known()) return expression(condition.value.is_yes() ? node.b : node.c, scope, weight);
  if (condition.is_unknown()) expression(node.a, scope, weight);
  for (const NodeId branch : {node.b, node.c}) {
    if (is_unknown(branch, scope)) expression(branch, scope, condition.is_unknown() ? part(weight, kLess) : weight);
  }
}

void NeedCollector::on_date(const Node& node, const Scope& scope, Weight weight) {
  const Cell date = e_.eval(node.b, scope);
  if (!date.is_known()) return expression(node.b, scope, weight);
  const auto law = e_.law_on(date.value.as_date());
  const Node& asked = e_.node(node.a);
  if (law) norm(asked.a, *law, e_.norm_path(asked, scope), weight);
}

void NeedCollector::list(const Node& node, const Scope& scope, Weight weight) {
  const Address& address = e_.corpus_.addresses[static_cast<size_t>(node.a)];
  Scope holder;
  e_.members(address, scope, holder);
  want(holder.path, kNoId, address.links.back(), weight);
}

void NeedCollector::aggregate(const Node& node, const Scope& scope, Weight weight) {
  Scope holder;
  const auto members = e_.members(e_.corpus_.addresses[static_cast<size_t>(node.a)], scope, holder);
  if (!members) return list(node, scope, weight);
  const Weight share = part(weight, static_cast<size_t>(members->count));
  for (int32_t i = 0; i < members->count; ++i) {
    const Scope member{members->first + i, &scope};
    const Truth holds = e_.where(node, member);
    const bool open = holds == Speaks::kOpen;
    if (open) expression(node.b, member, share);
    if (!(holds == Speaks::kNo) && is_unknown(node.c, member)) expression(node.c, member, open ? part(share, kLess) : share);
  }
}

void NeedCollector::days_present(const Node& node, const Scope& scope, Weight weight) {
  Scope holder;
  const auto members = e_.members(e_.corpus_.addresses[static_cast<size_t>(node.a)], scope, holder);
  if (!members) return list(node, scope, weight);
  for (int32_t i = 0; i < members->count; ++i) {
    const Scope member{members->first + i, &scope};
    for (const int32_t address : node.list) fact(address, member, part(weight, static_cast<size_t>(members->count)));
  }
}

}  // namespace koshi::zan
