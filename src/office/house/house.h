#pragma once

#include <array>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "office/desk/desk.h"
#include "office/papers/permit_code.h"
#include "office/people/denials.h"
#include "office/people/own_account.h"
#include "office/people/sign_in.h"

/// An office that is open: its database with all tables, its keys, its desk and its people. What the server and the commands start from.
namespace koshi::office {

struct HouseOptions {
  /// A folder, which is made if it does not exist (the database is office.db in it), or the URL of a PostgreSQL database.
  std::string data;
  std::filesystem::path keys;  ///< folder; empty: the data folder. A URL needs one
  Clock clock;
  people::RandomBytes random;
  people::PasswordCost password_cost = people::kModerateCost;
};

/// Thread contract: as Desk and SignIns.
class House {
 public:
  /// `law` outlives the house. Errors are sentences for whoever starts the office: a folder that cannot be made, keys that are missing
  /// beside an existing database, a database of a later program, a journal that is damaged where it was looked at.
  static std::expected<std::unique_ptr<House>, std::string> open(HouseOptions options, Law law);

  store::Store& store() { return *store_; }
  const journal::Journal& journal() const { return *journal_; }
  Desk& desk() { return *desk_; }
  /// What was asked for and not given; whoever sweeps the house keeps it.
  people::Denials& denials() { return denials_; }
  people::SignIns& sign_ins() { return *sign_ins_; }
  people::Passwords& passwords() { return *passwords_; }
  const people::SecondFactor& second_factor() const { return *factor_; }
  /// What people do to their own accounts.
  people::OwnAccount own_account() { return {*store_, *passwords_, *factor_, *sign_ins_, random_}; }
  /// Of the key that signs the codes on permits (papers/permit_code.h).
  const std::array<uint8_t, 32>& papers_seed() const { return papers_seed_; }
  /// By which codes on papers are believed: first that which signs now.
  const std::vector<papers::CodeKey>& paper_keys() const { return paper_keys_; }
  /// The folder with the keys.
  const std::filesystem::path& keys_folder() const { return keys_folder_; }
  int64_t now_ms() const { return clock_(); }
  Date today() const { return office_day(clock_()); }

 private:
  House() = default;

  std::array<uint8_t, 32> papers_seed_{};
  std::vector<papers::CodeKey> paper_keys_;
  Clock clock_;
  people::RandomBytes random_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<journal::Journal> journal_;
  std::unique_ptr<people::Passwords> passwords_;
  std::unique_ptr<people::SecondFactor> factor_;
  std::unique_ptr<people::SignIns> sign_ins_;
  std::unique_ptr<Desk> desk_;
  std::filesystem::path keys_folder_;
  people::Denials denials_{office_day};
};

/// The database's address for the store: what `data` means.
std::string store_address(const std::string& data);
/// "Clock" of the machine.
int64_t system_clock_ms();

}  // namespace koshi::office
