#include "http/compress.h"

#include <zlib.h>

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace koshi::http {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window, in gzip's own wrapping
constexpr int kMemoryLevel = 8;
constexpr int kLevel = 5;

std::optional<std::string> gzip(const std::string& plain) {
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) return std::nullopt;
  std::string packed(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));  // zlib does not write to it
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int end = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return end == Z_STREAM_END ? std::optional(std::move(packed)) : std::nullopt;
}

bool is_page(const Response& response) {
  const auto type = std::ranges::find(response.headers, "Content-Type", &Header::name);
  return type != response.headers.end() && type->value.starts_with("text/html");
}

}  // namespace

bool takes_coding(std::string_view accept, std::string_view coding) {
  for (const std::string_view item : split(accept, ',')) {
    const size_t end = item.find(';');
    if (!same_word(trim(item.substr(0, end)), coding)) continue;
    const std::string_view weight = end == std::string_view::npos ? std::string_view{} : trim(item.substr(end + 1));
    return weight.empty() || weight.find_first_of("123456789", 2) != std::string_view::npos;
  }
  return false;
}

void compress_page(const Request& request, Response& response) {
  if (is_page(response) && request.header("Cookie").empty()) compress_public(request, response);
}

void compress_public(const Request& request, Response& response) {
  if (request.method != "GET" || response.body.size() < kPackedBytesMin) return;
  const auto same = [](const Header& header) { return header.name == "Content-Encoding"; };
  if (std::ranges::any_of(response.headers, same)) return;
  response.headers.push_back({"Vary", "Accept-Encoding"});
  if (!takes_coding(request.header("Accept-Encoding"), "gzip")) return;
  auto packed = gzip(response.body);
  if (!packed) return;
  response.body = std::move(*packed);
  response.headers.push_back({"Content-Encoding", "gzip"});
}

}  // namespace koshi::http
