#include "words/layered_layout.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace koshi::words {
namespace {

constexpr LayoutSize kBox{100, 40};
constexpr LayoutSize kLabel{60, 20};

bool overlap(LayoutPoint a, LayoutSize of_a, LayoutPoint b, LayoutSize of_b) {
  return std::abs(a.x - b.x) * 2 < of_a.width + of_b.width && std::abs(a.y - b.y) * 2 < of_a.height + of_b.height;
}

TEST(LayeredLayout, LeadsFromTopToBottom) {
  const Layout layout = lay_out({kBox, kBox, kBox}, {{0, 1, kLabel}, {1, 2, kLabel}, {0, 2, kLabel}});
  EXPECT_LT(layout.nodes[0].y, layout.nodes[1].y);
  EXPECT_LT(layout.nodes[1].y, layout.nodes[2].y);
  const LayoutRoute& route = layout.edges[0];
  EXPECT_EQ(route.to_label.front().y, layout.nodes[0].y + kBox.height / 2);
  EXPECT_EQ(route.from_label.back().y, layout.nodes[1].y - kBox.height / 2);
  EXPECT_LT(route.to_label.back().y, route.from_label.front().y) << "the label stands in between";
}

TEST(LayeredLayout, AnArrowBackRunsUpwards) {
  const Layout layout = lay_out({kBox, kBox}, {{0, 1, kLabel}, {1, 0, kLabel}});
  EXPECT_LT(layout.nodes[0].y, layout.nodes[1].y);
  const LayoutRoute& back = layout.edges[1];
  EXPECT_EQ(back.to_label.front().y, layout.nodes[1].y - kBox.height / 2);
  EXPECT_EQ(back.from_label.back().y, layout.nodes[0].y + kBox.height / 2);
  EXPECT_NE(layout.edges[0].label.x, back.label.x);
}

TEST(LayeredLayout, OneBoxStandsAlone) {
  const Layout layout = lay_out({kBox}, {});
  EXPECT_EQ(layout.size.width, kBox.width + 2 * kLayoutMargin);
  EXPECT_EQ(layout.size.height, kBox.height + 2 * kLayoutMargin);
}

struct Graph {
  std::vector<LayoutSize> nodes;
  std::vector<LayoutEdge> edges;
};

Graph random_graph() {
  Graph graph;
  const int count = *rc::gen::inRange(1, 9);
  for (int i = 0; i < count; ++i) graph.nodes.push_back({*rc::gen::inRange(20, 200), *rc::gen::inRange(20, 80)});
  std::set<std::pair<int, int>> seen;
  for (int i = *rc::gen::inRange(0, 16); i > 0; --i) {
    const int from = *rc::gen::inRange(0, count), to = *rc::gen::inRange(0, count);
    if (from == to || !seen.emplace(from, to).second) continue;
    graph.edges.push_back({from, to, {*rc::gen::inRange(10, 150), *rc::gen::inRange(10, 60)}});
  }
  return graph;
}

/// Whatever the graph: nothing lies on anything else or outside the picture, arrows begin and end at their boxes, and the same graph gives
/// the same picture.
RC_GTEST_PROP(LayeredLayoutProperty, NothingLiesOnAnything, ()) {
  const Graph graph = random_graph();
  const Layout layout = lay_out(graph.nodes, graph.edges);
  std::vector<std::pair<LayoutPoint, LayoutSize>> things;
  for (size_t i = 0; i < graph.nodes.size(); ++i) things.emplace_back(layout.nodes[i], graph.nodes[i]);
  for (size_t i = 0; i < graph.edges.size(); ++i) things.emplace_back(layout.edges[i].label, graph.edges[i].label);
  for (size_t i = 0; i < things.size(); ++i) {
    const auto& [at, size] = things[i];
    RC_ASSERT(at.x - size.width / 2 >= 0 && at.x + size.width / 2 <= layout.size.width);
    RC_ASSERT(at.y - size.height / 2 >= 0 && at.y + size.height / 2 <= layout.size.height);
    for (size_t j = 0; j < i; ++j) RC_ASSERT(!overlap(at, size, things[j].first, things[j].second));
  }
  for (size_t i = 0; i < graph.edges.size(); ++i) {
    const auto touches = [&](LayoutPoint point, int32_t node) {
      const LayoutPoint at = layout.nodes[static_cast<size_t>(node)];
      const LayoutSize size = graph.nodes[static_cast<size_t>(node)];
      return std::abs(point.x - at.x) * 2 <= size.width && std::abs(point.y - at.y) == size.height / 2;
    };
    RC_ASSERT(touches(layout.edges[i].to_label.front(), graph.edges[i].from));
    RC_ASSERT(touches(layout.edges[i].from_label.back(), graph.edges[i].to));
  }
  const Layout again = lay_out(graph.nodes, graph.edges);
  for (size_t i = 0; i < graph.nodes.size(); ++i) RC_ASSERT(again.nodes[i].x == layout.nodes[i].x && again.nodes[i].y == layout.nodes[i].y);
}

}  // namespace
}  // namespace koshi::words
