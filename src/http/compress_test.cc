#include "http/compress.h"

#include <gmock/gmock.h>
#include <zlib.h>

namespace koshi::http {
namespace {

const std::string kPage = std::string(20'000, 'x') + "end";

std::string coding(const Response& response) {
  for (const Header& header : response.headers) {
    if (header.name == "Content-Encoding") return header.value;
  }
  return "";
}

Response packed(const std::vector<Header>& headers, const std::string& method = "GET", const std::string& type = "text/html; charset=utf-8",
                const std::string& body = kPage) {
  Request request;
  request.method = method;
  request.headers = headers;
  Response response = reply(200, type, body);
  compress_page(request, response);
  return response;
}

std::string unpacked(const std::string& body) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(100'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(Compress, PacksAPageForWhoeverTakesIt) {
  const Response response = packed({{"Accept-Encoding", "br;q=0, gzip"}});
  EXPECT_EQ(coding(response), "gzip");
  EXPECT_LT(response.body.size(), 500u);
  EXPECT_EQ(unpacked(response.body), kPage);
}

TEST(Compress, LeavesAloneWhatMustNotOrNeedNot) {
  const std::vector<Header> takes{{"Accept-Encoding", "gzip"}};
  EXPECT_EQ(packed({}).body, kPage);
  EXPECT_EQ(packed({{"Accept-Encoding", "gzip;q=0"}}).body, kPage);
  EXPECT_EQ(packed({{"Accept-Encoding", "gzip"}, {"Cookie", "session=1"}}).body, kPage);
  EXPECT_EQ(packed(takes, "HEAD").body, kPage);
  EXPECT_EQ(packed(takes, "POST").body, kPage);
  EXPECT_EQ(packed(takes, "GET", "application/json").body, kPage);
  EXPECT_EQ(packed(takes, "GET", "text/html", "short").body, "short");
}

TEST(Compress, PacksForWhoIsSignedInWhatEverybodyIsTold) {
  Request request;
  request.method = "GET";
  request.headers = {{"Accept-Encoding", "gzip"}, {"Cookie", "session=1"}};
  Response response = reply(200, "application/json", kPage);
  compress_public(request, response);
  EXPECT_EQ(coding(response), "gzip");
  EXPECT_EQ(unpacked(response.body), kPage);
  const std::string once = response.body;
  compress_page(request, response);
  compress_public(request, response);
  EXPECT_EQ(response.body, once) << "packed once";
}

}  // namespace
}  // namespace koshi::http
