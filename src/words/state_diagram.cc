#include <algorithm>

#include "base/text.h"
#include "words/layered_layout.h"
#include "words/procedures.h"

/// The state diagram of a procedure as SVG.
namespace koshi::words {
namespace {

using zan::Procedure;

constexpr size_t kTitleChars = 24, kSmallChars = 32;
constexpr int32_t kTitleHeight = 19, kSmallHeight = 16, kPadding = 12;

constexpr std::string_view kStyle = R"(
    svg { font-family: "Noto Sans", "DejaVu Sans", Arial, sans-serif; --ink: #1c2733; --soft: #51606f; --line: #6b7b8a; --box: #f4f7fa; --mark: #00667a; background: #ffffff; }
    @media (prefers-color-scheme: dark) { svg { --ink: #e8eef4; --soft: #a9b6c2; --line: #8796a4; --box: #1f2a35; --mark: #4cc3d9; background: #12181f; } }
    .box { fill: var(--box); stroke: var(--line); stroke-width: 1.5; }
    .inner { fill: none; stroke: var(--line); }
    .current { stroke: var(--mark); stroke-width: 3.5; }
    .way { fill: none; stroke: var(--line); stroke-width: 1.5; }
    .clock { stroke-dasharray: 5 4; }
    .tip, .start { fill: var(--line); }
    text { text-anchor: middle; fill: var(--ink); }
    .title { font-size: 14px; font-weight: 600; }
    .name { font-size: 13px; }
    .small { font-size: 12px; fill: var(--soft); }
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::vector<std::string> wrapped(const std::string& text, size_t most) {
  std::vector<std::string> lines;
  size_t width = 0;
  for (const std::string_view word : split(text, ' ')) {
    const size_t length = utf8_length(word);
    if (lines.empty() || width + 1 + length > most) {
      lines.emplace_back(word);
      width = length;
    } else {
      lines.back() += " ";
      lines.back() += word;
      width += 1 + length;
    }
  }
  return lines;
}

/// Lines of text under one another, and the room that they take.
struct Block {
  struct Line {
    std::string text;
    std::string_view style;
  };
  std::vector<Line> lines;
  LayoutSize size;

  void add(const std::string& text, std::string_view style) {
    const bool small = style == "small";
    for (std::string& line : wrapped(text, small ? kSmallChars : kTitleChars)) {
      const auto chars = static_cast<int32_t>(utf8_length(line));
      // Wide enough for Cyrillic, which runs wider than Latin.
      size.width = std::max(size.width, small ? chars * 15 / 2 : style == "title" ? chars * 10 : chars * 17 / 2);
      size.height += small ? kSmallHeight : kTitleHeight;
      lines.push_back({std::move(line), style});
    }
  }
};

class Diagram {
 public:
  Diagram(const Words& words, Language language, const Procedure& procedure, const DiagramOptions& options)
      : p_(procedure), names_(words, language, procedure), options_(options) {}

  std::string run() {
    for (size_t i = 0; i < p_.states.size(); ++i) state(static_cast<int32_t>(i));
    std::vector<LayoutSize> sizes;
    for (const Block& block : boxes_) sizes.push_back({block.size.width + 2 * kPadding, block.size.height + 2 * kPadding});
    for (size_t i = 0; i < edges_.size(); ++i) edges_[i].label = {labels_[i].size.width + 8, labels_[i].size.height + 4};
    const Layout layout = lay_out(sizes, edges_);
    head(layout.size);
    for (size_t i = 0; i < edges_.size(); ++i) arrow(layout.edges[i], by_clock_[i], labels_[i]);
    for (size_t i = 0; i < sizes.size(); ++i) box(i, layout.nodes[i], sizes[i]);
    return std::move(out_) + "</svg>\n";
  }

 private:
  bool shown(const zan::DateRange& range) const { return !options_.on || range.contains(*options_.on); }

  void state(int32_t id) {
    const zan::ProcedureState& state = p_.states[static_cast<size_t>(id)];
    Block block;
    std::vector<std::string> deadlines;
    block.add(names_.state(id), "title");
    for (const zan::Deadline& deadline : state.deadlines) {
      // One rule of several periods is said once.
      const std::string said = names_.deadline(id, deadline);
      if (shown(deadline.in_force) && std::ranges::find(deadlines, said) == deadlines.end()) deadlines.push_back(said);
    }
    for (const std::string& deadline : deadlines) block.add(deadline, "small");
    for (size_t i = 0; i < state.actions.size(); ++i) {
      if (shown(state.actions[i].in_force)) action(id, static_cast<int32_t>(i), block);
    }
    boxes_.push_back(std::move(block));
    if (state.is_final) said_ += names_.words().phrase(names_.language(), "procedure.diagram_end", {{"state", names_.state(id)}}) + " ";
  }

  /// Actions that lead the same way share an arrow; one that stays where it is stands in the box.
  void action(int32_t state, int32_t id, Block& box) {
    const zan::Action& action = p_.states[static_cast<size_t>(state)].actions[static_cast<size_t>(id)];
    const std::string name = names_.action(state, id), who = names_.roles(action);
    said_ +=
        names_.words().phrase(names_.language(), "procedure.diagram_step",
                              {{"state", names_.state(state)}, {"action", name}, {"who", who}, {"target", names_.state(action.target)}}) +
        " ";
    if (action.target == state) return box.add("↻ " + name + " (" + who + ")", "small");
    const auto same = std::ranges::find_if(edges_, [&](const LayoutEdge& edge) { return edge.from == state && edge.to == action.target; });
    const auto at = static_cast<size_t>(same - edges_.begin());
    if (same == edges_.end()) {
      edges_.push_back({state, action.target, {}});
      labels_.emplace_back();
      by_clock_.push_back(true);
    }
    const bool clock = std::ranges::all_of(
        action.roles, [&](int32_t role) { return p_.roles[static_cast<size_t>(role)].kind == zan::Role::Kind::kClock; });
    by_clock_[at] = by_clock_[at] && clock;
    labels_[at].add(name, "name");
    labels_[at].add("(" + who + ")", "small");
  }

  static std::string number(int32_t n) { return std::to_string(n); }

  void head(LayoutSize size) {
    const std::string title = names_.words().phrase(names_.language(), "procedure.diagram", {{"label", names_.label()}});
    out_ += "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(size.width) + "\" height=\"" + number(size.height) +
            "\" viewBox=\"0 0 " + number(size.width) + " " + number(size.height) + "\" lang=\"" + std::string(code(names_.language())) +
            "\" role=\"img\" aria-labelledby=\"diagram-title diagram-desc\">\n";
    out_ += "  <title id=\"diagram-title\">" + escaped(title) + "</title>\n";
    out_ += "  <desc id=\"diagram-desc\">" + escaped(trim(said_)) + "</desc>\n";
    out_ += "  <style>" + std::string(kStyle) + "  </style>\n";
    out_ +=
        "  <defs><marker id=\"diagram-tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\" "
        "orient=\"auto\"><path class=\"tip\" d=\"M0 0L10 5L0 10z\"/></marker></defs>\n";
  }

  /// Upright at both ends of each piece, so that the pieces join smoothly.
  void way(const std::vector<LayoutPoint>& points, bool dashed, bool tip) {
    out_ += "  <path class=\"way" + std::string(dashed ? " clock" : "") + "\"" + (tip ? " marker-end=\"url(#diagram-tip)\"" : "") +
            " d=\"M" + number(points[0].x) + " " + number(points[0].y);
    for (size_t i = 1; i < points.size(); ++i) {
      if (points[i].x == points[i - 1].x) {
        if (points[i].y != points[i - 1].y) out_ += "V" + number(points[i].y);
        continue;
      }
      const std::string middle = number((points[i - 1].y + points[i].y) / 2);
      out_ += "C" + number(points[i - 1].x) + " " + middle + " " + number(points[i].x) + " " + middle + " " + number(points[i].x) + " " +
              number(points[i].y);
    }
    out_ += "\"/>\n";
  }

  void text(const Block& block, LayoutPoint centre) {
    int32_t y = centre.y - block.size.height / 2;
    for (const Block::Line& line : block.lines) {
      const bool small = line.style == "small";
      out_ += "  <text class=\"" + std::string(line.style) + "\" x=\"" + number(centre.x) + "\" y=\"" + number(y + (small ? 12 : 14)) +
              "\">" + escaped(line.text) + "</text>\n";
      y += small ? kSmallHeight : kTitleHeight;
    }
  }

  void arrow(const LayoutRoute& route, bool by_clock, const Block& label) {
    way(route.to_label, by_clock, false);
    way(route.from_label, by_clock, true);
    text(label, route.label);
  }

  void rect(std::string_view style, LayoutPoint centre, LayoutSize size, int32_t inset) {
    out_ += "  <rect class=\"" + std::string(style) + "\" x=\"" + number(centre.x - size.width / 2 + inset) + "\" y=\"" +
            number(centre.y - size.height / 2 + inset) + "\" width=\"" + number(size.width - 2 * inset) + "\" height=\"" +
            number(size.height - 2 * inset) + "\" rx=\"8\"/>\n";
  }

  void box(size_t id, LayoutPoint centre, LayoutSize size) {
    rect(static_cast<int32_t>(id) == options_.current ? "box current" : "box", centre, size, 0);
    if (p_.states[id].is_final) rect("inner", centre, size, 4);
    if (id == 0) {
      out_ +=
          "  <circle class=\"start\" cx=\"" + number(centre.x) + "\" cy=\"" + number(centre.y - size.height / 2 - 12) + "\" r=\"6\"/>\n";
    }
    text(boxes_[id], centre);
  }

  const Procedure& p_;
  ProcedureWords names_;
  DiagramOptions options_;
  std::vector<Block> boxes_;   ///< of states
  std::vector<Block> labels_;  ///< of edges
  std::vector<LayoutEdge> edges_;
  std::vector<bool> by_clock_;  ///< nobody but the clock goes this way
  std::string said_;            ///< for those who do not see it
  std::string out_;
};

}  // namespace

std::string state_diagram_svg(const Words& words, Language language, const Procedure& procedure, const DiagramOptions& options) {
  return Diagram(words, language, procedure, options).run();
}

}  // namespace koshi::words
