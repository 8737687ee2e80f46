#include "office/people/contact.h"

#include <algorithm>

#include "base/result.h"
#include "base/text.h"
#include "office/people/account_rows.h"

namespace koshi::people {
namespace {

using store::StoreResult;

constexpr size_t kLocalPartMaxBytes = 64;
constexpr size_t kLabelMaxBytes = 63;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Dots part it, and stand neither at an end nor beside another.
bool is_dotted(std::string_view text, std::string_view marks, size_t part_max) {
  return std::ranges::all_of(split(text, '.'), [&](std::string_view part) {
    return !part.empty() && part.size() <= part_max &&
           std::ranges::all_of(part, [&](char c) { return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos; });
  });
}

bool fits(std::string_view way, std::string_view address) {
  if (way == kByMail) return is_mail_address(address);
  return way == kBySms && is_phone_number(address);
}

#define PEOPLE_CONTACT \
  "SELECT a.id, a.login, a.language, c.way, c.address FROM people_account a JOIN people_contact c ON c.account_id = a.id "

std::vector<Contact> contacts_in(const store::Rows& rows) {
  std::vector<Contact> all;
  for (const store::Row row : rows) {
    all.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))});
  }
  return all;
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const size_t at = text.rfind('@');
  if (at == std::string_view::npos || text.size() > kMailAddressMaxBytes) return false;
  const std::string_view local = text.substr(0, at);
  const std::string_view host = text.substr(at + 1);
  if (host.starts_with('-') || host.ends_with('-')) return false;
  return local.size() <= kLocalPartMaxBytes && is_dotted(local, "_%+-", kLocalPartMaxBytes) && is_dotted(host, "-", kLabelMaxBytes);
}

bool is_phone_number(std::string_view text) {
  if (text.size() < 9 || text.size() > 16 || text[0] != '+') return false;
  return std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

Decided<void> set_contact(store::Transaction& transaction, int64_t account, std::string_view way, std::string_view address) {
  if (!address.empty() && !fits(way, address)) {
    return refused<void>(Refusal::kContactForm, "that is no address of this way: name@host for mail, +77011234567 for sms");
  }
  TRY(known, credentials_of(transaction, account));
  if (!known) return refused<void>(no_account());
  TRY_DO(transaction.execute("DELETE FROM people_contact WHERE account_id = $1 AND way = $2", {account, way}));
  if (address.empty()) return {};
  TRY_DO(transaction.execute("INSERT INTO people_contact (account_id, way, address) VALUES ($1, $2, $3)", {account, way, address}));
  return {};
}

StoreResult<std::vector<Contact>> contacts_of_role(store::Reader& reader, std::string_view role, std::string_view scope) {
  TRY(rows, reader.query(PEOPLE_CONTACT "WHERE a.disabled = 0 AND a.id IN (SELECT account_id FROM people_account_role"
                                        " WHERE role = $1 AND (everywhere = 1 OR (scope = $2 AND scope <> '')))"
                                        " ORDER BY a.id, c.way LIMIT $3",
                         {role, scope, kToldMax}));
  return contacts_in(rows);
}

StoreResult<std::vector<Contact>> contacts_of_login(store::Reader& reader, std::string_view login) {
  TRY(rows, reader.query(PEOPLE_CONTACT "WHERE a.disabled = 0 AND a.login = $1 ORDER BY c.way", {login}));
  return contacts_in(rows);
}

}  // namespace koshi::people
