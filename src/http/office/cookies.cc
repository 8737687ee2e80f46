#include "http/office/cookies.h"

#include "base/text.h"

namespace koshi::http {

std::string secured_cookie_name(const OfficeSite& office, std::string_view name) {
  return (office.behind_tls ? "__Host-" : "") + std::string(name);
}

std::string_view cookie_of(const Request& request, std::string_view name) {
  for (const std::string_view part : split(request.header("Cookie"), ';')) {
    const std::string_view pair = trim(part);
    const size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
  }
  return {};
}

}  // namespace koshi::http
