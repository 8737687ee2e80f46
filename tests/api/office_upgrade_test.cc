#include <gmock/gmock.h>

#include <thread>

#include "fire_office.h"
#include "office/house/keys.h"
#include "office/people/schema.h"
#include "office/people/schema_denials.h"
#include "office/people/schema_own.h"
#include "office/people/schema_sign_ins.h"
#include "office/people/schema_ways.h"
#include "office/post/schema.h"

/// A running office gets a new program without a pause: while a server of the previous schema goes on acting on a PostgreSQL database, the
/// real program is started beside it, brings the schema up to date and acts too.
namespace koshi {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr char kOrigin[] = "koshi.office/journal";  // as office/house names the journal

/// The steps before the last one that was released.
std::vector<store::Migration> old_people_steps() {
  return {{office::kDeskSteps + 1, "people", people::kSchema},
          {office::kDeskSteps + 2, "ways", people::kWaysSchema},
          {office::kDeskSteps + 3, "post", post::kSchema},
          {office::kDeskSteps + 5, "denials", people::kDenialsSchema},
          {office::kDeskSteps + 6, "sign-ins", people::kSignInsSchema},
          {office::kDeskSteps + 7, "own account", people::kOwnAccountSchema}};
}

/// What a server of the previous schema keeps open.
struct OldServer {
  std::unique_ptr<store::Store> store;
  std::unique_ptr<journal::Journal> journal;
  std::unique_ptr<office::Desk> desk;

  OldServer(const std::string& address, const std::string& keys, office::Clock clock) {
    store = store::must(store::open_store(address));
    journal = std::make_unique<journal::Journal>(
        journal::Journal::create(std::move(office::open_keys(keys, kOrigin, true, people::system_random())->journal)).value());
    desk = store::must(
        office::Desk::open({*store, *journal, office::LoadedLaw::real(), std::move(clock), people::system_random(), old_people_steps()}));
  }
};

/// Opens cases one after another and says how long the longest took.
struct OldActs {
  std::vector<std::string> opened;
  std::string failure;
  milliseconds longest{0};

  void act(office::Desk& desk, const std::atomic<bool>& stopping) {
    const office::Actor party{"steppe", "employer", "\"123456789012\"", words::Language::kEn};
    while (!stopping && failure.empty()) {
      const auto begin = steady_clock::now();
      const auto done = desk.open_case({party, "old-" + std::to_string(opened.size())}, "work_permit");
      longest = std::max(longest, std::chrono::duration_cast<milliseconds>(steady_clock::now() - begin));
      if (!done) {
        failure = std::holds_alternative<store::StoreError>(done.error()) ? std::get<store::StoreError>(done.error()).message : "refused";
        return;
      }
      opened.push_back(done->item.id);
    }
  }
};

class OfficeUpgrade : public FireOffice {
 protected:
  void SetUp() override {
    keys_ = (folder_ / "keys").string();
    data_ = store::TestPostgres::shared().make_database().value();
    std::filesystem::create_directories(keys_);
    set_clock();
  }
  office::Clock clock() const {
    return [shift = shift_ms_] { return office::system_clock_ms() + shift; };
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, OfficeUpgrade, testing::Values(store::Engine::kPostgres), store::engine_name);

/// The new program adds tables: that must not look like a new office, which would be given new keys.
TEST_P(OfficeUpgrade, KeysThatAreLostAreNotMadeAnew) {
  {
    OldServer old(data_, keys_, clock());
    const office::Actor party{"steppe", "employer", "\"123456789012\"", words::Language::kEn};
    ASSERT_TRUE(old.desk->open_case({party, "old"}, "work_permit").has_value());
  }
  std::filesystem::remove(std::filesystem::path(keys_) / "journal.key");
  Process refused(serve_words());
  EXPECT_EQ(refused.line(), "");
  EXPECT_THAT(refused.errors(), testing::HasSubstr("journal.key is missing"));
  EXPECT_EQ(refused.wait(), 2);
}

TEST_P(OfficeUpgrade, TheOldServerActsWhileTheNewOneBringsTheSchemaUpToDate) {
  OldServer old(data_, keys_, clock());
  std::atomic<bool> stopping = false;
  OldActs acts;
  const auto old_count = [&] {
    return store::must(old.store->read([](store::Reader& r) { return r.query("SELECT count(*) FROM store_migration"); }))[0].integer(0);
  };
  const auto old_steps = static_cast<int64_t>(office::all_migrations(old_people_steps()).size());  // the desk's later step is among them
  EXPECT_EQ(old_count(), old_steps);
  std::jthread acting([&] { acts.act(*old.desk, stopping); });

  start();
  EXPECT_GT(old_count(), old_steps) << "there is no later step than the old server has";
  make_party();
  apply(2, [&] {
    const auto enough = [&] {
      const std::lock_guard lock(known_.mutex);
      return known_.total >= 30;
    };
    for (const auto end = steady_clock::now() + std::chrono::minutes(2); !enough() && steady_clock::now() < end;) {
      std::this_thread::sleep_for(milliseconds(10));
    }
  });
  stopping = true;
  acting.join();
  EXPECT_EQ(acts.failure, "");
  EXPECT_GE(acts.opened.size(), 10u);
  EXPECT_GE(known_.total, 30u);
  expect_repeated();

  // Each sees what the other did.
  const office::Actor party{"steppe", "employer", "\"123456789012\"", words::Language::kEn};
  EXPECT_TRUE(old.desk->show(party, known_.cases.begin()->first).has_value());
  ActClient client(port_, token_);
  Act given = act("/api/v1/cases/" + acts.opened.front() + "/facts", at(1, kFacts));
  ASSERT_TRUE(client.send(given));
  EXPECT_EQ(given.status, 200) << client.body();
  printf("%zu acts by the old server, the longest %lld ms; %llu by the new one\n", acts.opened.size(),
         static_cast<long long>(acts.longest.count()), static_cast<unsigned long long>(known_.total));

  server_->signal(SIGTERM);
  EXPECT_EQ(server_->wait(), 0);
  EXPECT_EQ(command({"office", "verify"}), 0);
  // An old program that is started now says that it is too old, instead of guessing.
  const auto late =
      office::Desk::open({*old.store, *old.journal, office::LoadedLaw::real(), clock(), people::system_random(), old_people_steps()});
  EXPECT_EQ(store::fault_in(late), store::Fault::kUnfit);
}

}  // namespace
}  // namespace koshi
