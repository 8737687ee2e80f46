#include <gmock/gmock.h>

#include <chrono>
#include <random>

#include "fire_office.h"
#include "office/house/verified.h"

/// What no end of the program may break: the real server is killed under load, runs out of disk, finds its files damaged.
///
///   KOSHI_CRASHES=200 KOSHI_SEED=7 office_crash_test --gtest_filter='*Killed*'
namespace koshi {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

constexpr int kApplicants = 6;
constexpr int kVerifyEvery = 10;  ///< of the kills in the long run

int number_from(const char* name, int otherwise) {
  const char* given = std::getenv(name);
  return given == nullptr ? otherwise : std::atoi(given);
}

class OfficeCrash : public FireOffice {
 protected:
  /// Waits for what the server does by itself.
  template <typename Done>
  static bool wait_for(Done done, milliseconds limit = milliseconds(120'000)) {
    for (const auto end = steady_clock::now() + limit; steady_clock::now() < end; std::this_thread::sleep_for(milliseconds(10))) {
      if (done()) return true;
    }
    return false;
  }
  uint64_t acknowledged() {
    const std::lock_guard lock(known_.mutex);
    return known_.total;
  }
  /// Applies until so many acts more are acknowledged, then `end`.
  void apply_until(uint64_t more, const std::function<void()>& end) {
    const uint64_t wanted = acknowledged() + more;
    apply(kApplicants, [&] {
      EXPECT_TRUE(wait_for([&] { return acknowledged() >= wanted; }));
      end();
    });
  }
  void kill_server() {
    server_->signal(SIGKILL);
    server_->wait();
  }
  void stop_in_order() {
    server_->signal(SIGTERM);
    EXPECT_EQ(server_->wait(), 0) << server_->errors();
  }
  /// What a start that is refused says.
  std::string refused_start() {
    Process refused(serve_words());
    if (const std::string line = refused.line(); !line.empty()) {
      ADD_FAILURE() << line;
      return line;
    }
    std::string said = refused.errors();
    EXPECT_EQ(refused.wait(), 2) << said;
    return said;
  }
  fs::path database() const { return fs::path(data_) / "office.db"; }
  uint64_t verified_events() const {
    const std::string note = office::read_verified(keys_);
    const size_t line = note.find('\n');
    return line == std::string::npos ? 0 : std::stoull(note.substr(line + 1));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, OfficeCrash, store::both_engines(), store::engine_name);

TEST_P(OfficeCrash, KilledUnderLoadItLosesNothingThatItAcknowledged) {
  const int kills = number_from("KOSHI_CRASHES", 6);
  const int seed = number_from("KOSHI_SEED", 1);
  std::mt19937 random(static_cast<unsigned>(seed));
  milliseconds slowest{0};
  for (int round = 1; round <= kills && !HasFailure(); ++round) {
    const auto begin = steady_clock::now();
    start();
    ASSERT_FALSE(HasFatalFailure());
    slowest = std::max(slowest, std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin));
    settle();
    expect_repeated();
    expect_exactly_once();
    apply_until(1 + random() % 60, [&] {
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 20'000));
      kill_server();
    });
    if (kills <= kVerifyEvery || round % kVerifyEvery == 0) {
      std::string said;
      EXPECT_EQ(command({"office", "verify"}, &said), 0) << said;
    }
    if (HasFailure()) ADD_FAILURE() << "KOSHI_SEED=" << seed << ", kill " << round;
  }
  start();
  settle();
  expect_repeated();
  stop_in_order();
  expect_exactly_once();
  EXPECT_EQ(command({"office", "verify"}), 0);
  printf("%d kills, %llu acts acknowledged, slowest start %lld ms\n", kills, static_cast<unsigned long long>(known_.total),
         static_cast<long long>(slowest.count()));
}

TEST_P(OfficeCrash, StoppedInOrderUnderLoadItAnswersWhatItTook) {
  for (int round = 0; round < 2; ++round) {
    start();
    settle();
    expect_repeated();
    apply_until(20, [&] { stop_in_order(); });
  }
  start();
  settle();
  expect_repeated();
  stop_in_order();
  expect_exactly_once();
}

TEST_P(OfficeCrash, ABackupIsRestoredVerifiedAndClearedAwayByOneCommand) {
  start();
  apply_until(20, [&] {
    std::vector<std::string> drill = {"office", "drill", (folder_ / "drill").string()};
    if (GetParam() == store::Engine::kPostgres) {
      drill.insert(drill.end(), {"--into", store::TestPostgres::shared().make_database().value()});
    }
    std::string said;
    EXPECT_EQ(command(drill, &said), 0) << said;
    for (const char* part : {"journal: in order", "ledger: in order", "cases: in order", "The copy holds all"}) {
      EXPECT_THAT(said, HasSubstr(part));
    }
    EXPECT_FALSE(fs::exists(folder_ / "drill"));
  });
  stop_in_order();
}

class OfficeFiles : public OfficeCrash {};
INSTANTIATE_TEST_SUITE_P(Engines, OfficeFiles, testing::Values(store::Engine::kSqlite), store::engine_name);

TEST_P(OfficeFiles, AFullDiskRefusesTheActWhichMayBeTriedAgain) {
  start();
  apply_until(10, [&] {
    // No file may grow any further, as on a full disk.
    const rlimit none{static_cast<rlim_t>(fs::file_size(database().string() + "-wal")) + 50'000, RLIM_INFINITY};
    ASSERT_EQ(prlimit(server_->id(), RLIMIT_FSIZE, &none, nullptr), 0);
    EXPECT_TRUE(wait_for([&] {
      const std::lock_guard lock(known_.mutex);
      return known_.open.size() >= kApplicants;
    }));
  });
  ASSERT_GE(known_.open.size(), size_t{kApplicants});
  for (const Act& act : known_.open) EXPECT_EQ(act.status, 503) << act.target;
  const rlimit room{RLIM_INFINITY, RLIM_INFINITY};
  ASSERT_EQ(prlimit(server_->id(), RLIMIT_FSIZE, &room, nullptr), 0);
  settle();
  expect_repeated();
  apply_until(10, [&] { stop_in_order(); });
  start();
  settle();
  expect_repeated();
  stop_in_order();
  expect_exactly_once();
  EXPECT_EQ(command({"office", "verify"}), 0);
}

TEST_P(OfficeFiles, ATornDatabaseDoesNotOpen) {
  start();
  apply_until(30, [&] { stop_in_order(); });
  fs::resize_file(database(), fs::file_size(database()) - 1000);
  EXPECT_THAT(refused_start(), testing::ContainsRegex("torn: its last page, from byte [0-9]+ on, is not whole"));
}

/// SQLite forgets a log that is torn without a word. What was signed before says whether anything of it is missing.
TEST_P(OfficeFiles, ALogThatLostItsEndIsFoundOut) {
  start();
  apply_until(60, [&] {
    EXPECT_TRUE(wait_for([&] { return verified_events() >= 40; })) << verified_events();
    kill_server();
  });
  const uint64_t verified = verified_events();
  const fs::path log = database().string() + "-wal";
  fs::resize_file(log, fs::file_size(log) / 4);
  Process started(serve_words());
  if (started.line().empty()) {
    // What had gone from the log into the database before it was killed may not fit what is left of the log.
    const std::string said = started.errors();
    EXPECT_EQ(started.wait(), 2) << said;
    EXPECT_THAT(said, testing::AnyOf(HasSubstr("missing at the end; a checkpoint that was verified before has"), HasSubstr("damaged"),
                                     HasSubstr("malformed"), testing::ContainsRegex("event [0-9]+: ")));
    return;
  }
  // The log may have begun anew shortly before: then only what was never verified can be gone.
  started.signal(SIGTERM);
  EXPECT_EQ(started.wait(), 0);
  beside([&](office::House& house) {
    EXPECT_GE(store::must(house.store().read([&](store::Reader& reader) { return house.journal().size(reader); })), verified);
  });
}

/// Only the last pages: what was not yet verified may be gone, and the office goes on from a whole act.
TEST_P(OfficeFiles, ATornLastPageOfTheLogEndsWithAWholeAct) {
  start();
  apply_until(30, [&] { kill_server(); });
  const fs::path log = database().string() + "-wal";
  fs::resize_file(log, fs::file_size(log) - 100);
  fs::remove(fs::path(keys_) / office::kVerifiedFile);
  start();
  stop_in_order();
  EXPECT_EQ(command({"office", "verify"}), 0);
}

class OfficeDamage : public OfficeFiles {
 protected:
  /// Turns a bit in each place of the file where the text stands, as a failing disk might.
  void damage(const std::string& text) const {
    std::fstream file(database(), std::ios::in | std::ios::out | std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(file), {});
    size_t places = 0;
    for (size_t at = bytes.find(text); at != std::string::npos; at = bytes.find(text, at + 1), ++places) {
      file.seekp(static_cast<std::streamoff>(at));
      file.put(static_cast<char>(text.front() ^ 1));
    }
    EXPECT_GT(places, 0u) << text;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, OfficeDamage, testing::Values(store::Engine::kSqlite), store::engine_name);

TEST_P(OfficeDamage, ATurnedBitInTheJournalIsNamedAndABackupGoesOn) {
  start();
  apply_until(40, [&] { stop_in_order(); });
  start();
  settle();
  expect_repeated();
  const fs::path copy = folder_ / "office.copy";
  ASSERT_EQ(command({"office", "backup", copy.string()}), 0);
  stop_in_order();
  // The words of the first application, which every application has: the first event with them is the one that is named.
  damage("Steppe Build LLP");
  fs::remove(fs::path(keys_) / office::kVerifiedFile);
  EXPECT_THAT(refused_start(), testing::ContainsRegex("event [0-9]+: it does not have the hash that stands with it"));
  std::string said;
  EXPECT_EQ(command({"office", "verify"}, &said), 1);
  EXPECT_THAT(said, testing::ContainsRegex("journal: event [0-9]+: "));

  data_ = (folder_ / "restored").string();
  ASSERT_EQ(command({"office", "restore", copy.string()}), 0);
  start();
  stop_in_order();
  expect_exactly_once();
  EXPECT_EQ(command({"office", "verify"}), 0);
}

/// A start that reads only what came since the last one lets the server answer; the whole reading behind it ends it, and then it does not
/// start again.
TEST_P(OfficeDamage, WhatAStartPassedOverEndsTheServerThatFindsIt) {
  start();
  apply_until(40, [&] {});
  ASSERT_TRUE(wait_for([&] { return verified_events() >= 30; }));
  stop_in_order();
  damage("Steppe Build LLP");
  server_ = std::make_unique<Process>(serve_words());
  server_->line();
  const std::string said = server_->errors();  // until it ends
  EXPECT_EQ(server_->wait(), 3) << said;
  EXPECT_THAT(said, HasSubstr("journal_damaged"));
  EXPECT_THAT(said, testing::ContainsRegex("event [0-9]+: it does not have the hash that stands with it"));
  EXPECT_THAT(refused_start(), testing::ContainsRegex("event [0-9]+: it does not have the hash that stands with it"));
}

TEST_P(OfficeDamage, ADatabasePutBackToAnOlderStateIsFoundOut) {
  start();
  apply_until(20, [&] { stop_in_order(); });
  fs::copy_file(database(), folder_ / "old.db");
  start();
  const uint64_t before = verified_events();
  apply_until(40, [&] { EXPECT_TRUE(wait_for([&] { return verified_events() > before + 20; })); });
  stop_in_order();
  fs::copy_file(folder_ / "old.db", database(), fs::copy_options::overwrite_existing);
  EXPECT_THAT(refused_start(),
              testing::AnyOf(HasSubstr("missing at the end"), HasSubstr("the checkpoint that was verified before is missing")));
  // On purpose: whoever keeps the office says so.
  fs::remove(fs::path(keys_) / office::kVerifiedFile);
  start();
  stop_in_order();
}

}  // namespace
}  // namespace koshi
