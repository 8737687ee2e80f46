#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "office/people/refusal.h"
#include "store/transaction.h"

/// Where an account is told what concerns it.
namespace koshi::people {

inline constexpr std::string_view kByMail = "mail";
inline constexpr std::string_view kBySms = "sms";
inline constexpr size_t kMailAddressMaxBytes = 254;  ///< RFC 5321, 4.5.3.1.3, without its angle brackets
inline constexpr int64_t kToldMax = 500;             ///< accounts whom one notice reaches

struct Contact {
  int64_t account = 0;
  std::string login;
  std::string language;
  std::string way;  ///< kByMail, kBySms
  std::string address;
};

/// A mailbox as it may stand in an envelope: "a.b-c@example.kz". Letters, digits and . _ % + - before the sign, a name of hosts behind it;
/// no quotes, no comments, nothing that ends a line.
bool is_mail_address(std::string_view text);
/// "+77011234567": a plus and 8 to 15 digits.
bool is_phone_number(std::string_view text);

/// An empty address forgets it. Refusals: kNoAccount, kContactForm.
Decided<void> set_contact(store::Transaction& transaction, int64_t account, std::string_view way, std::string_view address);

/// Of every account that may be told and has this role in this scope or everywhere, by account and way; at most kToldMax.
store::StoreResult<std::vector<Contact>> contacts_of_role(store::Reader& reader, std::string_view role, std::string_view scope);
store::StoreResult<std::vector<Contact>> contacts_of_login(store::Reader& reader, std::string_view login);

}  // namespace koshi::people
