#include "net/http_client.h"

namespace koshi::net {
namespace {

constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHttp = "http://";

/// "id.example:8443" of what follows the scheme; empty where it holds what is no host, such as a user before an @.
std::string_view authority(std::string_view rest) {
  const std::string_view found = rest.substr(0, rest.find_first_of("/?#"));
  return found.find_first_of("@\\ ") == std::string_view::npos ? found : std::string_view();
}

}  // namespace

bool is_loopback_host(std::string_view host) {
  if (host.starts_with('[')) {
    const size_t end = host.find(']');
    return end != std::string_view::npos && host.substr(1, end - 1) == "::1";
  }
  if (host == "::1") return true;
  const std::string_view name = host.substr(0, host.find(':'));
  return name == "127.0.0.1" || name == "localhost";
}

bool is_safe_url(std::string_view url) {
  for (const char c : url) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F) return false;
  }
  if (url.starts_with(kHttps)) return !authority(url.substr(kHttps.size())).empty();
  return url.starts_with(kHttp) && is_loopback_host(authority(url.substr(kHttp.size())));
}

}  // namespace koshi::net
