#include "office/oidc/sign_on.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/check.h"
#include "base/text.h"
#include "office/oidc/json_object.h"
#include "office/people/token.h"

namespace koshi::oidc {
namespace {

/// For those who ask at the same time: the exchange with a provider that is well takes less.
constexpr std::chrono::milliseconds kSlotWait{1'000};
constexpr std::string_view kState = "koshi oidc state 1";
constexpr std::string_view kNonce = "koshi oidc nonce 1";
constexpr std::string_view kVerifier = "koshi oidc verifier 1";
constexpr std::string_view kDiscovery = "/.well-known/openid-configuration";

std::unexpected<SignOnProblem> problem(SignOnFault fault, std::string message) {
  return std::unexpected(SignOnProblem{fault, std::move(message)});
}

/// What the cookie holds: SECRET "." MILLISECONDS "." NEXT, the last as base64url.
struct Attempt {
  std::string secret;  ///< as people::make_token writes it
  int64_t begun_at_ms = 0;
  std::string next;

  std::string cookie() const { return secret + "." + std::to_string(begun_at_ms) + "." + base64url_encode(next); }
  /// 43 letters of base64url, which also is a verifier's form (RFC 7636, 4.1). The time is part of it, so another time fits no state.
  std::string derived(std::string_view purpose) const {
    const auto key = base64url_decode(secret);
    CHECK(key && key->size() == crypto_auth_hmacsha256_KEYBYTES);
    const std::string text = std::string(purpose) + "\n" + std::to_string(begun_at_ms);
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
    crypto_auth_hmacsha256(mac.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                           reinterpret_cast<const unsigned char*>(key->data()));
    return base64url_encode({reinterpret_cast<const char*>(mac.data()), mac.size()});
  }
};

std::optional<Attempt> read_attempt(std::string_view cookie, int64_t now_ms) {
  const auto parts = split(cookie, '.');
  if (parts.size() != 3 || !people::token_hash(parts[0])) return std::nullopt;
  const auto begun = parse_whole(parts[1]);
  auto next = base64url_decode(parts[2]);
  if (!begun || !next || next->size() > kNextMaxBytes) return std::nullopt;
  if (*begun > now_ms + kClockSkewMs || now_ms >= *begun + kAttemptMaxMs) return std::nullopt;
  return Attempt{std::string(parts[0]), *begun, std::move(*next)};
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void add(std::string& url, std::string_view name, std::string_view value) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  url += url.find('?') == std::string::npos ? '?' : '&';
  url.append(name).push_back('=');
  for (const char c : value) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    const auto byte = static_cast<unsigned char>(c);
    if (plain) {
      url.push_back(c);
    } else {
      url.push_back('%');
      url.push_back(kHex[byte >> 4]);
      url.push_back(kHex[byte & 15]);
    }
  }
}

class Slot {
 public:
  explicit Slot(std::counting_semaphore<kExchangesMax>& slots) : slots_(slots), taken_(slots.try_acquire_for(kSlotWait)) {}
  ~Slot() {
    if (taken_) slots_.release();
  }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  bool taken() const { return taken_; }

 private:
  std::counting_semaphore<kExchangesMax>& slots_;
  bool taken_;
};

}  // namespace

SignOn::SignOn(Config config, net::HttpClient& client, people::RandomBytes random, std::function<int64_t()> clock_ms)
    : config_(std::move(config)), client_(client), random_(std::move(random)), clock_ms_(std::move(clock_ms)) {}

std::expected<KeySet, SignOnProblem> SignOn::fetch_keys(const std::string& url) {
  const auto answer = client_.get(url);
  if (!answer) return problem(SignOnFault::kUnavailable, answer.error().message);
  auto keys = answer->status == 200 ? read_key_set(answer->body) : std::nullopt;
  if (!keys) return problem(SignOnFault::kUnavailable, url + " gives no key set");
  return std::move(*keys);
}

std::expected<SignOn::Provider, SignOnProblem> SignOn::describe_provider() {
  std::string issuer = config_.issuer;
  if (issuer.ends_with('/')) issuer.pop_back();
  const auto answer = client_.get(issuer + std::string(kDiscovery));
  if (!answer) return problem(SignOnFault::kUnavailable, answer.error().message);
  const auto said = answer->status == 200 ? JsonObject::read(answer->body) : std::nullopt;
  if (!said) return problem(SignOnFault::kUnavailable, "the provider does not describe itself");
  if (said->text("issuer") != config_.issuer) return problem(SignOnFault::kRefused, "the provider names itself by another issuer");
  Provider found;
  found.authorization = said->text("authorization_endpoint").value_or("");
  found.token = said->text("token_endpoint").value_or("");
  found.keys = said->text("jwks_uri").value_or("");
  for (const std::string& url : {found.authorization, found.token, found.keys}) {
    if (!net::is_safe_url(url)) return problem(SignOnFault::kRefused, "the provider names an address that is not safe");
  }
  TRY(keys, fetch_keys(found.keys));
  found.key_set = std::move(keys);
  found.described_at_ms = found.keys_at_ms = clock_ms_();
  return found;
}

std::optional<SignOn::Provider> SignOn::known_provider() {
  const std::lock_guard lock(mutex_);
  const int64_t now_ms = clock_ms_();
  const bool is_fresh = provider_ && now_ms >= provider_->described_at_ms && now_ms < provider_->described_at_ms + kDiscoveryMaxMs;
  return is_fresh ? provider_ : std::nullopt;
}

/// The caller has a slot.
std::expected<SignOn::Provider, SignOnProblem> SignOn::provider() {
  if (auto known = known_provider()) return std::move(*known);
  TRY(found, describe_provider());
  const std::lock_guard lock(mutex_);
  provider_ = found;
  return found;
}

std::expected<Begun, SignOnProblem> SignOn::begin(std::string_view next) {
  auto known = known_provider();
  if (!known) {
    const Slot slot(exchanges_);
    if (!slot.taken()) return problem(SignOnFault::kUnavailable, "too many sign-ins ask the provider at once");
    TRY(found, provider());
    known = std::move(found);
  }
  const Attempt attempt{people::make_token(random_), clock_ms_(), std::string(next.size() > kNextMaxBytes ? std::string_view() : next)};
  std::string url = known->authorization;
  add(url, "response_type", "code");
  add(url, "client_id", config_.client_id);
  add(url, "redirect_uri", config_.redirect);
  add(url, "scope", "openid");
  add(url, "state", attempt.derived(kState));
  add(url, "nonce", attempt.derived(kNonce));
  add(url, "code_challenge", base64url_encode(sha256(attempt.derived(kVerifier))));
  add(url, "code_challenge_method", "S256");
  if (!config_.strong_acr.empty()) add(url, "acr_values", join(config_.strong_acr, " "));
  return Begun{attempt.cookie(), std::move(url)};
}

std::expected<std::string, SignOnProblem> SignOn::exchange(const Provider& provider, const std::string& code, const std::string& verifier) {
  std::vector<net::HttpField> fields = {
      {"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", config_.redirect}, {"code_verifier", verifier}};
  const bool is_public = config_.client_secret.empty();
  if (is_public) fields.push_back({"client_id", config_.client_id});
  const auto answer = client_.post_form(provider.token, fields, is_public ? "" : config_.client_id, config_.client_secret);
  if (!answer) return problem(SignOnFault::kUnavailable, answer.error().message);
  if (answer->status >= 500) return problem(SignOnFault::kUnavailable, "the provider fails at the exchange of the code");
  const auto said = JsonObject::read(answer->body);
  if (answer->status != 200 || !said) {
    const std::string why = said ? said->text("error").value_or("") : "";
    return problem(SignOnFault::kRefused, "the provider does not take the code" + (why == "invalid_grant" ? ": " + why : ""));
  }
  auto token = said->text("id_token");
  if (!token) return problem(SignOnFault::kRefused, "the provider gives no ID token");
  return std::move(*token);
}

std::expected<IdToken, SignOnProblem> SignOn::check(Provider provider, const std::string& token, const std::string& nonce) {
  const Expected expected{config_.issuer, config_.client_id, nonce, clock_ms_()};
  auto read = verify_id_token(token, provider.key_set, expected);
  const bool may_ask_anew = expected.now_ms >= provider.keys_at_ms + kKeysAnewMs;
  if (!read && read.error() == IdTokenFault::kNoKey && may_ask_anew) {
    TRY(keys, fetch_keys(provider.keys));
    {
      const std::lock_guard lock(mutex_);
      if (provider_) {
        provider_->key_set = keys;
        provider_->keys_at_ms = expected.now_ms;
      }
    }
    read = verify_id_token(token, keys, expected);
  }
  if (!read) return problem(SignOnFault::kRefused, "the ID token is not taken: " + std::string(describe(read.error())));
  return std::move(*read);
}

std::expected<Proven, SignOnProblem> SignOn::finish(std::string_view cookie, const Callback& callback) {
  const auto attempt = read_attempt(cookie, clock_ms_());
  if (!attempt || !same(callback.state, attempt->derived(kState))) {
    return problem(SignOnFault::kNotBegun, "no sign-in was begun in this browser, or too long ago");
  }
  if (!callback.issuer.empty() && callback.issuer != config_.issuer) {
    return problem(SignOnFault::kRefused, "the answer is of another issuer");
  }
  if (!callback.error.empty()) return problem(SignOnFault::kDenied, "the provider denies the sign-in");
  if (callback.code.empty() || callback.code.size() > kCodeMaxBytes) return problem(SignOnFault::kRefused, "the answer has no code");
  const Slot slot(exchanges_);
  if (!slot.taken()) return problem(SignOnFault::kUnavailable, "too many sign-ins ask the provider at once");
  TRY(known, provider());
  TRY(token, exchange(known, callback.code, attempt->derived(kVerifier)));
  TRY(read, check(std::move(known), token, attempt->derived(kNonce)));
  const bool is_strong = std::ranges::find(config_.strong_acr, read.acr) != config_.strong_acr.end();
  return Proven{
      {config_.issuer, std::move(read.subject)}, attempt->next, is_strong ? people::Proof::kSeveralFactors : people::Proof::kOneFactor};
}

}  // namespace koshi::oidc
