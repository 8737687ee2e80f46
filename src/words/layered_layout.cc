#include "words/layered_layout.h"

#include <algorithm>
#include <cstdlib>

namespace koshi::words {
namespace {

constexpr int32_t kBeside = 28;   ///< between two things of one layer
constexpr int32_t kBetween = 26;  ///< between two layers, and more where arrows run far aside
constexpr int32_t kBetweenMost = 60;
constexpr int kSweeps = 12;

/// A box, a label, or the place where a long arrow passes a layer.
struct Item {
  LayoutSize size;
  int32_t layer = 0;
  int32_t x = 0;
  std::vector<int32_t> up, down;
};

class LayeredLayout {
 public:
  LayeredLayout(const std::vector<LayoutSize>& nodes, const std::vector<LayoutEdge>& edges) : nodes_(nodes), edges_(edges) {}

  Layout run() {
    find_back_edges();
    assign_layers();
    add_items();
    for (int i = 0; i < kSweeps; ++i) order(i % 2 == 0);
    for (int i = 0; i < kSweeps; ++i) place(i % 2 == 0);
    return draw();
  }

 private:
  Item& item(int32_t id) { return items_[static_cast<size_t>(id)]; }
  const Item& item(int32_t id) const { return items_[static_cast<size_t>(id)]; }

  // An edge that leads back to where the way comes from is laid out the other way round.
  void find_back_edges() {
    back_.assign(edges_.size(), false);
    std::vector<int> seen(nodes_.size(), 0);  // 1: on the way, 2: done
    for (size_t i = 0; i < nodes_.size(); ++i) {
      if (seen[i] == 0) visit(static_cast<int32_t>(i), seen);
    }
  }

  /// Depth first, with a stack of its own: which edge of which node is next.
  void visit(int32_t root, std::vector<int>& seen) {
    std::vector<std::pair<int32_t, size_t>> way{{root, 0}};
    seen[static_cast<size_t>(root)] = 1;
    while (!way.empty()) {
      auto& [node, next] = way.back();
      while (next < edges_.size() && edges_[next].from != node) ++next;
      if (next == edges_.size()) {
        seen[static_cast<size_t>(node)] = 2;
        done_.push_back(node);
        way.pop_back();
        continue;
      }
      const size_t edge = next++;
      int& target = seen[static_cast<size_t>(edges_[edge].to)];
      back_[edge] = target == 1;
      if (target == 0) {
        target = 1;
        way.emplace_back(edges_[edge].to, 0);
      }
    }
  }

  int32_t upper(size_t edge) const { return back_[edge] ? edges_[edge].to : edges_[edge].from; }
  int32_t lower(size_t edge) const { return back_[edge] ? edges_[edge].from : edges_[edge].to; }

  /// The longest way from the top, in the order in which nothing leads back.
  void assign_layers() {
    layer_.assign(nodes_.size(), 0);
    for (auto node = done_.rbegin(); node != done_.rend(); ++node) {
      for (size_t i = 0; i < edges_.size(); ++i) {
        if (upper(i) != *node) continue;
        int32_t& below = layer_[static_cast<size_t>(lower(i))];
        below = std::max(below, layer_[static_cast<size_t>(*node)] + 1);
      }
    }
  }

  int32_t add_item(LayoutSize size, int32_t layer) {
    items_.push_back({size, layer, 0, {}, {}});
    if (layers_.size() <= static_cast<size_t>(layer)) layers_.resize(static_cast<size_t>(layer) + 1);
    layers_[static_cast<size_t>(layer)].push_back(static_cast<int32_t>(items_.size()) - 1);
    return static_cast<int32_t>(items_.size()) - 1;
  }

  void join(int32_t above, int32_t below) {
    item(above).down.push_back(below);
    item(below).up.push_back(above);
  }

  /// Boxes stand in the even layers, labels in the odd ones beside the box that the arrow leaves.
  void add_items() {
    for (size_t i = 0; i < nodes_.size(); ++i) add_item(nodes_[i], 2 * layer_[i]);
    chains_.resize(edges_.size());
    for (size_t i = 0; i < edges_.size(); ++i) {
      const int32_t last = item(lower(i)).layer;
      const int32_t label = back_[i] ? last - 1 : item(upper(i)).layer + 1;
      chains_[i].push_back(upper(i));
      for (int32_t layer = item(upper(i)).layer + 1; layer < last; ++layer) {
        const int32_t passing = add_item(layer == label ? edges_[i].label : LayoutSize{}, layer);
        if (layer == label) labels_.push_back(passing);
        join(chains_[i].back(), passing);
        chains_[i].push_back(passing);
      }
      join(chains_[i].back(), lower(i));
      chains_[i].push_back(lower(i));
    }
  }

  std::vector<int32_t> positions() const {
    std::vector<int32_t> position(items_.size(), 0);
    for (const auto& layer : layers_) {
      for (size_t i = 0; i < layer.size(); ++i)
        position[static_cast<size_t>(layer[i])] = static_cast<int32_t>(i * 1000 / std::max<size_t>(1, layer.size()));
    }
    return position;
  }

  static int32_t mean(const std::vector<int32_t>& of, const std::vector<int32_t>& value, int32_t otherwise) {
    if (of.empty()) return otherwise;
    int64_t sum = 0;
    for (const int32_t id : of) sum += value[static_cast<size_t>(id)];
    return static_cast<int32_t>(sum / static_cast<int64_t>(of.size()));
  }

  void order(bool downwards) {
    for (size_t step = 0; step < layers_.size(); ++step) {
      auto& layer = layers_[downwards ? step : layers_.size() - 1 - step];
      const std::vector<int32_t> position = positions();
      std::ranges::stable_sort(layer, {}, [&](int32_t id) {
        return mean(downwards ? item(id).up : item(id).down, position, position[static_cast<size_t>(id)]);
      });
    }
  }

  int32_t apart(int32_t left, int32_t right) const { return (item(left).size.width + item(right).size.width) / 2 + kBeside; }

  /// Each as near to its neighbours' mean as its own layer allows: the mean of what pushing from the left and from the right gives.
  void place(bool downwards) {
    for (size_t step = 0; step < layers_.size(); ++step) {
      const auto& layer = layers_[downwards ? step : layers_.size() - 1 - step];
      std::vector<int32_t> x(items_.size());
      for (size_t i = 0; i < items_.size(); ++i) x[i] = items_[i].x;
      std::vector<int32_t> left, right(layer.size());
      for (size_t i = 0; i < layer.size(); ++i) {
        const int32_t wanted = mean(downwards ? item(layer[i]).up : item(layer[i]).down, x, x[static_cast<size_t>(layer[i])]);
        right[i] = wanted;
        left.push_back(i == 0 ? wanted : std::max(wanted, left[i - 1] + apart(layer[i - 1], layer[i])));
      }
      for (size_t i = layer.size(); i-- > 1;) right[i - 1] = std::min(right[i - 1], right[i] - apart(layer[i - 1], layer[i]));
      for (size_t i = 0; i < layer.size(); ++i) item(layer[i]).x = (left[i] + right[i]) / 2;
    }
  }

  /// Where an arrow leaves or enters a box: spread over its side in the order of the other ends.
  int32_t port(int32_t box, int32_t other, bool below) const {
    std::vector<int32_t> others = below ? item(box).down : item(box).up;
    std::ranges::stable_sort(others, {}, [&](int32_t id) { return item(id).x; });
    const auto at = static_cast<int32_t>(std::ranges::find(others, other) - others.begin());
    const auto count = static_cast<int32_t>(others.size());
    return item(box).x + item(box).size.width * 7 / 10 * (2 * at + 1 - count) / (2 * count);
  }

  Layout draw() {
    Layout out;
    int32_t shift = 0, widest = 0;
    for (const Item& one : items_) shift = std::min(shift, one.x - one.size.width / 2);
    for (Item& one : items_) {
      one.x += kLayoutMargin - shift;
      widest = std::max(widest, one.x + one.size.width / 2);
    }
    const std::vector<Band> bands = stack();
    for (size_t i = 0; i < nodes_.size(); ++i) out.nodes.push_back({items_[i].x, bands[static_cast<size_t>(items_[i].layer)].middle()});
    for (size_t i = 0; i < edges_.size(); ++i) out.edges.push_back(route(i, bands));
    out.size = {widest + kLayoutMargin, bands.back().bottom + kLayoutMargin};
    return out;
  }

  /// The height of a layer: arrows are upright within it and turn only between two of them, so they cross no label.
  struct Band {
    int32_t top = 0, bottom = 0;
    int32_t middle() const { return (top + bottom) / 2; }
  };

  std::vector<Band> stack() const {
    std::vector<Band> bands;
    int32_t y = kLayoutMargin;
    for (const auto& layer : layers_) {
      int32_t height = 0, aside = 0;
      for (const int32_t id : layer) {
        height = std::max(height, item(id).size.height);
        for (const int32_t below : item(id).down) aside = std::max(aside, std::abs(item(below).x - item(id).x));
      }
      bands.push_back({y, y + height});
      y += height + std::min(kBetween + aside / 16, kBetweenMost);
    }
    return bands;
  }

  LayoutRoute route(size_t edge, const std::vector<Band>& bands) const {
    const auto band = [&](int32_t id) { return bands[static_cast<size_t>(item(id).layer)]; };
    const std::vector<int32_t>& chain = chains_[edge];
    const int32_t label = labels_[edge], half = item(label).size.height / 2;
    LayoutRoute out;
    out.label = {item(label).x, band(label).middle()};
    const int32_t first = chain.front(), last = chain.back();
    const int32_t leaves = port(first, chain[1], true), enters = port(last, chain[chain.size() - 2], false);
    std::vector<LayoutPoint> above{{leaves, band(first).middle() + item(first).size.height / 2}, {leaves, band(first).bottom}}, below;
    std::vector<LayoutPoint>* part = &above;
    for (size_t i = 1; i + 1 < chain.size(); ++i) {
      part->push_back({item(chain[i]).x, band(chain[i]).top});
      if (chain[i] == label) {
        above.push_back({out.label.x, out.label.y - half});
        below.push_back({out.label.x, out.label.y + half});
        part = &below;
      }
      part->push_back({item(chain[i]).x, band(chain[i]).bottom});
    }
    below.push_back({enters, band(last).top});
    below.push_back({enters, band(last).middle() - item(last).size.height / 2});
    if (back_[edge]) {
      std::ranges::reverse(above);
      std::ranges::reverse(below);
      std::swap(above, below);
    }
    out.to_label = std::move(above);
    out.from_label = std::move(below);
    return out;
  }

  const std::vector<LayoutSize>& nodes_;
  const std::vector<LayoutEdge>& edges_;
  std::vector<bool> back_;
  std::vector<int32_t> done_;
  std::vector<int32_t> layer_;
  std::vector<Item> items_;
  std::vector<std::vector<int32_t>> layers_;  ///< from left to right
  std::vector<std::vector<int32_t>> chains_;  ///< of each edge, from the upper box to the lower
  std::vector<int32_t> labels_;
};

}  // namespace

Layout lay_out(const std::vector<LayoutSize>& nodes, const std::vector<LayoutEdge>& edges) {
  return LayeredLayout(nodes, edges).run();
}

}  // namespace koshi::words
