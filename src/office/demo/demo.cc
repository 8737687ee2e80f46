#include "office/demo/demo.h"

#include <algorithm>
#include <memory>

#include "office/demo/player.h"
#include "office/demo/script.h"
#include "office/demo/test_clock.h"
#include "office/people/account.h"

namespace koshi::office {
namespace {

using Nothing = std::expected<void, std::string>;

std::string sentence(const store::StoreError& error) {
  return "the office's database: " + error.message;
}

struct Found {
  bool is_seeded = false;
  bool is_used = false;
};

/// Accounts are made last: an office with cases and without them was left half-way, or is nobody's demo.
std::expected<Found, std::string> look(House& house, const std::string& first_login) {
  const auto account =
      house.store().read([&](store::Reader& reader) { return people::find_account(reader, std::string_view(first_login)); });
  if (!account) return std::unexpected(sentence(account.error()));
  const auto others = house.store().read([](store::Reader& reader) { return people::accounts_after(reader, "", 1); });
  if (!others) return std::unexpected(sentence(others.error()));
  const auto events = house.store().read([&](store::Reader& reader) { return house.journal().events(reader, "", 0); });
  if (!events) return std::unexpected(sentence(events.error()));
  return Found{account->has_value(), !others->empty() || !events->empty()};
}

Nothing make_accounts(House& house, const std::vector<DemoLogin>& logins) {
  for (const DemoLogin& login : logins) {
    const auto hash = house.passwords().hash(kDemoPassword);
    if (!hash) return std::unexpected(hash.error().message);
    const people::NewAccount account{login.login, login.name, *hash, login.language, login.roles};
    const auto made =
        house.store().write([&](store::Transaction& transaction) { return people::create_account(transaction, account, house.now_ms()); });
    if (!made) return std::unexpected(sentence(made.error()));
    if (!*made) return std::unexpected("people.txt: " + login.login + ": " + made->error().message);
  }
  return {};
}

/// The same bytes in each run: a demo has no secrets but its keys, which are made before this is used.
people::RandomBytes repeatable_bytes(uint64_t& state) {
  return [&state](std::span<std::byte> bytes) {
    for (std::byte& byte : bytes) {
      uint64_t z = state += 0x9e3779b97f4a7c15u;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
      byte = static_cast<std::byte>(z >> 56);
    }
  };
}

/// From where on the bytes for a case are drawn, by its name in the text: a new story moves the number of no other case.
uint64_t seed_of(const std::string& item) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : item) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace

std::expected<DemoReport, std::string> seed_demo(DemoOptions options, Law law) {
  const auto logins = demo_logins(options.folder);
  if (!logins) return std::unexpected(logins.error());
  auto steps = read_steps(options.folder);
  if (!steps) return std::unexpected(steps.error());
  if (options.until) std::erase_if(*steps, [&](const Step& step) { return step.day > *options.until; });
  const Date today = options.until.value_or(steps->empty() ? office_day(system_clock_ms()) : steps->back().day);

  Instant instant;
  options.house.clock = [&instant] { return instant.ms; };
  options.house.password_cost = people::kCheapCost;
  {
    auto house = House::open(options.house, law);
    if (!house) return std::unexpected(house.error());
    const auto found = look(**house, logins->front().login);
    if (!found) return std::unexpected(found.error());
    if (found->is_seeded) return DemoReport{true, 0, 0, 0, today};
    if (found->is_used) return std::unexpected("this office is in use or was filled half-way: the demo wants an empty one");
  }
  uint64_t seed = 2026;
  options.house.random = repeatable_bytes(seed);
  auto house = House::open(options.house, law);
  if (!house) return std::unexpected(house.error());
  Player player(**house, law, *logins, instant);
  for (const Step& step : *steps) {
    if (step.verb == Verb::kOpen) seed = seed_of(step.item);
    if (auto played = player.play(step); !played) return std::unexpected(step.place + ": " + played.error());
  }
  if (auto swept = player.pass_days_until(today); !swept) return std::unexpected(swept.error());
  if (auto made = make_accounts(**house, *logins); !made) return std::unexpected(made.error());
  const int shift = today.days - office_day(system_clock_ms()).days;
  if (auto made = write_test_clock(key_folder(options.house), shift); !made) return std::unexpected(made.error());
  return DemoReport{false, logins->size(), player.case_count(), player.act_count(), today};
}

}  // namespace koshi::office
