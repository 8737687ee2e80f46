#include <fmt/core.h>

#include "base/text.h"
#include "observatory/simulate/bars.h"
#include "observatory/simulate/tell.h"

namespace koshi::observatory {
namespace {

constexpr int kLabelWidth = 220;
constexpr int kPlotWidth = 420;
constexpr int kTextWidth = 200;
constexpr int kBarHeight = 14;
constexpr int kGroupGap = 12;
constexpr int kTop = 60;
// Told apart by lightness too, not only by hue.
constexpr const char* kColours[] = {"#1b4965", "#c97b12", "#7a3b69", "#3b7a4a", "#8c8c8c"};

const char* colour(size_t world) {
  return kColours[world % std::size(kColours)];
}

std::string text_at(int x, int y, std::string_view text, std::string_view anchor = "start") {
  return fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor, html_escape(text));
}

std::string legend(const Told& told, size_t worlds) {
  std::string out;
  int x = kLabelWidth;
  for (size_t world = 0; world < worlds; ++world) {
    const std::string name = world_name(told, world);
    out += fmt::format("<rect x=\"{}\" y=\"34\" width=\"12\" height=\"12\" fill=\"{}\"/>\n", x, colour(world)) + text_at(x + 18, 45, name);
    x += 40 + static_cast<int>(8 * utf8_length(name));
  }
  return out;
}

std::string bar(const Bar& of, size_t world, int y) {
  const int width = static_cast<int>(of.shares[world] * kPlotWidth + 0.5);
  return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>\n", kLabelWidth, y, width, kBarHeight - 2,
                     colour(world)) +
         text_at(kLabelWidth + width + 6, y + kBarHeight - 4, of.texts[world]);
}

}  // namespace

std::string simulation_svg(const Told& told) {
  const NormResult& norm = told.simulation.norms.front();
  const std::vector<Bar> all = bars(told, norm);
  const size_t worlds = norm.counted.size();
  const int group_height = static_cast<int>(worlds) * kBarHeight + kGroupGap;
  const int height = kTop + static_cast<int>(all.size()) * group_height;
  const std::string title = told.corpus.norms[static_cast<size_t>(norm.norm)].label;
  const std::string what = fmt::format("{}: {}, {} rows, {}", title, bars_of(norm), told.simulation.rows, format_date(told.question.on));
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\" "
      "aria-label=\"{}\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
      kLabelWidth + kPlotWidth + kTextWidth, height, html_escape(what));
  out += text_at(8, 20, what) + legend(told, worlds);
  int y = kTop;
  for (const Bar& each : all) {
    out += text_at(kLabelWidth - 8, y + kBarHeight - 3, each.label.empty() ? "all" : each.label, "end");
    for (size_t world = 0; world < worlds; ++world) out += bar(each, world, y + static_cast<int>(world) * kBarHeight);
    y += group_height;
  }
  return out + "</svg>\n";
}

}  // namespace koshi::observatory
