#include <cstring>

#include "net/curl_handle.h"
#include "net/http_client.h"
#include "net/mail_client.h"

namespace koshi::net {
namespace {

struct Source {
  const std::string& text;
  size_t at = 0;
};

size_t give(char* buffer, size_t size, size_t count, void* from) {
  auto& source = *static_cast<Source*>(from);
  const size_t bytes = std::min(size * count, source.text.size() - source.at);
  std::memcpy(buffer, source.text.data() + source.at, bytes);
  source.at += bytes;
  return bytes;
}

class CurlMailClient final : public MailClient {
 public:
  explicit CurlMailClient(MailServer server) : server_(std::move(server)) {}

  std::expected<void, MailFault> send(const std::string& from, const std::string& to, const std::string& letter) override {
    if (server_.security == MailServer::Security::kNone && !is_loopback_host(server_.host)) {
      return std::unexpected(MailFault{false, "mail in the clear is sent to this machine only"});
    }
    const CurlHandle handle = new_curl_handle(server_.ca_file);
    CURL* curl = handle.get();
    const bool tls = server_.security == MailServer::Security::kTls;
    const std::string url = (tls ? "smtps://" : "smtp://") + server_.host + ":" + std::to_string(server_.port);
    const CurlList recipients(curl_slist_append(nullptr, ("<" + to + ">").c_str()));
    Source source{letter};
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, tls ? "smtps" : "smtp");
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     static_cast<long>(server_.security == MailServer::Security::kNone ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (!server_.user.empty()) {
      curl_easy_setopt(curl, CURLOPT_USERNAME, server_.user.c_str());
      curl_easy_setopt(curl, CURLOPT_PASSWORD, server_.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &source);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(kMailConnectMax.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(kMailMax.count()));
    const CURLcode done = curl_easy_perform(curl);
    if (done == CURLE_OK) return {};
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    // That the server does not let us in is its keeper's to mend: the letter waits.
    const bool of_this_letter = done != CURLE_LOGIN_DENIED && code >= 500 && code < 600;
    return std::unexpected(MailFault{of_this_letter, std::string(curl_easy_strerror(done)) + " (" + std::to_string(code) + ")"});
  }

 private:
  MailServer server_;
};

}  // namespace

std::unique_ptr<MailClient> make_mail_client(MailServer server) {
  return std::make_unique<CurlMailClient>(std::move(server));
}

}  // namespace koshi::net
