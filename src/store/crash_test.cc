/// A process is killed while it commits; a server is stopped as by a power cut. Whatever was acknowledged is there
/// afterwards, and of every act there is either all or nothing.
#include <fcntl.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <set>
#include <thread>

#include "base/text.h"
#include "store/backup.h"
#include "store/test_store.h"

namespace koshi::store {
namespace {

constexpr int kThreads = 4;
constexpr int kRounds = 4;

constexpr std::string_view kSchema =
    "CREATE TABLE act (id bigint PRIMARY KEY);\n"
    "CREATE TABLE posting (id bigint PRIMARY KEY, act bigint NOT NULL REFERENCES act (id));\n";

StoreResult<int> act(Store& store, int64_t id) {
  return store.write([&](Transaction& transaction) -> StoreResult<int> {
    TRY_DO(transaction.execute("INSERT INTO act (id) VALUES ($1)", {id}));
    TRY_DO(transaction.execute("INSERT INTO posting (id, act) VALUES ($1, $1)", {id}));
    return 0;
  });
}

/// The process that is killed: acts without end, and says each on the standard output when it is acknowledged.
TEST(CrashChild, DISABLED_ActsUntilKilled) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const auto store = must(open_store(::getenv("KOSHI_CRASH_ADDRESS")));
  std::atomic<int64_t> next = std::atoll(::getenv("KOSHI_CRASH_FIRST"));
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (;;) {
        const int64_t id = next++;
        if (!act(*store, id)) ::_exit(1);
        const std::string line = "acknowledged " + std::to_string(id) + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) ::_exit(1);
      }
    });
  }
}

class Crash : public BothEngines {
 protected:
  void SetUp() override {
    whole_database_ = true;
    open();
    ASSERT_TRUE(succeeded(script(kSchema)));
  }

  /// Runs the child for a while and kills it; the ids that it acknowledged.
  std::set<int64_t> run_and_kill(int64_t first, int milliseconds) {
    int pipe[2];
    EXPECT_EQ(::pipe2(pipe, O_CLOEXEC), 0);
    std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
    std::string filter = "--gtest_filter=CrashChild.*";
    std::string disabled = "--gtest_also_run_disabled_tests";
    char* arguments[] = {program.data(), filter.data(), disabled.data(), nullptr};
    ::setenv("KOSHI_CRASH_ADDRESS", address_.c_str(), 1);
    ::setenv("KOSHI_CRASH_FIRST", std::to_string(first).c_str(), 1);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    pid_t pid = 0;
    EXPECT_EQ(::posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    std::string said;
    std::jthread reader([&] {
      char chunk[4096];
      for (ssize_t count; (count = ::read(pipe[0], chunk, sizeof chunk)) > 0;) said.append(chunk, static_cast<size_t>(count));
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    reader.join();
    ::close(pipe[0]);
    std::set<int64_t> acknowledged;
    for (std::string_view line : split(said, '\n')) {
      constexpr std::string_view kWord = "acknowledged ";
      if (!line.starts_with(kWord)) continue;
      if (const auto id = parse_whole(line.substr(kWord.size()))) acknowledged.insert(*id);
    }
    return acknowledged;
  }

  void expect_whole(const std::set<int64_t>& acknowledged) {
    std::set<int64_t> kept;
    for (Row row : must(query("SELECT id FROM act"))) kept.insert(row.integer(0));
    EXPECT_TRUE(std::ranges::includes(kept, acknowledged));
    EXPECT_EQ(number("SELECT count(*) FROM posting"), static_cast<int64_t>(kept.size()));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Crash, both_engines(), engine_name);

TEST_P(Crash, AKilledProcessLosesNothingAcknowledged) {
  std::set<int64_t> acknowledged;
  for (int round = 0; round < kRounds; ++round) {
    store_.reset();
    acknowledged.merge(run_and_kill(round * 1'000'000, 300 + 71 * round));
    open();
    expect_whole(acknowledged);
  }
  EXPECT_GT(acknowledged.size(), 20u);
  EXPECT_TRUE(succeeded(backup(address_, folder_ / "after")));  // which reads every page on SQLite
}

/// The server's log is replayed; the store reconnects by itself.
TEST(CrashOfServer, AStoppedServerLosesNothingAcknowledged) {
  TestPostgres& server = TestPostgres::shared();
  const auto address = server.make_schema();
  ASSERT_TRUE(address.has_value());
  const auto store = must(open_store(*address));
  must(store->write([](Transaction& transaction) { return transaction.script(kSchema); }));
  std::atomic<bool> stopping = false;
  std::atomic<int64_t> next = 0;
  std::mutex mutex;
  std::set<int64_t> acknowledged;
  std::set<int64_t> denied;  // told that nothing was kept
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      while (!stopping) {
        const int64_t id = next++;
        const auto result = act(*store, id);
        const std::lock_guard lock(mutex);
        if (result) acknowledged.insert(id);
        if (result) continue;
        EXPECT_TRUE(result.error().fault == Fault::kUnavailable || result.error().fault == Fault::kOutcomeUnknown)
            << result.error().message;
        if (result.error().fault == Fault::kUnavailable) denied.insert(id);
        stopping = true;
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  server.stop(SIGQUIT);
  threads.clear();
  EXPECT_FALSE(acknowledged.empty());
  EXPECT_EQ(fault_in(act(*store, -1)), Fault::kUnavailable);
  EXPECT_EQ(fault_in(store->read([](Reader& reader) { return reader.query("SELECT 1"); })), Fault::kUnavailable);
  ASSERT_TRUE(server.start().has_value());
  EXPECT_TRUE(succeeded(act(*store, -2)));
  std::set<int64_t> kept;
  for (Row row : must(store->read([](Reader& reader) { return reader.query("SELECT id FROM posting"); }))) {
    kept.insert(row.integer(0));
  }
  EXPECT_TRUE(std::ranges::includes(kept, acknowledged));
  for (const int64_t id : denied) EXPECT_FALSE(kept.contains(id)) << id;
}

}  // namespace
}  // namespace koshi::store
