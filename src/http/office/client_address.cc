#include "http/office/client_address.h"

#include "base/text.h"
#include "office/people/sign_in.h"

namespace koshi::http {

std::string client_address(const OfficeSite& office, const Request& request) {
  if (!office.behind_tls) return people::fold_address(request.peer);
  std::string_view last;
  for (const Header& header : request.headers) {
    if (same_word(header.name, "X-Forwarded-For")) last = trim(split(header.value, ',').back());
  }
  return people::fold_address(last.empty() ? std::string_view(request.peer) : last);
}

}  // namespace koshi::http
