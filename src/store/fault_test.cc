/// What goes wrong outside: full disks, damaged files, lost connections, databases that are not ours; and the store
/// that plays such faults.
#include <signal.h>
#include <sys/resource.h>

#include <fstream>
#include <thread>

#include "store/faulty_store.h"
#include "store/postgres.h"
#include "store/test_store.h"

namespace koshi::store {
namespace {

using testing::HasSubstr;

class Faults : public BothEngines {
 protected:
  void SetUp() override {
    open();
    ASSERT_TRUE(succeeded(script("CREATE TABLE note (id bigint PRIMARY KEY, body text)")));
  }
  StoreResult<int64_t> add(int64_t id, const std::string& body = "") {
    return execute("INSERT INTO note (id, body) VALUES ($1, $2)", {id, body});
  }
  int64_t notes() { return number("SELECT count(*) FROM note"); }
};
INSTANTIATE_TEST_SUITE_P(Engines, Faults, both_engines(), engine_name);

class OnSqlite : public Faults {};
INSTANTIATE_TEST_SUITE_P(Engines, OnSqlite, testing::Values(Engine::kSqlite), engine_name);

class OnPostgres : public Faults {};
INSTANTIATE_TEST_SUITE_P(Engines, OnPostgres, testing::Values(Engine::kPostgres), engine_name);

/// Fills until kFull; afterwards what was kept is whole, and a smaller act still succeeds.
template <typename Add>
int64_t fill(const Add& add_note) {
  for (int64_t id = 1; id < 10'000; ++id) {
    const auto result = add_note(id);
    if (result) continue;
    EXPECT_EQ(result.error().fault, Fault::kFull) << result.error().message;
    return id - 1;
  }
  ADD_FAILURE() << "the disk never filled";
  return 0;
}

TEST_P(OnSqlite, AFullDatabaseKeepsWhatItHas) {
  open({.sqlite_pages_max = 100});
  const int64_t kept = fill([&](int64_t id) { return add(id, std::string(20'000, 'x')); });
  EXPECT_GT(kept, 5);
  EXPECT_EQ(notes(), kept);
  must(execute("DELETE FROM note WHERE id <= $1", {3}));
  EXPECT_TRUE(succeeded(add(1)));
}

TEST_P(OnSqlite, AFullDiskKeepsWhatItHas) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto ignore = ::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{2'000'000, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const int64_t kept = fill([&](int64_t id) { return add(id, std::string(20'000, 'x')); });
  EXPECT_EQ(notes(), kept);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ::signal(SIGXFSZ, ignore);
  EXPECT_GT(kept, 5);
  EXPECT_TRUE(succeeded(add(100'000)));
  open();
  EXPECT_EQ(notes(), kept + 1);
}

TEST_P(OnSqlite, ADamagedFileIsCorrupt) {
  for (int64_t id = 0; id < 200; ++id) must(add(id, std::string(500, 'x')));
  store_.reset();
  {
    std::fstream file(address_, std::ios::in | std::ios::out | std::ios::binary);
    for (int page = 1; page < 20; ++page) {
      file.seekp(page * 4096);
      file << std::string(200, '\xee');
    }
  }
  store_ = must(open_store(address_));
  EXPECT_EQ(fault_in(query("SELECT sum(length(body)) FROM note")), Fault::kCorrupt);
  store_.reset();
  std::ofstream(address_, std::ios::trunc) << std::string(8192, 'q');
  EXPECT_EQ(fault_in(open_store(address_)), Fault::kCorrupt);
}

TEST_P(OnSqlite, AMissingFolderIsNamed) {
  const auto opened = open_store((folder_ / "none" / "t.db").string());
  ASSERT_EQ(fault_in(opened), Fault::kUnavailable);
  EXPECT_THAT(opened.error().message, HasSubstr("none"));
}

TEST_P(OnSqlite, TheFileIsItsOwnersOnly) {
  must(add(1));
  for (const char* suffix : {"", "-wal"}) {
    EXPECT_EQ(std::filesystem::status(address_ + suffix).permissions(), std::filesystem::perms(0600)) << suffix;
  }
}

TEST_P(OnPostgres, ALostConnectionIsSaidAndReplaced) {
  must(add(1));
  constexpr std::string_view kKillOthers =
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
      " WHERE datname = current_database() AND pid <> pg_backend_pid()";
  const auto killer = must(connect_postgres(address_));
  const auto kill_others = [&] {
    Rows rows;
    RowSink sink(rows);
    must(killer->run(kKillOthers, {}, &sink));
  };
  const auto result = store_->write([&](Transaction& transaction) -> StoreResult<int> {
    must(transaction.execute("INSERT INTO note (id) VALUES (2)"));
    kill_others();
    TRY_DO(transaction.execute("INSERT INTO note (id) VALUES (3)"));
    return 0;
  });
  EXPECT_EQ(fault_in(result), Fault::kUnavailable);
  EXPECT_TRUE(succeeded(add(4)));
  kill_others();  // while nothing is under way: nobody notices
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_TRUE(succeeded(add(5)));
  kill_others();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(notes(), 3);
}

/// The connection is lost while the server commits: nobody knows what became of the act.
TEST_P(OnPostgres, ALossDuringTheCommitIsAnUnknownOutcome) {
  const auto other = must(connect_postgres(address_));
  const auto run = [&](std::string_view sql) {
    Rows rows;
    RowSink sink(rows);
    must(other->run(sql, {}, &sink));
    return rows;
  };
  // Not in the dialect, hence behind the store's back: a trigger that makes the commit last.
  const std::string slow =
      "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(20); RETURN NULL; END';"
      "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "
      "wait()";
  auto made = TestPostgres::shared().sql(address_, slow);
  ASSERT_TRUE(made) << made.error().message;
  std::jthread killer([&] {
    constexpr std::string_view kKill =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND query = 'COMMIT' AND state = 'active'";
    while (run(kKill)[0].integer(0) == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  });
  EXPECT_EQ(fault_in(add(1)), Fault::kOutcomeUnknown);
}

TEST_P(OnPostgres, WhatTheServerSaysIsUnderstood) {
  const std::pair<const char*, Fault> states[] = {
      {"40001", Fault::kUnavailable}, {"40P01", Fault::kUnavailable}, {"55P03", Fault::kUnavailable}, {"57014", Fault::kUnavailable},
      {"53100", Fault::kFull},        {"53300", Fault::kUnavailable}, {"XX001", Fault::kCorrupt},     {"XX002", Fault::kCorrupt},
      {"08006", Fault::kUnavailable}, {"22012", Fault::kProgramming}, {"23P01", Fault::kConstraint},  {"P0001", Fault::kProgramming}};
  const std::string raise =
      "CREATE FUNCTION fail(state text) RETURNS bigint LANGUAGE plpgsql AS"
      " 'BEGIN RAISE EXCEPTION USING ERRCODE = state; END'";
  auto made = TestPostgres::shared().sql(address_, raise);
  ASSERT_TRUE(made) << made.error().message;
  for (const auto& [state, meant] : states) {
    const auto result = query("SELECT fail($1)", {state});
    ASSERT_EQ(fault_in(result), meant) << state;
    EXPECT_THAT(result.error().message, HasSubstr(state));
  }
}

TEST_P(OnPostgres, ADatabaseThatOrdersOtherwiseIsRefused) {
  const std::string odd = "CREATE DATABASE odd TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'";
  ASSERT_TRUE(TestPostgres::shared().sql(address_, odd).has_value());
  const auto opened = open_store(TestPostgres::shared().url("odd"));
  ASSERT_EQ(fault_in(opened), Fault::kUnfit);
  EXPECT_THAT(opened.error().message, HasSubstr("createdb"));
  EXPECT_EQ(fault_in(open_store(TestPostgres::shared().url("missing"))), Fault::kUnavailable);
}

TEST_P(Faults, EveryStepCanFailAndNothingIsHalfDone) {
  FaultyStore faulty(*store_);
  const auto act = [&](int64_t id) {
    return faulty.write([&](Transaction& transaction) -> StoreResult<int> {
      TRY_DO(transaction.execute("INSERT INTO note (id) VALUES ($1)", {id}));
      TRY_DO(transaction.nested([&] { return transaction.execute("INSERT INTO note (id) VALUES ($1)", {id + 1}); }));
      TRY_DO(transaction.query("SELECT count(*) FROM note"));
      return 0;
    });
  };
  faulty.plan({});
  ASSERT_TRUE(succeeded(act(0)));
  const int64_t steps = faulty.step_count();
  EXPECT_EQ(steps, 4);
  for (int64_t step = 1; step <= steps; ++step) {
    faulty.plan({.fail_step = step});
    EXPECT_EQ(fault_in(act(10 * step)), Fault::kUnavailable) << step;
    EXPECT_EQ(notes(), 2) << step;
  }
}

TEST_P(Faults, AnUnknownOutcomeMayBeEither) {
  FaultyStore faulty(*store_);
  const auto act = [&](int64_t id) {
    return faulty.write([&](Transaction& transaction) { return transaction.execute("INSERT INTO note (id) VALUES ($1)", {id}); });
  };
  faulty.plan({.commit_at = 2, .commit = CommitFault::kLostBefore});
  EXPECT_TRUE(succeeded(act(1)));
  EXPECT_EQ(fault_in(act(2)), Fault::kOutcomeUnknown);
  EXPECT_EQ(notes(), 1);
  faulty.plan({.commit_at = 1, .commit = CommitFault::kLostAfter});
  EXPECT_EQ(fault_in(act(3)), Fault::kOutcomeUnknown);
  EXPECT_EQ(notes(), 2);
  EXPECT_EQ(faulty.write_count(), 1);
}

TEST_P(Faults, ASwallowedPlannedFaultKeepsNothing) {
  FaultyStore faulty(*store_);
  faulty.plan({.fail_step = 2, .error = {Fault::kFull, "planned", {}}});
  const auto result = faulty.write([&](Transaction& transaction) -> StoreResult<int> {
    must(transaction.execute("INSERT INTO note (id) VALUES (1)"));
    EXPECT_FALSE(transaction.execute("INSERT INTO note (id) VALUES (2)"));
    EXPECT_EQ(fault_in(transaction.execute("INSERT INTO note (id) VALUES (3)")), Fault::kProgramming);
    return 0;
  });
  EXPECT_EQ(fault_in(result), Fault::kFull);
  EXPECT_EQ(notes(), 0);
}

TEST_P(Faults, APlannedFaultInsideNestedUndoesJustThat) {
  FaultyStore faulty(*store_);
  faulty.plan({.fail_step = 3});
  const auto result = faulty.write([&](Transaction& transaction) -> StoreResult<int> {
    must(transaction.execute("INSERT INTO note (id) VALUES (1)"));
    EXPECT_EQ(fault_in(transaction.nested([&] { return transaction.execute("INSERT INTO note (id) VALUES (2)"); })), Fault::kUnavailable);
    must(transaction.execute("INSERT INTO note (id) VALUES (3)"));
    return 0;
  });
  EXPECT_TRUE(succeeded(result));
  EXPECT_EQ(notes(), 2);
}

}  // namespace
}  // namespace koshi::store
