#include "office/demo/demo.h"

#include <gmock/gmock.h>

#include <chrono>
#include <fstream>
#include <map>
#include <set>

#include "office/demo/player.h"
#include "office/demo/script.h"
#include "office/demo/test_clock.h"
#include "office/ledger/check.h"
#include "office/people/identifier.h"
#include "office/people/random.h"

/// The demo as it is handed out, on the law as it is; and what becomes of texts that say something else.
namespace koshi::office {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kDemo = fs::path(KOSHI_SOURCE_DIR) / "demo";

/// The law of the country, read once for all tests.
class RealLaw {
 public:
  static Law law() {
    static RealLaw shared;
    return {shared.compiled_.corpus, shared.library_, *shared.words_};
  }

 private:
  RealLaw() : compiled_(zan::compile_folder(KOSHI_SOURCE_DIR "/law/kz").value()), library_(compiled_.corpus) {
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/law/kz/words", compiled_.corpus);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    words_.emplace(std::move(*loaded));
  }

  zan::Compilation compiled_;
  zan::ProgramLibrary library_;
  std::optional<words::Words> words_;
};

class DemoTest : public testing::Test {
 protected:
  DemoTest() {
    std::string name = (fs::temp_directory_path() / "koshi_demo_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~DemoTest() override { fs::remove_all(folder_); }

  DemoOptions options(const std::string& name, const fs::path& story = kDemo) {
    return {{(folder_ / name).string(), {}, {}, people::system_random(), people::kCheapCost}, story, std::nullopt};
  }
  std::unique_ptr<House> reopen(const std::string& name) {
    const fs::path data = folder_ / name;
    auto house = House::open({data.string(), {}, folder_clock(data).value(), people::system_random(), people::kCheapCost}, RealLaw::law());
    EXPECT_TRUE(house.has_value()) << house.error();
    return std::move(*house);
  }
  /// A story of its own: one employer, one officer.
  fs::path story(const std::string& steps) {
    const fs::path made = folder_ / "story";
    fs::create_directories(made);
    std::ofstream(made / "people.txt")
        << "firm | Firm | en | employer:120340000718 | A firm.\noffice | Office | en | akimat:KZ-75 | One.\n";
    std::ofstream(made / "tale.steps") << steps;
    return made;
  }
  std::string complaint(const std::string& steps) {
    const auto report = seed_demo(options("story_office", story(steps)), RealLaw::law());
    fs::remove_all(folder_ / "story_office");
    return report ? "fine" : report.error();
  }

  fs::path folder_;
};

std::vector<CaseRow> all_cases(House& house) {
  std::vector<CaseRow> rows;
  CaseFilter filter{.open_only = false, .limit = kPageMax};
  do {
    const auto page = house.desk().list(filter).value();
    rows.insert(rows.end(), page.rows.begin(), page.rows.end());
    filter.after = page.next;
  } while (!filter.after.empty());
  return rows;
}

std::string events_of(House& house) {
  std::string all;
  const auto events = house.store().read([&](store::Reader& reader) { return house.journal().events(reader, "", 0); });
  for (const journal::Event& event : *events) all += event.entry.case_id + " " + event.entry.actor + " " + event.entry.payload + "\n";
  return all;
}

TEST_F(DemoTest, FillsAnOfficeInOrder) {
  const auto begin = std::chrono::steady_clock::now();
  const auto report = seed_demo(options("office"), RealLaw::law());
  ASSERT_TRUE(report.has_value()) << report.error();
  EXPECT_FALSE(report->was_there);
  RecordProperty("milliseconds", static_cast<int>((std::chrono::steady_clock::now() - begin) / std::chrono::milliseconds(1)));
  const auto house = reopen("office");
  EXPECT_EQ(house->today(), report->day);
  EXPECT_EQ(house->desk().rebuild(false).value(), std::vector<std::string>{});
  EXPECT_TRUE(house->store().read([](store::Reader& reader) { return ledger::check(reader); })->empty());
  EXPECT_FALSE(house->store().read([&](store::Reader& reader) { return house->journal().verify(reader); })->has_value());
  EXPECT_TRUE(house->desk().stuck().value().empty());
}

/// The demo tells of these in every state.
constexpr std::string_view kToldProcedures[] = {
    "arrival_report",
    "household_permit",
    "intra_corporate_transfer",
    "market_test",
    "market_test_2001",
    "national_quota",
    "quota_distribution",
    "quota_proposal",
    "quota_redistribution",
    "quota_request",
    "qualification_certificate",
    "registration",
    "registration_2011",
    "repatriate_status",
    "work_permit",
    "work_permit_2001",
};

/// Of each procedure of the law the demo shows so many states at least.
constexpr size_t kStatesMin = 3;

/// In the database: no list tells of a sealed case.
void add_states(House& house, std::map<std::string, std::set<std::string>>& seen) {
  const auto rows =
      house.store().read([](store::Reader& reader) { return reader.query("SELECT DISTINCT procedure, state FROM desk_case", {}); });
  ASSERT_TRUE(rows.has_value());
  for (const store::Row row : *rows) seen[std::string(row.text(0))].insert(std::string(row.text(1)));
}

/// Old regimes are over on the demo's last day; their cases live in an office of their time.
TEST_F(DemoTest, HasEveryProcedureInSeveralStates) {
  std::map<std::string, std::set<std::string>> seen;
  std::set<std::string> told(std::begin(kToldProcedures), std::end(kToldProcedures));
  for (const char* until : {"9999-12-31", "2015-06-15"}) {
    DemoOptions wanted = options(until);
    wanted.until = until == std::string_view("2015-06-15") ? parse_date(until) : std::nullopt;
    ASSERT_TRUE(seed_demo(wanted, RealLaw::law()).has_value());
    add_states(*reopen(until), seen);
  }
  for (const zan::Procedure& procedure : RealLaw::law().corpus.procedures) {
    EXPECT_GE(seen[procedure.name].size(), kStatesMin) << procedure.name;
    if (told.erase(procedure.name) == 0) continue;
    for (const zan::ProcedureState& state : procedure.states) {
      EXPECT_TRUE(seen[procedure.name].contains(state.name)) << procedure.name << " " << state.name;
    }
  }
  EXPECT_THAT(told, testing::IsEmpty()) << "the law no longer has these";
}

TEST_F(DemoTest, IsTheSameEachTime) {
  ASSERT_TRUE(seed_demo(options("one"), RealLaw::law()).has_value());
  ASSERT_TRUE(seed_demo(options("other"), RealLaw::law()).has_value());
  EXPECT_EQ(events_of(*reopen("one")), events_of(*reopen("other")));
}

TEST_F(DemoTest, IsSeededOnce) {
  ASSERT_TRUE(seed_demo(options("office"), RealLaw::law()).has_value());
  const std::string before = events_of(*reopen("office"));
  const auto again = seed_demo(options("office"), RealLaw::law());
  ASSERT_TRUE(again.has_value()) << again.error();
  EXPECT_TRUE(again->was_there);
  EXPECT_EQ(events_of(*reopen("office")), before);
}

TEST_F(DemoTest, LeavesOutWhatComesLater) {
  DemoOptions early = options("early");
  early.until = parse_date("2015-06-15");
  const auto report = seed_demo(early, RealLaw::law());
  ASSERT_TRUE(report.has_value()) << report.error();
  EXPECT_EQ(report->day, parse_date("2015-06-15"));
  const auto house = reopen("early");
  EXPECT_EQ(house->today(), parse_date("2015-06-15"));
  for (const CaseRow& row : all_cases(*house)) EXPECT_LE(row.opened, report->day);
}

TEST_F(DemoTest, EverybodySignsIn) {
  ASSERT_TRUE(seed_demo(options("office"), RealLaw::law()).has_value());
  const auto house = reopen("office");
  const auto logins = demo_logins(kDemo);
  ASSERT_TRUE(logins.has_value()) << logins.error();
  for (const DemoLogin& login : *logins) {
    const auto in = house->sign_ins().sign_in(login.login, kDemoPassword, "", house->now_ms());
    ASSERT_TRUE(in.has_value() && in->has_value()) << login.login;
    EXPECT_EQ((*in)->session.display_name, login.name);
    EXPECT_EQ((*in)->session.roles.size(), login.roles.size());
  }
}

TEST(DemoPeople, BearNumbersThatAreValid) {
  size_t bins = 0, iins = 0;
  const auto logins = demo_logins(kDemo);
  ASSERT_TRUE(logins.has_value()) << logins.error();
  for (const DemoLogin& login : *logins) {
    EXPECT_FALSE(login.about.empty());
    ASSERT_EQ(login.translated.size(), 2u) << login.login;
    for (const DemoWords& said : login.translated) EXPECT_FALSE(said.name.empty() || said.about.empty()) << login.login << said.language;
    for (const people::RoleGrant& grant : login.roles) {
      if (grant.scope.size() != 12) continue;
      const bool is_bin = people::parse_bin(grant.scope).has_value();
      EXPECT_TRUE(is_bin || people::parse_iin(grant.scope)) << grant.scope;
      ++(is_bin ? bins : iins);
    }
  }
  EXPECT_GE(bins, 5u);
  EXPECT_GE(iins, 3u);
}

TEST(DemoPeople, AreTranslatedAllOfThemAndNobodyElse) {
  const auto told = [](std::string_view text) {
    auto logins = parse_people("a | A | en | employer:1 | One\nb | B | en | employer:2 | Two\n");
    EXPECT_TRUE(logins.has_value());
    const auto done = translate_people(*logins, "ru", text);
    return done ? "done: " + logins->back().translated.at(0).name : done.error();
  };
  EXPECT_EQ(told("a | А | Один\nb | Б | Два\n"), "done: Б");
  EXPECT_THAT(told("a | А | Один\n"), HasSubstr("does not tell of everybody"));
  EXPECT_THAT(told("a | А | Один\nc | В | Три\n"), HasSubstr("people.ru.txt:2: people.txt knows no such login"));
  EXPECT_THAT(told("a | А\n"), HasSubstr("people.ru.txt:1: three fields are wanted"));
}

TEST_F(DemoTest, SaysWhereTheTextIsWrong) {
  EXPECT_THAT(complaint("open A firm work_permit\n"), HasSubstr("tale.steps:1: a step before the first day"));
  EXPECT_THAT(complaint("day 2026-02-30\n"), HasSubstr("tale.steps:1: this is no date"));
  EXPECT_THAT(complaint("day 2026-02-20\n\ndo A firm x\n"), HasSubstr("tale.steps:3: this is no step"));
  EXPECT_THAT(complaint("day 2026-02-20\nopen A nobody work_permit\n"), HasSubstr("tale.steps:2: people.txt has no nobody"));
  EXPECT_THAT(complaint("day 2026-02-20\nopen A office work_permit\n"), HasSubstr("office is no party of work_permit"));
  EXPECT_THAT(complaint("day 2026-02-20\nact B firm submit\n"), HasSubstr("there is no case tale/B"));
  const std::string open = "day 2026-02-20\nopen A firm work_permit\n";
  EXPECT_THAT(complaint(open + "act A firm submit\n"), HasSubstr("tale.steps:3: "));
  EXPECT_THAT(complaint(open + "refused A firm discard\n"), HasSubstr("this was to be refused and was done"));
  EXPECT_THAT(complaint(open + "state A examined\n"), HasSubstr("the case is in the state draft"));
  EXPECT_EQ(complaint(open + "refused A firm submit\nstate A draft\n"), "fine");
  EXPECT_THAT(complaint(open + "refused A firm submit because Nobody says this\n"), HasSubstr("'Nobody says this' is not said: "));
  EXPECT_THAT(complaint(open + "wrong A firm submit\n"), HasSubstr("refused for another reason: "));
  EXPECT_THAT(complaint(open + "wrong A firm discard\n"), HasSubstr("this was to be refused and was done"));
  EXPECT_THAT(complaint(open + "refused A firm grant\n"), HasSubstr("refused for another reason: "));
  EXPECT_THAT(complaint(open + "wrong_facts A firm {\"headcount\": 1}\n"), HasSubstr("this was to be refused and was done"));
  EXPECT_THAT(complaint(open + "wrong_open B firm work_permit\n"), HasSubstr("this was to be refused and was done"));
  EXPECT_THAT(complaint(open + "due A 2026-03-01\n"), HasSubstr("the deadline's last day is none"));
  EXPECT_THAT(complaint(open + "late A\n"), HasSubstr("the case does not count as late"));
  EXPECT_THAT(complaint(open + "clock A draft\n"), HasSubstr("it was not the clock that acted last"));
  EXPECT_THAT(complaint(open + "facts A firm $nobody\n"), HasSubstr("this is no step"));
  EXPECT_EQ(complaint("let one {\"headcount\": 1}\npath full\n" + open + "facts A firm $one\nwrong A office grant\n" +
                      "wrong_open B office work_permit because Only a party\n"),
            "fine");
}

TEST_F(DemoTest, LeavesAnOfficeInUseAlone) {
  ASSERT_TRUE(seed_demo(options("office", story("day 2026-02-20\nopen A firm work_permit\n")), RealLaw::law()).has_value());
  const auto report = seed_demo(options("office"), RealLaw::law());
  ASSERT_FALSE(report.has_value());
  EXPECT_THAT(report.error(), HasSubstr("in use"));
}

TEST_F(DemoTest, ReadsNoClockButItsOwn) {
  EXPECT_EQ(read_test_clock(folder_).value(), std::nullopt);
  ASSERT_TRUE(write_test_clock(folder_, -251).has_value());
  EXPECT_EQ(read_test_clock(folder_).value(), -251);
  for (const char* text : {"", "shift_days=", "shift_days=1", "shift_days=x\n", "shift_days=999999999\n", "shift_days=1 \n", "days=1\n"}) {
    std::ofstream(folder_ / kTestClockFile) << text;
    EXPECT_FALSE(read_test_clock(folder_).has_value()) << text;
    EXPECT_FALSE(folder_clock(folder_).has_value()) << text;
  }
  EXPECT_EQ(office_day(clock_at(parse_date("2026-09-14").value())()), parse_date("2026-09-14"));
}

}  // namespace
}  // namespace koshi::office
