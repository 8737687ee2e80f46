#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Requests that the program itself makes to others. The library behind it is known to curl_http_client.cc alone.
namespace koshi::net {

struct HttpField {
  std::string name, value;
};

struct HttpAnswer {
  int status = 0;
  std::string media_type;  ///< as sent, with its parameters; may be empty
  std::string body;
};

inline constexpr std::chrono::milliseconds kHttpConnectMax{3'000};
inline constexpr std::chrono::milliseconds kHttpMax{6'000};  ///< for the whole exchange
inline constexpr size_t kHttpBodyMaxBytes = 512 * 1024;

/// Any thread may call, and waits. What is sent and received never appears in an error: it may be secret.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  /// Errors: an address that is not allowed, no connection, a certificate that does not hold, too slow, too large. Redirections are not
  /// followed: they come back with their status.
  virtual Result<HttpAnswer> get(const std::string& url) = 0;
  /// The fields as application/x-www-form-urlencoded. `user` and `password` by HTTP Basic where `user` is not empty.
  virtual Result<HttpAnswer> post_form(const std::string& url, const std::vector<HttpField>& fields, const std::string& user = {},
                                       const std::string& password = {}) = 0;
};

/// "https://…", or "http://" of this machine itself: nobody else hears what is said there.
bool is_safe_url(std::string_view url);
/// 127.0.0.1, ::1, localhost: of a URL or alone, with or without a port.
bool is_loopback_host(std::string_view host);

/// Certificates are checked against `ca_file`, or against the system's where it is empty.
std::unique_ptr<HttpClient> make_http_client(std::string ca_file = {});

}  // namespace koshi::net
