#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

/// The server as one call: reads the law, answers over HTTP until it is told to stop.
namespace koshi::http {

/// Folders that are left empty are found below $KOSHI_HOME, or below the current folder when that is not set:
/// law/kz, words, pages.
struct ServeOptions {
  std::filesystem::path law_dir;
  std::filesystem::path words_dir;
  std::filesystem::path pages_dir;
  std::filesystem::path data_dir;  ///< of the administration's records; empty: none are kept
  std::string host = "127.0.0.1";
  uint16_t port = 0;  ///< 0: any free port
  bool demo = false;
};

/// Prints the address ("Köshi listens on http://127.0.0.1:8080/") to standard output once it accepts connections, then blocks until SIGINT
/// or SIGTERM. Exit status: 0 after a graceful stop; 2 when the law has errors (all diagnostics are printed to standard error) or when a
/// folder cannot be read or the port cannot be bound. Call from the main thread only: it takes over the two signals.
int run_serve(const ServeOptions& options);

}  // namespace koshi::http
