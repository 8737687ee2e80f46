#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "store/test_postgres.h"

/// The work-permit path of both regimes from a shell script, on both engines, with the real program. The scripts of tests/api/office say
/// what must be done, what must be refused and for what reason, and hold the journal, the ledger and the cases against each other at the
/// end.
namespace {

namespace fs = std::filesystem;
using koshi::store::TestPostgres;

struct Run {
  const char* script;
  bool on_postgres;
};
void PrintTo(const Run& run, std::ostream* out) {
  *out << run.script << (run.on_postgres ? " on PostgreSQL" : " on SQLite");
}

class OfficePath : public testing::TestWithParam<Run> {
 protected:
  OfficePath() {
    std::string name = (fs::temp_directory_path() / "koshi_path_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~OfficePath() override { fs::remove_all(folder_); }

  /// The exit status; what was said is in `said`.
  int run(const std::string& script, const std::string& data) {
    std::vector<std::string> environment = {"KOSHI=" KOSHI_BINARY, "KOSHI_HOME=" KOSHI_SOURCE_DIR, "DATA=" + data,
                                            "KEYS=" + (folder_ / "keys").string(), "PATH=/usr/bin:/bin"};
    std::vector<char*> variables;
    for (std::string& variable : environment) variables.push_back(variable.data());
    variables.push_back(nullptr);
    std::string shell = "/bin/sh", file = KOSHI_SOURCE_DIR "/tests/api/office/" + script;
    char* arguments[] = {shell.data(), file.data(), nullptr};
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, (folder_ / "said").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    pid_t process = 0;
    EXPECT_EQ(posix_spawn(&process, shell.c_str(), &files, nullptr, arguments, variables.data()), 0);
    posix_spawn_file_actions_destroy(&files);
    int status = -1;
    waitpid(process, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string said() const {
    std::ifstream in(folder_ / "said");
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string data() const {
    if (!GetParam().on_postgres) return (folder_ / "data").string();
    auto address = TestPostgres::shared().make_schema();
    EXPECT_TRUE(address.has_value()) << address.error().message;
    return *address;
  }

  fs::path folder_;
};

TEST_P(OfficePath, IsWalkedByCommands) {
  EXPECT_EQ(run(GetParam().script, data()), 0) << said();
}

INSTANTIATE_TEST_SUITE_P(BothRegimesOnBothEngines, OfficePath,
                         testing::Values(Run{"work_permit_now.sh", false}, Run{"work_permit_now.sh", true},
                                         Run{"work_permit_2001.sh", false}, Run{"work_permit_2001.sh", true}),
                         [](const auto& one) {
                           return std::string(one.param.script).substr(0, std::string(one.param.script).find('.')) +
                                  (one.param.on_postgres ? "_postgres" : "_sqlite");
                         });

}  // namespace
