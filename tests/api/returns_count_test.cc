#include <map>
#include <set>

#include "base/text.h"
#include "office/demo/demo.h"
#include "office/demo/test_clock.h"
#include "office/journal/canonical_json.h"
#include "office/returns/returns.h"
#include "return_sheets.h"
#include "walk_stage.h"

/// Returns counted a second time, by other means: a walk over the journal's rows as the database has them, without the office's folding of
/// cases, its steps, its snapshots or the law's evaluation. What each figure counts stands in return_sheets.h. Over the demo and over all
/// walks, each return in each of its periods must come out the same, line by line.
namespace koshi::office {
namespace {

using journal::Json;

constexpr int64_t kOffsetMs = 5 * 3'600'000;
constexpr int64_t kDayMs = 86'400'000;

/// One row of the journal.
struct Row {
  std::string id, action;
  Json payload;
  Date day;
};

std::vector<Row> rows_of(House& house) {
  std::vector<Row> all;
  const auto rows = house.store().read([](store::Reader& reader) {
    return reader.query("SELECT case_id, action, payload, recorded_at FROM journal_event ORDER BY sequence", {});
  });
  EXPECT_TRUE(rows.has_value());
  for (const store::Row row : *rows) {
    auto payload = journal::read_canonical_json(row.text(2));
    EXPECT_TRUE(payload.has_value());
    all.push_back({std::string(row.text(0)), std::string(row.text(1)), std::move(*payload),
                   Date{static_cast<int32_t>((row.integer(3) + kOffsetMs) / kDayMs)}});
  }
  return all;
}

/// The last word on a fact; a list that is given anew takes with it what was said of its members.
void take_facts(const Json& payload, Facts& facts) {
  const Json* given = journal::find_member(payload, "facts");
  const auto* array = given == nullptr ? nullptr : std::get_if<Json::Array>(&given->value);
  if (array == nullptr) return;
  for (const Json& one : *array) {
    const std::string path = journal::text_member(one, "path");
    std::erase_if(facts, [&](const auto& fact) { return fact.first == path || fact.first.starts_with(path + "["); });
    if (const Json* json = journal::find_member(one, "json"); json != nullptr && std::holds_alternative<std::string>(json->value))
      facts[path] = journal::text_member(one, "json");
  }
}

void take(const Row& row, Date first, Told& told) {
  const std::string name = row.action.substr(0, row.action.find(':'));
  if (name == "opened") {
    told.procedure = journal::text_member(row.payload, "procedure");
    told.state = journal::text_member(row.payload, "state");
  }
  if (name == "opened" || name == "facts" || name == "acted") take_facts(row.payload, told.facts);
  if (name != "acted") return;
  told.acted = true;
  const std::string to = journal::text_member(row.payload, "to");
  if (row.day >= first) {
    told.done.push_back(journal::text_member(row.payload, "action"));
    if (to != journal::text_member(row.payload, "from")) told.reached.insert(to);
  }
  told.state = to;
}

std::map<std::string, Told> cases_then(const std::vector<Row>& rows, const Period& period) {
  std::map<std::string, Told> cases;
  for (const Row& row : rows) {
    if (row.day <= period.last) take(row, period.first, cases[row.id]);
  }
  return cases;
}

int64_t times_of(const Count& count, const Told& told) {
  switch (count.of) {
    case Of::kDone: return std::ranges::count_if(told.done, [&](const std::string& act) { return count.places.contains(act); });
    case Of::kReached: return std::ranges::any_of(told.reached, [&](const std::string& state) { return count.places.contains(state); });
    case Of::kStanding: return told.acted && count.places.contains(told.state);
  }
  return 0;
}

/// Lines by their keys: "KZ-75|first".
using Lines = std::map<std::string, std::vector<int64_t>>;
struct Counted {
  Lines lines;
  int64_t unclear = 0;
  bool operator==(const Counted&) const = default;
};

void PrintTo(const Counted& counted, std::ostream* out) {
  for (const auto& [keys, figures] : counted.lines) *out << "\n  " << keys << " " << testing::PrintToString(figures);
  *out << "\n  unclear " << counted.unclear;
}

Counted count(const std::vector<Row>& rows, const Sheet& sheet, const Period& period) {
  Counted counted;
  for (const auto& [id, told] : cases_then(rows, period)) {
    if (!sheet.procedures.contains(told.procedure)) continue;
    std::vector<int64_t> figures(sheet.counts.size());
    bool counts = false, unclear = false;
    for (size_t i = 0; i < sheet.counts.size(); ++i) {
      const Count& one = sheet.counts[i];
      const int64_t times = times_of(one, told);
      const auto where = times == 0 || !one.where ? std::optional(true) : one.where(told);
      const auto amount = one.amount.empty() ? std::optional<int64_t>(1) : parse_whole(fact(told, one.amount));
      if (times == 0 || where == false) continue;
      if (!where || !amount) {
        unclear = true;
        continue;
      }
      counts = true;
      figures[i] = times * *amount;
    }
    counted.unclear += unclear;
    if (!counts) continue;
    std::string keys;
    for (const Key& row : sheet.keys) keys += (keys.empty() ? "" : "|") + row(told);
    auto& line = counted.lines.try_emplace(keys, figures.size()).first->second;
    for (size_t i = 0; i < figures.size(); ++i) line[i] += figures[i];
  }
  return counted;
}

Counted by_the_office(House& house, const Law& law, const zan::Return& item, const Period& period) {
  Counted counted;
  const auto table = make_return(house.store(), house.journal(), law, {item, period, zan::kNoId, {}});
  EXPECT_TRUE(table.has_value());
  if (!table) return counted;
  counted.unclear = table->unclear;
  for (const ReturnLine& line : table->lines) {
    std::string keys;
    for (const auto& value : line.keys)
      keys += (keys.empty() ? "" : "|") + (value && !value->is_none() ? zan::format_value(law.corpus, *value) : std::string());
    std::erase(keys, '\'');
    counted.lines[keys] = line.figures;
  }
  return counted;
}

/// The periods in which anything happened, and the one after each: what stands at its end is counted there as well.
std::vector<Period> periods_of(const std::vector<Row>& rows, zan::Return::Period kind) {
  std::set<int32_t> firsts;
  for (const Row& row : rows) {
    const Period here = period_of(kind, row.day);
    firsts.insert(here.first.days);
    firsts.insert(period_of(kind, Date{here.last.days + 1}).first.days);
  }
  std::vector<Period> periods;
  for (const int32_t first : firsts) periods.push_back(period_of(kind, Date{first}));
  return periods;
}

const zan::Return& return_of(const Law& law, const std::string& name) {
  const auto found = std::ranges::find(law.corpus.returns, name, &zan::Return::name);
  EXPECT_NE(found, law.corpus.returns.end()) << name;
  return *found;
}

using Seen = std::map<std::string, std::set<std::string>>;  ///< of each return the figures that were ever more than nothing

/// Each return in each period, both ways.
void compare(House& house, const Law& law, Seen& told) {
  const std::vector<Row> rows = rows_of(house);
  for (const Sheet& sheet : sheets()) {
    const zan::Return& item = return_of(law, sheet.name);
    ASSERT_EQ(item.figures.size(), sheet.counts.size()) << sheet.name;
    for (const Period& period : periods_of(rows, item.period)) {
      const Counted counted = count(rows, sheet, period);
      ASSERT_EQ(by_the_office(house, law, item, period), counted) << sheet.name << " " << format_period(period);
      for (const auto& [keys, figures] : counted.lines) {
        for (size_t i = 0; i < figures.size(); ++i) {
          if (figures[i] != 0) told[sheet.name].insert(sheet.counts[i].name);
        }
      }
    }
  }
}

TEST(ReturnsCountedTwice, KnowEveryReturnOfTheLaw) {
  const Law law = LoadedLaw::real();
  ASSERT_EQ(law.corpus.returns.size(), sheets().size());
  for (const Sheet& sheet : sheets()) {
    const zan::Return& item = return_of(law, sheet.name);
    std::vector<std::string> figures, counts;
    for (const zan::Figure& figure : item.figures) figures.push_back(figure.name);
    for (const Count& one : sheet.counts) counts.push_back(one.name);
    EXPECT_EQ(figures, counts) << sheet.name;
  }
}

void compare_over_the_demo(Seen& seen) {
  const store::TestFolder folder;
  for (const char* until : {"9999-12-31", "2015-06-15"}) {
    const std::filesystem::path data = folder / until;
    DemoOptions options{{data.string(), {}, {}, people::system_random(), people::kCheapCost}, KOSHI_SOURCE_DIR "/demo", std::nullopt};
    if (until == std::string_view("2015-06-15")) options.until = parse_date(until);
    const auto report = seed_demo(options, LoadedLaw::real());
    ASSERT_TRUE(report.has_value()) << report.error();
    auto house =
        House::open({data.string(), {}, folder_clock(data).value(), people::system_random(), people::kCheapCost}, LoadedLaw::real());
    ASSERT_TRUE(house.has_value()) << house.error();
    compare(**house, LoadedLaw::real(), seen);
  }
}

void compare_over_the_walks(Seen& seen) {
  for (const Sheet& sheet : sheets()) {
    for (const std::string& procedure : sheet.procedures) {
      WalkStage stage(store::Engine::kSqlite, LoadedLaw::real());
      ASSERT_EQ(stage.play(steps_of(procedure)), "") << procedure;
      compare(stage.house(), LoadedLaw::real(), seen);
    }
  }
}

/// The walks do every act of every procedure, and in the demo many cases stand undecided: each figure is more than nothing somewhere.
TEST(ReturnsCountedTwice, AgreeOverTheDemoAndAllWalksInEveryFigure) {
  Seen seen;
  compare_over_the_demo(seen);
  for (const Sheet& sheet : sheets()) EXPECT_FALSE(seen[sheet.name].empty()) << sheet.name << ": the demo tells nothing of it";
  compare_over_the_walks(seen);
  for (const Sheet& sheet : sheets()) {
    for (const Count& one : sheet.counts) EXPECT_TRUE(seen[sheet.name].contains(one.name)) << sheet.name << " " << one.name;
  }
}

/// A return that counts one figure otherwise, each in its turn, is noticed.
TEST(ReturnsCountedTwice, NoticeAFigureThatIsCountedOtherwise) {
  const Law law = LoadedLaw::real();
  WalkStage stage(store::Engine::kSqlite, law);
  ASSERT_EQ(stage.play(steps_of("resettlement")), "");
  const std::vector<Row> rows = rows_of(stage.house());
  const Sheet& sheet = *std::ranges::find(sheets(), "resettlement_quarterly", &Sheet::name);
  const auto periods = periods_of(rows, zan::Return::Period::kQuarter);
  for (size_t i = 0; i < sheet.counts.size(); ++i) {
    zan::Return faulty = return_of(law, sheet.name);
    faulty.figures[i].places = {"nowhere"};
    const bool noticed = std::ranges::any_of(
        periods, [&](const Period& period) { return by_the_office(stage.house(), law, faulty, period) != count(rows, sheet, period); });
    EXPECT_TRUE(noticed) << sheet.counts[i].name;
  }
}

}  // namespace
}  // namespace koshi::office
