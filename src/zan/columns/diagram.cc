#include "zan/columns/diagram.h"

#include <algorithm>
#include <limits>

namespace koshi::zan::columns {
namespace {

constexpr size_t kStretchesMax = 512;                          // of one number
constexpr size_t kVariablesMax = 160;                          // as deep as a diagram is
constexpr int32_t kEnd = std::numeric_limits<int32_t>::max();  // the variable of always, after all others

}  // namespace

size_t Diagrams::KeyHash::operator()(const std::vector<uint32_t>& key) const {
  uint64_t hash = 0x9E3779B97F4A7C15;
  for (const uint32_t part : key) {
    hash = (hash ^ part) * 0xBF58476D1CE4E5B9;
    hash ^= hash >> 29;
  }
  return hash;
}

Diagrams::Diagrams(const Graph& graph, const std::vector<Bit>& bits, size_t nodes, int64_t& steps)
    : g_(graph), nodes_max_(nodes), steps_(steps) {
  nodes_.push_back({kEnd, 0});
  for (const Bit bit : bits) collect(bit);
  if (!too_large_) cut();
}

/// Numbers and conditions become variables in the order in which they are met, so that those that belong together stand together.
void Diagrams::collect(Bit bit) {
  const int32_t id = bit.node();
  if (too_large_ || !seen_.emplace(id, true).second) return;
  if (seen_.size() > nodes_max_) too_large_ = true;
  const BitNode& node = g_.node(bit);
  if (node.op == BitOp::kTrue) return;
  if (node.op == BitOp::kAnd) {
    for (const Bit part : node.list) collect(part);
    return;
  }
  int32_t variable = static_cast<int32_t>(on_variable_.size());
  if (node.op == BitOp::kIn) variable = of_number_.emplace(node.a, variable).first->second;
  if (static_cast<size_t>(variable) == on_variable_.size()) on_variable_.emplace_back();
  if (on_variable_.size() > kVariablesMax) too_large_ = true;
  on_variable_[static_cast<size_t>(variable)].push_back(id);
  atoms_[id].variable = variable;
}

/// Each number is cut into the stretches that no condition on it tells apart.
void Diagrams::cut() {
  for (const std::vector<int32_t>& atoms : on_variable_) {
    const BitNode& first = g_.node(Bit{2 * atoms.front()});
    if (first.op != BitOp::kIn) {
      atoms_[atoms.front()].holds = {false, true};
      stretches_.push_back(2);
      continue;
    }
    std::vector<Ranges> stretches = {g_.node(Num{first.a}).domain};
    for (const int32_t atom : atoms) {
      const Ranges& inside = g_.node(Bit{2 * atom}).ranges;
      std::vector<Ranges> split;
      for (const Ranges& stretch : stretches) {
        for (const Ranges& part : {stretch & inside, stretch & inside.complement()}) {
          if (!part.empty()) split.push_back(part);
        }
      }
      stretches = std::move(split);
      if (stretches.size() > kStretchesMax) too_large_ = true;
      if (too_large_) return;
    }
    for (const int32_t atom : atoms) {
      for (const Ranges& stretch : stretches) atoms_[atom].holds.push_back(g_.node(Bit{2 * atom}).ranges.covers(stretch));
    }
    stretches_.push_back(static_cast<uint32_t>(stretches.size()));
  }
}

Diagrams::Edge Diagrams::make(int32_t variable, std::vector<Edge> children) {
  if (std::ranges::all_of(children, [&](Edge child) { return child == children.front(); })) return children.front();
  const Edge opposite = children.front() & 1;
  for (Edge& child : children) child ^= opposite;
  std::vector<uint32_t> key = children;
  key.push_back(static_cast<uint32_t>(variable));
  const auto [it, is_new] = unique_.emplace(std::move(key), static_cast<uint32_t>(nodes_.size()));
  if (is_new) {
    nodes_.push_back({variable, static_cast<uint32_t>(children_.size())});
    children_.insert(children_.end(), children.begin(), children.end());
  }
  return 2 * it->second + opposite;
}

Diagrams::Edge Diagrams::both(Edge a, Edge b) {
  if (a == b || b == kAlways) return a;
  if (a == kAlways) return b;
  if (a == kNever || b == kNever || a == (b ^ 1)) return kNever;
  if (a > b) std::swap(a, b);
  const uint64_t key = uint64_t{a} << 32 | b;
  if (const auto known = met_.find(key); known != met_.end()) return known->second;
  if (--steps_ < 0) return kNever;  // of() says so
  const int32_t variable = std::min(variable_of(a), variable_of(b));
  std::vector<Edge> children;
  for (uint32_t i = 0; i < stretches_[static_cast<size_t>(variable)]; ++i) {
    children.push_back(both(variable_of(a) == variable ? child(a, i) : a, variable_of(b) == variable ? child(b, i) : b));
  }
  if (steps_ < 0) return kNever;
  return met_[key] = make(variable, std::move(children));
}

Diagrams::Edge Diagrams::atom(const Atom& atom) {
  std::vector<Edge> children;
  for (const bool holds : atom.holds) children.push_back(holds ? kAlways : kNever);
  return make(atom.variable, std::move(children));
}

std::optional<Diagrams::Edge> Diagrams::of(Bit bit) {
  if (too_large_ || steps_ < 0) return std::nullopt;
  const int32_t id = bit.node();
  const auto known = built_.find(id);
  if (known != built_.end()) return known->second ^ (bit.negated() ? 1U : 0U);
  const BitNode& node = g_.node(bit);
  Edge made = kAlways;
  if (node.op == BitOp::kAnd) {
    for (const Bit part : node.list) {
      const auto of_part = of(part);
      if (!of_part) return std::nullopt;
      made = both(made, *of_part);
      if (steps_ < 0) return std::nullopt;
    }
  } else if (node.op != BitOp::kTrue) {
    made = atom(atoms_.at(id));
  }
  built_.emplace(id, made);
  return made ^ (bit.negated() ? 1U : 0U);
}

}  // namespace koshi::zan::columns
