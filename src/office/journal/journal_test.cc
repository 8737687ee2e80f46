#include "office/journal/journal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "office/journal/merkle.h"
#include "office/journal/schema.h"
#include "store/migrate.h"
#include "store/test_postgres.h"

namespace koshi::journal {
namespace {

namespace fs = std::filesystem;
using store::StoreResult;

Entry entry(uint64_t n) {
  return {.case_id = "case-" + std::to_string(n * n % 7),
          .actor = "officer:" + std::to_string(n % 3),
          .action = "act",
          .law_date = *parse_date("2025-01-01"),
          .recorded_at_ms = static_cast<int64_t>(1'700'000'000'000 + n),
          .payload = "{\"n\":" + std::to_string(n) + "}"};
}

class JournalFixture : public testing::Test {
 protected:
  explicit JournalFixture(store::Engine engine) : journal_(Journal::create(SigningKey::create("office.example", Seed{7}).value()).value()) {
    std::string name = (fs::temp_directory_path() / "koshi_journal_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    const std::string address =
        engine == store::Engine::kPostgres ? store::TestPostgres::shared().make_schema().value() : (folder_ / "office.db").string();
    store_ = store::open_store(address).value();
    const store::Migration steps[] = {{1, "journal", kSchema}};
    const auto migrated = store::migrate(*store_, steps);
    EXPECT_TRUE(migrated) << migrated.error().message;
  }
  ~JournalFixture() override {
    store_.reset();
    fs::remove_all(folder_);
  }

  /// `count` more events, `per_commit` in each transaction, a checkpoint after each.
  void add(uint64_t count, uint64_t per_commit = 5) {
    for (uint64_t done = 0; done < count; done += per_commit) {
      std::vector<Entry> entries;
      for (uint64_t i = 0; i < std::min(per_commit, count - done); ++i) entries.push_back(entry(++made_));
      const auto appended = store_->write([&](store::Transaction& t) { return journal_.append(t, entries); });
      ASSERT_TRUE(appended) << appended.error().message;
      ASSERT_EQ(appended->back().sequence, made_);
      ASSERT_TRUE(journal_.checkpoint(*store_));
    }
  }
  void change(std::string_view sql, store::Params params = {}) {
    const auto changed = store_->write([&](store::Transaction& t) { return t.execute(sql, params); });
    ASSERT_TRUE(changed) << changed.error().message;
    ASSERT_GT(*changed, 0) << sql;
  }
  /// "" for a whole journal.
  std::string verified(std::vector<Checkpoint> known = {}) {
    const auto damage = store_->read([&](store::Reader& r) { return journal_.verify(r, known); });
    if (!damage) return "error: " + damage.error().message;
    return *damage ? describe(**damage) : "";
  }
  std::string exported() {
    std::string text;
    const auto done = journal_.export_to(*store_, [&](std::string_view part) -> StoreResult<void> {
      text += part;
      return {};
    });
    return done ? text : "error: " + done.error().message;
  }

  fs::path folder_;
  std::unique_ptr<store::Store> store_;
  Journal journal_;
  uint64_t made_ = 0;
};

class JournalTest : public JournalFixture, public testing::WithParamInterface<store::Engine> {
 protected:
  JournalTest() : JournalFixture(GetParam()) {}
};
INSTANTIATE_TEST_SUITE_P(Engines, JournalTest, testing::Values(store::Engine::kSqlite, store::Engine::kPostgres));

class JournalFileTest : public JournalFixture {
 protected:
  JournalFileTest() : JournalFixture(store::Engine::kSqlite) {}
};

TEST_P(JournalTest, AnEmptyJournalIsWhole) {
  EXPECT_EQ(verified(), "");
  const auto checkpoint = journal_.checkpoint(*store_).value();
  EXPECT_EQ(checkpoint.checkpoint.size, 0u);
  EXPECT_EQ(checkpoint.checkpoint.root, sha256(""));
  EXPECT_EQ(verified(), "");
  EXPECT_FALSE(journal_.receipt(*store_, 1));
  EXPECT_FALSE(journal_.receipt(*store_, 0));
}

TEST_P(JournalTest, ReceiptsOfAllEventsHold) {
  add(100);
  for (uint64_t sequence = 1; sequence <= 100; ++sequence) {
    const auto receipt = journal_.receipt(*store_, sequence);
    ASSERT_TRUE(receipt) << receipt.error().message;
    EXPECT_TRUE(verify_receipt(parse_receipt(format_receipt(*receipt)).value(), "office.example", journal_.keys()));
    EXPECT_EQ(journal_.receipt(*store_, sequence).value(), *receipt);
  }
  EXPECT_EQ(journal_.receipt(*store_, 101).error().fault, store::Fault::kProgramming);
  EXPECT_EQ(verified(), "");
}

TEST_P(JournalTest, AReceiptMakesTheCheckpointThatItNeeds) {
  const std::vector<Entry> entries{entry(1)};
  ASSERT_TRUE(store_->write([&](store::Transaction& t) { return journal_.append(t, entries); }));
  EXPECT_TRUE(journal_.receipt(*store_, 1));
  EXPECT_EQ(verified(), "");
}

TEST_P(JournalTest, CheckpointsOfAllSizesAreConsistent) {
  std::vector<Checkpoint> checkpoints;
  for (int i = 0; i < 40; ++i) {
    add(1 + static_cast<uint64_t>(i) % 4);
    checkpoints.push_back(journal_.checkpoint(*store_)->checkpoint);
  }
  const Checkpoint& last = checkpoints.back();
  for (const Checkpoint& old : checkpoints) {
    const auto proof = store_->read([&](store::Reader& r) { return journal_.consistency(r, old.size, last.size); });
    ASSERT_TRUE(proof) << proof.error().message;
    EXPECT_TRUE(verify_consistency(old.size, old.root, last.size, last.root, *proof));
  }
  EXPECT_EQ(verified(checkpoints), "");
  EXPECT_FALSE(store_->read([&](store::Reader& r) { return journal_.consistency(r, 5, last.size + 1); }));
}

TEST_P(JournalTest, ACaseIsAChain) {
  add(60);
  const auto events = store_->read([&](store::Reader& r) { return journal_.events(r, "case-2", 0); }).value();
  ASSERT_GT(events.size(), 3u);
  Hash previous{};
  for (const Event& event : events) {
    EXPECT_EQ(event.entry, entry(event.sequence));
    EXPECT_EQ(event.previous, previous);
    previous = event_hash(event);
  }
  EXPECT_EQ(store_->read([&](store::Reader& r) { return journal_.events(r, "", 58); })->size(), 2u);
}

TEST_P(JournalTest, NothingOfAnAbandonedActStays) {
  add(3);
  const std::vector<Entry> entries{entry(4), entry(5)};
  EXPECT_FALSE(store_->write([&](store::Transaction& t) -> StoreResult<void> {
    if (auto appended = journal_.append(t, entries); !appended) return std::unexpected(appended.error());
    return store::abandon("a guard said no");
  }));
  const std::vector<Entry> bad{entry(4), Entry{}};
  EXPECT_EQ(store_->write([&](store::Transaction& t) { return journal_.append(t, bad); }).error().fault, store::Fault::kProgramming);
  EXPECT_EQ(verified(), "");
  add(2);
  EXPECT_EQ(verified(), "");
}

TEST_P(JournalTest, WritersOnManyThreadsKeepOneHistory) {
  std::vector<std::jthread> writers;
  for (uint64_t w = 0; w < 4; ++w) {
    writers.emplace_back([this, w] {
      for (uint64_t i = 0; i < 50; ++i) {
        const std::vector<Entry> entries{entry(1000 * w + i)};
        const auto appended = store_->write([&](store::Transaction& t) { return journal_.append(t, entries); });
        ASSERT_TRUE(appended);
        const auto receipt = journal_.receipt(*store_, appended->front().sequence);
        ASSERT_TRUE(receipt) << receipt.error().message;
        EXPECT_EQ(receipt->event, appended->front().hash);
      }
    });
  }
  writers.clear();
  EXPECT_EQ(verified(), "");
}

TEST_P(JournalTest, RetiredKeysStillVerify) {
  add(10);
  const VerifyingKey old = journal_.keys().front();
  journal_ = Journal::create(SigningKey::create("office.example", Seed{8}).value(), {old}).value();
  add(10);
  EXPECT_EQ(verified(), "");
  EXPECT_TRUE(journal_.receipt(*store_, 3));
  journal_ = Journal::create(SigningKey::create("office.example", Seed{8}).value()).value();
  EXPECT_EQ(verified(), "events 1 to 5: checkpoint 1 after them is worthless: no known key signed the note");
  EXPECT_FALSE(Journal::create(SigningKey::create("other.example", Seed{8}).value(), {old}));
}

TEST_P(JournalTest, AlterationsNameTheirEvent) {
  add(50);
  for (const char* column :
       {"actor = 'officer:x'", "action = 'deny'", "case_id = 'case-x'", "law_date = '2025-01-02'", "law_date = '2025-02-30'",
        "recorded_at = recorded_at + 1", "payload = '{\"n\":0}'", "payload = '{\"n\": 23}'", "previous = hash", "hash = previous"}) {
    const std::string sql = std::string("UPDATE journal_event SET ") + column + " WHERE sequence = 23";
    const auto undone = store_->write([&](store::Transaction& t) -> StoreResult<void> {
      if (auto changed = t.execute(sql); !changed) return std::unexpected(changed.error());
      const auto damage = journal_.verify(t);
      EXPECT_TRUE(damage && *damage && (*damage)->first == 23 && (*damage)->last == 23)
          << sql << (damage && *damage ? describe(**damage) : "");
      return store::abandon("only a trial");
    });
    EXPECT_EQ(undone.error().fault, store::Fault::kAbandoned) << undone.error().message;
  }
  EXPECT_EQ(verified(), "");
}

TEST_P(JournalTest, RemovalSwapAndTruncationAreNamed) {
  add(50);
  const auto trial = [&](std::initializer_list<const char*> statements) {
    std::string found;
    static_cast<void>(store_->write([&](store::Transaction& t) -> StoreResult<void> {
      for (const char* sql : statements) EXPECT_TRUE(t.execute(sql)) << sql;
      const auto damage = journal_.verify(t);
      found = !damage ? damage.error().message : *damage ? describe(**damage) : "";
      return store::abandon("only a trial");
    }));
    return found;
  };
  EXPECT_EQ(trial({"DELETE FROM journal_event WHERE sequence = 23"}), "event 23: it is missing; event 24 follows the one before");
  EXPECT_EQ(trial({"DELETE FROM journal_event WHERE sequence = 1"}), "event 1: it is missing; event 2 follows the one before");
  EXPECT_EQ(trial({"DELETE FROM journal_event WHERE sequence > 45"}), "events 46 to 50: missing at the end; checkpoint 10 has 50 events");
  EXPECT_EQ(trial({"DELETE FROM journal_event WHERE sequence > 45", "DELETE FROM journal_checkpoint WHERE number = 10"}),
            "events 46 to 50: missing at the end; there were 50 events");
  EXPECT_EQ(
      trial({"UPDATE journal_event SET sequence = 100 WHERE sequence = 23", "UPDATE journal_event SET sequence = 23 WHERE sequence = 24",
             "UPDATE journal_event SET sequence = 24 WHERE sequence = 100"}),
      "event 23: it does not have the hash that stands with it");
  EXPECT_EQ(trial({"DELETE FROM journal_checkpoint WHERE number = 4"}),
            "events 16 to 25: checkpoint 4 is missing; 5 follows the one before");
  EXPECT_EQ(trial({"DELETE FROM journal_checkpoint WHERE number = 10"}), "events 46 to 50: there were 10 checkpoints, not 9");
  EXPECT_EQ(trial({"UPDATE journal_checkpoint SET note = replace(note, 'office', 'Office') WHERE number = 4"}),
            "events 16 to 20: checkpoint 4 after them is worthless: no known key signed the note");
  EXPECT_EQ(trial({"UPDATE journal_node SET hash = (SELECT hash FROM journal_event WHERE sequence = 1) WHERE level = 4 "
                   "AND position = 1"}),
            "events 17 to 32: the stored node of the tree above them is not theirs");
  EXPECT_EQ(trial({"DELETE FROM journal_node WHERE level = 4 AND position = 2"}), "events 1 to 50: their tree has 2 stored nodes, not 3");
  EXPECT_EQ(trial({"UPDATE journal_state SET size = 51"}).substr(0, 12), "events 1 to ");
  EXPECT_EQ(trial({"DELETE FROM journal_state"}), "events 1 to 50: added behind the end");
}

/// Somebody with the database but without the key rewrites event 23 and everything that follows from it.
TEST_P(JournalTest, AWholeNewHistoryFailsAtTheFirstSignature) {
  add(50);
  ASSERT_TRUE(journal_.checkpoint(*store_));
  static_cast<void>(store_->write([&](store::Transaction& t) -> StoreResult<void> {
    auto events = journal_.events(t, "", 0).value();
    events[22].entry.payload = "{\"n\":-1}";
    for (const char* table : {"journal_event", "journal_node", "journal_state"})
      EXPECT_TRUE(t.execute(std::string("DELETE FROM ") + table));
    std::vector<Entry> entries;
    for (const Event& event : events) entries.push_back(event.entry);
    EXPECT_TRUE(journal_.append(t, entries));
    EXPECT_TRUE(t.execute("UPDATE journal_state SET checkpoints = 10"));
    const auto damage = journal_.verify(t);
    EXPECT_TRUE(damage);
    EXPECT_EQ(describe(damage->value()), "events 21 to 25: they are not the events that checkpoint 5 signed");
    return store::abandon("only a trial");
  }));
}

TEST_F(JournalFileTest, AnOlderStateIsFoundOutByWhoKeptACheckpoint) {
  const auto swap_files = [&](const char* from, const char* to) {
    store_.reset();
    fs::copy_file(folder_ / from, folder_ / to, fs::copy_options::overwrite_existing);
    store_ = store::open_store((folder_ / "office.db").string()).value();
  };
  add(20);
  const Checkpoint kept = journal_.checkpoint(*store_)->checkpoint;
  swap_files("office.db", "old.db");
  add(5);
  const Checkpoint later = journal_.checkpoint(*store_)->checkpoint;
  EXPECT_EQ(verified({kept, later}), "");
  swap_files("old.db", "office.db");
  EXPECT_EQ(verified({kept}), "");
  EXPECT_EQ(verified({kept, later}), "events 21 to 25: missing at the end; a known checkpoint has 25 events");
  EXPECT_EQ(verified({{"office.example", 10, sha256("")}}), "events 1 to 10: a known checkpoint has other events");
  made_ = 20;
  add(5, 1);
  EXPECT_EQ(verified({later}), "");
}

/// Notes of all checkpoints, and what a start behind each of them finds.
class JournalBehindTest : public JournalTest {
 protected:
  std::vector<std::string> notes() {
    std::vector<std::string> all;
    const auto rows = store_->read([](store::Reader& r) { return r.query("SELECT note FROM journal_checkpoint ORDER BY number"); }).value();
    for (const store::Row row : rows) all.emplace_back(row.text(0));
    return all;
  }
  std::string behind(store::Reader& reader, const std::string& note) {
    const auto verified = journal_.verify_behind(reader, note);
    if (!verified) return "error: " + verified.error().message;
    return verified->damage ? describe(*verified->damage) : "";
  }
  /// What verify_behind() and verify() say after the statements, which are taken back.
  std::pair<std::string, std::string> trial(const std::string& note, std::initializer_list<const char*> statements) {
    std::pair<std::string, std::string> found;
    static_cast<void>(store_->write([&](store::Transaction& t) -> StoreResult<void> {
      for (const char* sql : statements) EXPECT_TRUE(t.execute(sql)) << sql;
      found.first = behind(t, note);
      const auto damage = journal_.verify(t);
      found.second = !damage ? damage.error().message : *damage ? describe(**damage) : "";
      return store::abandon("only a trial");
    }));
    return found;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, JournalBehindTest, testing::Values(store::Engine::kSqlite, store::Engine::kPostgres));

TEST_P(JournalBehindTest, AWholeJournalIsWholeBehindEachCheckpoint) {
  ASSERT_TRUE(journal_.checkpoint(*store_));
  for (int i = 0; i < 25; ++i) add(1 + static_cast<uint64_t>(i) * 7 % 23, 6);
  const auto all = notes();
  ASSERT_GT(all.size(), 40u);
  for (const std::string& note : all) {
    const auto verified = store_->read([&](store::Reader& r) { return journal_.verify_behind(r, note); });
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_FALSE(verified->damage) << describe(*verified->damage);
    EXPECT_EQ(verified->note, all.back());
  }
}

TEST_P(JournalBehindTest, WhatCameBehindIsReadAndWhatStoodBeforeIsHeldByTheTree) {
  add(50);
  const auto all = notes();
  const std::string& note = all[3];  // of 20 events
  const auto found = [&](std::initializer_list<const char*> statements) {
    const auto [behind, whole] = trial(note, statements);
    EXPECT_NE(whole, "");
    return behind;
  };
  EXPECT_EQ(found({"UPDATE journal_event SET actor = 'x' WHERE sequence = 23"}), "event 23: it does not have the hash that stands with it");
  EXPECT_EQ(found({"DELETE FROM journal_event WHERE sequence = 23"}), "event 23: it is missing; event 24 follows the one before");
  EXPECT_EQ(found({"UPDATE journal_event SET previous = hash WHERE sequence = 21"}),
            "event 21: it does not have the hash that stands with it");
  EXPECT_EQ(found({"DELETE FROM journal_checkpoint WHERE number = 6"}),
            "events 26 to 35: checkpoint 6 is missing; 7 follows the one before");
  EXPECT_EQ(found({"DELETE FROM journal_checkpoint WHERE number = 4"}),
            "events 1 to 20: the checkpoint that was verified before is missing");
  EXPECT_EQ(found({"DELETE FROM journal_node WHERE level = 4 AND position = 1"}), "events 1 to 50: their tree has 1 stored nodes, not 2");
  EXPECT_EQ(found({"UPDATE journal_node SET hash = (SELECT hash FROM journal_event WHERE sequence = 1) WHERE level = 4 AND position = 0"}),
            "events 1 to 20: they are no longer the events that were verified before");
  EXPECT_EQ(found({"UPDATE journal_event SET hash = previous WHERE sequence = 18"}),
            "events 1 to 20: they are no longer the events that were verified before");
  EXPECT_EQ(found({"UPDATE journal_state SET size = 51"}).substr(0, 15), "events 1 to 20:");
  // What only the whole reading finds.
  EXPECT_EQ(found({"UPDATE journal_event SET actor = 'x' WHERE sequence = 3"}), "");
}

TEST_P(JournalBehindTest, AShorterJournalIsNotTheOneThatWasVerified) {
  add(50);
  const auto all = notes();
  EXPECT_EQ(
      trial(all.back(),
            {"DELETE FROM journal_event", "DELETE FROM journal_node", "DELETE FROM journal_checkpoint", "DELETE FROM journal_state"}),
      std::pair(std::string("events 1 to 50: missing at the end; a checkpoint that was verified before has 50 events"), std::string()));
  store_
      ->read([&](store::Reader& r) -> StoreResult<void> {
        EXPECT_EQ(journal_.verify_behind(r, "nonsense").error().fault, store::Fault::kProgramming);
        return {};
      })
      .value();
}

TEST_P(JournalTest, AKeptCheckpointIsShownToBeABeginning) {
  ASSERT_TRUE(journal_.checkpoint(*store_));
  add(50, 3);
  for (uint64_t size = 0; size <= 50; ++size) {
    const auto made = journal_.consistency_since(*store_, size);
    ASSERT_TRUE(made) << made.error().message;
    const std::string text = format_consistency(*made);
    const auto read = parse_consistency(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, *made);
    const auto later = verify_consistency(*read, "office.example", journal_.keys());
    ASSERT_TRUE(later) << later.error().message;
    EXPECT_EQ(later->size, 50u);
    const auto old = open_checkpoint(made->old_checkpoint, "office.example", journal_.keys());
    EXPECT_LT(old->size - size, 3u);
  }
  EXPECT_EQ(journal_.consistency_since(*store_, 51).error().fault, store::Fault::kProgramming);
  auto forged = journal_.consistency_since(*store_, 20).value();
  forged.proof[1][3] ^= 1;
  EXPECT_FALSE(verify_consistency(forged, "office.example", journal_.keys()));
  std::swap(forged.checkpoint, forged.old_checkpoint);
  EXPECT_FALSE(verify_consistency(forged, "office.example", journal_.keys()));
}

TEST_P(JournalTest, ExportIsLinesInTheirOrder) {
  add(7);
  const std::string text = exported();
  EXPECT_EQ(std::ranges::count(text, '\n'), 1 + 7 + 2);
  EXPECT_TRUE(text.starts_with("{\"checkpoint\":\"office.example\\n7\\n"));
  EXPECT_TRUE(text.ends_with("\"number\":2}\n"));
  EXPECT_EQ(exported(), text);
}

TEST_P(JournalTest, ADamagedJournalHandsOutNoReceipt) {
  add(50);
  change("UPDATE journal_event SET hash = previous WHERE sequence = 23");
  EXPECT_EQ(journal_.receipt(*store_, 23).error().fault, store::Fault::kCorrupt);
  EXPECT_EQ(journal_.receipt(*store_, 24).error().fault, store::Fault::kCorrupt);
}

}  // namespace
}  // namespace koshi::journal
