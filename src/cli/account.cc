#include "office/people/account.h"

#include <fmt/core.h>

#include <iostream>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "cli/office_place.h"
#include "office/people/account_changes.h"
#include "office/people/contact.h"
#include "office/people/first_password.h"
#include "office/people/identity.h"
#include "office/people/password_words.h"
#include "office/people/random.h"
#include "office/people/sign_in_book.h"

/// `koshi office account …`: who may sign in, and in which roles.
namespace koshi::cli {
namespace {

template <typename T>
OrStatus<T> taken(people::Decided<T> decided) {
  if (!decided) return std::unexpected(tell_store_error(decided.error()));
  if (!*decided) {
    complain(decided->error().message);
    return std::unexpected(kRefused);
  }
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return std::move(**decided);
  }
}

/// The first line of the file. "-": of standard input, so that no password stands in the list of processes.
OrStatus<std::string> password_hash(const OpenOffice& office, const std::string& file, const std::vector<std::string>& own_words) {
  if (file.empty()) return "";
  std::string password;
  if (file == "-") {
    std::getline(std::cin, password);
  } else {
    const auto text = read_file(file, people::kPasswordMaxBytes + 2);
    if (!text) {
      complain(text.error().message);
      return std::unexpected(kBadInput);
    }
    password = text->substr(0, text->find('\n'));
  }
  auto hash = office.house->passwords().hash(password, own_words);
  if (hash) return *hash;
  complain(hash.error().message);
  return std::unexpected(kBadInput);
}

/// Gives the account a password made by chance, and prints it: it stands nowhere else.
OrStatus<void> give_password(const OpenOffice& office, int64_t account, const std::string& remark) {
  const std::string password = people::make_first_password(people::system_random());
  const auto hash = office.house->passwords().hash(password);
  if (!hash) {
    complain(hash.error().message);
    return std::unexpected(kBadInput);
  }
  auto done = taken(office.house->store().write(
      [&](store::Transaction& transaction) { return people::give_password(transaction, account, *hash, office.house->now_ms(), remark); }));
  if (!done) return done;
  fmt::print("{}\n", password);
  fmt::print(stderr, "It is shown only now, ends after {} days, and signs in to nothing but choosing another.\n",
             people::kFirstPasswordDays);
  return {};
}

/// Whoever gives a password or takes a factor away must know whom he has before him.
bool says_who_was_seen(const AccountOptions& options) {
  if (options.seen.size() >= 3) return true;
  complain("say by --seen how you know whose account it is: by which document, or who vouches");
  return false;
}

OrStatus<void> require_factor(const OpenOffice& office, int64_t account, bool required) {
  return taken(office.house->store().write([&](store::Transaction& transaction) -> people::Decided<void> {
    auto done = office.house->second_factor().require(transaction, account, required);
    if (!done || !*done) return done;
    const auto what = required ? people::kFactorRequired : people::kFactorFree;
    if (auto noted = people::note_change(transaction, account, what, office.house->now_ms()); !noted) return std::unexpected(noted.error());
    return done;
  }));
}

OrStatus<std::vector<people::RoleGrant>> grants_of(const Law& law, const std::vector<std::string>& roles) {
  std::set<std::string> known;
  for (const zan::Procedure& procedure : law.corpus().procedures) {
    for (const zan::Role& role : procedure.roles) {
      if (role.kind != zan::Role::Kind::kClock) known.insert(role.name);
    }
  }
  std::vector<people::RoleGrant> grants;
  for (const std::string& text : roles) {
    const size_t colon = text.find(':');
    people::RoleGrant grant{text.substr(0, colon), colon == std::string::npos ? "" : text.substr(colon + 1), colon == std::string::npos};
    if (!known.contains(grant.role)) {
      const std::vector<std::string> names(known.begin(), known.end());
      complain(fmt::format("no procedure has the role `{}`; there are {}", grant.role, join(names, ", ")));
      return std::unexpected(kBadInput);
    }
    grants.push_back(std::move(grant));
  }
  return grants;
}

OrStatus<people::Account> account_of(const OpenOffice& office, const std::string& login) {
  auto found = office.house->store().read(
      [&](store::Reader& reader) { return people::find_account(reader, people::fold_login(login).value_or("")); });
  if (!found) return std::unexpected(tell_store_error(found.error()));
  if (*found) return std::move(**found);
  complain(fmt::format("there is no account `{}`", login));
  return std::unexpected(kBadInput);
}

void print_account(const people::Account& account) {
  std::vector<std::string> roles;
  for (const people::RoleGrant& grant : account.roles) roles.push_back(grant.everywhere ? grant.role : grant.role + ":" + grant.scope);
  const char* factor = account.code_enrolled ? " (second factor)" : account.code_required ? " (second factor missing)" : "";
  fmt::print("{:<20} {:<32} {}{}{}{}\n", account.login, account.display_name, join(roles, " "), factor,
             account.password_until_ms > 0 ? " (first password)" : "", account.disabled ? " (disabled)" : "");
}

}  // namespace

int run_account_add(const AccountOptions& options) {
  const bool has_password = !options.password_file.empty() || options.first_password;
  const auto office = open_office(options.place, has_password ? Passwords::kMade : Passwords::kNone);
  if (!office) return office.error();
  const auto grants = grants_of(*office->law, options.roles);
  if (!grants) return grants.error();
  const auto hash = password_hash(*office, options.password_file, people::words_of_person(options.login, options.name));
  if (!hash) return hash.error();
  const people::NewAccount account{options.login, options.name, *hash, std::string(words::code(office->language)), *grants};
  const auto id = taken(office->house->store().write(
      [&](store::Transaction& transaction) { return people::create_account(transaction, account, office->house->now_ms()); }));
  if (!id) return id.error();
  if (options.require) {
    if (const auto done = require_factor(*office, *id, true); !done) return done.error();
  }
  if (options.first_password) {
    const auto given = give_password(*office, *id, "");
    return given ? kAnswered : given.error();
  }
  fmt::print("{} may sign in.\n", options.login);
  return kAnswered;
}

int run_account_list(const AccountOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  std::string after;
  while (true) {
    const auto page =
        office->house->store().read([&](store::Reader& reader) { return people::accounts_after(reader, after, people::kPageMax); });
    if (!page) return tell_store_error(page.error());
    for (const people::Account& account : *page) print_account(account);
    if (std::ssize(*page) < people::kPageMax) return kAnswered;
    after = page->back().login;
  }
}

int run_account_link(const AccountOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto account = account_of(*office, options.login);
  if (!account) return account.error();
  const auto done = taken(office->house->store().write([&](store::Transaction& transaction) {
    return people::link_identity(transaction, account->id, {options.issuer, options.subject}, office->house->now_ms());
  }));
  return done ? kAnswered : done.error();
}

int run_account_unlink(const AccountOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto account = account_of(*office, options.login);
  if (!account) return account.error();
  const auto done = taken(office->house->store().write([&](store::Transaction& transaction) {
    return people::unlink_identity(transaction, account->id, {options.issuer, options.subject});
  }));
  return done ? kAnswered : done.error();
}

int run_account_contact(const AccountOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto account = account_of(*office, options.login);
  if (!account) return account.error();
  for (const auto& [way, address] : {std::pair{people::kByMail, options.mail}, {people::kBySms, options.sms}}) {
    if (address.empty()) continue;
    const auto done = taken(office->house->store().write([&](store::Transaction& transaction) {
      return people::set_contact(transaction, account->id, way, address == "-" ? "" : address);
    }));
    if (!done) return done.error();
  }
  const auto contacts =
      office->house->store().read([&](store::Reader& reader) { return people::contacts_of_login(reader, account->login); });
  if (!contacts) return tell_store_error(contacts.error());
  for (const people::Contact& contact : *contacts) fmt::print("{} {}\n", contact.way, contact.address);
  return kAnswered;
}

int run_account_disable(const AccountOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto account = account_of(*office, options.login);
  if (!account) return account.error();
  const auto done = taken(
      office->house->store().write([&](store::Transaction& transaction) { return people::set_disabled(transaction, account->id, true); }));
  return done ? kAnswered : done.error();
}

int run_account_sign_ins(const AccountOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto account = account_of(*office, options.login);
  if (!account) return account.error();
  const auto notes = office->house->store().read([&](store::Reader& reader) { return people::sign_ins_of(reader, account->id); });
  if (!notes) return tell_store_error(notes.error());
  for (const people::SignInNote& note : *notes) {
    fmt::print("{} {}  by {}\n", format_date(office::office_day(note.at_ms)), office::office_time(note.at_ms), people::name_of(note.way));
  }
  return kAnswered;
}

/// Of one account, or of all.
int run_account_sign_out(const AccountOptions& options) {
  if (options.login.empty() != options.all) {
    complain("name one account, or say --all");
    return kBadInput;
  }
  const auto office = open_office(options.place);
  if (!office) return office.error();
  std::vector<int64_t> accounts;
  if (!options.all) {
    const auto account = account_of(*office, options.login);
    if (!account) return account.error();
    accounts.push_back(account->id);
  }
  for (std::string after; options.all;) {
    const auto page =
        office->house->store().read([&](store::Reader& reader) { return people::accounts_after(reader, after, people::kPageMax); });
    if (!page) return tell_store_error(page.error());
    for (const people::Account& account : *page) accounts.push_back(account.id);
    if (std::ssize(*page) < people::kPageMax) break;
    after = page->back().login;
  }
  for (const int64_t account : accounts) {
    if (const auto done = office->house->sign_ins().sign_out_everywhere(account); !done) return tell_store_error(done.error());
  }
  fmt::print("The sessions of {} accounts are ended.\n", accounts.size());
  return kAnswered;
}

int run_account_password(const AccountOptions& options) {
  if (options.lost == !options.password_file.empty()) {
    complain("say --password-file FILE, or --lost to have one made");
    return kBadInput;
  }
  if (options.lost && !says_who_was_seen(options)) return kBadInput;
  const auto office = open_office(options.place, Passwords::kMade);
  if (!office) return office.error();
  const auto account = account_of(*office, options.login);
  if (!account) return account.error();
  if (options.lost) {
    const auto given = give_password(*office, account->id, options.seen);
    return given ? kAnswered : given.error();
  }
  const auto hash = password_hash(*office, options.password_file, people::words_of_person(account->login, account->display_name));
  if (!hash) return hash.error();
  const auto done = taken(office->house->store().write([&](store::Transaction& transaction) -> people::Decided<void> {
    auto set = people::set_password(transaction, account->id, *hash);
    if (!set || !*set) return set;
    if (auto noted = people::note_change(transaction, account->id, people::kPasswordGiven, office->house->now_ms(), options.seen); !noted) {
      return std::unexpected(noted.error());
    }
    return set;
  }));
  return done ? kAnswered : done.error();
}

namespace {

int remove_lost_factor(const OpenOffice& office, const AccountOptions& options) {
  if (!says_who_was_seen(options)) return kBadInput;
  const auto account = account_of(office, options.login);
  if (!account) return account.error();
  const auto done = taken(office.house->store().write([&](store::Transaction& transaction) -> people::Decided<void> {
    auto removed = office.house->second_factor().remove(transaction, account->id);
    if (!removed || !*removed) return removed;
    const auto noted = people::note_change(transaction, account->id, people::kFactorLost, office.house->now_ms(), options.seen);
    if (!noted) return std::unexpected(noted.error());
    return removed;
  }));
  return done ? kAnswered : done.error();
}

/// Ids of every account that has a password: who comes by a provider has that one's factors.
OrStatus<std::vector<int64_t>> with_password(const OpenOffice& office) {
  std::vector<int64_t> ids;
  for (std::string after;;) {
    const auto page =
        office.house->store().read([&](store::Reader& reader) { return people::accounts_after(reader, after, people::kPageMax); });
    if (!page) return std::unexpected(tell_store_error(page.error()));
    for (const people::Account& account : *page) {
      if (account.has_password) ids.push_back(account.id);
    }
    if (std::ssize(*page) < people::kPageMax) return ids;
    after = page->back().login;
  }
}

}  // namespace

int run_account_factor(const AccountOptions& options) {
  if (options.require + options.free + options.lost != 1 || options.login.empty() != options.all || (options.all && options.lost)) {
    complain("say --require, --free or --lost, and which account, or --all with one of the first two");
    return kBadInput;
  }
  const auto office = open_office(options.place);
  if (!office) return office.error();
  if (options.lost) return remove_lost_factor(*office, options);
  std::vector<int64_t> accounts;
  if (options.all) {
    auto all = with_password(*office);
    if (!all) return all.error();
    accounts = std::move(*all);
  } else {
    const auto account = account_of(*office, options.login);
    if (!account) return account.error();
    accounts.push_back(account->id);
  }
  for (const int64_t account : accounts) {
    if (const auto done = require_factor(*office, account, options.require); !done) return done.error();
  }
  return kAnswered;
}

int run_account_changes(const AccountOptions& options) {
  const auto office = open_office(options.place);
  if (!office) return office.error();
  const auto account = account_of(*office, options.login);
  if (!account) return account.error();
  const auto changes = office->house->store().read([&](store::Reader& reader) { return people::changes_of(reader, account->id); });
  if (!changes) return tell_store_error(changes.error());
  for (const people::AccountChange& change : *changes) {
    fmt::print("{} {}  {}{}\n", format_date(office::office_day(change.at_ms)), office::office_time(change.at_ms), change.what,
               change.remark.empty() ? "" : ": " + change.remark);
  }
  return kAnswered;
}

}  // namespace koshi::cli
