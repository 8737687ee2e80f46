#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "zan/columns/graph.h"

/// Decision diagrams of conditions: a variable is a number, in one of the stretches that the conditions on it cut it into, or a condition
/// of another kind, which holds or not. Conditions that come to the same in every case are one diagram. What is known of two numbers beside
/// one another (a < b) is a variable of its own. Internal to this folder.
namespace koshi::zan::columns {

class Diagrams {
 public:
  /// A diagram or its opposite: 2 * node + opposite.
  using Edge = uint32_t;
  static constexpr Edge kNever = 1, kAlways = 0;

  /// For the conditions that these consist of, at most `nodes` of the graph; each step of work is taken from `steps`.
  Diagrams(const Graph& graph, const std::vector<Bit>& bits, size_t nodes, int64_t& steps);

  /// Nothing when the bounds do not suffice; with more steps it may be asked again. Cost: a step for each pair of diagrams that meet.
  std::optional<Edge> of(Bit bit);

 private:
  /// Where an atom holds: in the stretches `holds` of the variable.
  struct Atom {
    int32_t variable = -1;
    std::vector<bool> holds;
  };
  struct Node {
    int32_t variable = 0;
    uint32_t first = 0;  ///< of its children, one for each stretch; the first of them is never an opposite
  };
  struct KeyHash {
    size_t operator()(const std::vector<uint32_t>& key) const;
  };

  void collect(Bit bit);
  void cut();
  int32_t variable_of(Edge edge) const { return nodes_[edge >> 1].variable; }
  Edge child(Edge edge, size_t stretch) const { return children_[nodes_[edge >> 1].first + stretch] ^ (edge & 1); }
  Edge make(int32_t variable, std::vector<Edge> children);
  Edge both(Edge a, Edge b);
  Edge atom(const Atom& atom);

  const Graph& g_;
  const size_t nodes_max_;
  int64_t& steps_;
  bool too_large_ = false;
  std::unordered_map<int32_t, Atom> atoms_;  ///< by node of the graph
  std::unordered_map<int32_t, bool> seen_;
  std::unordered_map<Num, int32_t> of_number_;
  std::vector<std::vector<int32_t>> on_variable_;  ///< the atoms of each, in the order in which they were met
  std::vector<uint32_t> stretches_;                ///< of each variable
  std::vector<Node> nodes_;
  std::vector<Edge> children_;
  std::unordered_map<std::vector<uint32_t>, uint32_t, KeyHash> unique_;
  std::unordered_map<uint64_t, Edge> met_;
  std::unordered_map<int32_t, Edge> built_;  ///< by node of the graph
};

}  // namespace koshi::zan::columns
