#include <fcntl.h>
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

/// The command line as a contract: what is printed where, and the exit status.
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

struct Output {
  int status = -1;
  std::string out;
  std::string err;
};

std::string file_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Runs the binary with its output in files; the environment says where the law is.
class Cli : public testing::Test {
 protected:
  Cli() {
    std::string name = (fs::temp_directory_path() / "koshi_cli_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Cli() override { fs::remove_all(folder_); }

  Output koshi(std::vector<std::string> arguments, const std::string& input = {}) {
    arguments.insert(arguments.begin(), KOSHI_BINARY);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    std::string home = "KOSHI_HOME=" + home_;
    std::array<char*, 2> environment = {home.data(), nullptr};
    write("stdin", input);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, (folder_ / "stdin").c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, (folder_ / "stdout").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, (folder_ / "stderr").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t process = 0;
    EXPECT_EQ(posix_spawn(&process, KOSHI_BINARY, &files, nullptr, argv.data(), environment.data()), 0);
    posix_spawn_file_actions_destroy(&files);
    int status = 0;
    waitpid(process, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, file_text(folder_ / "stdout"), file_text(folder_ / "stderr")};
  }

  fs::path write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }

  /// A law of one file, for what the real law should not show.
  std::vector<std::string> with_law(std::vector<std::string> arguments, const std::string& text) {
    write("law/law.zan", text);
    arguments.insert(arguments.end(), {"--law", (folder_ / "law").string()});
    return arguments;
  }

  fs::path folder_;
  std::string home_ = KOSHI_SOURCE_DIR;
};

const std::vector<std::string> kDue = {"ask", "person.registration_due", "--on", "2016-03-10", "nationality=UZ", "arrived=2016-03-01"};

std::vector<std::string> plus(std::vector<std::string> arguments, std::initializer_list<std::string> more) {
  arguments.insert(arguments.end(), more);
  return arguments;
}

constexpr const char* kSmallLaw = R"(act LMP "Law on Migration" adopted 2011-07-22 in force from 2011-08-17

entity person "Person"
  adult : yes/no "Adult"
  local : yes/no "Local"

norm allowed of person : yes/no
  "Allowed"
  yes when adult by LMP art. 1 [read]
  no when local by LMP art. 2 [read]
)";

TEST_F(Cli, AskPrintsAnswerAndProof) {
  const Output run = koshi(kDue);
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, StartsWith("Last day to register the stay: 6 March 2016\n  because "));
  EXPECT_THAT(run.out, HasSubstr("1 March 2016 (given)\n"));
  EXPECT_THAT(run.err, IsEmpty());
  EXPECT_THAT(koshi(plus(kDue, {"--lang", "ru"})).out, HasSubstr("6 марта 2016 г.\n"));
  EXPECT_THAT(koshi(plus(kDue, {"--lang", "kk"})).out, HasSubstr("2016 жылғы 6 наурыз\n"));
}

TEST_F(Cli, AskPrintsJson) {
  const Output run = koshi(plus(kDue, {"--json"}));
  EXPECT_EQ(run.status, 0) << run.err;
  const json::value answer = json::parse(run.out);
  EXPECT_EQ(answer.at("norm"), "person.registration_due");
  EXPECT_EQ(answer.at("on"), "2016-03-10");
  EXPECT_EQ(answer.at("value"), "2016-03-06");
  EXPECT_EQ(answer.at("unknown"), false);
  EXPECT_TRUE(answer.at("needs").as_array().empty());
  EXPECT_EQ(answer.at("why").at("kind"), "norm");
  EXPECT_FALSE(answer.at("why").at("children").as_array().empty());
  EXPECT_EQ(koshi(plus(kDue, {"--json"})).out, run.out) << "same input, same bytes";
}

TEST_F(Cli, AnUnknownAnswerAsks) {
  const Output run = koshi({"ask", "person.registration_due", "--on", "2016-03-10", "nationality=UZ", "--json"});
  EXPECT_EQ(run.status, 3);
  const json::value answer = json::parse(run.out);
  EXPECT_EQ(answer.at("unknown"), true);
  EXPECT_TRUE(answer.at("value").is_null());
  EXPECT_EQ(answer.at("needs").at(0).at("fact"), "arrived");
}

TEST_F(Cli, ConflictAndGapHaveTheirStatus) {
  Output run = koshi(with_law({"ask", "person.allowed", "adult=yes", "local=yes"}, kSmallLaw));
  EXPECT_EQ(run.status, 4) << run.err;
  EXPECT_THAT(run.out, HasSubstr("LMP art. 1"));
  EXPECT_THAT(run.out, HasSubstr("LMP art. 2"));
  run = koshi(with_law({"ask", "person.allowed", "adult=no", "local=no", "--json"}, kSmallLaw));
  EXPECT_EQ(run.status, 4) << run.err;
  EXPECT_EQ(json::parse(run.out).at("outcome"), "gap");
}

TEST_F(Cli, BadInputIsToldWithTheNearestName) {
  Output run = koshi({"ask", "person.registration_du", "nationalty=UZ"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(run.err, HasSubstr("did you mean `person.registration_due`?"));
  run = koshi({"ask", "person.registration_due", "nationalty=UZ", "arrived=2016-02-30"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("error: nationalty: `person` has no fact `nationalty`; did you mean `nationality`?\n"));
  EXPECT_THAT(run.err, HasSubstr("error: arrived: `2016-02-30` is not a date that exists"));
  run = koshi({"ask", "person.registration_due", "nationalty=UZ", "--json"});
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(json::parse(run.out).at("problems").at(0).at("pointer"), "/facts/nationalty");
  EXPECT_EQ(koshi({"ask", "person.registration_due", "nationality"}).status, 2);
  EXPECT_EQ(koshi({"ask", "person.registration_due", "--lang", "de"}).status, 2);
}

TEST_F(Cli, BadCommandLinesAreBadInput) {
  EXPECT_EQ(koshi({}).status, 2);
  EXPECT_EQ(koshi({"asj"}).status, 2);
  EXPECT_EQ(koshi({"ask"}).status, 2);
  EXPECT_EQ(koshi({"ask", "mci", "--no-such-option"}).status, 2);
  const Output help = koshi({"--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_THAT(help.out, HasSubstr("check"));
}

TEST_F(Cli, FactsComeFromAFileAndFromStandardInput) {
  const std::string facts = R"({"nationality":"UZ","arrived":"2016-03-02"})";
  const std::string file = write("facts.json", facts).string();
  EXPECT_THAT(koshi({"ask", "person.registration_due", "--on", "2016-03-10", "--facts", file}).out, HasSubstr("7 March 2016"));
  EXPECT_THAT(koshi({"ask", "person.registration_due", "--on", "2016-03-10", "--facts", "-"}, facts).out, HasSubstr("7 March 2016"));
  EXPECT_THAT(koshi({"ask", "person.registration_due", "--on", "2016-03-10", "--facts", file, "arrived=2016-03-01"}).out,
              HasSubstr("6 March 2016"));
  EXPECT_EQ(koshi({"ask", "person.registration_due", "--facts", (folder_ / "none.json").string()}).status, 2);
  EXPECT_THAT(koshi({"ask", "person.registration_due", "--facts", "-"}, "{").err, HasSubstr("facts: not JSON at line 1"));
}

TEST_F(Cli, ListsAreTextAndJson) {
  EXPECT_THAT(koshi({"norms"}).out, HasSubstr("person.registration_due"));
  const json::value norms = json::parse(koshi({"norms", "--json"}).out);
  EXPECT_GT(norms.as_array().size(), 50u);
  for (const json::value& norm : norms.as_array()) {
    for (const char* key : {"norm", "entity", "type", "label", "topic", "instruments", "facts"})
      EXPECT_TRUE(norm.as_object().contains(key)) << norm;
  }
  EXPECT_THAT(koshi({"acts"}).out, HasSubstr("LMP"));
  EXPECT_GT(json::parse(koshi({"acts", "--json"}).out).as_array().size(), 20u);
  EXPECT_EQ(koshi({"reforms"}).status, 0);
  EXPECT_GT(json::parse(koshi({"reforms", "--json"}).out).as_array().size(), 3u);
}

TEST_F(Cli, CheckFailsOnErrorsCasesAndCoverage) {
  const std::string holds = "\ncase \"x\" on 2016-01-01\n  person: adult yes, local no\n  expect allowed = yes\n";
  const std::string fails = "\ncase \"x\" on 2016-01-01\n  person: adult yes, local no\n  expect allowed = no\n";
  Output run = koshi(with_law({"check"}, kSmallLaw + holds));
  EXPECT_EQ(run.status, 0) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr("1 act, 1 norm (1 question), 2 rules, 0 table rows"));
  EXPECT_THAT(run.out, HasSubstr("1 case with 1 expectation"));
  run = koshi(with_law({"check", "--coverage"}, kSmallLaw + holds));
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.out, HasSubstr("not exercised: law.zan:10: person.allowed, rule no. 2\n"));
  EXPECT_THAT(run.out, HasSubstr("coverage: 50.0 % (1 of 2 rules"));
  run = koshi(with_law({"check"}, kSmallLaw + fails));
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("law.zan:14:"));
  run = koshi(with_law({"check"}, std::string(kSmallLaw) + "\nnorm x of persn : yes/no\n  \"X\"\n  yes by LMP art. 1 [read]\n"));
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("person"));
  EXPECT_THAT(run.out, HasSubstr("cases were not run"));
  EXPECT_EQ(koshi({"check", "--law", (folder_ / "nowhere").string()}).status, 2);
}

TEST_F(Cli, ALawWithErrorsIsNotAsked) {
  const Output run = koshi(with_law({"ask", "person.allowed"}, "entity person \"Person\"\n  adult : yes/noo \"Adult\"\n"));
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("has errors and cannot be asked"));
}

TEST_F(Cli, FmtWritesTheCanonicalForm) {
  const std::string crooked = "act LMP   \"Law on Migration\" adopted 2011-07-22   in force from 2011-08-17 -- why\n";
  const std::string file = write("crooked.zan", crooked).string();
  EXPECT_EQ(koshi({"fmt", "--check", file}).status, 1);
  EXPECT_EQ(file_text(file), crooked) << "--check writes nothing";
  Output run = koshi({"fmt", file});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(file_text(file), StartsWith("act LMP \"Law on Migration\" adopted 2011-07-22 in force from 2011-08-17"));
  EXPECT_THAT(file_text(file), HasSubstr("-- why"));
  EXPECT_EQ(koshi({"fmt", "--check", file}).status, 0);
  EXPECT_EQ(koshi({"fmt", "--check", folder_.string()}).status, 0) << "a folder stands for its files";

  const std::string broken = "act LMP \"Law\" adopted yesterday\n";
  const std::string bad = write("broken.zan", broken).string();
  run = koshi({"fmt", bad});
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(file_text(bad), broken);
  EXPECT_THAT(run.err, HasSubstr("left as it is"));
  EXPECT_EQ(koshi({"fmt", (folder_ / "none.zan").string()}).status, 2);
}

TEST_F(Cli, WordsListsWhatIsToBeTranslated) {
  const Output run = koshi(with_law({"words", "--missing", "ru"}, kSmallLaw));
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.out, HasSubstr("\"person.adult\" = \"Adult\"\n"));
  write("law/words/ru.toml", run.out + "\"person.gone\" = \"x\"\n");
  EXPECT_EQ(koshi(with_law({"words", "--missing", "ru"}, kSmallLaw)).status, 0);
  EXPECT_THAT(koshi(with_law({"words", "--stale", "ru"}, kSmallLaw)).out, HasSubstr("\"person.gone\""));
  EXPECT_EQ(koshi({"words"}).status, 2);
  EXPECT_EQ(koshi({"words", "--missing", "de"}).status, 2);
}

TEST_F(Cli, UzbekIsHeldToWhatMigrantsAsk) {
  const Output real = koshi({"words", "--missing", "uz"});
  EXPECT_EQ(real.status, 0) << real.out;
  EXPECT_THAT(real.err, HasSubstr(" labels that migrants meet are missing in uz"));
  const std::string stay = "topic stay \"Staying\"\n" + std::string(kSmallLaw);
  const Output small = koshi(with_law({"words", "--missing", "uz"}, stay));
  EXPECT_EQ(small.status, 1);
  EXPECT_THAT(small.out, HasSubstr("\"person.adult\" = \"Adult\"\n"));
  EXPECT_THAT(small.out, Not(HasSubstr("act.LMP"))) << "an act is looked up under its official title";
}

TEST_F(Cli, WithoutALawItSaysWhereToLook) {
  home_ = folder_.string();
  const Output run = koshi({"ask", "mci"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("KOSHI_HOME"));
}

}  // namespace
