#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

/// Signing in by an OpenID Connect provider (OpenID Connect Core 1.0: authorisation code flow, with PKCE of RFC 7636). Off unless somebody
/// gives a file that says which provider.
///
///   issuer = "https://id.example.kz/realms/office"    exactly as the provider writes it
///   client_id = "koshi"
///   client_secret_file = "oidc.secret"                beside this file, its first line; left out for a public client
///   redirect = "https://koshi.example.kz/sign-in/callback"   as the provider knows it
///   name = "eGov IDP"                                 what the button on the sign-in page says
///   ca_file = "ca.pem"                                left out: the system's
///   strong_acr = "mfa phr"                            values of `acr` that mean several factors; left out: its word counts as one factor
namespace koshi::oidc {

struct Config {
  std::string issuer, client_id;
  std::string client_secret = {};  ///< empty: a public client, whom PKCE alone protects
  std::string redirect;
  std::string name;
  std::string ca_file = {};
  std::vector<std::string> strong_acr = {};  ///< asked for as `acr_values`, the best first
};

inline constexpr size_t kConfigMaxBytes = 16 * 1024;

/// Errors: unreadable, not TOML of texts, a name that is not known or missing, an address that is neither https nor of this machine.
Result<Config> read_config(const std::filesystem::path& file);

}  // namespace koshi::oidc
