#include "net/curl_handle.h"
#include "net/http_client.h"

namespace koshi::net {
namespace {

struct Sink {
  std::string body;
  bool too_large = false;
};

size_t take(char* data, size_t size, size_t count, void* target) {
  auto& sink = *static_cast<Sink*>(target);
  const size_t bytes = size * count;
  sink.too_large = sink.body.size() + bytes > kHttpBodyMaxBytes;
  if (sink.too_large) return 0;
  sink.body.append(data, bytes);
  return bytes;
}

/// The place alone: what follows it may hold secrets.
std::string place_of(const std::string& url) {
  return url.substr(0, url.find_first_of("?#"));
}

class CurlHttpClient final : public HttpClient {
 public:
  explicit CurlHttpClient(std::string ca_file) : ca_file_(std::move(ca_file)) {}

  Result<HttpAnswer> get(const std::string& url) override {
    const CurlHandle curl = new_curl_handle(ca_file_);
    return perform(curl.get(), url);
  }

  Result<HttpAnswer> post_form(const std::string& url, const std::vector<HttpField>& fields, const std::string& user,
                               const std::string& password) override {
    const CurlHandle curl = new_curl_handle(ca_file_);
    std::string body;
    for (const HttpField& field : fields) {
      body += (body.empty() ? "" : "&") + escaped(curl.get(), field.name) + "=" + escaped(curl.get(), field.value);
    }
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_COPYPOSTFIELDS, body.c_str());
    if (!user.empty()) {
      // RFC 6749, 2.3.1: both are form-encoded before they are joined.
      curl_easy_setopt(curl.get(), CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
      curl_easy_setopt(curl.get(), CURLOPT_USERNAME, escaped(curl.get(), user).c_str());
      curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, escaped(curl.get(), password).c_str());
    }
    return perform(curl.get(), url);
  }

 private:
  static std::string escaped(CURL* curl, const std::string& text) {
    char* out = curl_easy_escape(curl, text.data(), static_cast<int>(text.size()));
    CHECK(out != nullptr);
    std::string copy(out);
    curl_free(out);
    return copy;
  }

  static Result<HttpAnswer> perform(CURL* curl, const std::string& url) {
    if (!is_safe_url(url)) return fail(place_of(url) + " is not asked: only https, or http on this machine");
    const bool is_plain = url.starts_with("http:");
    Sink sink;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_plain ? "http" : "https");
    if (is_plain) curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(kHttpConnectMax.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(kHttpMax.count()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
    CurlList headers(curl_slist_append(nullptr, "Accept: application/json"));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    const CURLcode done = curl_easy_perform(curl);
    if (sink.too_large) return fail(place_of(url) + " answers with more than " + std::to_string(kHttpBodyMaxBytes) + " bytes");
    if (done != CURLE_OK) return fail(place_of(url) + ": " + curl_easy_strerror(done));
    HttpAnswer answer;
    long status = 0;
    const char* type = nullptr;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    answer.status = static_cast<int>(status);
    answer.media_type = type == nullptr ? "" : type;
    answer.body = std::move(sink.body);
    return answer;
  }

  std::string ca_file_;
};

}  // namespace

std::unique_ptr<HttpClient> make_http_client(std::string ca_file) {
  return std::make_unique<CurlHttpClient>(std::move(ca_file));
}

}  // namespace koshi::net
