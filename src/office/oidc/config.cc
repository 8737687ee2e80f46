#include "office/oidc/config.h"

#include "base/file.h"
#include "base/text.h"
#include "net/http_client.h"
#include "words/catalogue.h"

namespace koshi::oidc {
namespace {

Result<std::string> take(words::Texts& settings, const std::string& name, const std::string& file) {
  const auto found = settings.find(name);
  if (found == settings.end() || found->second.empty()) return fail(file + " lacks `" + name + "`");
  std::string value = std::move(found->second);
  settings.erase(found);
  return value;
}

std::string take_or_empty(words::Texts& settings, const std::string& name) {
  const auto found = settings.find(name);
  if (found == settings.end()) return {};
  std::string value = std::move(found->second);
  settings.erase(found);
  return value;
}

}  // namespace

Result<Config> read_config(const std::filesystem::path& file) {
  TRY(text, read_file(file, kConfigMaxBytes));
  TRY(settings, words::parse_catalogue(text, file.string()));
  Config config;
  TRY(issuer, take(settings, "issuer", file.string()));
  TRY(client_id, take(settings, "client_id", file.string()));
  TRY(redirect, take(settings, "redirect", file.string()));
  TRY(name, take(settings, "name", file.string()));
  const std::string secret_file = take_or_empty(settings, "client_secret_file");
  config.ca_file = take_or_empty(settings, "ca_file");
  if (!config.ca_file.empty()) config.ca_file = (file.parent_path() / config.ca_file).string();
  const std::string strong_acr = take_or_empty(settings, "strong_acr");
  for (const std::string_view value : split(strong_acr, ' ')) {
    if (!value.empty()) config.strong_acr.emplace_back(value);
  }
  if (!settings.empty()) return fail(file.string() + " has `" + settings.begin()->first + "`, which is not known");
  for (const std::string& url : {issuer, redirect}) {
    if (!net::is_safe_url(url)) return fail(file.string() + ": " + url + " must be https, or http of this machine");
  }
  if (issuer.find_first_of("?#") != std::string::npos) return fail(file.string() + ": an issuer has neither query nor fragment");
  if (!secret_file.empty()) {
    TRY(secret, read_file(file.parent_path() / secret_file, kConfigMaxBytes));
    config.client_secret = std::string(trim(secret.substr(0, secret.find('\n'))));
    if (config.client_secret.empty()) return fail(secret_file + " holds no secret");
  }
  config.issuer = std::move(issuer);
  config.client_id = std::move(client_id);
  config.redirect = std::move(redirect);
  config.name = std::move(name);
  return config;
}

}  // namespace koshi::oidc
