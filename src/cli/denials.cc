#include "office/people/denials.h"

#include <fmt/core.h>

#include <algorithm>

#include "ask/writer.h"
#include "cli/office_place.h"

/// `koshi office denials`: who tried what in vain.
namespace koshi::cli {
namespace {

std::string line_of(const people::Denial& one) {
  return fmt::format("{}  {:<20} {:>6}  {}–{}  {}\n", one.day, one.account, one.times, office::office_time(one.first_at_ms),
                     office::office_time(one.last_at_ms), one.thing);
}

std::string json_of(const people::Denial& one) {
  std::string out = "{";
  ask::JsonWriter json(out);
  for (const auto& [key, text] : {std::pair{"day", &one.day}, {"account", &one.account}, {"thing", &one.thing}}) {
    json.key(key);
    json.text(*text);
  }
  for (const auto& [key, number] : {std::pair{"times", one.times}, {"first_at_ms", one.first_at_ms}, {"last_at_ms", one.last_at_ms}}) {
    json.key(key);
    json.number(number);
  }
  json.raw("}");
  return out;
}

OrStatus<people::DenialQuery> query_of(const DenialsOptions& options) {
  for (const std::string& day : {options.from, options.until}) {
    if (day.empty() || parse_date(day)) continue;
    complain("`" + day + "` is not a date that exists; write it as YYYY-MM-DD");
    return std::unexpected(kBadInput);
  }
  return people::DenialQuery{
      .account = options.login, .thing = options.thing, .from = options.from, .until = options.until, .least_times = options.least};
}

}  // namespace

int run_office_denials(const DenialsOptions& options) {
  auto query = query_of(options);
  if (!query) return query.error();
  const auto office = open_office(options.place);
  if (!office) return office.error();
  int64_t told = 0;
  if (options.json) fmt::print("{{\"denials\":[");
  while (true) {
    const int64_t left = options.count == 0 ? people::kDenialsPageMax : options.count - told;
    query->count = std::min(left, people::kDenialsPageMax);
    const auto page = office->house->store().read([&](store::Reader& reader) { return people::denials(reader, *query); });
    if (!page) return tell_store_error(page.error());
    for (const people::Denial& one : *page) {
      const std::string comma = told++ > 0 ? "," : "";
      fmt::print("{}", options.json ? comma + json_of(one) : line_of(one));
    }
    if (std::ssize(*page) < people::kDenialsPageMax) break;
    query->after = people::key_of(page->back());
  }
  if (options.json) fmt::print("]}}\n");
  return kAnswered;
}

}  // namespace koshi::cli
