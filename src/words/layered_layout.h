#pragma once

#include <cstdint>
#include <vector>

/// Where the boxes and arrows of a small directed graph are drawn, after Sugiyama: boxes in layers from top to bottom, what crosses ordered
/// by the mean of its neighbours, an arrow's label in a place of its own between the layers. Whole pixels; the same graph gives the same
/// drawing. Internal to this folder.
namespace koshi::words {

struct LayoutSize {
  int32_t width = 0;
  int32_t height = 0;
};

struct LayoutPoint {
  int32_t x = 0;
  int32_t y = 0;
};

/// `from` and `to` differ; at most one edge leads from one node to another.
struct LayoutEdge {
  int32_t from = 0;
  int32_t to = 0;
  LayoutSize label;
};

struct LayoutRoute {
  std::vector<LayoutPoint> to_label;    ///< from the first box to the near side of the label
  std::vector<LayoutPoint> from_label;  ///< from the far side of the label to the second box
  LayoutPoint label;                    ///< its centre
};

struct Layout {
  std::vector<LayoutPoint> nodes;  ///< centres
  std::vector<LayoutRoute> edges;
  LayoutSize size;
};

inline constexpr int32_t kLayoutMargin = 24;

/// Cost: quadratic in nodes and edges, for tens of them.
Layout lay_out(const std::vector<LayoutSize>& nodes, const std::vector<LayoutEdge>& edges);

}  // namespace koshi::words
