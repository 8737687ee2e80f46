#include "http/http.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace koshi::http {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
}

bool is_forbidden_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Request::header(std::string_view name) const {
  for (const Header& header : headers) {
    if (same_word(header.name, name)) return header.value;
  }
  return {};
}

std::string_view reason_phrase(int status) {
  static constexpr auto kPhrases = std::to_array<std::pair<int, std::string_view>>({
      {200, "OK"},
      {201, "Created"},
      {204, "No Content"},
      {303, "See Other"},
      {304, "Not Modified"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {409, "Conflict"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {422, "Unprocessable Content"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {503, "Service Unavailable"},
  });
  for (const auto& [code, phrase] : kPhrases) {
    if (code == status) return phrase;
  }
  return {};
}

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus == Plus::kSpace) {
      c = ' ';
    }
    if (is_forbidden_control(c)) return std::nullopt;
    out.push_back(c);
  }
  if (!is_valid_utf8(out)) return std::nullopt;
  return out;
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

Result<Query> Query::parse(std::string_view text) {
  if (text.size() > kMaxQueryBytes) return fail("The query string is too long.");
  Query query;
  if (text.empty()) return query;
  for (const std::string_view item : split(text, '&')) {
    if (item.empty()) continue;
    if (query.items_.size() == kMaxQueryItems) return fail("The query string has too many parts.");
    const size_t equals = item.find('=');
    const bool bare = equals == std::string_view::npos;
    auto name = percent_decode(item.substr(0, equals), Plus::kSpace);
    auto value = percent_decode(bare ? std::string_view{} : item.substr(equals + 1), Plus::kSpace);
    if (!name || !value) return fail("The query string is not percent-encoded UTF-8.");
    query.add(std::move(*name), std::move(*value));
  }
  return query;
}

std::optional<std::string> Query::get(std::string_view name) const {
  for (const Item& item : items_) {
    if (item.first == name) return item.second;
  }
  return std::nullopt;
}

std::vector<std::string> Query::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const Item& item : items_) {
    if (item.first == name) values.push_back(item.second);
  }
  return values;
}

void Query::remove(std::string_view name) {
  std::erase_if(items_, [&](const Item& item) { return item.first == name; });
}

void Query::set(std::string_view name, std::string value) {
  remove(name);
  add(std::string(name), std::move(value));
}

std::string Query::to_string() const {
  std::string out;
  for (const Item& item : items_) {
    if (!out.empty()) out.push_back('&');
    out += percent_encode(item.first) + '=' + percent_encode(item.second);
  }
  return out;
}

std::string Query::url(std::string_view path) const {
  return items_.empty() ? std::string(path) : std::string(path) + '?' + to_string();
}

Response reply(int status, std::string_view media_type, std::string body) {
  return {status, {{"Content-Type", std::string(media_type)}}, std::move(body)};
}

Response see_other(std::string location) {
  return {303, {{"Location", std::move(location)}}, {}};
}

}  // namespace koshi::http
