#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>

/// One letter to one mailbox by SMTP (RFC 5321). The library behind it is known to curl_mail_client.cc alone.
namespace koshi::net {

inline constexpr std::chrono::milliseconds kMailConnectMax{5'000};
inline constexpr std::chrono::milliseconds kMailMax{15'000};  ///< for one letter

struct MailServer {
  enum class Security : uint8_t {
    kStartTls,  ///< the connection begins in the clear and must become TLS before anything is said
    kTls,       ///< TLS from the first byte (port 465)
    kNone,      ///< only on this machine itself
  };
  std::string host = {};
  uint16_t port = 587;
  Security security = Security::kStartTls;
  std::string user = {}, password = {};  ///< empty: without signing in
  std::string ca_file = {};              ///< empty: the system's
};

struct MailFault {
  bool is_final = false;  ///< 5xx to this letter: trying again would not help
  std::string message;    ///< without the letter's text
};

/// Any thread may call, and waits.
class MailClient {
 public:
  virtual ~MailClient() = default;
  /// `letter` is the whole message with its headers, lines ended by CRLF. Envelope addresses are checked by the caller
  /// (people::is_mail_address).
  virtual std::expected<void, MailFault> send(const std::string& from, const std::string& to, const std::string& letter) = 0;
};

std::unique_ptr<MailClient> make_mail_client(MailServer server);

}  // namespace koshi::net
