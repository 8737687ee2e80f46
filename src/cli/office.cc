#include <fmt/core.h>

#include "cli/office_place.h"
#include "office/demo/demo.h"
#include "office/demo/test_clock.h"
#include "office/house/keys.h"
#include "office/house/verified.h"
#include "office/people/random.h"
#include "store/backup.h"

/// `koshi office …`: for who keeps the office.
namespace koshi::cli {
namespace {

namespace fs = std::filesystem;

fs::path demo_folder(const OfficeOptions& options) {
  if (!options.demo_folder.empty()) return options.demo_folder;
  const char* home = std::getenv("KOSHI_HOME");
  return fs::path(home != nullptr && *home != '\0' ? home : ".") / "demo";
}

}  // namespace

int run_office_init(const OfficeOptions& options) {
  if (has_office(options.place)) {
    complain(fmt::format("there is an office in {} already", key_folder(options.place).string()));
    return kBadInput;
  }
  const auto law = load_law(options.place.folders);
  if (!law) return kBadInput;
  const auto house =
      office::House::open({options.place.data, options.place.keys, office::system_clock_ms, people::system_random(), people::kCheapCost},
                          {law->corpus(), law->library, *law->words});
  if (!house) return machine(house.error());
  if (options.test_clock) {
    if (const auto made = office::write_test_clock(key_folder(options.place), 0); !made) return machine(made.error());
  }
  fmt::print("An office is ready in {}; its keys are in {}. Keep a copy of the keys apart from the database.\n", options.place.data,
             key_folder(options.place).string());
  return kAnswered;
}

int run_office_demo(const OfficeOptions& options) {
  const auto law = load_law(options.place.folders);
  if (!law) return kBadInput;
  const auto until = parse_date(options.place.on);
  if (!options.place.on.empty() && !until) {
    complain("`" + options.place.on + "` is not a date that exists; write it as YYYY-MM-DD");
    return kBadInput;
  }
  office::DemoOptions demo{
      {options.place.data, options.place.keys, {}, people::system_random(), people::kCheapCost}, demo_folder(options), until};
  const auto logins = office::demo_logins(demo.folder);
  const auto report = office::seed_demo(demo, {law->corpus(), law->library, *law->words});
  if (!report || !logins) return machine(report ? logins.error() : report.error());
  if (report->was_there) {
    fmt::print("The made-up people and cases are there already.\n");
    return kAnswered;
  }
  fmt::print("{} people, {} cases and {} acts, all made up. The office's clock stands on {}.\n", report->accounts, report->cases,
             report->acts, format_date(report->day));
  for (const office::DemoLogin& login : *logins) fmt::print("  {:<20} {}\n", login.login, login.about);
  fmt::print("The password of all is {}\n", office::kDemoPassword);
  return kAnswered;
}

int run_office_rebuild(const OfficeOptions& options) {
  const auto office = open_office(options.place);
  return office ? check_cases(*office, options.repair) : office.error();
}

int run_office_sweep(const OfficeOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  size_t acted = 0;
  while (true) {
    const auto some = office->desk().sweep();
    if (!some) return tell_failure(*office, some.error(), false);
    acted += *some;
    if (*some == 0) break;
  }
  fmt::print("{} cases whose time had passed.\n", acted);
  std::string after;
  while (true) {
    const auto stuck = office->desk().stuck(after);
    if (!stuck) return tell_failure(*office, stuck.error(), false);
    for (const auto& one : *stuck) fmt::print("{}: {}\n", one.id, one.reason);
    if (stuck->size() < office::kPageMax) return kAnswered;
    after = stuck->back().id;
  }
}

int run_office_backup(const OfficeOptions& options) {
  const auto done = store::backup(office::store_address(options.place.data), options.file);
  if (!done) return tell_store_error(done.error());
  fmt::print("The database is in {}. The keys are not: keep a copy of {} apart from it.\n", options.file.string(),
             (key_folder(options.place) / "*.key").string());
  return kAnswered;
}

namespace {

/// Nothing is sealed under a retired key afterwards, so that it is forgotten.
int seal_factors_anew(const OfficeOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto sealed =
      office->house->store().write([&](store::Transaction& transaction) { return office->house->second_factor().seal_anew(transaction); });
  if (!sealed) return tell_store_error(sealed.error());
  if (const auto done = office::forget_retired_factors(key_folder(options.place)); !done) {
    fmt::print(stderr, "koshi: {}\n", done.error().message);
    return kMachine;
  }
  fmt::print("{} second factors are sealed anew; the old key is forgotten.\n", *sealed);
  return kAnswered;
}

office::KeyFor key_for(const std::string& name) {
  return name == "journal" ? office::KeyFor::kJournal : name == "papers" ? office::KeyFor::kPapers : office::KeyFor::kFactors;
}

}  // namespace

int run_office_new_key(const OfficeOptions& options) {
  if (options.finish && options.key != "factors") {
    fmt::print(stderr, "koshi: --finish is for factors; what a key of the {} signed stays\n", options.key);
    return kBadInput;
  }
  if (options.finish) return seal_factors_anew(options);
  const office::KeyFor which = key_for(options.key);
  const std::filesystem::path folder = key_folder(options.place);
  const auto done = office::renew_key(folder, which, people::system_random());
  if (!done) {
    fmt::print(stderr, "koshi: {}\n", done.error().message);
    return kMachine;
  }
  if (which == office::KeyFor::kFactors) {
    fmt::print(
        "A new key is in {}. Second factors go on as they are. Start every server of the office anew, and then let\n"
        "  koshi office new-key factors --finish\n"
        "seal them under it; until then the old key stays beside it. Keep a copy of {} apart from the database.\n",
        folder.string(), (folder / "*.key").string());
    return kAnswered;
  }
  fmt::print(
      "A new key is in {}. It signs from the next start of the office on; what the old one signed is believed still.\n"
      "Keep a copy of {} apart from the database, and publish the new key (koshi office export --key).\n",
      folder.string(), (folder / "*.key").string());
  return kAnswered;
}

int run_office_restore(const OfficeOptions& options) {
  std::error_code error;
  fs::create_directories(key_folder(options.place), error);
  if (!store::is_postgres_address(options.place.data)) fs::create_directories(options.place.data, error);
  const auto done = store::restore(options.file, office::store_address(options.place.data));
  if (!done) return tell_store_error(done.error());
  fmt::print("The database is back{}.\n", has_office(options.place) ? "" : "; now put its keys into " + key_folder(options.place).string());
  return kAnswered;
}

int run_office_verify(const OfficeOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto known = office::known_checkpoints(*office->house);
  return std::max({check_journal(*office, known), check_ledger(*office), check_cases(*office, false)});
}

int run_office_checkpoint(const OfficeOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto signed_now = office->house->journal().checkpoint(office->house->store());
  if (!signed_now) return tell_store_error(signed_now.error());
  fmt::print("{}", signed_now->note);
  return kAnswered;
}

int run_office_export(const OfficeOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const journal::Journal& journal = office->house->journal();
  if (options.check) {
    std::string keys;
    for (const journal::VerifyingKey& key : journal.keys()) keys += (keys.empty() ? "" : ",") + key.text();
    fmt::print("{}\n", keys);
    return kAnswered;
  }
  const auto done = journal.export_to(office->house->store(), [](std::string_view part) -> store::StoreResult<void> {
    fmt::print("{}", part);
    return {};
  });
  return done ? kAnswered : tell_store_error(done.error());
}

}  // namespace koshi::cli
