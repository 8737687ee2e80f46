#include "office/house/house.h"

#include <chrono>

#include "office/desk/schema_sealed.h"
#include "office/house/keys.h"
#include "office/house/subjects.h"
#include "office/people/schema.h"
#include "office/people/schema_denials.h"
#include "office/people/schema_own.h"
#include "office/people/schema_proof.h"
#include "office/people/schema_sign_ins.h"
#include "office/people/schema_ways.h"
#include "office/post/schema.h"
#include "store/migrate.h"

namespace koshi::office {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kJournalOrigin = "koshi.office/journal";
constexpr char kFactorIssuer[] = "Koshi";

std::string sentence(const store::StoreError& error) {
  return "the office's database: " + error.message;
}

/// Tables of the people, who stand in the desk's database but are none of its business; and what the desk itself got since.
std::vector<store::Migration> further_steps() {
  return {{kDeskSteps + 1, "people", people::kSchema},
          {kDeskSteps + 2, "ways", people::kWaysSchema},
          {kDeskSteps + 3, "post", post::kSchema},
          {kDeskSteps + 5, "denials", people::kDenialsSchema},
          {kDeskSteps + 6, "sign-ins", people::kSignInsSchema},
          {kDeskSteps + 7, "own account", people::kOwnAccountSchema},
          {kDeskSteps + 8, "proof", people::kProofSchema},
          {kDeskSteps + 9, "sealed", kSealedSchema}};
}

std::vector<store::Migration> all_steps() {
  return all_migrations(further_steps());
}

/// Whether nothing was ever signed or sealed in this database.
store::StoreResult<bool> is_unused(store::Store& store) {
  return store.read([](store::Reader& reader) -> store::StoreResult<bool> {
    for (const char* table : {"journal_event", "journal_checkpoint", "people_account"}) {
      TRY(rows, reader.query(std::string("SELECT 1 FROM ") + table + " LIMIT 1"));
      if (!rows.empty()) return false;
    }
    return true;
  });
}

std::expected<void, std::string> make_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder, error)) return {};
  if (!fs::create_directories(folder, error)) return std::unexpected("cannot make the folder " + folder.string());
  fs::permissions(folder, fs::perms::owner_all, error);
  return {};
}

}  // namespace

std::string store_address(const std::string& data) {
  return store::is_postgres_address(data) ? data : (fs::path(data) / "office.db").string();
}

int64_t system_clock_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::expected<std::unique_ptr<House>, std::string> House::open(HouseOptions options, Law law) {
  const bool remote = store::is_postgres_address(options.data);
  if (remote && options.keys.empty()) return std::unexpected("a database by URL needs a folder for the keys: --keys DIR");
  const fs::path key_folder = options.keys.empty() ? fs::path(options.data) : options.keys;
  if (!remote) {
    if (auto made = make_folder(options.data); !made) return std::unexpected(made.error());
  }
  if (auto made = make_folder(key_folder); !made) return std::unexpected(made.error());

  auto store = store::open_store(store_address(options.data));
  if (!store) return std::unexpected(sentence(store.error()));
  auto migrated = store::migrate(**store, all_steps());
  if (!migrated) return std::unexpected(sentence(migrated.error()));
  auto fresh = is_unused(**store);
  if (!fresh) return std::unexpected(sentence(fresh.error()));
  // New keys beside an old database would make a journal that nobody can verify: they are made while nothing is in it yet, so also after
  // an end between the two, and never because a later program adds tables.
  auto keys = open_keys(key_folder, kJournalOrigin, *fresh, options.random);
  if (!keys) return std::unexpected(keys.error().message);

  std::unique_ptr<House> house(new House());
  house->papers_seed_ = keys->papers;
  house->paper_keys_ = std::move(keys->retired_papers);
  house->paper_keys_.insert(house->paper_keys_.begin(), {keys->papers_id, papers::ed25519_public_key(keys->papers)});
  house->keys_folder_ = key_folder;
  house->clock_ = std::move(options.clock);
  house->random_ = options.random;
  house->store_ = std::move(*store);
  auto journal = journal::Journal::create(std::move(keys->journal), std::move(keys->retired_journal));
  if (!journal) return std::unexpected(journal.error().message);
  house->journal_ = std::make_unique<journal::Journal>(std::move(*journal));
  auto passwords = people::Passwords::create({.cost = options.password_cost}, options.random);
  if (!passwords) return std::unexpected(passwords.error().message);
  house->passwords_ = std::move(*passwords);
  house->factor_ = std::make_unique<people::SecondFactor>(keys->factor, options.random, kFactorIssuer, std::move(keys->retired_factors));
  house->sign_ins_ = std::make_unique<people::SignIns>(*house->store_, *house->passwords_, *house->factor_, options.random);
  auto desk = Desk::open({*house->store_, *house->journal_, law, house->clock_, options.random, further_steps(),
                          [corpus = &law.corpus](store::Transaction& transaction, const std::vector<Subject>& subjects, const Case& item,
                                                 int64_t now_ms) { return file_subjects(*corpus, transaction, subjects, item, now_ms); }});
  if (!desk) return std::unexpected(sentence(desk.error()));
  house->desk_ = std::move(*desk);
  return house;
}

}  // namespace koshi::office
