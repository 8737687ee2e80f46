// The timeline of a norm: one lane a rule, drawn in percent of the width so that lettering keeps its size on a narrow screen.
#include <algorithm>

#include "http/rule_view.h"

namespace koshi::http {
namespace {

constexpr int kEarliestYear = 1990;
constexpr int kLaneHeight = 34;
constexpr int kAxisHeight = 24;
constexpr size_t kMaxLetters = 60;
constexpr int kMaxTicks = 8;

/// A stretch of years in days; places on it in hundredths of a percent, so that no floating point enters a page.
struct Axis {
  int first_year;
  int last_year;  ///< its 31 December is the right end

  Date begin() const { return *make_date(first_year, 1, 1); }
  Date end() const { return *make_date(last_year, 12, 31); }

  std::string percent(int64_t hundredths) const {
    const std::string rest = std::to_string(hundredths % 100);
    return std::to_string(hundredths / 100) + '.' + (rest.size() < 2 ? "0" : "") + rest + '%';
  }
  int64_t place(Date date) const {
    const int64_t span = end().days - begin().days;
    const int64_t at = std::clamp<int64_t>(date.days - begin().days, 0, span);
    return at * 10'000 / span;
  }
};

struct Lane {
  zan::RuleId rule;
  bool is_exception;
};

void add_lanes(const Site& site, const std::vector<zan::RuleId>& rules, bool is_exception, std::vector<Lane>& lanes) {
  for (const zan::RuleId id : rules) {
    if (lanes.size() == kMaxLanes) return;
    lanes.push_back({id, is_exception});
    add_lanes(site, site.corpus.rules[static_cast<size_t>(id)].exceptions, true, lanes);
  }
}

std::string shortened(const std::string& text) {
  size_t letters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;  // inside a letter
    if (letters++ == kMaxLetters) return text.substr(0, i) + "…";
  }
  return text;
}

Axis axis_of(const Site& site, const std::vector<Lane>& lanes) {
  const int this_year = civil(site.today()).year;
  Axis axis{this_year - 1, this_year + 1};
  for (const Lane& lane : lanes) {
    const zan::DateRange& range = site.corpus.rules[static_cast<size_t>(lane.rule)].in_force;
    if (range.from > kFirstDate) axis.first_year = std::min(axis.first_year, civil(range.from).year);
    if (range.from < kLastDate) axis.last_year = std::max(axis.last_year, civil(range.from).year + 1);
    if (range.until < kLastDate) axis.last_year = std::max(axis.last_year, civil(range.until).year + 1);
  }
  axis.first_year = std::max(axis.first_year, kEarliestYear);
  axis.last_year = std::min(axis.last_year, this_year + 30);
  return axis;
}

std::vector<View> tick_views(const Axis& axis) {
  int step = 1;
  for (const int wider : {2, 5, 10, 20}) {
    if ((axis.last_year - axis.first_year) / step > kMaxTicks) step = wider;
  }
  std::vector<View> ticks;
  for (int year = (axis.first_year + step - 1) / step * step; year <= axis.last_year; year += step) {
    View tick;
    tick.text("x", axis.percent(axis.place(*make_date(year, 1, 1)))).text("year", std::to_string(year));
    ticks.push_back(std::move(tick));
  }
  return ticks;
}

View lane_view(const Site& site, const Context& context, const Axis& axis, const Lane& lane, size_t index) {
  const zan::DateRange& range = site.corpus.rules[static_cast<size_t>(lane.rule)].in_force;
  const std::string condition = rule_condition(site, context, lane.rule);
  std::string text = rule_value(site, context, lane.rule);
  if (!condition.empty()) text = phrase(site, context, "page.norm.when", {{"value", text}, {"condition", condition}});
  const int64_t from = axis.place(range.from);
  const int64_t until = std::max(axis.place(range.until), from + 40);
  View view;
  view.text("x", axis.percent(from))
      .text("width", axis.percent(std::min<int64_t>(until, 10'000) - from))
      .text("y", std::to_string(static_cast<int>(index) * kLaneHeight + 18))
      .text("text_y", std::to_string(static_cast<int>(index) * kLaneHeight + 13))
      .text("text", shortened(text))
      .text("kind", lane.is_exception ? "exception" : "rule");
  return view;
}

}  // namespace

View timeline_view(const Site& site, const Context& context, zan::NormId id) {
  const zan::Norm& norm = site.corpus.norms[static_cast<size_t>(id)];
  std::vector<Lane> lanes;
  add_lanes(site, norm.rules, false, lanes);
  add_lanes(site, norm.exceptions, true, lanes);
  const Axis axis = axis_of(site, lanes);
  std::vector<View> views;
  for (size_t i = 0; i < lanes.size(); ++i) views.push_back(lane_view(site, context, axis, lanes[i], i));
  const int lanes_height = static_cast<int>(lanes.size()) * kLaneHeight;
  View view;
  view.text("height", std::to_string(lanes_height + kAxisHeight))
      .text("lanes_height", std::to_string(lanes_height))
      .text("axis_y", std::to_string(lanes_height + 16))
      .text("today_x", axis.percent(axis.place(site.today())))
      .list("ticks", tick_views(axis))
      .list("lanes", std::move(views));
  return view;
}

}  // namespace koshi::http
