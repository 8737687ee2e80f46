// "My status": until when, what comes next, which rights. Nothing here knows the law but by its answers.
#include <algorithm>

#include "base/text.h"
#include "http/pages.h"
#include "http/status.h"

namespace koshi::http {
namespace {

struct Shown {
  const Site& site;
  const Context& context;
  const StatusPlan& plan;
  const StatusForm& form;
  Date today;

  std::string said(std::string_view key, const words::Holes& holes = {}) const { return phrase(site, context, key, holes); }
  std::string day(Date date) const { return site.words.date(context.language, date); }
};

std::string whole(int64_t n) {
  return std::to_string(n);
}

std::vector<zan::CitationRef> citations(const Site& site, const zan::Answer& answer) {
  std::vector<zan::CitationRef> by;
  for (const zan::RuleId rule : answer.deciding) {
    for (const zan::CitationRef& one : site.corpus.rules[static_cast<size_t>(rule)].by) {
      if (std::ranges::find(by, one) == by.end()) by.push_back(one);
    }
  }
  return by;
}

/// The same question on /ask, with its whole proof.
std::string why_href(const Shown& shown, zan::NormId norm) {
  AskForm form = facts_for(shown.site, shown.plan, shown.form.facts, norm);
  form.on = format_date(shown.today);
  return ask_href(shown.context, form);
}

/// "in 3 days", "today", "12 days ago"
std::string distance(const Shown& shown, Date day) {
  const int64_t days = day.days - shown.today.days;
  if (days == 0) return shown.said("page.status.today");
  return shown.said(days > 0 ? "page.status.in_days" : "page.status.days_ago", {{"n", whole(days > 0 ? days : -days)}});
}

/// What is still to be told before the law answers: a link to the question, here where it is of the person, else on /ask.
View need_view(const Shown& shown, zan::NormId norm, const zan::Answer& answer) {
  const zan::EntityId entity = shown.site.corpus.norms[static_cast<size_t>(norm)].entity;
  for (const zan::Need& need : answer.needs) {
    const auto place = find_place(shown.site.corpus, entity, need.path);
    if (!place) continue;
    std::string path = need.path;
    if (entity != shown.plan.entity) path = path.substr(std::min(path.size(), path.find('.') + 1));
    const bool is_ours = find_place(shown.site.corpus, shown.plan.entity, path).has_value();
    View view;
    return view.text("href", is_ours ? status_href(shown.context, shown.form, path) : why_href(shown, norm))
        .text("question", place_question(shown.site, shown.context, *place));
  }
  View view;
  return view.text("href", why_href(shown, norm)).text("question", norm_label(shown.site, shown.context, norm));
}

std::vector<View> member_views(const Shown& shown, const zan::Value& value) {
  std::vector<View> views;
  if (value.kind() != zan::Kind::kSet) return views;
  const auto& members = shown.site.corpus.enums[static_cast<size_t>(value.of())].members;
  for (size_t i = 0; i < members.size(); ++i) {
    if (!zan::has_bit(value.bits(), static_cast<int64_t>(i))) continue;
    View view;
    const std::string key = words::member_key(shown.site.corpus, value.of(), static_cast<int64_t>(i));
    views.push_back(std::move(view.text("label", shown.site.words.label(shown.context.language, key))));
  }
  return views;
}

std::string value_text(const Shown& shown, const zan::Answer& answer) {
  static constexpr std::string_view kKeys[] = {"", "", "page.answer.conflict", "page.answer.gap", "page.answer.fault"};
  if (answer.outcome == zan::Outcome::kUnknown) return {};
  if (answer.outcome == zan::Outcome::kValue) return shown.site.words.value(shown.context.language, answer.value);
  return shown.said(kKeys[static_cast<size_t>(answer.outcome)]);
}

/// {label, value or members or need, cites, why}; no view where the facts contradict the law's own limits.
std::optional<View> answer_view(const Shown& shown, zan::NormId norm) {
  const auto answer = ask_status(shown.site, shown.plan, shown.form.facts, norm, shown.today);
  if (!answer) return std::nullopt;
  auto members = answer->outcome == zan::Outcome::kValue ? member_views(shown, answer->value) : std::vector<View>();
  auto cites = citation_views(shown.site, shown.context, citations(shown.site, *answer));
  const bool is_open = answer->outcome == zan::Outcome::kUnknown;
  View view;
  view.text("label", norm_label(shown.site, shown.context, norm))
      .text("value", members.empty() ? value_text(shown, *answer) : "")
      .flag("has_members", !members.empty())
      .list("members", std::move(members))
      .flag("has_cites", !cites.empty())
      .list("cites", std::move(cites))
      .text("why", is_open ? "" : why_href(shown, norm));
  if (is_open) view.section("need", need_view(shown, norm, *answer));
  return view;
}

std::vector<View> answer_views(const Shown& shown, const std::vector<zan::NormId>& norms) {
  std::vector<View> views;
  for (const zan::NormId norm : norms) {
    if (auto view = answer_view(shown, norm)) views.push_back(std::move(*view));
  }
  return views;
}

struct Dated {
  Date day;
  zan::NormId norm;
  zan::Answer answer;
};

/// The days by which something is to be done, as far as the law can tell them, the earliest first.
std::vector<Dated> dated_steps(const Shown& shown) {
  std::vector<Dated> steps;
  for (const zan::NormId norm : shown.plan.steps) {
    auto answer = ask_status(shown.site, shown.plan, shown.form.facts, norm, shown.today);
    if (!answer || answer->outcome != zan::Outcome::kValue || answer->value.kind() != zan::Kind::kDate) continue;
    const Date day = answer->value.as_date();
    steps.push_back({day, norm, std::move(*answer)});
  }
  std::ranges::stable_sort(steps, {}, &Dated::day);
  return steps;
}

View step_view(const Shown& shown, const Dated& step) {
  View view;
  view.text("label", norm_label(shown.site, shown.context, step.norm))
      .text("date", shown.day(step.day))
      .text("distance", distance(shown, step.day))
      .list("cites", citation_views(shown.site, shown.context, citations(shown.site, step.answer)))
      .text("why", why_href(shown, step.norm));
  return view;
}

void add_steps(const Shown& shown, View& view) {
  const auto steps = dated_steps(shown);
  std::vector<View> later, past;
  bool has_next = false;
  for (const Dated& step : steps) {
    if (step.day < shown.today) {
      past.push_back(step_view(shown, step));
    } else if (!has_next) {
      has_next = true;
      view.list("next", {step_view(shown, step)});
    } else {
      later.push_back(step_view(shown, step));
    }
  }
  view.text("no_next", has_next ? "" : shown.said("page.status.no_step"))
      .flag("has_later", !later.empty())
      .list("later", std::move(later))
      .flag("has_past", !past.empty())
      .list("past", std::move(past))
      .list("duties", answer_views(shown, shown.plan.duties));
}

/// The great date, and what it means today.
View until_view(const Shown& shown) {
  View view;
  const auto answer = ask_status(shown.site, shown.plan, shown.form.facts, shown.plan.until, shown.today);
  if (!answer) return view;
  std::string value = value_text(shown, *answer), left, shape = "open";
  if (answer->outcome == zan::Outcome::kValue && answer->value.is_none()) {
    value = shown.said("page.status.no_limit");
    shape = "good";
  } else if (answer->outcome == zan::Outcome::kValue) {
    const Date day = answer->value.as_date();
    const bool is_over = day < shown.today;
    const std::string key = is_over ? "page.status.over" : day == shown.today ? "page.status.last_day" : "page.status.left";
    left = shown.said(key, {{"n", whole(is_over ? shown.today.days - day.days : day.days - shown.today.days)}});
    shape = is_over ? "over" : "good";
  }
  view.text("label", norm_label(shown.site, shown.context, shown.plan.until))
      .text("value", std::move(value))
      .text("left", std::move(left))
      .text("shape", shape)
      .text("mark", shape == "good"   ? "✓"
                    : shape == "over" ? "!"
                                      : "?")
      .list("cites", citation_views(shown.site, shown.context, citations(shown.site, *answer)))
      .text("why", answer->outcome == zan::Outcome::kUnknown ? "" : why_href(shown, shown.plan.until));
  if (answer->outcome == zan::Outcome::kUnknown) view.section("need", need_view(shown, shown.plan.until, *answer));
  if (shape == "over" && shown.plan.overrun != zan::kNoId) {
    view.list("after", {link_view(why_href(shown, shown.plan.overrun), norm_label(shown.site, shown.context, shown.plan.overrun))});
  }
  return view;
}

std::vector<View> rights_views(const Shown& shown) {
  std::vector<View> groups;
  for (const StatusPlan::Group& group : shown.plan.rights) {
    auto rows = answer_views(shown, group.norms);
    if (rows.empty()) continue;
    View view;
    view.text("id", group.name).text("title", shown.said("page.status.group." + group.name)).list("rows", std::move(rows));
    groups.push_back(std::move(view));
  }
  return groups;
}

}  // namespace

Response status_result(const Site& site, const Context& context, const StatusPlan& plan, const StatusForm& form) {
  const Shown shown{site, context, plan, form, site.today()};
  Page page{.name = "my_status", .title = phrase(site, context, "page.status.title"), .view = {}, .section = Section::kAsk};
  page.is_private = true;
  add_status_way_out(site, page);
  const bool may_complain = site.has_office && !plan.complaint.empty();
  page.view.text("heading", page.title)
      .text("on", shown.said("page.status.on", {{"date", shown.day(shown.today)}}))
      .section("until", until_view(shown))
      .list("strips", strip_views(site, context, plan, form))
      .list("rights", rights_views(shown))
      .text("complain", may_complain ? href(context, "/without-account/" + percent_encode(plan.complaint)) : "")
      .list("given", said_views(site, context, plan, form))
      .text("restart", href(context, kStatusPath))
      .text("traces", href(context, "/status/traces"));
  add_steps(shown, page.view);
  return render_page(site, context, std::move(page));
}

}  // namespace koshi::http
