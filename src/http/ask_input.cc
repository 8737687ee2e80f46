#include "http/ask_input.h"

#include "base/text.h"
#include "http/text_shape.h"

namespace koshi::http {
namespace {

const zan::Entity& entity_of(const Site& site, zan::EntityId id) {
  return site.corpus.entities[static_cast<size_t>(id)];
}

const zan::Type& type_of(const Site& site, const Place& place) {
  return entity_of(site, place.entity).facts[static_cast<size_t>(place.fact)].type;
}

std::string key_of(const Site& site, const Place& place) {
  return place.fact == zan::kNoId ? words::link_key(site.corpus, place.entity, place.list)
                                  : words::fact_key(site.corpus, place.entity, place.fact);
}

/// "300 000,50" as people write it becomes "300000.50".
std::string plain_number(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ') continue;
    if (text.substr(i).starts_with("\u00a0") || text.substr(i).starts_with("\u202f")) {
      i += text[i] == '\xc2' ? 1 : 2;
      continue;
    }
    out.push_back(text[i] == ',' ? '.' : text[i]);
  }
  return out;
}

std::string_view problem_key(zan::Kind kind) {
  switch (kind) {
    case zan::Kind::kDate: return "page.problem.date";
    case zan::Kind::kWhole:
    case zan::Kind::kDays: return "page.problem.whole";
    case zan::Kind::kDecimal: return "page.problem.decimal";
    case zan::Kind::kMoney: return "page.problem.money";
    default: return "page.problem.choice";
  }
}

bool is_numeric(zan::Kind kind) {
  return kind == zan::Kind::kWhole || kind == zan::Kind::kDays || kind == zan::Kind::kDecimal || kind == zan::Kind::kMoney;
}

std::expected<std::string, InputError> read_count(const std::string& text) {
  const auto count = parse_whole(text);
  if (!count || *count < 0 || *count > kMaxMembersAsked) return std::unexpected(InputError{"page.problem.count"});
  return std::to_string(*count);
}

View option_view(std::string id, std::string value, std::string label, bool chosen) {
  View view;
  view.text("id", std::move(id)).text("value", std::move(value)).text("label", std::move(label)).flag("chosen", chosen);
  return view;
}

/// Value and label of every choice of a fact of an enum, or of a yes/no.
std::vector<std::pair<std::string, std::string>> choices_of(const Site& site, const Context& context, const zan::Type& type) {
  std::vector<std::pair<std::string, std::string>> labelled;
  if (type.kind == zan::Kind::kYesNo) {
    labelled.emplace_back(site.words.value(context.language, zan::Value::yes_no(true)), "yes");
    labelled.emplace_back(site.words.value(context.language, zan::Value::yes_no(false)), "no");
    return labelled;
  }
  const zan::Enum& choices = site.corpus.enums[static_cast<size_t>(type.of)];
  for (size_t i = 0; i < choices.members.size(); ++i) {
    labelled.emplace_back(site.words.label(context.language, words::member_key(site.corpus, type.of, static_cast<int64_t>(i))),
                          choices.members[i].code);
  }
  if (labelled.size() > kMaxRadios) sort_by_label(context.language, labelled);
  return labelled;
}

void add_choices(const Site& site, const Context& context, const zan::Type& type, const std::string& current, View& view) {
  const auto labelled = choices_of(site, context, type);
  const bool radios = labelled.size() <= kMaxRadios;
  if (labelled.size() > kMaxOptions) {
    view.flag("is_text", true).text("value", current);
    return;
  }
  std::vector<View> options;
  for (const auto& [label, code] : labelled) {
    // The first radio carries the id that the error summary points to.
    options.push_back(option_view(options.empty() ? "" : "-" + std::to_string(options.size()), code, label, code == current));
  }
  view.flag(radios ? "is_radios" : "is_select", true).list("options", std::move(options));
}

}  // namespace

std::expected<std::string, InputError> read_date_input(const AskForm& form, const std::string& name, const std::string& value) {
  if (!value.empty()) {
    if (!parse_date(value)) return std::unexpected(InputError{"page.problem.date"});
    return value;
  }
  const std::string day = form.date_part(name, "day");
  const std::string month = form.date_part(name, "month");
  const std::string year = form.date_part(name, "year");
  if (day.empty() && month.empty() && year.empty()) return std::string();
  const auto d = parse_whole(day);
  const auto m = parse_whole(month);
  const auto y = parse_whole(year);
  if (!d || !m || !y) return std::unexpected(InputError{"page.problem.date_parts"});
  if (*y < 1000) return std::unexpected(InputError{"page.problem.year"});
  const bool fits = *d >= 1 && *d <= 31 && *m >= 1 && *m <= 12 && *y <= 9999;
  const auto date = fits ? make_date(static_cast<int>(*y), static_cast<int>(*m), static_cast<int>(*d)) : std::nullopt;
  if (!date) return std::unexpected(InputError{"page.problem.date_missing"});
  return format_date(*date);
}

std::expected<std::string, InputError> read_input(const Site& site, const AskForm& form, const std::string& path, const Place& place) {
  const std::string text = form.fact(path).value_or("");
  if (place.fact == zan::kNoId) return text.empty() ? std::string() : read_count(text);
  const zan::Type& type = type_of(site, place);
  if (text == "none" && type.or_none) return text;
  if (type.kind == zan::Kind::kDate) return read_date_input(form, path, text);
  if (text.empty()) return text;
  const std::string typed = is_numeric(type.kind) ? plain_number(text) : text;
  if (!zan::parse_value(site.corpus, type, typed)) return std::unexpected(InputError{std::string(problem_key(type.kind))});
  return typed;
}

std::string place_label(const Site& site, const Context& context, const Place& place) {
  const std::string owner = place_owner(site, context, place);
  const std::string label = site.words.label(context.language, key_of(site, place));
  return owner.empty() ? label : owner + " – " + label;
}

std::string place_question(const Site& site, const Context& context, const Place& place) {
  const std::string label = site.words.label(context.language, key_of(site, place));
  if (place.fact == zan::kNoId) return phrase(site, context, "page.ask.how_many", {{"list", label}});
  return entity_of(site, place.entity).facts[static_cast<size_t>(place.fact)].ask.empty()
             ? label
             : site.words.label(context.language, key_of(site, place) + ".ask");
}

std::string place_help(const Site& site, const Context& context, const Place& place) {
  if (place.fact == zan::kNoId || entity_of(site, place.entity).facts[static_cast<size_t>(place.fact)].help.empty()) return {};
  return site.words.label(context.language, key_of(site, place) + ".help");
}

std::string place_owner(const Site& site, const Context& context, const Place& place) {
  std::string out;
  for (const Place::Step& step : place.way) {
    if (!out.empty()) out += ", ";
    const std::string label = site.words.label(context.language, words::link_key(site.corpus, step.owner, step.link));
    out +=
        step.member < 0 ? label : phrase(site, context, "page.ask.member", {{"list", label}, {"number", std::to_string(step.member + 1)}});
  }
  return out;
}

std::string shown_value(const Site& site, const Context& context, const Place& place, const std::string& value) {
  if (place.fact == zan::kNoId) return value;
  const auto parsed = zan::parse_value(site.corpus, type_of(site, place), value);
  return parsed ? site.words.value(context.language, *parsed) : value;
}

View date_view(const AskForm& form, const std::string& name, const std::string& value) {
  View view;
  std::string day = form.date_part(name, "day");
  std::string month = form.date_part(name, "month");
  std::string year = form.date_part(name, "year");
  if (const auto date = parse_date(value); date && day.empty() && month.empty() && year.empty()) {
    const CivilDay civil_day = civil(*date);
    day = std::to_string(civil_day.day);
    month = std::to_string(civil_day.month);
    year = std::to_string(civil_day.year);
  }
  view.text("date_name", name).text("day", day).text("month", month).text("year", year);
  return view;
}

View input_view(const Site& site, const Context& context, const AskForm& form, const std::string& path, const Place& place) {
  const std::string current = form.fact(path).value_or("");
  View view;
  view.text("path", path).text("owner", place_owner(site, context, place)).text("question", place_question(site, context, place));
  view.text("help", place_help(site, context, place)).flag("may_be_none", false);
  for (const char* form_of_input : {"is_date", "is_radios", "is_select", "is_text"}) view.flag(form_of_input, false);
  view.text("unit", "").text("mode", "").text("value", "").text("pattern", "");
  if (place.fact == zan::kNoId) {
    return view.flag("is_text", true).text("mode", "numeric").text("value", current);
  }
  const zan::Type& type = type_of(site, place);
  view.flag("may_be_none", type.or_none).flag("is_none", current == "none");
  const std::string value = current == "none" ? "" : current;
  switch (type.kind) {
    case zan::Kind::kDate: view.flag("is_date", true).merge(date_view(form, path, value)); break;
    case zan::Kind::kYesNo:
    case zan::Kind::kEnum: add_choices(site, context, type, value, view); break;
    default:
      view.flag("is_text", true).text("value", value);
      if (type.kind == zan::Kind::kText) {
        const TextShape shape = shape_of(entity_of(site, place.entity).facts[static_cast<size_t>(place.fact)].format);
        view.text("mode", std::string(shape.mode)).text("pattern", std::string(shape.pattern));
      }
      if (type.kind == zan::Kind::kMoney) view.text("unit", "₸").text("mode", "decimal");
      if (type.kind == zan::Kind::kDecimal) view.text("mode", "decimal");
      if (type.kind == zan::Kind::kWhole) view.text("mode", "numeric");
      if (type.kind == zan::Kind::kDays) view.text("unit", phrase(site, context, "page.ask.days")).text("mode", "numeric");
  }
  return view;
}

}  // namespace koshi::http
