#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "base/sanitized.h"
#include "process.h"
#include "socket_client.h"

/// `koshi serve` as its clients meet it: the real binary, real sockets, the real law.
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

class Serve : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    server_ = new Process({"serve", "--port", "0"});
    port_ = port_of(server_->line());
    ASSERT_NE(port_, 0);
  }
  static void TearDownTestSuite() {
    server_->signal(SIGTERM);
    EXPECT_EQ(server_->wait(), 0);
    delete server_;
  }

  static std::string get(const std::string& target, const std::string& headers = {}) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
  }
  static std::string ask(const std::string& body, const std::string& type = "application/json") {
    return "POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  struct Answer {
    int status;
    std::string text;  ///< head and body
    std::string body;
  };
  static Answer send(const std::string& request) {
    SocketClient client(port_);
    client.send(request);
    EXPECT_TRUE(client.read_to_end());
    EXPECT_THAT(client.received(), Not(HasSubstr(KOSHI_SOURCE_DIR)));
    return {client.status(), client.received(), client.body()};
  }

  static Process* server_;
  static uint16_t port_;
};
Process* Serve::server_ = nullptr;
uint16_t Serve::port_ = 0;

TEST_F(Serve, AnswersTheWorkedExample) {
  const Answer answer =
      send(ask(R"({"norm":"person.registration_due","on":"2016-03-10","facts":{"nationality":"UZ","arrived":"2016-03-01"}})"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(json::parse(answer.body).at("value").as_string(), "2016-03-06");
}

TEST_F(Serve, MalformedBodiesAreProblems) {
  const std::string deep(200'000, '[');
  for (const std::string& body :
       std::vector<std::string>{"", "{", "{\"norm\":", "[1,2", "nul", deep, "{\"norm\":\"a\",}", "\xef\xbb\xbf{}x"}) {
    const Answer answer = send(ask(body));
    EXPECT_EQ(answer.status, 400) << body.substr(0, 30);
    EXPECT_THAT(answer.text, HasSubstr("Content-Type: application/problem+json"));
    EXPECT_FALSE(json::parse(answer.body).at("problems").as_array().empty());
  }
}

TEST_F(Serve, DuplicateKeysAreAProblem) {
  const Answer answer = send(ask(R"({"norm":"person.registration_due","facts":{"arrived":"2016-03-01","arrived":"2016-03-02"}})"));
  EXPECT_GE(answer.status, 400);
  EXPECT_LT(answer.status, 500);
  EXPECT_THAT(answer.body, HasSubstr("arrived"));
}

TEST_F(Serve, UnknownNamesComeWithTheNearestKnown) {
  const Answer answer = send(ask(R"({"norm":"person.registration_du"})"));
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.body, HasSubstr("person.registration_due"));
  const Answer fact = send(ask(R"({"norm":"person.registration_due","facts":{"nationalty":"UZ"}})"));
  EXPECT_EQ(fact.status, 422);
  EXPECT_THAT(fact.body, HasSubstr(R"("pointer":"/facts/nationalty")"));
  EXPECT_THAT(fact.body, HasSubstr("nationality"));
}

TEST_F(Serve, EveryProblemIsListed) {
  const Answer answer = send(ask(R"({"norm":"person.registration_due","on":"2016-13-45",
      "facts":{"nationality":7,"arrived":"2016-02-30","registered":true}})"));
  EXPECT_EQ(answer.status, 422);
  for (const char* pointer : {"/on", "/facts/nationality", "/facts/arrived", "/facts/registered"}) {
    EXPECT_THAT(answer.body, HasSubstr("\"pointer\":\"" + std::string(pointer) + "\""));
  }
}

TEST_F(Serve, ContradictoryFactsAreRefused) {
  const Answer answer = send(ask(
      R"({"norm":"person.registration_breached","on":"2016-03-10","facts":{"nationality":"UZ","arrived":"2016-03-05","registered":"2016-03-01"}})"));
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.body, HasSubstr("Registered before arriving"));
}

TEST_F(Serve, AnotherMediaTypeOrMethodIsRefused) {
  EXPECT_EQ(send(ask("{}", "text/plain")).status, 415);
  const Answer answer = send("DELETE /api/v1/norms HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(answer.status, 405);
  EXPECT_THAT(answer.text, HasSubstr("Allow: GET, HEAD, OPTIONS\r\n"));
  EXPECT_EQ(send(get("/api/v2/ask")).status, 404);
}

TEST_F(Serve, AHundredMegabytesAreNotHeld) {
  const size_t before = server_->resident();
  SocketClient client(port_);
  client.send("POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n");
  const std::string block(1'000'000, ' ');
  for (int i = 0; i < 100 && client.send(block); ++i) {
  }
  EXPECT_TRUE(client.read_to_end());
  EXPECT_EQ(client.status(), 413);
  EXPECT_EQ(json::parse(client.body()).at("status").as_int64(), 413);

  SocketClient chunked(port_);
  chunked.send("POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "F4240\r\n" + block + "\r\n";
  for (int i = 0; i < 100 && chunked.send(chunk); ++i) {
  }
  EXPECT_TRUE(chunked.read_to_end());
  EXPECT_EQ(chunked.status(), 413);
  if (!koshi::kIsSanitized) {
    EXPECT_LT(server_->resident(), before + 20'000'000);
  }
}

TEST_F(Serve, ASlowClientIsCutWhileOthersAreServed) {
  SocketClient slow(port_);
  slow.send("GET /ask HTTP/1.1\r\nHost: x\r\nX: ");
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 40 && slow.send("a"); ++i) {
    EXPECT_EQ(send(get("/healthz")).status, 200);
    if (slow.read_to_end(milliseconds(400))) break;
  }
  EXPECT_TRUE(slow.read_to_end(milliseconds(100)));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(15'000));
}

TEST_F(Serve, SmuggledRequestsAreNotRead) {
  const Answer both = send(
      "POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
      "0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(both.status, 400);
  EXPECT_THAT(both.text, HasSubstr("application/problem+json"));
  EXPECT_EQ(SocketClient::count(both.text, "HTTP/1.1"), 1u);
}

TEST_F(Serve, PathsDoNotLeaveTheTable) {
  for (const char* target :
       {"/static/../law/kz/acts.zan", "/static/%2e%2e%2flaw%2fkz%2facts.zan", "/static/..%5c..%5cetc", "/static/koshi.css%00.txt",
        "/static//koshi.css", "/%2e%2e/%2e%2e/etc/passwd", "/static/layout.mustache", "/law/acts/%2E%2E"}) {
    EXPECT_EQ(send(get(target)).status, 404) << target;
  }
  EXPECT_EQ(send(get("/static/%6boshi.css")).status, 200);
}

TEST_F(Serve, HugeAddressesAreRefused) {
  EXPECT_EQ(send(get("/ask?norm=" + std::string(8'500, 'a'))).status, 414);
  EXPECT_EQ(send(get("/ask?norm=" + std::string(60'000, 'a'))).status, 414);
  std::string many = "/ask?norm=person.registration_due&on=2016-03-10";
  for (int i = 0; i < 400; ++i) many += "&a=1";
  EXPECT_EQ(send(get(many)).status, 400);
  EXPECT_EQ(send(get("/ask?norm=%ff%fe")).status, 400);
}

TEST_F(Serve, TheLanguageIsNegotiated) {
  EXPECT_THAT(send(get("/", "Accept-Language: kk-KZ, ru;q=0.5\r\n")).text, HasSubstr("Content-Language: kk"));
  EXPECT_THAT(send(get("/?lang=ru", "Accept-Language: kk\r\n")).text, HasSubstr("<html lang=\"ru\">"));
}

/// Each page of Ask the law and the home page is at most 60 KB with the style sheet, in the language with the longest words as well.
TEST_F(Serve, PagesForThePhoneAreLight) {
  const size_t style = send(get("/static/koshi.css")).body.size();
  const std::string due = "/ask?norm=person.registration_due&on=2016-03-10";
  for (const std::string& target : std::vector<std::string>{"/", "/ask", "/ask?norm=person.registration_due", due, due + "&nationality=UZ",
                                                            due + "&nationality=UZ&arrived=2016-03-01",
                                                            "/ask?norm=job.permit_required&on=2024-03-10&change=occupation"}) {
    for (const char* language : {"en", "ru", "kk", "uz", "ky", "tg"}) {
      const Answer page = send(get(target, "Accept-Language: " + std::string(language) + "\r\n"));
      EXPECT_EQ(page.status, 200) << target;
      EXPECT_LE(page.text.size() + style, 60'000u) << target << " " << language;
    }
  }
}

/// Every question of the law can be opened, begun and read, in every language.
TEST_F(Serve, EveryQuestionHasItsPages) {
  const json::array norms = json::parse(send(get("/api/v1/norms")).body).as_array();
  ASSERT_GT(norms.size(), 10u);
  size_t at = 0;
  for (const json::value& norm : norms) {
    const std::string name = norm.at("norm").as_string().c_str();
    const std::string language = at++ % 2 == 0 ? "ru" : "kk";
    EXPECT_EQ(send(get("/law/norms/" + name + "?lang=" + language)).status, 200) << name;
    if (norm.at("entity").is_null()) continue;
    EXPECT_EQ(send(get("/ask?norm=" + name + "&lang=" + language)).status, 200) << name;
    const Answer first = send(get("/ask?norm=" + name + "&on=2024-03-10&lang=" + language));
    EXPECT_EQ(first.status, norm.as_object().contains("reform") ? 422 : 200) << name;
    EXPECT_THAT(first.body, Not(HasSubstr(">page."))) << name;
  }
}

std::string text_of_html(std::string text) {
  for (const auto& [from, to] : {std::pair{"&#39;", "'"}, {"&quot;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}}) {
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) text.replace(at, std::string(from).size(), to);
  }
  return text;
}

/// Between the first `open` after `at` and the `close` that follows.
std::string between(const std::string& text, size_t at, std::string_view open, std::string_view close) {
  const size_t begin = text.find(open, at);
  if (begin == std::string::npos) return {};
  const size_t end = text.find(close, begin + open.size());
  return text_of_html(text.substr(begin + open.size(), end - begin - open.size()));
}

/// The worked examples of the law as links: each leads to the answer that it expects, on a page that is light enough for a phone.
TEST_F(Serve, EveryWorkedExampleIsAnsweredAsExpected) {
  constexpr std::string_view kLink = "<li><a href=\"/ask?norm=";
  const size_t style = send(get("/static/koshi.css")).body.size();
  const json::array norms = json::parse(send(get("/api/v1/norms")).body).as_array();
  size_t examples = 0;
  size_t pages = 0;
  for (const json::value& norm : norms) {
    const std::string language = pages++ % 2 == 0 ? "en" : "kk";
    const std::string page = send(get("/law/norms/" + std::string(norm.at("norm").as_string()) + "?lang=" + language)).body;
    for (size_t at = page.find(kLink); at != std::string::npos; at = page.find(kLink, at + 1)) {
      const std::string target = between(page, at, "href=\"", "\"");
      const std::string expected = between(page, at, "<b>", "</b>");
      const Answer answer = send(get(target));
      ++examples;
      EXPECT_EQ(answer.status, 200) << target;
      // The longest proofs are light enough as they travel.
      if (answer.text.size() + style > 60'000u) {
        EXPECT_LE(send(get(target, "Accept-Encoding: gzip\r\n")).text.size() + style, 30'000u) << target;
      }
      // An example of what is not known yet leads to the next question.
      const bool asks = answer.body.find("name=\"answer\"") != std::string::npos;
      EXPECT_EQ(asks ? expected : between(answer.body, 0, "<span class=\"value\">", "</span>"), expected) << target;
    }
  }
  EXPECT_GT(examples, 300u);
}

TEST(ServeStart, StopsOnASignal) {
  for (const int number : {SIGTERM, SIGINT}) {
    Process server({"serve"});
    EXPECT_NE(port_of(server.line()), 0);
    server.signal(number);
    EXPECT_EQ(server.wait(), 0);
  }
}

/// A process that may hold few descriptors takes few connections, and none of the others makes it deaf.
TEST(ServeStart, MoreConnectionsThanDescriptorsDoNoHarm) {
  Process server({"serve"}, 120);
  const uint16_t port = port_of(server.line());
  {
    std::vector<std::unique_ptr<SocketClient>> clients;
    for (int i = 0; i < 200; ++i) {
      clients.push_back(std::make_unique<SocketClient>(port));
      clients.back()->send("POST / HTTP/1.1\r\nContent-Length: " + std::string(i % 2 == 0 ? "9999999" : "1") + "\r\n\r\n");
    }
  }
  SocketClient late(port);
  late.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(late.read_response());
  EXPECT_EQ(late.status(), 200);
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 0);
}

TEST(ServeStart, ALawWithErrorsIsNotServed) {
  std::string name = (fs::temp_directory_path() / "koshi_law_XXXXXX").string();
  const fs::path folder = mkdtemp(name.data());
  std::ofstream(folder / "law.zan") << "entity person \"Person\"\n  born : dat \"Born\"\n  name : txt \"Name\"\n";
  Process server({"serve", "--law", folder.string()});
  const std::string errors = server.errors();
  EXPECT_EQ(server.wait(), 2);
  EXPECT_THAT(errors, HasSubstr("law.zan:2:"));
  EXPECT_THAT(errors, HasSubstr("law.zan:3:"));
  fs::remove_all(folder);
}

TEST(ServeStart, ATakenPortIsSaid) {
  Process first({"serve"});
  const uint16_t port = port_of(first.line());
  Process second({"serve", "--port", std::to_string(port)});
  EXPECT_THAT(second.errors(), HasSubstr("cannot listen"));
  EXPECT_EQ(second.wait(), 2);
}

}  // namespace
