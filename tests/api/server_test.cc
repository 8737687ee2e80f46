#include "http/server.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "socket_client.h"

/// The transport under clients that misbehave, with limits short enough to be met in a test.
namespace koshi::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kHost = "Host: localhost\r\n";

class ServerTest : public testing::Test {
 protected:
  ServerTest() {
    limits_.body_bytes = 1000;
    limits_.target_bytes = 500;
    limits_.header_count = 10;
    limits_.header_value_bytes = 200;
    limits_.header_name_bytes = 50;
    limits_.read = milliseconds(600);
    limits_.write = milliseconds(600);
    limits_.stop = milliseconds(2000);
  }
  ~ServerTest() override { server_.stop(); }

  uint16_t start() {
    const auto is_slow = [](std::string_view, std::string_view target) { return target.starts_with("/long"); };
    const auto port = server_.start(
        {"127.0.0.1", 0, limits_, is_slow}, [this](const Request& request) { return answer(request); },
        [](int status) { return reply(status, "text/plain", "refused " + std::to_string(status)); });
    EXPECT_TRUE(port.has_value()) << port.error().message;
    return *port;
  }

  Response answer(const Request& request) {
    ++handled_;
    if (request.path == "/throw") throw std::runtime_error("secret");
    if (request.path == "/slow") std::this_thread::sleep_for(milliseconds(300));
    if (request.path == "/long") {
      while (!released_) std::this_thread::sleep_for(milliseconds(5));
    }
    if (request.path == "/large") return reply(200, "text/plain", std::string(4'000'000, 'x'));
    if (request.path == "/split") return {200, {{"X-A", "a\r\nX-B: b"}}, {}};
    return reply(200, "text/plain", request.method + " " + request.path + " " + request.query + " " + request.body);
  }

  /// The status of the answer, and that the connection is then closed.
  int refused(std::string_view request) {
    SocketClient client(start());
    client.send(request);
    EXPECT_TRUE(client.read_to_end()) << client.received();
    server_.stop();
    return client.status();
  }

  ServerLimits limits_;
  std::atomic<int> handled_{0};
  std::atomic<bool> released_{false};
  Server server_;
};

std::string get(std::string_view target, std::string_view more = {}) {
  return "GET " + std::string(target) + " HTTP/1.1\r\n" + std::string(kHost) + std::string(more) + "\r\n";
}

std::string post(std::string_view headers, std::string_view body) {
  return "POST /p HTTP/1.1\r\n" + std::string(kHost) + std::string(headers) + "\r\n" + std::string(body);
}

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
  SocketClient client(start());
  for (int i = 0; i < 3; ++i) {
    client.send(get("/a?b=c#d"));
    ASSERT_TRUE(client.read_response());
    EXPECT_EQ(client.status(), 200);
    EXPECT_EQ(client.body(), "GET /a b=c ");
  }
}

TEST_F(ServerTest, HandsOverTheBody) {
  SocketClient client(start());
  client.send(post("Content-Length: 5\r\n", "hello"));
  ASSERT_TRUE(client.read_response());
  EXPECT_EQ(client.body(), "POST /p  hello");
  client.send(post("Transfer-Encoding: chunked\r\n", "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"));
  ASSERT_TRUE(client.read_response());
  EXPECT_EQ(client.body(), "POST /p  hello");
}

TEST_F(ServerTest, HeadHasTheLengthButNoBody) {
  SocketClient client(start());
  client.send("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(client.read_to_end());
  EXPECT_THAT(client.received(), HasSubstr("Content-Length: 9\r\n"));
  EXPECT_EQ(client.body(), "");
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInOrder) {
  SocketClient client(start());
  std::string all;
  for (int i = 0; i < 200; ++i) all += get("/" + std::to_string(i));
  client.send(all);
  ASSERT_TRUE(client.read_times("HTTP/1.1 200 OK", 200)) << SocketClient::count(client.received(), "HTTP/1.1 200 OK");
  size_t at = 0;
  for (int i = 0; i < 200; ++i) {
    at = client.received().find("GET /" + std::to_string(i) + " ", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST_F(ServerTest, OldAndAbsoluteFormsAreRead) {
  SocketClient old(start());
  old.send("GET /a HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(old.read_to_end());
  EXPECT_EQ(old.status(), 200);
  server_.stop();
  SocketClient absolute(start());
  absolute.send("GET http://proxy.example/a?b HTTP/1.1\r\nHost: proxy.example\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(absolute.read_to_end());
  EXPECT_EQ(absolute.body(), "GET /a b ");
}

TEST_F(ServerTest, AnUpgradeIsAnsweredPlainly) {
  SocketClient client(start());
  client.send(get("/a", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"));
  EXPECT_TRUE(client.read_to_end());
  EXPECT_EQ(client.status(), 200);
}

TEST_F(ServerTest, ALargeBodyIsRefusedBeforeItComes) {
  EXPECT_EQ(refused(post("Content-Length: 1001\r\n", "")), 413);
  EXPECT_EQ(refused(post("Content-Length: 100000000000\r\n", "")), 413);
  EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, ALargeChunkedBodyIsRefusedOnTheWay) {
  std::string chunks;
  for (int i = 0; i < 5; ++i) chunks += "100\r\n" + std::string(256, 'x') + "\r\n";
  EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\n", chunks)), 413);
  EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, TheClientThatGoesOnSendingStillReadsWhy) {
  SocketClient client(start());
  client.send(post("Content-Length: 50000000\r\n", ""));
  const std::string block(1'000'000, 'x');
  for (int i = 0; i < 50 && client.send(block); ++i) {
  }
  EXPECT_TRUE(client.read_to_end());
  EXPECT_EQ(client.status(), 413);
  EXPECT_THAT(client.received(), HasSubstr("refused 413"));
}

TEST_F(ServerTest, ABodyOfTheLimitIsTaken) {
  SocketClient client(start());
  client.send(post("Content-Length: 1000\r\n", std::string(1000, 'x')));
  ASSERT_TRUE(client.read_response());
  EXPECT_EQ(client.status(), 200);
}

TEST_F(ServerTest, LongAddressesAndHeadersAreRefused) {
  EXPECT_EQ(refused(get("/" + std::string(600, 'a'))), 414);
  EXPECT_EQ(refused(get("/", "X: " + std::string(300, 'a') + "\r\n")), 431);
  EXPECT_EQ(refused(get("/", std::string(60, 'n') + ": a\r\n")), 431);
  std::string many;
  for (int i = 0; i < 12; ++i) many += "X" + std::to_string(i) + ": a\r\n";
  EXPECT_EQ(refused(get("/", many)), 431);
  EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, RequestsThatCouldBeReadInTwoWaysAreRefused) {
  EXPECT_EQ(refused(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n")), 400);
  EXPECT_EQ(refused(post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello")), 400);
  EXPECT_EQ(refused(post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")), 400);
  EXPECT_EQ(refused(post("Content-Length: -5\r\n", "hello")), 400);
  EXPECT_EQ(refused(post("Content-Length: 0x5\r\n", "hello")), 400);
  EXPECT_EQ(refused(post("Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n", "abc")), 400);
  EXPECT_EQ(refused(post("Content-Length : 5\r\n", "hello")), 400);
  EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\n", "zz\r\n")), 400);
  EXPECT_EQ(refused(post("Content-Length: 5, 5\r\n", "hello")), 400);
  EXPECT_EQ(refused(post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")), 400);
  EXPECT_EQ(refused(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")), 400);
  EXPECT_EQ(refused(get("/", "Host: another\r\n")), 400);
  EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, WhatIsNoHttpIsRefused) {
  EXPECT_EQ(refused("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 this is TLS\r\n\r\n"), 400);
  EXPECT_EQ(refused("NONSENSE / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(refused("GET / HTTP/9.9.9\r\n\r\n"), 400);
  EXPECT_EQ(refused("GET /a b HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, ASlowClientIsCut) {
  SocketClient client(start());
  const auto begin = std::chrono::steady_clock::now();
  client.send("GET / HTTP/1.1\r\nHost: x\r\n");
  bool is_open = true;
  // One header line every 50 ms: each byte comes in time, the request never does.
  for (int i = 0; i < 100 && is_open; ++i) {
    is_open = client.send("X" + std::to_string(i) + ": a\r\n") && !client.read_to_end(milliseconds(50));
    if (i == 8) break;
  }
  EXPECT_TRUE(client.read_to_end(milliseconds(3000)));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(3000));
  EXPECT_EQ(handled_, 0);
}

TEST_F(ServerTest, AnIdleConnectionIsCut) {
  SocketClient client(start());
  EXPECT_TRUE(client.read_to_end(milliseconds(3000)));
}

TEST_F(ServerTest, AClientThatDoesNotReadIsCut) {
  SocketClient client(start());
  client.send(get("/large") + get("/large") + get("/large"));
  std::this_thread::sleep_for(milliseconds(2000));
  client.read_to_end(milliseconds(3000));
  EXPECT_LT(client.received().size(), 12'000'000u);
  EXPECT_LE(handled_, 2);
}

TEST_F(ServerTest, FurtherConnectionsWaitForTheirTurn) {
  limits_.connections = 2;
  const uint16_t port = start();
  auto first = std::make_unique<SocketClient>(port);
  SocketClient second(port);
  first->send(get("/1"));
  second.send(get("/2"));
  ASSERT_TRUE(first->read_response());
  ASSERT_TRUE(second.read_response());
  SocketClient third(port);
  third.send(get("/3"));
  first.reset();
  ASSERT_TRUE(third.read_response());
  EXPECT_EQ(third.body(), "GET /3  ");
}

TEST_F(ServerTest, AMistakeOfOursIsToldWithoutItsSecrets) {
  SocketClient client(start());
  client.send(get("/throw"));
  ASSERT_TRUE(client.read_response());
  EXPECT_EQ(client.status(), 500);
  EXPECT_EQ(client.body(), "refused 500");
}

TEST_F(ServerTest, HeadersCannotBeSplit) {
  SocketClient client(start());
  client.send(get("/split"));
  ASSERT_TRUE(client.read_response());
  EXPECT_EQ(client.received().find("X-B"), std::string::npos);
}

TEST_F(ServerTest, AnswersUnderWayAreFinishedWhenItStops) {
  SocketClient client(start());
  client.send(get("/slow"));
  while (handled_ == 0) std::this_thread::sleep_for(milliseconds(5));
  server_.stop();
  EXPECT_TRUE(client.read_to_end(milliseconds(1000)));
  EXPECT_EQ(client.status(), 200);
}

TEST_F(ServerTest, WhatComputesLongHoldsUpNobodyElse) {
  const uint16_t port = start();
  std::vector<std::unique_ptr<SocketClient>> slow;
  for (size_t i = 0; i < 3 * (kWorkerThreads + kSlowThreads); ++i) {
    slow.push_back(std::make_unique<SocketClient>(port));
    slow.back()->send(get("/long"));
  }
  while (handled_ < static_cast<int>(kSlowThreads)) std::this_thread::sleep_for(milliseconds(5));
  for (int i = 0; i < 10; ++i) {
    SocketClient quick(port);
    quick.send(get("/quick"));
    ASSERT_TRUE(quick.read_response());
    EXPECT_EQ(quick.status(), 200);
  }
  released_ = true;
  for (const auto& client : slow) {
    ASSERT_TRUE(client->read_response());
    EXPECT_EQ(client->status(), 200);
  }
}

TEST_F(ServerTest, AfterStopNobodyListens) {
  const uint16_t port = start();
  server_.stop();
  EXPECT_FALSE(SocketClient(port).connected());
  server_.stop();
}

TEST_F(ServerTest, ATakenPortIsAnError) {
  const uint16_t port = start();
  Server other;
  const auto again = other.start({"127.0.0.1", port, {}}, [](const Request&) { return Response{}; }, [](int) { return Response{}; });
  ASSERT_FALSE(again.has_value());
  EXPECT_THAT(again.error().message, StartsWith("The server cannot listen on 127.0.0.1"));
  const auto nowhere = other.start({"not an address", 0, {}}, [](const Request&) { return Response{}; }, [](int) { return Response{}; });
  EXPECT_FALSE(nowhere.has_value());
}

TEST_F(ServerTest, ManyRefusalsAtOnceDoNotHoldTheServer) {
  const uint16_t port = start();
  std::vector<std::unique_ptr<SocketClient>> clients;
  for (size_t i = 0; i < 2 * kMaxRefusalsUnderWay; ++i) {
    clients.push_back(std::make_unique<SocketClient>(port));
    clients.back()->send(post("Content-Length: 5000\r\n", ""));
  }
  SocketClient good(port);
  good.send(get("/good"));
  ASSERT_TRUE(good.read_response());
  EXPECT_EQ(good.status(), 200);
}

}  // namespace
}  // namespace koshi::http
