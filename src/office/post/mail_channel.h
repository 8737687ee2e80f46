#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "net/mail_client.h"
#include "office/post/mail_letter.h"
#include "office/post/notice_channel.h"

/// Notices by mail. The file that says how:
///
///   host = "mail.example.kz"
///   port = "587"
///   security = "starttls"          "tls" (port 465), "none" (this machine only)
///   user = "koshi"                 left out: without signing in
///   password_file = "mail.secret"  beside this file, its first line
///   ca_file = "ca.pem"             left out: the system's
///   from = "koshi@example.kz"
///   name = "Köshi"                 left out: the address alone
///   link = "https://koshi.example.kz"   where letters lead to; left out: nowhere
namespace koshi::post {

struct MailConfig {
  net::MailServer server;
  Sender sender;
  std::string link;
};

inline constexpr size_t kMailConfigMaxBytes = 16 * 1024;

/// Errors: unreadable, not TOML of texts, a name that is not known or missing, a value that is none; mail in the clear to another machine.
Result<MailConfig> read_mail_config(const std::filesystem::path& file);

class MailChannel final : public NoticeChannel {
 public:
  MailChannel(std::unique_ptr<net::MailClient> client, Sender sender) : client_(std::move(client)), sender_(std::move(sender)) {}
  std::string_view way() const override;
  std::expected<void, ChannelFault> deliver(const Letter& letter) override;

 private:
  std::unique_ptr<net::MailClient> client_;
  Sender sender_;
};

}  // namespace koshi::post
