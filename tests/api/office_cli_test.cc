#include <gmock/gmock.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "store/store.h"

/// `koshi office` and `koshi case` as a contract: what is told where, and with which exit status.
namespace {

namespace fs = std::filesystem;
namespace store = koshi::store;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct Output {
  int status = -1;
  std::string out, err;
};

std::string file_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class OfficeCli : public testing::Test {
 protected:
  OfficeCli() {
    std::string name = (fs::temp_directory_path() / "koshi_office_XXXXXX").string();
    folder_ = mkdtemp(name.data());
    data_ = (folder_ / "data").string();
  }
  ~OfficeCli() override { fs::remove_all(folder_); }

  /// The arguments are words of a shell.
  Output koshi(const std::string& arguments, const std::string& input = {}) {
    std::ofstream(folder_ / "in") << input;
    const std::string at = "'" + folder_.string() + "/";
    const std::string command = "KOSHI_HOME='" KOSHI_SOURCE_DIR "' '" KOSHI_BINARY "' " + arguments + " --data '" + data_ + "' <" + at +
                                "in' >" + at + "out' 2>" + at + "err'";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, file_text(folder_ / "out"), file_text(folder_ / "err")};
  }
  void make_office(const std::string& options = "--test-clock") {
    ASSERT_EQ(koshi("office init " + options).status, 0);
    ASSERT_EQ(koshi("office account add firm --name Firm --role employer:120340000718").status, 0);
    ASSERT_EQ(koshi("office account add ministry --name Ministry --role ministry").status, 0);
  }
  std::string open_case() {
    const Output opened = koshi("case open work_permit --as firm --brief");
    EXPECT_EQ(opened.status, 0) << opened.err;
    return opened.out.substr(0, opened.out.find(' '));
  }
  void sql(const std::string& statement) {
    auto opened = store::open_store(data_ + "/office.db");
    ASSERT_TRUE(opened.has_value());
    const auto done = (*opened)->write([&](store::Transaction& transaction) { return transaction.execute(statement, {}); });
    ASSERT_TRUE(done.has_value()) << done.error().message;
  }
  int64_t number(const std::string& query) {
    auto opened = store::open_store(data_ + "/office.db");
    if (!opened) return -1;
    const auto rows = (*opened)->read([&](store::Reader& reader) { return reader.query(query); });
    return rows ? (*rows)[0].integer(0) : -1;
  }

  fs::path folder_;
  std::string data_;
};

TEST_F(OfficeCli, IsMadeOnceAndSaysWhereItIsNot) {
  EXPECT_EQ(koshi("case procedures").status, 2);
  EXPECT_THAT(koshi("case procedures").err, HasSubstr("koshi office init"));
  EXPECT_FALSE(fs::exists(data_));
  make_office();
  const Output again = koshi("office init");
  EXPECT_EQ(again.status, 2);
  EXPECT_THAT(again.err, HasSubstr("already"));
}

TEST_F(OfficeCli, SetsTheClockForTrialsOnly) {
  make_office("");
  const Output refused = koshi("case open work_permit --as firm --on 2026-03-20");
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("not made for trials"));
  EXPECT_EQ(koshi("office sweep --on 2026-03-20").status, 2);
}

TEST_F(OfficeCli, TellsBadInputFromRefusals) {
  make_office();
  EXPECT_EQ(koshi("case open work_permit --as nobody").status, 2);
  EXPECT_EQ(koshi("case open work_permit --as firm/ministry").status, 2);
  EXPECT_EQ(koshi("case open work_permit --as firm --on 2026-02-30").status, 2);
  EXPECT_EQ(koshi("case open work_permit --as firm --lang xx").status, 2);
  EXPECT_EQ(koshi("case open work_permit").status, 2);
  EXPECT_EQ(koshi("case open no_such --as firm").status, 1);
  EXPECT_EQ(koshi("case open work_permit --as ministry").status, 1);
  const std::string id = open_case();
  EXPECT_EQ(koshi("case facts " + id + " headcount --as firm").status, 2);
  const Output bad = koshi("case facts " + id + " headcount=two --as firm");
  EXPECT_EQ(bad.status, 2);
  EXPECT_THAT(bad.err, HasSubstr("headcount"));
  const Output unknown = koshi("case facts " + id + " headcuont=2 --as firm");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean `headcount`?"));
  EXPECT_EQ(koshi("case facts " + id + " --facts - --as firm", "[1]").status, 2);
  EXPECT_EQ(koshi("case attach " + id + " application '" + folder_.string() + "/none' --as firm").status, 2);
  EXPECT_EQ(koshi("case show ZZZZZZZZZZ --as firm").status, 1);
  EXPECT_EQ(koshi("case show " + id + " --as ministry").status, 1);
}

TEST_F(OfficeCli, ShowsACaseForPeopleAndForPrograms) {
  make_office();
  const std::string id = open_case();
  ASSERT_EQ(koshi("case facts " + id + " category=second region=KZ-75 --facts - --as firm", R"({"headcount": 2})").status, 0);
  const Output text = koshi("case show " + id + " --as firm");
  EXPECT_THAT(text.out, StartsWith(id + ": Permit to employ foreign workers · Being prepared (draft)\n"));
  EXPECT_THAT(text.out, HasSubstr("\n  sector occupation term_months\n"));
  EXPECT_THAT(text.out, HasSubstr("\n  submit – Submit the application\n    not now: "));
  EXPECT_THAT(text.out, HasSubstr("\n  discard – Throw the draft away\n"));
  EXPECT_THAT(koshi("case show " + id + " --as firm --lang ru").out, HasSubstr("Готовится (draft)"));
  const Output json = koshi("case show " + id + " --as firm --json");
  EXPECT_THAT(json.out, StartsWith("{"));
  EXPECT_THAT(json.out, HasSubstr(R"("state":"draft")"));
  EXPECT_THAT(json.out, HasSubstr(R"("path":"headcount")"));
  const Output refusal = koshi("case act " + id + " submit --as firm --json");
  EXPECT_EQ(refusal.status, 1);
  EXPECT_THAT(refusal.out, StartsWith(R"({"refusal":"not_lawful")"));
  EXPECT_THAT(refusal.out, HasSubstr(R"("changes":["if Places free)"));
  EXPECT_THAT(koshi("case list --as firm").out, StartsWith(id));
  EXPECT_EQ(koshi("case list quota_request --as firm").out, "");
  EXPECT_THAT(koshi("case timeline " + id + " --as firm").out, HasSubstr("firm/employer"));
  EXPECT_THAT(koshi("case procedures").out, HasSubstr("work_permit "));
  EXPECT_THAT(koshi("case procedures").out, Not(HasSubstr("work_permit_2001")));
}

TEST_F(OfficeCli, LeadsFromASearchToAnApplication) {
  make_office();
  const std::string early = " --as firm --on 2026-03-02", late = " --as firm --on 2026-03-17";
  const Output opened = koshi("case open market_test --brief" + early);
  ASSERT_EQ(opened.status, 0) << opened.err;
  const std::string search = opened.out.substr(0, opened.out.find(' '));
  const std::string vacancy = R"({"employer.name": "Steppe Build LLP", "occupation": "2142", "region": "KZ-75", "headcount": 1,
                                  "post_requirements": "A degree", "wage_offered": "450000"})";
  ASSERT_EQ(koshi("case facts " + search + " --facts -" + early, vacancy).status, 0);
  ASSERT_EQ(koshi("case act " + search + " post" + early).status, 0);
  EXPECT_THAT(koshi("case show " + search + early).out, HasSubstr("possible from 17 March 2026"));
  ASSERT_EQ(koshi("case facts " + search + " --facts -" + late, R"({"applicants": []})").status, 0);
  EXPECT_THAT(koshi("case show " + search + late).out, Not(HasSubstr("possible from")));
  ASSERT_EQ(koshi("case act " + search + " finish" + late).status, 0);

  const Output permit = koshi("case open work_permit --brief" + late);
  const std::string id = permit.out.substr(0, permit.out.find(' '));
  const std::string number = "KZ-75/MT/2026/000001";
  EXPECT_THAT(koshi("case show " + id + late).out, HasSubstr(search + " " + number + " 2 March 2026\n"));
  const Output taken = koshi("case take " + id + " " + search + " --json" + late);
  ASSERT_EQ(taken.status, 0) << taken.err;
  EXPECT_THAT(taken.out,
              HasSubstr(R"({"by":")" + number + R"(","json":"\"2026-03-02\"","on":"2026-03-17","path":"vacancy_posted","source":"case"})"));
  const Output nothing = koshi("case take " + id + " " + id + late);
  EXPECT_EQ(nothing.status, 1);
  EXPECT_THAT(nothing.err, HasSubstr("This case cannot take anything over from that one."));
  EXPECT_EQ(koshi("office rebuild --check").status, 0);
}

TEST_F(OfficeCli, DoesARequestWithAKeyOnce) {
  make_office();
  EXPECT_EQ(koshi("case open work_permit --as firm --key k1 --brief").out, koshi("case open work_permit --as firm --key k1 --brief").out);
  const Output other = koshi("case open market_test --as firm --key k1");
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.err, HasSubstr("asks for something else"));
}

TEST_F(OfficeCli, KeepsAccounts) {
  make_office();
  EXPECT_EQ(koshi("office account add firm --name Again --role ministry").status, 1);
  const Output role = koshi("office account add x --name X --role minister");
  EXPECT_EQ(role.status, 2);
  EXPECT_THAT(role.err, HasSubstr("ministry"));
  EXPECT_EQ(koshi("office account add x --name X --role ministry --password-file -", "short\n").status, 2);
  EXPECT_EQ(koshi("office account add x --name X --role ministry --password-file -", "correct horse battery\n").status, 0);
  EXPECT_EQ(koshi("office account password x --password-file -", "another horse battery\n").status, 0);
  EXPECT_EQ(koshi("office account disable x").status, 0);
  EXPECT_THAT(koshi("office account list").out, HasSubstr("(disabled)"));
  EXPECT_EQ(koshi("case list --as x").status, 1);
  EXPECT_EQ(koshi("office account disable y").status, 2);
}

TEST_F(OfficeCli, MakesFirstPasswordsByChanceThatEnd) {
  make_office();
  const Output made = koshi("office account add aigerim --name Aigerim --role ministry --first-password");
  EXPECT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.out, testing::MatchesRegex("[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}\n"));
  EXPECT_THAT(made.err, HasSubstr("ends after 3 days"));
  EXPECT_GT(number("SELECT password_until FROM people_account WHERE login = 'aigerim'"), 0);
  EXPECT_THAT(koshi("office account list").out, HasSubstr("(first password)"));
  EXPECT_EQ(koshi("office account add b --name B --role ministry --first-password --password-file -", "correct horse battery\n").status, 2);
  const Output common = koshi("office account add b --name B --role ministry --password-file -", "password1234\n");
  EXPECT_EQ(common.status, 2);
  EXPECT_THAT(common.err, HasSubstr("everybody tries first"));
}

TEST_F(OfficeCli, GivesANewPasswordForALostOneToWhoWasSeen) {
  make_office();
  EXPECT_EQ(koshi("office account add aigerim --name Aigerim --role ministry --password-file -", "correct horse battery\n").status, 0);
  EXPECT_EQ(koshi("office account password aigerim").status, 2);
  EXPECT_THAT(koshi("office account password aigerim --lost").err, HasSubstr("--seen"));
  EXPECT_EQ(number("SELECT password_until FROM people_account WHERE login = 'aigerim'"), 0);
  sql("UPDATE people_account SET factor_secret = zeroblob(60), factor_confirmed = 1 WHERE login = 'aigerim'");
  sql("INSERT INTO people_session (token_hash, account_id, created_at, seen_at) SELECT randomblob(32), id, 0, 0 FROM people_account");
  EXPECT_THAT(koshi("office account password aigerim --lost --seen 'identity card, by A. Serik'").out, HasSubstr("-"));
  EXPECT_EQ(number("SELECT count(*) FROM people_session s JOIN people_account a ON a.id = s.account_id WHERE a.login = 'aigerim'"), 0);
  EXPECT_EQ(number("SELECT factor_confirmed FROM people_account WHERE login = 'aigerim'"), 1) << "no way around the second factor";
  EXPECT_THAT(koshi("office account changes aigerim").out, HasSubstr("password given by the keeper: identity card, by A. Serik\n"));
}

TEST_F(OfficeCli, RemovesALostFactorForWhoWasSeen) {
  make_office();
  sql("UPDATE people_account SET factor_secret = zeroblob(60), factor_confirmed = 1, password_hash = 'x' WHERE login = 'firm'");
  sql("INSERT INTO people_recovery_code (code_hash, account_id) SELECT randomblob(32), id FROM people_account WHERE login = 'firm'");
  EXPECT_THAT(koshi("office account list").out, HasSubstr("(second factor)"));
  EXPECT_THAT(koshi("office account factor firm --lost").err, HasSubstr("--seen"));
  EXPECT_EQ(number("SELECT count(*) FROM people_recovery_code"), 1);
  EXPECT_EQ(koshi("office account factor firm --lost --seen passport").status, 0);
  EXPECT_EQ(number("SELECT count(*) FROM people_recovery_code"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM people_account WHERE factor_confirmed = 1"), 0);
  EXPECT_EQ(koshi("office account factor firm").status, 2);
  EXPECT_EQ(koshi("office account factor --all --lost --seen passport").status, 2);
  EXPECT_EQ(koshi("office account factor --all --require").status, 0);
  EXPECT_EQ(number("SELECT count(*) FROM people_account WHERE factor_required = 1"), 1) << "of those that have a password";
  EXPECT_EQ(koshi("office account factor firm --free").status, 0);
  EXPECT_EQ(number("SELECT count(*) FROM people_account WHERE factor_required = 1"), 0);
  EXPECT_THAT(koshi("office account changes firm").out,
              testing::ContainsRegex(
                  "second factor no longer required\n.*second factor required\n.*second factor removed by the keeper: passport\n"));
}

TEST_F(OfficeCli, EndsSessionsAndTellsWhoSignedIn) {
  make_office();
  sql("INSERT INTO people_session (token_hash, account_id, created_at, seen_at) SELECT randomblob(32), id, 0, 0 FROM people_account");
  sql("INSERT INTO people_sign_in (account_id, way, at) SELECT id, 0, 1772424000000 FROM people_account WHERE login = 'firm'");
  sql("INSERT INTO people_sign_in (account_id, way, at) SELECT id, 1, 1772478000000 FROM people_account WHERE login = 'firm'");
  EXPECT_EQ(koshi("office account sign-ins firm").out, "2026-03-03 00:00  by password and code\n2026-03-02 09:00  by password\n");
  EXPECT_EQ(koshi("office account sign-ins nobody").status, 2);
  EXPECT_EQ(koshi("office account sign-out").status, 2);
  EXPECT_EQ(koshi("office account sign-out firm --all").status, 2);
  EXPECT_EQ(koshi("office account sign-out nobody").status, 2);
  EXPECT_EQ(koshi("office account sign-out firm").out, "The sessions of 1 accounts are ended.\n");
  EXPECT_GT(number("SELECT count(*) FROM people_session"), 0) << "of others they go on";
  EXPECT_EQ(koshi("office account sign-out --all").status, 0);
  EXPECT_EQ(number("SELECT count(*) FROM people_session"), 0);
}

TEST_F(OfficeCli, TellsWhoTriedWhatInVain) {
  make_office();
  EXPECT_EQ(koshi("office denials").out, "");
  EXPECT_EQ(koshi("office denials --json").out, "{\"denials\":[]}\n");
  // On 2 March 2026 from nine o'clock on and until midnight, where the office is.
  sql("INSERT INTO people_denial (day, account, thing, first_at, last_at, times) VALUES"
      " ('2026-03-02', 'curious', 'CASE1', 1772424000000, 1772477999999, 7), ('2026-03-02', 'almaty', 'CASE1', 1772424000000, "
      "1772424000000, 1),"
      " ('2026-03-03', 'curious', '(sign-in)', 1772478000000, 1772478000000, 2)");
  EXPECT_EQ(koshi("office denials").out,
            "2026-03-03  curious                   2  00:00–00:00  (sign-in)\n"
            "2026-03-02  curious                   7  09:00–23:59  CASE1\n"
            "2026-03-02  almaty                    1  09:00–09:00  CASE1\n");
  EXPECT_EQ(koshi("office denials --account almaty").out, "2026-03-02  almaty                    1  09:00–09:00  CASE1\n");
  EXPECT_EQ(koshi("office denials --json --until 2026-03-02 --least 2").out,
            R"({"denials":[{"day":"2026-03-02","account":"curious","thing":"CASE1","times":7,)"
            R"("first_at_ms":1772424000000,"last_at_ms":1772477999999}]})"
            "\n");
  EXPECT_THAT(koshi("office denials --thing CASE1 --count 1").out, HasSubstr("curious"));
  EXPECT_THAT(koshi("office denials --thing CASE1 --count 1").out, Not(HasSubstr("almaty")));
  EXPECT_EQ(koshi("office denials --from 2026-03-04").out, "");
  EXPECT_EQ(koshi("office denials --from 2026-02-30").status, 2);
  EXPECT_EQ(koshi("office denials --least 0").status, 2);
  EXPECT_THAT(koshi("office denials --help").out, HasSubstr("in vain"));
}

TEST_F(OfficeCli, ErasesWhatWasKeptForItsTerm) {
  make_office();
  EXPECT_EQ(koshi("office erase").status, 2) << "a term is the keeper's word";
  EXPECT_NE(koshi("office erase --drafts 5").status, 0) << "too short to be meant";
  sql("INSERT INTO desk_draft (account, place, json, saved_at) VALUES ('firm', 'a', '{}', 0), ('firm', 'b', '{}', 4000000000000)");
  EXPECT_EQ(koshi("office erase --drafts 30 --count").out, "drafts: 1 to be erased\n");
  EXPECT_EQ(koshi("office erase --drafts 30 --notices 30 --documents 1825").out,
            "documents: 0 erased, 0 bytes; 0 kept, which other cases have too\ndrafts: 1 erased\nnotices: 0 erased\n");
  EXPECT_EQ(koshi("office erase --drafts 30").out, "drafts: 0 erased\n");
  EXPECT_EQ(koshi("office verify").status, 0);
}

/// More than a page of the database holds.
TEST_F(OfficeCli, TellsAllVainTriesHoweverMany) {
  make_office();
  sql("INSERT INTO people_denial (day, account, thing, first_at, last_at, times) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
      "FROM n"
      " WHERE i < 2500) SELECT '2026-03-02', 'curious', 'CASE' || i, 1772424000000, 1772424000000, 1 FROM n");
  const auto lines = [&](const std::string& options) { return std::ranges::count(koshi("office denials" + options).out, '\n'); };
  EXPECT_EQ(lines(""), 2500);
  EXPECT_EQ(lines(" --count 1500"), 1500);
  EXPECT_EQ(lines(" --count 1000"), 1000);
}

TEST_F(OfficeCli, IsCopiedAndPutBack) {
  make_office();
  const std::string id = open_case();
  const std::string copy = (folder_ / "copy").string();
  ASSERT_EQ(koshi("office backup '" + copy + "'").status, 0);
  EXPECT_EQ(koshi("office restore '" + copy + "'").status, 5) << "nothing is overwritten";
  const std::string old = data_;
  data_ = (folder_ / "other").string();
  ASSERT_EQ(koshi("office restore '" + copy + "'").status, 0);
  EXPECT_EQ(koshi("office verify").status, 2) << "the keys are still elsewhere";
  for (const char* key : {"journal.key", "papers.key", "factor.key"}) fs::copy_file(fs::path(old) / key, fs::path(data_) / key);
  EXPECT_EQ(koshi("office verify").status, 0);
  EXPECT_THAT(koshi("case show " + id + " --as firm --brief").out, StartsWith(id + " draft 1"));
}

TEST_F(OfficeCli, SignsWithAnotherKeyAndBelievesTheOldOne) {
  make_office();
  open_case();
  const std::string old_key = koshi("office export --key").out;
  const Output before = koshi("office checkpoint");
  ASSERT_EQ(before.status, 0);
  const Output renewed = koshi("office new-key journal");
  ASSERT_EQ(renewed.status, 0) << renewed.err;
  EXPECT_THAT(renewed.out, HasSubstr("*.key"));
  open_case();
  const Output after = koshi("office checkpoint");
  ASSERT_EQ(after.status, 0) << after.err;
  EXPECT_NE(after.out.substr(after.out.find("\n\n")), before.out.substr(before.out.find("\n\n")));
  EXPECT_EQ(koshi("office verify").status, 0) << "the older checkpoint bears the old signature";
  EXPECT_THAT(koshi("office export --key").out, testing::EndsWith("," + old_key));
  EXPECT_EQ(koshi("office new-key papers").status, 0);
  EXPECT_EQ(koshi("office verify").status, 0);
}

TEST_F(OfficeCli, SealsSecondFactorsUnderAnotherKey) {
  make_office();
  const auto retired = fs::path(data_) / "factor.retired.key";
  EXPECT_EQ(koshi("office new-key papers --finish").status, 2);
  ASSERT_EQ(koshi("office new-key factors").status, 0);
  EXPECT_TRUE(fs::exists(retired));
  const Output finished = koshi("office new-key factors --finish");
  ASSERT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out, StartsWith("0 second factors"));
  EXPECT_FALSE(fs::exists(retired));
  EXPECT_EQ(koshi("office verify").status, 0);
}

TEST_F(OfficeCli, FindsWhatWasAlteredBehindItsBack) {
  make_office();
  const std::string id = open_case();
  EXPECT_THAT(koshi("office checkpoint").out, StartsWith("koshi.office/journal\n1\n"));
  EXPECT_EQ(koshi("office verify").status, 0);
  sql("UPDATE desk_case SET state = 'examined' WHERE version = 1");
  const Output projection = koshi("office rebuild --check");
  EXPECT_EQ(projection.status, 1);
  EXPECT_THAT(projection.out, HasSubstr(id));
  EXPECT_EQ(koshi("office rebuild --repair").status, 0);
  EXPECT_EQ(koshi("office rebuild").status, 0);
  sql("UPDATE journal_event SET recorded_at = recorded_at + 1 WHERE sequence = 1");
  const Output journal = koshi("office verify");
  EXPECT_EQ(journal.status, 1);
  EXPECT_THAT(journal.out, HasSubstr("journal: event 1"));
  const Output serve = koshi("serve");
  EXPECT_EQ(serve.status, 2) << "an office must not go on upon an altered record";
  EXPECT_THAT(serve.err, HasSubstr("the journal was altered"));
  EXPECT_THAT(serve.err, HasSubstr("event 1"));
}

TEST_F(OfficeCli, TellsAFailingDatabaseFromARefusal) {
  make_office();
  std::ofstream(data_ + "/office.db", std::ios::trunc) << std::string(8192, 'x');
  const Output broken = koshi("case list --as firm");
  EXPECT_EQ(broken.status, 5);
  EXPECT_THAT(broken.err, HasSubstr("the office's database"));
}

TEST_F(OfficeCli, IsFilledWithMadeUpPeopleOnce) {
  const Output filled = koshi("office demo");
  ASSERT_EQ(filled.status, 0) << filled.err;
  EXPECT_THAT(filled.out, HasSubstr("steppe "));
  EXPECT_THAT(filled.out, HasSubstr("koshi-demo-2026"));
  EXPECT_THAT(koshi("case list --as akimat-almaty").out, HasSubstr("work_permit"));
  EXPECT_THAT(koshi("office demo").out, HasSubstr("there already"));
  EXPECT_EQ(koshi("office verify").status, 0);
}

}  // namespace
