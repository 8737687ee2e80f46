#include "office/post/mail_channel.h"

#include "base/file.h"
#include "base/text.h"
#include "net/http_client.h"
#include "office/people/contact.h"
#include "words/catalogue.h"

namespace koshi::post {
namespace {

using Security = net::MailServer::Security;

/// The settings of a file, each of which is taken once: what is left over is a mistake.
class Settings {
 public:
  Settings(words::Texts texts, std::filesystem::path file) : texts_(std::move(texts)), file_(std::move(file)) {}

  std::string take(const std::string& name, std::string otherwise = {}) {
    const auto found = texts_.find(name);
    if (found == texts_.end()) return otherwise;
    std::string value = std::move(found->second);
    texts_.erase(found);
    return value;
  }
  std::string path(const std::string& name) {
    const std::string value = take(name);
    return value.empty() ? value : (file_.parent_path() / value).string();
  }
  std::unexpected<Error> wrong(const std::string& what) const { return fail(file_.string() + ": " + what); }
  const words::Texts& rest() const { return texts_; }

 private:
  words::Texts texts_;
  std::filesystem::path file_;
};

std::optional<Security> security_of(std::string_view text) {
  if (text == "starttls") return Security::kStartTls;
  if (text == "tls") return Security::kTls;
  if (text == "none") return Security::kNone;
  return std::nullopt;
}

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 253 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") == std::string_view::npos;
}

}  // namespace

Result<MailConfig> read_mail_config(const std::filesystem::path& file) {
  TRY(text, read_file(file, kMailConfigMaxBytes));
  TRY(texts, words::parse_catalogue(text, file.string()));
  Settings settings(std::move(texts), file);
  MailConfig config;
  config.server.host = settings.take("host");
  const auto port = parse_whole(settings.take("port", "587"));
  const auto security = security_of(settings.take("security", "starttls"));
  config.server.user = settings.take("user");
  const std::string password_file = settings.path("password_file");
  config.server.ca_file = settings.path("ca_file");
  config.sender = {settings.take("from"), settings.take("name")};
  config.link = settings.take("link");
  if (!settings.rest().empty()) return settings.wrong("`" + settings.rest().begin()->first + "` is not known");
  if (!is_host(config.server.host)) return settings.wrong("`host` must be the name of a machine");
  if (!port || *port < 1 || *port > 65'535) return settings.wrong("`port` must be a number from 1 to 65535");
  if (!security) return settings.wrong("`security` must be starttls, tls or none");
  if (*security == Security::kNone && !net::is_loopback_host(config.server.host)) {
    return settings.wrong("mail goes in the clear to this machine only; say security = \"starttls\"");
  }
  if (!people::is_mail_address(config.sender.address)) return settings.wrong("`from` must be a mail address");
  if (!config.link.empty() && !net::is_safe_url(config.link)) return settings.wrong("`link` must be https, or http of this machine");
  if (!password_file.empty()) {
    TRY(password, read_file(password_file, kMailConfigMaxBytes));
    config.server.password = std::string(trim(password.substr(0, password.find('\n'))));
  }
  if (config.link.ends_with('/')) config.link.pop_back();
  config.server.port = static_cast<uint16_t>(*port);
  config.server.security = *security;
  return config;
}

std::string_view MailChannel::way() const {
  return people::kByMail;
}

std::expected<void, ChannelFault> MailChannel::deliver(const Letter& letter) {
  if (!people::is_mail_address(letter.address)) return std::unexpected(ChannelFault{true, "not a mail address"});
  auto sent = client_->send(sender_.address, letter.address, mail_letter(sender_, letter));
  if (sent) return {};
  return std::unexpected(ChannelFault{sent.error().is_final, std::move(sent.error().message)});
}

}  // namespace koshi::post
