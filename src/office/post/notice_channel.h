#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

/// How a notice reaches somebody. Mail is one way (mail_channel.h); another, such as text messages of a gateway, is a class that keeps this
/// contract and is handed to the Post:
///
///   - deliver() returns once the other side has taken the letter, or why it has not. It may wait, but must end by itself within a minute.
///   - The same `id` may come twice, when an answer was lost or the machine stopped between the delivery and its record. A side that knows
///     ids drops the second one; so `id` must travel with the letter.
///   - Texts are UTF-8 and may hold line breaks (`text`) or none (`subject`). The address was checked when it was kept
///     (people/contact.h), and is to be checked again where it could be more than an address.
namespace koshi::post {

struct Letter {
  std::string id;       ///< of letters, digits and dots; the same for each try
  std::string address;  ///< of the channel's way
  std::string language;
  std::string subject, text;
  int64_t at_ms = 0;
};

struct ChannelFault {
  bool is_final = false;  ///< trying again would not help
  std::string message;    ///< for the record; without the letter's text
};

/// One thread at a time calls.
class NoticeChannel {
 public:
  virtual ~NoticeChannel() = default;
  virtual std::string_view way() const = 0;  ///< people::kByMail, people::kBySms
  virtual std::expected<void, ChannelFault> deliver(const Letter& letter) = 0;
};

}  // namespace koshi::post
