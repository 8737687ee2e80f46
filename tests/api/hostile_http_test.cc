/// What never ends, lies about its length, says nothing, or climbs: the server's sockets from outside.
#include <sys/resource.h>

#include <algorithm>
#include <thread>

#include "base/sanitized.h"
#include "hostile_office.h"

namespace koshi {
namespace {

using namespace std::string_view_literals;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

constexpr size_t kIdleWanted = 10'000;
constexpr size_t kOwnDescriptors = 200;         ///< of this test besides its connections
constexpr size_t kIdleMaxBytes = 24 * 1024;     ///< of the server's memory, each
constexpr milliseconds kIdleMax{40'000};        ///< until all are closed; the server's own limit is 10 s
constexpr size_t kEndlessMaxBytes = 64u << 20;  ///< of the server's memory after what never ended
constexpr size_t kChunksMaxBytes = 160u << 20;  ///< at its height: about 55 MB for one body in the smallest chunks, 8 MiB for one in others

/// As many as this process may open, at most those wanted.
size_t idle_connections() {
  rlimit limit{};
  EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = limit.rlim_max;
  EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  return std::min<size_t>(kIdleWanted, static_cast<size_t>(limit.rlim_cur) - kOwnDescriptors);
}

int health(uint16_t port) {
  SocketClient client(port);
  client.send("GET /healthz HTTP/1.1\r\nHost: koshi.example\r\n\r\n");
  return client.read_response() ? client.status() : 0;
}

/// Some say nothing at all, some stop in the middle of their head, some of their body.
TEST_F(Hostile, TenThousandIdleConnectionsHoldUpNobodyAndAreClosed) {
  const size_t wanted = idle_connections();
  const size_t before = office_->server().resident();
  std::vector<std::unique_ptr<SocketClient>> idle;
  for (size_t i = 0; i < wanted; ++i) {
    idle.push_back(std::make_unique<SocketClient>(office_->port()));
    ASSERT_TRUE(idle.back()->connected()) << i;
    if (i % 3 == 1) idle.back()->send("GET / HTTP/1.1\r\nHost: koshi.example\r\nX-Slow: ");
    if (i % 3 == 2) idle.back()->send("POST /api/v1/ask HTTP/1.1\r\nHost: koshi.example\r\nContent-Length: 100\r\n\r\n{");
    if (i % 500 == 0) {
      EXPECT_EQ(health(office_->port()), 200) << i;
    }
  }
  const size_t held = office_->server().resident();
  if (!kIsSanitized) {
    EXPECT_LT(held, before + wanted * kIdleMaxBytes);
  }
  const auto deadline = std::chrono::steady_clock::now() + kIdleMax;
  for (const auto& client : idle) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
    ASSERT_TRUE(client->read_to_end(std::max(left, milliseconds(1)))) << "still open";
  }
  EXPECT_EQ(health(office_->port()), 200);
  (void)::printf("%zu connections, %zu bytes each\n", wanted, held > before ? (held - before) / wanted : 0);
}

/// Sends the same again and again until the server has had enough, and reads why.
int status_of_endless(uint16_t port, const std::string& begin, const std::string& more) {
  std::string block;
  while (block.size() < 16'384) block += more;
  SocketClient client(port);
  client.send(begin);
  while (client.send(block)) {
  }
  client.read_to_end();
  return client.status();
}

TEST_F(Hostile, WhatNeverEndsIsCutWithAWord) {
  const std::string post = "POST /api/v1/ask HTTP/1.1\r\nHost: koshi.example\r\nContent-Type: application/json\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string get = "GET / HTTP/1.1\r\nHost: koshi.example\r\n";
  struct Endless {
    const char* what;
    std::string begin;
    std::string more;
    int status;
  };
  const std::vector<Endless> all = {{"address", "GET /", "a", 414},
                                    {"value of a header", get + "X: ", "a", 431},
                                    {"name of a header", get + "X", "a", 431},
                                    {"headers", get, "X: a\r\n", 431},
                                    {"empty lines", "", "\r\n", 431},
                                    {"method", "", "G", 400},
                                    {"size of a chunk", chunked, "0", 431},
                                    {"extension of a chunk", chunked + "5;", "a", 431},
                                    {"trailers", chunked + "0\r\n", "X: a\r\n", 431},
                                    {"body in the smallest chunks", chunked, "1\r\na\r\n", 413},
                                    {"body in chunks", chunked, "400\r\n" + std::string(1024, 'x') + "\r\n", 413}};
  const size_t before = office_->server().resident();
  std::vector<std::jthread> threads;
  for (const Endless& one : all) {
    threads.emplace_back(
        [&one, port = office_->port()] { EXPECT_EQ(status_of_endless(port, one.begin, one.more), one.status) << one.what; });
  }
  EXPECT_EQ(health(office_->port()), 200);
  threads.clear();
  if (kIsSanitized) return;
  EXPECT_LT(office_->server().resident(), before + kEndlessMaxBytes);
  EXPECT_LT(office_->server().height(), before + kChunksMaxBytes);
}

/// However the end of a request is told twice or in disguise: it is one request that is refused, and never two.
TEST_F(Hostile, NoRequestIsSmuggledInAnother) {
  const std::string hidden = "GET /healthz HTTP/1.1\r\nHost: koshi.example\r\n\r\n";
  const std::string post = "POST /api/v1/ask HTTP/1.1\r\nHost: koshi.example\r\nContent-Type: application/json\r\n";
  for (const std::string& framing :
       std::vector<std::string>{"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                                "Content-Length: 4\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
                                "Content-Length: 4\r\nTransfer-Encoding: \x0b"
                                "chunked\r\n\r\n0\r\n\r\n",
                                "Content-Length: 4\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
                                "Content-Length: 0\r\nContent-Length: 4\r\n\r\n", "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
                                "Content-Length: 1\r\n 0\r\n\r\n", "Content-Length: +0\r\n\r\n", "Content-Length: 0, 0\r\n\r\n",
                                "Content-Length:\r\n\r\n", "Content-Length: 18446744073709551616\r\n\r\n",
                                "Transfer-Encoding: identity\r\n\r\n", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                                "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n", "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
                                "Transfer-Encoding: chunked\r\n\r\n-0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n0\n\n"}) {
    SocketClient client(office_->port());
    client.send(post + framing + hidden);
    EXPECT_TRUE(client.read_to_end()) << framing;
    EXPECT_EQ(client.status(), 400) << framing;
    EXPECT_EQ(SocketClient::count(client.received(), "HTTP/1.1 "), 1u) << framing << client.received();
  }
}

/// What is read in one way only, but by others in another: refused, and the connection with it.
TEST_F(Hostile, WhatAnotherCouldReadOtherwiseIsRefused) {
  for (const std::string& request : std::vector<std::string>{
           "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
           "POST /api/v1/ask HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
           "POST /api/v1/ask HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\rY: b\r\n\r\n", "GET /healthz HTTP/1.1\rHost: a\r\n\r\n",
           "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"}) {
    SocketClient client(office_->port());
    client.send(request + "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(client.read_to_end()) << request;
    EXPECT_EQ(client.status(), 400) << request;
    EXPECT_EQ(SocketClient::count(client.received(), "HTTP/1.1 "), 1u) << request << client.received();
  }
  SocketClient zero(office_->port());
  zero.send("GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"sv);
  EXPECT_TRUE(zero.read_to_end());
  EXPECT_EQ(zero.status(), 400);
}

TEST_F(Hostile, NothingIsSentBackThatOnlyTheSenderKnew) {
  const HostileAnswer traced = send("TRACE", "/healthz", "Cookie: secret=1\r\n");
  EXPECT_EQ(traced.status, 405);
  EXPECT_THAT(traced.head + traced.body, Not(HasSubstr("secret")));
  const HostileAnswer asked = send("OPTIONS", "/api/v1/cases", "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n");
  EXPECT_THAT(asked.head, Not(HasSubstr("Access-Control-")));
  EXPECT_THAT(send("GET", "/api/v1/quota", "Origin: https://evil.example\r\n").head, Not(HasSubstr("Access-Control-")));
}

/// On every route that has a part of the address to fill in: whatever climbs finds nothing, for whoever is signed in, too.
TEST_F(Hostile, NoAddressClimbsOutOfTheOffice) {
  const std::string id = open_permit("steppe");
  const std::vector<std::string> climbs = {"..%2f..%2f..%2fetc%2fpasswd",
                                           "%2e%2e%2f%2e%2e%2foffice.db",
                                           "..%5c..%5cetc%5cpasswd",
                                           "....%2f%2f....%2f%2fetc%2fpasswd",
                                           "%252e%252e%252fetc%252fpasswd",
                                           "%c0%ae%c0%ae%2fetc%2fpasswd",
                                           "office.db%00.pdf",
                                           "../../etc/passwd",
                                           "%2fetc%2fpasswd"};
  const std::string item = "/api/v1/cases/" + id;
  for (const std::string& at :
       {std::string("/api/v1/cases/"), item + "/documents/", item + "/papers/", item + "/lists/", item + "/actions/", item + "/receipts/",
        std::string("/api/v1/procedures/"), std::string("/api/v1/papers/x/"), std::string("/cases/"), "/cases/" + id + "/forms/",
        std::string("/procedures/"), std::string("/static/"), std::string("/app/"), std::string("/app/assets/"), std::string("/law/acts/"),
        std::string("/")}) {
    for (const std::string& climb : climbs) {
      const HostileAnswer answer = get("steppe", at + climb);
      const bool portal = at.starts_with("/app/") && answer.status == 200;  // a place within the portal: its page
      EXPECT_TRUE(answer.status == 404 || answer.status == 400 || answer.status == 405 || portal) << at << climb << " " << answer.status;
      EXPECT_THAT(answer.body, Not(HasSubstr("root:"))) << at << climb;
      EXPECT_THAT(answer.body, Not(HasSubstr("SQLite format"))) << at << climb;
    }
  }
}

}  // namespace
}  // namespace koshi
