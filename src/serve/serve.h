#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

/// The server as one call: reads the law, opens the office if it has one, answers over HTTP until it is told to stop.
namespace koshi {

/// Folders that are left empty are found below $KOSHI_HOME, or below the current folder when that is not set:
/// law/kz, words, pages, build/portal.
struct ServeOptions {
  std::filesystem::path law_dir;
  std::filesystem::path words_dir;
  std::filesystem::path pages_dir;
  std::filesystem::path portal_dir = {};  ///< as web/ builds it; may be missing
  std::string data;                       ///< folder or PostgreSQL URL of the office (office/house/house.h); empty: the law alone is served
  std::filesystem::path keys_dir;         ///< of the office; empty: the data folder
  std::string host = "127.0.0.1";
  uint16_t port = 0;        ///< 0: any free port
  bool demo = false;        ///< fills an empty office with made-up people and cases, and prints their logins
  std::string clock;        ///< with `demo` only: what was to happen later is left out, and this is the office's day, YYYY-MM-DD
  bool behind_tls = false;  ///< a proxy speaks TLS to the clients: cookies are Secure
  std::string address =
      {};  ///< where everybody reaches the office, printed on papers; empty: of a demonstration where it listens, else none
  std::filesystem::path oidc_file = {};  ///< how people sign in by a provider (office/oidc/config.h); empty: they do not
  std::string password_cost =
      {};  ///< "moderate", "interactive" or "least" (docs/operate.md); empty: moderate, of a demonstration interactive
  std::optional<uint16_t> metrics_port = {};  ///< measures for Prometheus, on 127.0.0.1 only; 0: any free port
  bool log_json = false;                      ///< lines on standard error are JSON objects (serve/log.h)
  bool log_requests = false;                  ///< one of them for each request
  int64_t pace = 600;                         ///< requests a minute of one account (http/office/pace.h)
  std::filesystem::path mail_file = {};       ///< how notices go out (office/post/mail_channel.h); empty: they stay in the outbox
};

/// Prints the address ("Köshi listens on http://127.0.0.1:8080/") to standard output once it accepts connections, then blocks until SIGINT
/// or SIGTERM. Exit status: 0 after a graceful stop; 2 when the law has errors (all diagnostics are printed to standard error), when a
/// folder or the office cannot be opened, or when the port cannot be bound; 3 when the journal was found damaged while the server ran,
/// which it then ended. Call from the main thread only: it takes over the two signals.
int run_serve(const ServeOptions& options);

}  // namespace koshi
