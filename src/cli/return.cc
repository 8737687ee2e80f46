#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

#include "base/file.h"
#include "cli/office_place.h"
#include "office/returns/told.h"

/// `koshi return`: what authorities report, counted from the cases of an office.
namespace koshi::cli {
namespace {

int list(const OpenOffice& office) {
  const words::Words& words = office.rules().words;
  for (const zan::Return& item : office.law->corpus().returns) {
    constexpr const char* kPeriods[] = {"YYYY-MM", "YYYY-Qn", "YYYY"};
    fmt::print("{:<24} {:<8} {}\n", item.name, kPeriods[static_cast<size_t>(item.period)],
               words.label(office.language, "return." + item.name));
  }
  return kAnswered;
}

int bad_input(const std::string& message) {
  fmt::print(stderr, "koshi: {}\n", message);
  return kBadInput;
}

void print_table(const office::ToldReturn& told, size_t rows) {
  fmt::print("{}\n{}\n\n", told.label, told.period);
  for (const auto& line : told.lines) {
    std::string head;
    for (size_t i = 0; i < rows; ++i) head += (i > 0 ? " · " : "") + line[i];
    fmt::print("{}\n", head);
    for (size_t i = rows; i < line.size(); ++i) {
      if (line[i] != "0") fmt::print("  {}: {}\n", told.headings[i], line[i]);
    }
  }
  fmt::print("=\n");
  for (size_t i = 0; i < told.total.size(); ++i) fmt::print("  {}: {}\n", told.headings[rows + i], told.total[i]);
}

int tell(const OpenOffice& office, const ReturnOptions& options, const zan::Return& item, const office::ReturnTable& table) {
  const words::Words& words = office.rules().words;
  if (options.json) {
    fmt::print("{}", office::return_json(words, office.language, item, table));
    return kAnswered;
  }
  const office::ToldReturn told = office::tell_return(words, office.language, item, table);
  if (!options.csv.empty()) {
    const auto written = write_file(options.csv, office::return_csv(told));
    return written ? kAnswered : machine(written.error().message);
  }
  print_table(told, item.rows.size());
  if (table.unclear > 0) fmt::print("{}\n", words.phrase(office.language, "desk.return_unclear", {{"n", std::to_string(table.unclear)}}));
  return kAnswered;
}

}  // namespace

int run_return(const ReturnOptions& options) {
  auto office = open_office(options.place);
  if (!office) return office.error();
  if (options.name.empty()) return list(*office);
  const zan::Corpus& corpus = office->law->corpus();
  const int32_t found = corpus.find_return(options.name);
  if (found == zan::kNoId) return bad_input("the law has no return " + options.name + "; `koshi return` lists them");
  const zan::Return& item = corpus.returns[static_cast<size_t>(found)];
  auto period = options.period.empty() ? std::optional(office::period_before(office::period_of(item.period, office->house->today())))
                                       : office::parse_period(item.period, options.period);
  if (!period) return bad_input("--period is none of this return: `koshi return` shows how it is written");
  office::ReturnAsk ask{item, *period, zan::kNoId, std::nullopt};
  if (!options.within.empty()) {
    const auto reader = std::ranges::find_if(item.readers, [](const zan::ReturnReader& one) { return one.within != zan::kNoId; });
    if (reader != item.readers.end()) ask.within = reader->within;
    if (ask.within != zan::kNoId) ask.scope = office::scope_value(corpus, item, ask.within, options.within);
    if (!ask.scope) return bad_input("--within is no value of the row that binds the readers of this return");
  }
  const auto table = office::make_return(office->house->store(), office->house->journal(), office->rules(), ask);
  return table ? tell(*office, options, item, *table) : tell_store_error(table.error());
}

}  // namespace koshi::cli
