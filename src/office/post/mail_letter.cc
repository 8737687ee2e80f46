#include "office/post/mail_letter.h"

#include <array>
#include <chrono>

#include "base/check.h"
#include "base/text.h"
#include "office/people/contact.h"

namespace koshi::post {
namespace {

constexpr size_t kWordBytesMax = 39;  ///< of the text in one encoded word: 52 as base64, 64 with its frame, 73 behind "Subject: "
constexpr size_t kLineBytes = 57;     ///< of the text in one line of the body: 76 as base64
constexpr std::string_view kEnd = "\r\n";

std::string base64(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](size_t n) { return i + n < bytes.size() ? static_cast<unsigned char>(bytes[i + n]) : 0u; };
    const uint32_t three = at(0) << 16 | at(1) << 8 | at(2);
    for (size_t n = 0; n < 4; ++n) out.push_back(i + n > bytes.size() ? '=' : kAlphabet[three >> (18 - 6 * n) & 63]);
  }
  return out;
}

/// As many whole characters as fit.
size_t word_size(std::string_view text) {
  if (text.size() <= kWordBytesMax) return text.size();
  size_t size = kWordBytesMax;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return size == 0 ? kWordBytesMax : size;
}

std::string two(int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string host_of(std::string_view address) {
  return std::string(address.substr(address.rfind('@') + 1));
}

bool is_id(std::string_view id) {
  return !id.empty() && id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.") == std::string_view::npos;
}

}  // namespace

std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t size = word_size(text);
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return out;
}

std::string mail_date(int64_t at_ms) {
  using namespace std::chrono;
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const sys_seconds at = floor<seconds>(sys_time<milliseconds>(milliseconds(at_ms)));
  const sys_days day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(at - day);
  return std::string(kDays[weekday(day).c_encoding()]) + ", " + two(unsigned(date.day())) + " " + kMonths[unsigned(date.month()) - 1] +
         " " + std::to_string(int(date.year())) + " " + two(time.hours().count()) + ":" + two(time.minutes().count()) + ":" +
         two(time.seconds().count()) + " +0000";
}

std::string mail_letter(const Sender& sender, const Letter& letter) {
  CHECK(people::is_mail_address(sender.address) && people::is_mail_address(letter.address) && is_id(letter.id));
  const bool has_language =
      !letter.language.empty() && letter.language.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
  std::string out;
  const auto header = [&](std::string_view name, const std::string& value) { out.append(name).append(": ").append(value).append(kEnd); };
  header("Date", mail_date(letter.at_ms));
  header("From", sender.name.empty() ? sender.address : encoded_words(sender.name) + "\r\n <" + sender.address + ">");
  header("To", letter.address);
  header("Subject", encoded_words(letter.subject));
  header("Message-ID", "<" + letter.id + "@" + host_of(sender.address) + ">");
  header("Auto-Submitted", "auto-generated");
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=UTF-8");
  if (has_language) header("Content-Language", letter.language);
  header("Content-Transfer-Encoding", "base64");
  out += kEnd;
  for (size_t at = 0; at < letter.text.size(); at += kLineBytes) {
    out += base64(std::string_view(letter.text).substr(at, kLineBytes));
    out += kEnd;
  }
  return out;
}

}  // namespace koshi::post
