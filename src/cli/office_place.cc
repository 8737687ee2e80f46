#include "cli/office_place.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "office/demo/test_clock.h"
#include "office/people/account.h"
#include "office/people/case_key.h"
#include "office/people/random.h"

namespace koshi::cli {
namespace {

namespace fs = std::filesystem;

/// The office's clock, or the day that the command asks for.
OrStatus<office::Clock> clock_of(const OfficePlace& place) {
  const fs::path folder = key_folder(place);
  if (place.on.empty()) {
    auto clock = office::folder_clock(folder);
    return clock ? OrStatus<office::Clock>(std::move(*clock)) : std::unexpected(machine(clock.error()));
  }
  const auto day = parse_date(place.on);
  if (!day) {
    complain("`" + place.on + "` is not a date that exists; write it as YYYY-MM-DD");
    return std::unexpected(kBadInput);
  }
  const auto shift = office::read_test_clock(folder);
  if (!shift) return std::unexpected(machine(shift.error()));
  if (!*shift) {
    complain("the clock of this office cannot be set: it was not made for trials (koshi office init --test-clock)");
    return std::unexpected(kBadInput);
  }
  return office::clock_at(*day);
}

}  // namespace

fs::path key_folder(const OfficePlace& place) {
  return place.keys.empty() ? fs::path(place.data) : place.keys;
}

bool has_office(const OfficePlace& place) {
  std::error_code error;
  return fs::exists(key_folder(place) / "journal.key", error);
}

int machine(const std::string& message) {
  complain(message);
  return kMachine;
}

int tell_store_error(const store::StoreError& error) {
  return machine("the office's database: " + error.message);
}

OrStatus<OpenOffice> open_office(const OfficePlace& place, Passwords passwords) {
  const auto language = language_or_complain(place.language);
  if (!language) return std::unexpected(kBadInput);
  if (!has_office(place)) {
    complain(fmt::format("there is no office in {}; `koshi office init` makes one", key_folder(place).string()));
    return std::unexpected(kBadInput);
  }
  auto clock = clock_of(place);
  if (!clock) return std::unexpected(clock.error());
  OpenOffice office{load_law(place.folders), nullptr, *language};
  if (!office.law) return std::unexpected(kBadInput);
  const auto cost = passwords == Passwords::kMade ? people::kModerateCost : people::kCheapCost;
  auto house = office::House::open({place.data, place.keys, std::move(*clock), people::system_random(), cost}, office.rules());
  if (!house) return std::unexpected(machine(house.error()));
  office.house = std::move(*house);
  return office;
}

namespace {

constexpr std::string_view kByKey = "key:";

/// The parties that need no account, in all procedures.
OrStatus<std::vector<office::Actor>> actors_of_key(const OpenOffice& office, std::string_view text) {
  const auto key = people::read_case_key(text);
  if (!key) {
    complain("this is no key of a case: it has 24 letters and digits, or 20 if it is an older one");
    return std::unexpected(kBadInput);
  }
  const people::CaseKeyNames names = people::names_of_case_key(*key);
  std::vector<office::Actor> actors;
  for (const zan::Procedure& procedure : office.law->corpus().procedures) {
    for (const zan::Role& role : procedure.roles) {
      const bool known = std::ranges::count(actors, role.name, &office::Actor::role) > 0;
      if (role.without_account && !known) actors.push_back({names.account, role.name, "\"" + names.scope + "\"", office.language});
    }
  }
  return actors;
}

}  // namespace

OrStatus<std::vector<office::Actor>> actors_of(const OpenOffice& office, const std::string& as) {
  if (as.starts_with(kByKey)) return actors_of_key(office, std::string_view(as).substr(kByKey.size()));
  const size_t slash = as.find('/');
  const std::string login = as.substr(0, slash);
  const std::string role = slash == std::string::npos ? "" : as.substr(slash + 1);
  auto account = office.house->store().read(
      [&](store::Reader& reader) { return people::find_account(reader, people::fold_login(login).value_or("")); });
  if (!account) return std::unexpected(tell_store_error(account.error()));
  if (!*account) {
    complain(fmt::format("there is no account `{}`; `koshi office account list` names them", login));
    return std::unexpected(kBadInput);
  }
  if ((*account)->disabled) {
    complain(fmt::format("the account `{}` is disabled", login));
    return std::unexpected(kRefused);
  }
  std::vector<office::Actor> actors;
  for (const people::RoleGrant& grant : (*account)->roles) {
    if (!role.empty() && grant.role != role) continue;
    office::Actor& actor = actors.emplace_back(office::Actor{(*account)->login, grant.role, std::nullopt, office.language});
    // Scopes are codes and numbers of identity: texts, or members of an enumeration, which are spelt as texts.
    if (!grant.everywhere) append_json_string(actor.scope.emplace(), grant.scope);
  }
  if (actors.empty()) {
    complain(fmt::format("the account `{}` has no role{}", login, role.empty() ? "" : " `" + role + "`"));
    return std::unexpected(kBadInput);
  }
  return actors;
}

}  // namespace koshi::cli
