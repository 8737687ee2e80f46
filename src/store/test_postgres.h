#pragma once

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

extern char** environ;

/// For tests and benchmarks only: a PostgreSQL server of their own, in a temporary folder, on a UNIX socket, with its
/// durability left on. It needs Debian's package postgresql and, for root, the user postgres that comes with it.
namespace koshi::store {

class TestPostgres {
 public:
  /// Errors say what to install. About two seconds.
  static Result<std::unique_ptr<TestPostgres>> create() {
    const std::string programs = find_programs();
    if (programs.empty()) return fail("PostgreSQL's server is not installed: apt-get install postgresql");
    if (::geteuid() == 0 && ::getpwnam("postgres") == nullptr) {
      return fail("PostgreSQL does not run as root and there is no user postgres: apt-get install postgresql");
    }
    std::string folder = (std::filesystem::temp_directory_path() / "koshi_pg_XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return fail("cannot make " + folder);
    std::unique_ptr<TestPostgres> server(new TestPostgres(programs, folder));
    if (::geteuid() == 0) {
      const passwd* owner = ::getpwnam("postgres");
      if (::chown(folder.c_str(), owner->pw_uid, owner->pw_gid) != 0) return fail("cannot give away " + folder);
    }
    TRY_DO(server->run({programs + "/initdb", "--no-sync", "--auth=trust", "--username=koshi", "--encoding=UTF8", "--locale=C",
                        "--pgdata=" + folder + "/data"}));
    TRY_DO(server->start());
    return server;
  }

  /// The one of this process, ended with it. Aborts with the reason when there is none: no test may be skipped
  /// silently.
  static TestPostgres& shared() {
    static const std::unique_ptr<TestPostgres> server = [] {
      auto made = create();
      if (!made) {
        (void)::fprintf(stderr, "FAILED: %s\n", made.error().message.c_str());
        ::abort();
      }
      return std::move(*made);
    }();
    return *server;
  }

  TestPostgres(const TestPostgres&) = delete;
  TestPostgres& operator=(const TestPostgres&) = delete;
  ~TestPostgres() {
    stop(SIGQUIT);  // nothing in it is wanted any more
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  Result<void> start() {
    pid_ = spawn({programs_ + "/postgres", "-D", folder_ + "/data", "-k", folder_, "-c", "listen_addresses=", "-c", "max_connections=100",
                  "-c", "logging_collector=off"});
    if (pid_ <= 0) return fail("cannot run " + programs_ + "/postgres");
    for (int i = 0; i < kReadyTries; ++i) {
      if (is_ready()) return {};
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    stop(SIGQUIT);
    std::ifstream log(folder_ + "/log");
    return fail("PostgreSQL does not start: " + std::string(std::istreambuf_iterator<char>(log), {}));
  }

  /// SIGINT: in order. SIGQUIT: at once, as if the power had failed; the next start recovers from the log.
  void stop(int signal) {
    if (pid_ <= 0) return;
    ::kill(pid_, signal);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

  std::string url(const std::string& database) const { return "postgresql:///" + database + "?host=" + folder_ + "&user=koshi"; }

  /// The address of a new, empty schema, which looks like a database of its own and is made ten times faster.
  Result<std::string> make_schema() {
    const std::string name = "s" + std::to_string(++database_count_);
    TRY_DO(sql(url("postgres"), "CREATE SCHEMA " + name));
    return url("postgres") + "&options=-csearch_path%3D" + name;
  }

  /// What the dialect does not know.
  Result<void> sql(const std::string& address, const std::string& text) {
    return run({programs_ + "/psql", "--quiet", "--no-psqlrc", "--dbname=" + address, "--command=" + text});
  }

  /// The address of a new, empty database.
  Result<std::string> make_database(const std::string& locale = "C") {
    const std::string name = "t" + std::to_string(++database_count_);
    TRY_DO(run({programs_ + "/createdb", "--host=" + folder_, "--username=koshi", "--template=template0", "--encoding=UTF8",
                "--locale=" + locale, name}));
    return url(name);
  }

  Result<void> run(const std::vector<std::string>& arguments) {
    const pid_t pid = spawn(arguments);
    int status = -1;
    if (pid > 0) ::waitpid(pid, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    std::ifstream log(folder_ + "/log");
    return fail(arguments[0] + " failed: " + std::string(std::istreambuf_iterator<char>(log), {}));
  }

  const std::string& folder() const { return folder_; }

 private:
  static constexpr int kReadyTries = 1500;

  TestPostgres(std::string programs, std::string folder) : programs_(std::move(programs)), folder_(std::move(folder)) {}

  /// Of the newest version.
  static std::string find_programs() {
    std::vector<std::pair<int, std::string>> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", error)) {
      const std::string programs = entry.path().string() + "/bin";
      if (::access((programs + "/initdb").c_str(), X_OK) != 0) continue;
      found.emplace_back(std::atoi(entry.path().filename().c_str()), programs);
    }
    return found.empty() ? "" : std::ranges::max(found).second;
  }

  bool is_ready() const {
    std::ifstream file(folder_ + "/data/postmaster.pid");
    std::string line;
    for (int i = 0; i < 8; ++i) std::getline(file, line);
    return line.starts_with("ready");
  }

  /// As the user postgres when we are root; ends with us in any case. Its output goes to the log.
  pid_t spawn(const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"setpriv", "--pdeathsig=QUIT"};
    if (::geteuid() == 0) {
      for (const char* part : {"--reuid=postgres", "--regid=postgres", "--init-groups"}) all.emplace_back(part);
    }
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& text : all) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, (folder_ + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t pid = 0;
    if (::posix_spawnp(&pid, "setpriv", &actions, nullptr, pointers.data(), environ) != 0) pid = 0;
    posix_spawn_file_actions_destroy(&actions);
    return pid;
  }

  const std::string programs_;
  const std::string folder_;
  pid_t pid_ = 0;
  int database_count_ = 0;
};

}  // namespace koshi::store
