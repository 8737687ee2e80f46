#include "office/ledger/account.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace koshi::ledger {
namespace {

Result<void> check_part(std::string_view part) {
  if (part.empty() || part.size() > kPartMaxBytes) {
    return fail("a part of an account must have 1 to " + std::to_string(kPartMaxBytes) + " bytes, not " + std::to_string(part.size()));
  }
  const auto is_refused = [](char c) { return static_cast<uint8_t>(c) < 0x20 || c == 0x7F || c == '/'; };
  if (std::ranges::any_of(part, is_refused) || !is_valid_utf8(part)) {
    return fail("a part of an account must be UTF-8 without \"/\" and control characters: " + json_string(part));
  }
  return {};
}

/// Greater than any account: no part is longer than 16 of the last character of UTF-8.
std::string after_all_accounts() {
  std::string text;
  for (size_t i = 0; i <= kPartMaxBytes / 4; ++i) text += "\U0010FFFF";
  return text;
}

}  // namespace

Result<void> check_account(std::string_view account) {
  if (account.size() > kAccountMaxBytes) {
    return fail("an account must have at most " + std::to_string(kAccountMaxBytes) + " bytes, not " + std::to_string(account.size()));
  }
  for (const std::string_view part : split(account, '/')) TRY_DO(check_part(part));
  return {};
}

Result<std::string> make_account(std::span<const std::string> parts) {
  for (const std::string& part : parts) TRY_DO(check_part(part));
  std::string account = join(parts, "/");
  TRY_DO(check_account(account));
  return account;
}

Result<AccountRange> account_range(std::string_view prefix) {
  if (prefix.empty()) return AccountRange{"", "", after_all_accounts()};
  const bool only_below = prefix.ends_with('/');
  const std::string_view account = only_below ? prefix.substr(0, prefix.size() - 1) : prefix;
  TRY_DO(check_account(account));
  const std::string below = std::string(account) + "/";
  // "0" is the character after "/".
  return AccountRange{only_below ? below : std::string(account), below, std::string(account) + "0"};
}

}  // namespace koshi::ledger
