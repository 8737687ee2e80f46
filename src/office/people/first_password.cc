#include "office/people/first_password.h"

#include "base/milliseconds.h"
#include "base/result.h"
#include "office/people/account.h"
#include "office/people/account_changes.h"
#include "office/people/written_code.h"

namespace koshi::people {
namespace {}  // namespace

std::string make_first_password(const RandomBytes& random) {
  std::string password = make_written_code(random, kFirstPasswordLength);
  for (char& c : password) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return password;
}

Decided<void> give_password(store::Transaction& transaction, int64_t account, std::string_view password_hash, int64_t now_ms,
                            std::string_view remark) {
  TRY(done, set_password(transaction, account, password_hash, {}, now_ms + kFirstPasswordDays * kDayMs));
  if (done) TRY_DO(note_change(transaction, account, kPasswordGiven, now_ms, remark));
  return done;
}

}  // namespace koshi::people
