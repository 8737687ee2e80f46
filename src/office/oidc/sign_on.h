#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

#include "net/http_client.h"
#include "office/oidc/config.h"
#include "office/oidc/id_token.h"
#include "office/people/identity.h"
#include "office/people/proof.h"
#include "office/people/random.h"

/// One sign-in by a provider: from the button to who it is.
///
///   browser ── /sign-in/oidc ──▶ begin(): a cookie, and the way to the provider with state, nonce and the PKCE challenge
///   provider ── /sign-in/callback?code&state ──▶ finish(): code and verifier for a token, the token against key set and nonce ──▶ identity
///
/// The cookie holds a random secret and the time; state, nonce and verifier follow from them (HMAC-SHA-256, one purpose each), so nothing
/// is stored here, any server may finish what another began, and a state fits only the browser that asked for it.
namespace koshi::oidc {

inline constexpr int64_t kAttemptMaxMs = 10 * 60'000;    ///< from the button to the way back
inline constexpr int64_t kDiscoveryMaxMs = 60 * 60'000;  ///< for which the provider's own description and keys are believed
inline constexpr int64_t kKeysAnewMs = 60'000;           ///< an unknown key makes us ask for the set again, but not more often
inline constexpr size_t kCodeMaxBytes = 4096;
inline constexpr size_t kNextMaxBytes = 1000;
inline constexpr int kExchangesMax = 1;  ///< at once: the server's other thread goes on answering while a provider is slow

struct Begun {
  std::string cookie;    ///< letters, digits and . _ - % only
  std::string location;  ///< of the provider
};

/// What the provider sent back in the address.
struct Callback {
  std::string code, state;
  std::string error;   ///< "access_denied" …
  std::string issuer;  ///< RFC 9207; empty: not said
};

enum class SignOnFault : uint8_t {
  kNotBegun,     ///< no cookie, another browser, too late: begin anew
  kDenied,       ///< the provider or the person said no
  kUnavailable,  ///< the provider does not answer, or too many ask at once
  kRefused,      ///< what the provider says cannot be believed
};
struct SignOnProblem {
  SignOnFault fault;
  std::string message;  ///< one English sentence for the log, without secrets
};

struct Proven {
  people::Identity identity;
  std::string next;  ///< where the person wanted to go; not checked
  people::Proof proof = people::Proof::kOneFactor;
};

/// Any thread may call; `client` must outlive it. Times are the machine's own, for a provider knows no other.
class SignOn {
 public:
  SignOn(Config config, net::HttpClient& client, people::RandomBytes random, std::function<int64_t()> clock_ms);

  const Config& config() const { return config_; }
  std::expected<Begun, SignOnProblem> begin(std::string_view next);
  std::expected<Proven, SignOnProblem> finish(std::string_view cookie, const Callback& callback);

 private:
  struct Provider {
    std::string authorization, token, keys;  ///< endpoints
    KeySet key_set;
    int64_t described_at_ms = 0, keys_at_ms = 0;
  };
  std::optional<Provider> known_provider();
  std::expected<Provider, SignOnProblem> provider();
  std::expected<Provider, SignOnProblem> describe_provider();
  std::expected<KeySet, SignOnProblem> fetch_keys(const std::string& url);
  std::expected<std::string, SignOnProblem> exchange(const Provider& provider, const std::string& code, const std::string& verifier);
  std::expected<IdToken, SignOnProblem> check(Provider provider, const std::string& token, const std::string& nonce);

  Config config_;
  net::HttpClient& client_;
  people::RandomBytes random_;
  std::function<int64_t()> clock_ms_;
  std::counting_semaphore<kExchangesMax> exchanges_{kExchangesMax};
  std::mutex mutex_;
  std::optional<Provider> provider_;  ///< guarded by mutex_
};

}  // namespace koshi::oidc
