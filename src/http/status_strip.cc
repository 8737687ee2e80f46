// The days of the window in which the law counts, drawn by the server, and a journey that is only tried out.
#include <algorithm>

#include "base/text.h"
#include "http/status.h"

namespace koshi::http {
namespace {

constexpr int32_t kRows = 4;  ///< of the picture: a day stays wide enough for a phone
constexpr int32_t kDaysInRow = kStripDays / kRows;
constexpr int32_t kCell = 10;  ///< units of the picture
constexpr int32_t kRowHeight = 36;
constexpr int32_t kBarTop = 14;
constexpr int32_t kBarHeight = 18;  ///< as the template has it
static_assert(kDaysInRow * kRows == kStripDays);

struct Stay {
  Date entered;
  std::optional<Date> left;
};

struct Plan {
  Date from, to;
};

struct Drawn {
  const Site& site;
  const Context& context;
  const StatusPlan& plan;
  Date today;
  std::vector<Stay> stays;
  bool only_arrival = false;  ///< earlier journeys were not told
  std::optional<Plan> tried = {};

  std::string day(Date date) const { return site.words.date(context.language, date); }
};

enum class Kind : uint8_t { kAway, kHere, kPlanned };
constexpr std::string_view kKindNames[] = {"away", "here", "planned"};

std::string whole(int64_t n) {
  return std::to_string(n);
}

std::vector<Stay> stays_of(const StatusPlan& plan, const AskForm& facts) {
  std::vector<Stay> stays;
  const auto count = parse_whole(facts.fact(plan.stays).value_or(""));
  for (int64_t i = 0; count && i < std::min(*count, kMaxMembersAsked); ++i) {
    const std::string member = plan.stays + "[" + std::to_string(i) + "].";
    const auto entered = parse_date(facts.fact(member + plan.entered).value_or(""));
    if (entered) stays.push_back({*entered, parse_date(facts.fact(member + plan.left).value_or(""))});
  }
  return stays;
}

bool covers(const Stay& stay, Date day, Date today) {
  const Date end = stay.left.value_or(std::max(today, stay.entered));
  return stay.entered <= day && day <= end;
}

Kind kind_of(const Drawn& drawn, Date day) {
  for (const Stay& stay : drawn.stays) {
    if (covers(stay, day, drawn.today)) return Kind::kHere;
  }
  const bool is_tried = drawn.tried && drawn.tried->from <= day && day <= drawn.tried->to;
  return is_tried ? Kind::kPlanned : Kind::kAway;
}

enum class Journey : bool { kLeftOut, kTaken };

/// The stays as facts of the law, the journey that is tried out among them. One that begins later is counted as if its reader left today.
AskForm facts_with(const Drawn& drawn, const AskForm& facts, Journey journey = Journey::kTaken) {
  AskForm form = facts;
  const StatusPlan& plan = drawn.plan;
  std::vector<Stay> stays = drawn.stays;
  if (drawn.tried) {
    for (Stay& stay : stays) {
      if (!stay.left && drawn.tried->from > drawn.today) stay.left = std::max(drawn.today, stay.entered);
    }
    if (journey == Journey::kTaken) stays.push_back({drawn.tried->from, drawn.tried->to});
  }
  form.remove_fact(plan.stays);
  form.set_fact(plan.stays, std::to_string(stays.size()));
  for (size_t i = 0; i < stays.size(); ++i) {
    const std::string member = plan.stays + "[" + std::to_string(i) + "].";
    form.set_fact(member + plan.entered, format_date(stays[i].entered));
    form.set_fact(member + plan.left, stays[i].left ? format_date(*stays[i].left) : "none");
  }
  return form;
}

/// Days that the law leaves on a day; no value where it does not say, none where no such limit binds.
std::optional<zan::Value> days_left(const Drawn& drawn, const AskForm& facts, Date on) {
  const auto answer = ask_status(drawn.site, drawn.plan, facts, drawn.plan.days, on);
  if (!answer || answer->outcome != zan::Outcome::kValue) return std::nullopt;
  return answer->value;
}

View bar(int32_t x, int32_t y, int32_t days, Kind kind) {
  View view;
  view.text("x", whole(x))
      .text("y", whole(y))
      .text("width", whole(days * kCell))
      .text("kind", std::string(kKindNames[static_cast<size_t>(kind)]));
  return view;
}

/// Days of one kind that follow each other in a row are one bar; the first day of a month has a mark.
void add_picture(const Drawn& drawn, Date first, View& view) {
  std::vector<View> bars, marks;
  for (int32_t row = 0; row < kRows; ++row) {
    const int32_t y = row * kRowHeight + kBarTop;
    int32_t begin = 0;
    for (int32_t i = 0; i < kDaysInRow; ++i) {
      const Date day{first.days + row * kDaysInRow + i};
      const Kind kind = kind_of(drawn, day);
      const bool ends = i + 1 == kDaysInRow || kind_of(drawn, Date{day.days + 1}) != kind;
      if (ends) {
        bars.push_back(bar(begin * kCell, y, i + 1 - begin, kind));
        begin = i + 1;
      }
      const CivilDay parts = civil(day);
      if (parts.day != 1) continue;
      View mark;
      mark.text("x", whole(i * kCell))
          .text("y", whole(y))
          .text("bottom", whole(y + kBarHeight))
          .text("text_y", whole(y - 3))
          .text("label", format_date(day).substr(0, 7));
      marks.push_back(std::move(mark.flag("fits", i + 6 <= kDaysInRow)));
    }
  }
  view.list("bars", std::move(bars)).list("marks", std::move(marks));
  view.text("view_box", "0 0 " + whole(kDaysInRow * kCell) + " " + whole(kRows * kRowHeight));
}

void add_legend(const Drawn& drawn, Date first, View& view) {
  int64_t count[3] = {0, 0, 0};
  for (int32_t i = 0; i < kStripDays; ++i) ++count[static_cast<size_t>(kind_of(drawn, Date{first.days + i}))];
  std::vector<View> legend;
  for (const Kind kind : {Kind::kHere, Kind::kPlanned, Kind::kAway}) {
    if (kind == Kind::kPlanned && !drawn.tried) continue;
    const std::string name(kKindNames[static_cast<size_t>(kind)]);
    View one;
    one.text("kind", name)
        .text("label", phrase(drawn.site, drawn.context, "page.status." + name))
        .text("days", phrase(drawn.site, drawn.context, "page.status.days", {{"n", whole(count[static_cast<size_t>(kind)])}}));
    legend.push_back(std::move(one));
  }
  const Date last{first.days + kStripDays - 1};
  view.text("sentence", phrase(drawn.site, drawn.context, "page.status.strip_sentence",
                               {{"n", whole(count[1] + count[2])}, {"from", drawn.day(first)}, {"to", drawn.day(last)}}));
  view.list("legend", std::move(legend));
}

/// The last day of the journey on which the law still leaves its reader in the country; the day before it, when that is none of its days.
/// No value where the law does not say.
std::optional<Date> last_lawful_day(const Drawn& drawn, const AskForm& facts) {
  const Plan tried = *drawn.tried;
  const auto before = days_left(drawn, facts_with(drawn, facts, Journey::kLeftOut), tried.from);
  if (!before) return std::nullopt;
  if (before->is_none()) return tried.to;
  if (before->number() == 0) return Date{tried.from.days - 1};
  for (int32_t day = tried.from.days; day < tried.to.days; ++day) {
    Drawn so_far = drawn;
    so_far.tried = Plan{tried.from, Date{day}};
    const auto left = days_left(so_far, facts_with(so_far, facts), Date{day});
    if (!left) return std::nullopt;
    if (left->is_none()) return tried.to;
    if (left->number() == 0) return Date{day};
  }
  return tried.to;
}

struct Verdict {
  std::string text;
  bool is_good = false;
};

/// What the law says of the journey, in a sentence.
Verdict verdict_on(const Drawn& drawn, const AskForm& facts) {
  const Plan tried = *drawn.tried;
  words::Holes holes{{"from", drawn.day(tried.from)}, {"to", drawn.day(tried.to)}};
  const auto say = [&](std::string_view key) { return phrase(drawn.site, drawn.context, key, holes); };
  const auto last = last_lawful_day(drawn, facts);
  const auto left = days_left(drawn, facts_with(drawn, facts), tried.to);
  if (!last || !left) return {say("page.status.plan_unknown"), false};
  if (*last < tried.from) return {say("page.status.plan_not"), false};
  if (*last < tried.to) {
    holes["date"] = drawn.day(*last);
    return {say("page.status.plan_over"), false};
  }
  if (left->is_none()) return {say("page.status.plan_free"), true};
  holes["n"] = whole(left->number());
  return {say("page.status.plan_fits"), true};
}

/// Why a journey cannot be tried: the key of a phrase, or empty.
std::string plan_error(const StatusForm& form, Date today) {
  if (!form.facts.parts.empty()) return "page.problem.date";
  if (form.plan_from.empty() && form.plan_to.empty()) return {};
  const auto from = parse_date(form.plan_from), to = parse_date(form.plan_to);
  if (!from || !to) return "page.status.plan_both";
  if (*to < *from || *to < today) return "page.status.plan_order";
  if (to->days - from->days >= kPlanDaysMax || to->days - today.days > 3 * kPlanDaysMax) return "page.status.plan_long";
  return {};
}

void add_form(const Drawn& drawn, const StatusForm& form, const std::string& error, View& view) {
  StatusForm rest = form;
  rest.plan_from.clear();
  rest.plan_to.clear();
  Query query = status_query(rest);
  if (drawn.context.language_chosen) query.set("lang", std::string(words::code(drawn.context.language)));
  std::vector<View> hidden;
  for (const auto& [name, value] : query.items()) {
    View field;
    hidden.push_back(std::move(field.text("name", name).text("value", value)));
  }
  View from = date_view(form.facts, "plan_from", form.plan_from), to = date_view(form.facts, "plan_to", form.plan_to);
  view.text("action", std::string(kStatusPath) + "#strip")
      .list("hidden", std::move(hidden))
      .section("plan_from", std::move(from))
      .section("plan_to", std::move(to))
      .text("plan_error", error.empty() ? "" : phrase(drawn.site, drawn.context, error));
}

std::vector<View> stay_rows(const Drawn& drawn) {
  std::vector<View> rows;
  const auto add = [&](Date from, std::optional<Date> to, std::string_view kind) {
    View row;
    row.text("kind", phrase(drawn.site, drawn.context, "page.status." + std::string(kind)))
        .text("from", drawn.day(from))
        .text("to", to ? drawn.day(*to) : phrase(drawn.site, drawn.context, "page.status.still"))
        .text("days", whole(to.value_or(std::max(drawn.today, from)).days - from.days + 1));
    rows.push_back(std::move(row));
  };
  for (const Stay& stay : drawn.stays) add(stay.entered, stay.left, "here");
  if (drawn.tried) add(drawn.tried->from, drawn.tried->to, "planned");
  return rows;
}

}  // namespace

std::vector<View> strip_views(const Site& site, const Context& context, const StatusPlan& plan, const StatusForm& form) {
  if (plan.days == zan::kNoId) return {};
  Drawn drawn{site, context, plan, site.today(), stays_of(plan, form.facts)};
  const auto arrived = parse_date(form.facts.fact(plan.arrived).value_or(""));
  if (drawn.stays.empty() && arrived && *arrived <= drawn.today) {
    drawn.stays.push_back({*arrived, std::nullopt});
    drawn.only_arrival = true;
  }
  const auto now = days_left(drawn, facts_with(drawn, form.facts), drawn.today);
  if (!now || now->is_none()) return {};
  const std::string error = plan_error(form, drawn.today);
  View view;
  if (error.empty() && !form.plan_from.empty()) {
    drawn.tried = Plan{*parse_date(form.plan_from), *parse_date(form.plan_to)};
    Verdict verdict = verdict_on(drawn, form.facts);
    view.text("verdict", std::move(verdict.text)).text("verdict_shape", verdict.is_good ? "good" : "over");
    view.text("verdict_mark", verdict.is_good ? "✓" : "!");
  }
  const Date last = drawn.tried ? std::max(drawn.tried->to, drawn.today) : drawn.today;
  const Date first{last.days - kStripDays + 1};
  add_picture(drawn, first, view);
  add_legend(drawn, first, view);
  add_form(drawn, form, error, view);
  view.text("label", norm_label(site, context, plan.days))
      .text("value", site.words.value(context.language, *now))
      .text("only_arrival", drawn.only_arrival ? phrase(site, context, "page.status.only_arrival") : "")
      .text("tell_stays", status_href(context, form, plan.stays))
      .list("rows", stay_rows(drawn));
  return {std::move(view)};
}

}  // namespace koshi::http
