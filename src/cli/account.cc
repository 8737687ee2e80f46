#include "office/people/account.h"
#include "office/people/contact.h"
#include "office/people/identity.h"

#include <fmt/core.h>

#include <iostream>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "cli/office_place.h"

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
OrStatus<std::string> password_hash(const OpenOffice& office, const std::string& file) {
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
  auto hash = office.house->passwords().hash(password);
  if (hash) return *hash;
  complain(hash.error().message);
  return std::unexpected(kBadInput);
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
  fmt::print("{:<20} {:<32} {}{}\n", account.login, account.display_name, join(roles, " "), account.disabled ? " (disabled)" : "");
}

}  // namespace

int run_account_add(const AccountOptions& options) {
  const auto office = open_office(options.place, options.password_file.empty() ? Passwords::kNone : Passwords::kMade);
  if (!office) return office.error();
  const auto grants = grants_of(*office->law, options.roles);
  if (!grants) return grants.error();
  const auto hash = password_hash(*office, options.password_file);
  if (!hash) return hash.error();
  const people::NewAccount account{options.login, options.name, *hash, std::string(words::code(office->language)), *grants};
  const auto id = taken(office->house->store().write(
      [&](store::Transaction& transaction) { return people::create_account(transaction, account, office->house->now_ms()); }));
  if (!id) return id.error();
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

int run_account_password(const AccountOptions& options) {
  const auto office = open_office(options.place, options.password_file.empty() ? Passwords::kNone : Passwords::kMade);
  if (!office) return office.error();
  const auto account = account_of(*office, options.login);
  if (!account) return account.error();
  const auto hash = password_hash(*office, options.password_file);
  if (!hash) return hash.error();
  const auto done = taken(
      office->house->store().write([&](store::Transaction& transaction) { return people::set_password(transaction, account->id, *hash); }));
  return done ? kAnswered : done.error();
}

}  // namespace koshi::cli
