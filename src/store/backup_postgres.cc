#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <vector>

#include "base/result.h"
#include "store/backup_engines.h"
#include "store/postgres.h"

extern char** environ;

namespace koshi::store {
namespace {

namespace fs = std::filesystem;

constexpr size_t kComplaintMaxBytes = 2000;

/// How to reach a database: the password apart, because everybody may read the arguments of a program.
struct Target {
  std::string dsn;
  std::string password;
};

StoreResult<Target> parse_url(const std::string& url) {
  char* why = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(url.c_str(), &why), &PQconninfoFree);
  if (options == nullptr) {
    const std::unique_ptr<char, decltype(&PQfreemem)> owned(why, &PQfreemem);
    return fault(Fault::kProgramming, std::string("not a PostgreSQL address: ") + (why == nullptr ? "" : why));
  }
  Target target;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    if (std::string_view(option->keyword) == "password") {
      target.password = option->val;
      continue;
    }
    target.dsn.append(option->keyword).append("='");
    for (const char* c = option->val; *c != '\0'; ++c) {
      if (*c == '\'' || *c == '\\') target.dsn.push_back('\\');
      target.dsn.push_back(*c);
    }
    target.dsn.append("' ");
  }
  return target;
}

/// The end of what a program says until it closes its standard error.
std::string read_complaint(int fd) {
  std::string text;
  std::array<char, 512> chunk;
  for (;;) {
    const ssize_t count = ::read(fd, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    text.append(chunk.data(), static_cast<size_t>(count));
    if (text.size() > kComplaintMaxBytes) text.erase(0, text.size() - kComplaintMaxBytes);
  }
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

std::vector<std::string> environment_with(const std::string& password) {
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with("PGPASSWORD=")) environment.emplace_back(*entry);
  }
  if (!password.empty()) environment.push_back("PGPASSWORD=" + password);
  return environment;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// Runs a program to its end.
StoreResult<void> run_program(std::vector<std::string> arguments, const std::string& password) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return fault(Fault::kUnavailable, "no pipe for " + arguments[0]);
  std::vector<std::string> environment = environment_with(password);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDERR_FILENO);
  pid_t pid = 0;
  const int error = ::posix_spawnp(&pid, arguments[0].c_str(), &actions, nullptr, pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  const std::string complaint = error == 0 ? read_complaint(pipe[0]) : "";
  ::close(pipe[0]);
  if (error != 0) {
    return fault(Fault::kUnavailable, "cannot run " + arguments[0] +
                                          " (is the package postgresql-client installed?): " + std::generic_category().message(error));
  }
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  const bool is_full = complaint.find(std::generic_category().message(ENOSPC)) != std::string::npos;
  return fault(is_full ? Fault::kFull : Fault::kUnavailable, arguments[0] + " failed: " + complaint);
}

}  // namespace

StoreResult<void> backup_postgres(const std::string& url, const fs::path& file) {
  TRY(target, parse_url(url));
  TRY_DO(make_draft(file));
  TRY_DO(run_program({"pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-password", "--file=" + draft_of(file).string(),
                      "--dbname=" + target.dsn},
                     target.password));
  return publish(file);
}

StoreResult<void> restore_postgres(const fs::path& file, const std::string& url) {
  TRY(target, parse_url(url));
  {
    TRY(connection, connect_postgres(url));
    Rows rows;
    RowSink sink(rows);
    TRY_DO(connection->run("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()", {}, &sink));
    if (rows[0].integer(0) != 0) return fault(Fault::kUnfit, "the database has tables: restore into an empty one");
  }
  return run_program({"pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password",
                      "--dbname=" + target.dsn, file.string()},
                     target.password);
}

}  // namespace koshi::store
