#pragma once

#include <string>
#include <string_view>

#include "office/post/notice_channel.h"

/// A letter as it travels by mail (RFC 5322, MIME). Pure.
namespace koshi::post {

struct Sender {
  std::string address;  ///< "office@example.kz"
  std::string name;     ///< may be empty
};

/// Headers and body, lines ended by CRLF and at most 76 bytes long. All that people wrote is base64, in headers as encoded words
/// (RFC 2047), so nothing in it can begin a line of its own. CHECKs that both addresses are mail addresses.
std::string mail_letter(const Sender& sender, const Letter& letter);

/// "Thu, 15 Jan 2026 05:00:00 +0000"
std::string mail_date(int64_t at_ms);
/// One or more encoded words, folded; empty for an empty text.
std::string encoded_words(std::string_view text);

}  // namespace koshi::post
