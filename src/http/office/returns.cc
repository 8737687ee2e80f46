#include "http/office/returns.h"

#include "ask/writer.h"
#include "http/office/failure.h"
#include "http/office/office_api.h"
#include "http/office/page_frame.h"
#include "office/returns/told.h"

namespace koshi::http {
namespace {

constexpr size_t kPeriodsShown = 12;

/// What the visitor asks, and may.
struct Asked {
  const zan::Return* item = nullptr;
  office::ReturnView view;
  office::Period period;
};

std::optional<office::ReturnView> view_of(const OfficeSite& office, const Context& context, const Visitor& visitor,
                                          const zan::Return& item) {
  return office::return_view(office.law.corpus, item, actors_of(office, visitor, context.language));
}

/// A status where there is nothing to be shown: a return that is not for the visitor is as if it were not there.
std::expected<Asked, int> asked_of(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const int32_t found = office.law.corpus.find_return(context.path_parameter("return"));
  if (found == zan::kNoId) return std::unexpected(404);
  Asked asked;
  asked.item = &office.law.corpus.returns[static_cast<size_t>(found)];
  auto view = view_of(office, context, visitor, *asked.item);
  if (!view) return std::unexpected(404);
  asked.view = std::move(*view);
  const std::string text = context.query.get("period").value_or("");
  const auto last = office::period_before(office::period_of(asked.item->period, office.house.today()));
  const auto period = text.empty() ? std::optional(last) : office::parse_period(asked.item->period, text);
  if (!period) return std::unexpected(422);
  asked.period = *period;
  return asked;
}

std::expected<office::ReturnTable, office::Failure> table_of(const OfficeSite& office, const Asked& asked) {
  const office::ReturnAsk ask{*asked.item, asked.period, asked.view.within, asked.view.scope};
  auto table = office::make_return(office.house.store(), office.house.journal(), office.law, ask);
  if (!table) return std::unexpected(office::Failure(std::move(table.error())));
  return std::move(*table);
}

Response csv_file(const Context& context, const Asked& asked, const office::ToldReturn& told) {
  Response response;
  response.body = office::return_csv(told);
  response.headers = {
      {"Content-Type", "text/csv; charset=utf-8"},
      {"Content-Language", std::string(words::code(context.language))},
      {"Cache-Control", "private, no-store"},
      {"Content-Disposition", "attachment; filename=\"" + asked.item->name + "-" + office::format_period(asked.period) + ".csv\""}};
  return response;
}

std::vector<View> cells(const std::vector<std::string>& texts, size_t first, size_t last) {
  std::vector<View> views;
  for (size_t i = first; i < last; ++i) {
    View view;
    views.push_back(view.text("text", texts[i]));
  }
  return views;
}

std::vector<View> period_views(const OfficeSite& office, const Context& context, const Asked& asked) {
  std::vector<View> views;
  office::Period period = office::period_of(asked.item->period, office.house.today());
  for (size_t i = 0; i < kPeriodsShown; ++i) {
    const std::string text = office::format_period(period);
    Query query;
    query.add("period", text);
    View view = link_view(href(context, "/returns/" + percent_encode(asked.item->name), std::move(query)), text);
    views.push_back(view.flag("chosen", period == asked.period));
    period = office::period_before(period);
  }
  return views;
}

}  // namespace

Response returns_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const words::Words& words = office.site.api_words;
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("returns");
  json.raw("[");
  for (const zan::Return& item : office.law.corpus.returns) {
    if (!view_of(office, context, visitor, item)) continue;
    constexpr std::string_view kPeriods[] = {"month", "quarter", "year"};
    json.comma();
    json.raw("{");
    json.key("name");
    json.text(item.name);
    json.key("label");
    json.text(words.label(context.language, words::return_key(item)));
    json.key("help");
    json.text(item.help.empty() ? "" : words.label(context.language, words::return_key(item) + ".help"));
    json.key("every");
    json.name(kPeriods[static_cast<size_t>(item.period)]);
    json.key("last");
    json.text(office::format_period(office::period_before(office::period_of(item.period, office.house.today()))));
    json.raw("}");
  }
  json.raw("]}\n");
  return office_json(context, std::move(body));
}

Response return_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto asked = asked_of(office, context, visitor);
  if (!asked) return office_problem(office, context, asked.error(), asked.error() == 404 ? "office.no_return" : "office.bad_period");
  const auto table = table_of(office, *asked);
  if (!table) return failure_problem(office, context.language, table.error());
  const words::Words& words = office.site.api_words;
  if (context.query.get("format").value_or("") == "csv")
    return csv_file(context, *asked, office::tell_return(words, context.language, *asked->item, *table));
  return office_json(context, office::return_json(words, context.language, *asked->item, *table));
}

Response returns_page(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  std::vector<View> rows;
  for (const zan::Return& item : office.law.corpus.returns) {
    if (!view_of(office, context, visitor, item)) continue;
    const words::Words& words = office.site.words;
    View view = link_view(href(context, "/returns/" + percent_encode(item.name)), words.label(context.language, words::return_key(item)));
    view.text("help", item.help.empty() ? "" : words.label(context.language, words::return_key(item) + ".help"));
    rows.push_back(std::move(view));
  }
  Page page{.name = "office_returns", .title = phrase(office.site, context, "office.returns.title"), .view = {}};
  page.view.text("heading", page.title).flag("has_rows", !rows.empty()).list("rows", std::move(rows));
  return office_page(office, context, &visitor, std::move(page));
}

Response return_page(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto asked = asked_of(office, context, visitor);
  if (!asked) {
    return refused_page(office, context, &visitor, asked.error(), asked.error() == 404 ? "office.failed.404_title" : "office.failed.title",
                        asked.error() == 404 ? "office.no_return" : "office.bad_period");
  }
  const auto table = table_of(office, *asked);
  if (!table) return failure_page(office, context, &visitor, table.error());
  const office::ToldReturn told = office::tell_return(office.site.words, context.language, *asked->item, *table);
  if (context.query.get("format").value_or("") == "csv") return csv_file(context, *asked, told);
  const size_t keys = asked->item->rows.size();
  std::vector<View> lines;
  for (const auto& line : told.lines) {
    View view;
    view.list("keys", cells(line, 0, keys)).list("figures", cells(line, keys, line.size()));
    lines.push_back(std::move(view));
  }
  Query csv;
  csv.add("period", office::format_period(asked->period));
  csv.add("format", "csv");
  Page page{.name = "office_return", .title = told.label, .view = {}};
  page.view.text("heading", told.label)
      .text("help", told.help)
      .text("period", told.period)
      .text("csv", href(context, "/returns/" + percent_encode(asked->item->name), std::move(csv)))
      .text("unclear",
            table->unclear == 0 ? "" : phrase(office.site, context, "desk.return_unclear", {{"n", std::to_string(table->unclear)}}))
      .flag("is_empty", lines.empty())
      .text("span", std::to_string(keys))
      .list("headings", cells(told.headings, 0, told.headings.size()))
      .list("lines", std::move(lines))
      .list("total", cells(told.total, 0, told.total.size()))
      .list("periods", period_views(office, context, *asked));
  return office_page(office, context, &visitor, std::move(page));
}

}  // namespace koshi::http
