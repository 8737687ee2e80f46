#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>

#include "process.h"
#include "socket_client.h"
#include "store/test_store.h"

/// Ways into the office and out of it, as they are met from outside: the real program, a provider and a mail server that the test starts.
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr milliseconds kAnswerMax{60'000};

struct Answer {
  int status = 0;
  std::string head, body;

  std::string header(const std::string& name) const {
    const size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const size_t begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
  /// NAME=VALUE of the cookie that is set; empty when there is none.
  std::string cookie(const std::string& name) const {
    const size_t at = head.find("\r\nSet-Cookie: " + name + "=");
    if (at == std::string::npos) return {};
    const size_t begin = at + 14;
    return head.substr(begin, head.find_first_of(";\r", begin) - begin);
  }
};

Answer get(uint16_t port, const std::string& target, const std::string& headers = {}) {
  SocketClient client(port);
  client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
  EXPECT_TRUE(client.read_to_end(kAnswerMax)) << target;
  return {client.status(), client.received().substr(0, client.received().find("\r\n\r\n") + 2), client.body()};
}

Answer post(uint16_t port, const std::string& target, const std::string& body, const std::string& headers = {}) {
  SocketClient client(port);
  client.send("POST " + target +
              " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n" + headers +
              "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_TRUE(client.read_to_end(kAnswerMax)) << target;
  return {client.status(), client.received().substr(0, client.received().find("\r\n\r\n") + 2), client.body()};
}

/// "/path?query" of an address.
std::string target_of(const std::string& url) {
  const size_t host = url.find("://") + 3;
  return url.substr(url.find('/', host));
}

class Access : public testing::Test {
 protected:
  void command(std::vector<std::string> arguments, int status = 0) {
    for (const std::string& one : {std::string("--data"), (folder_ / "office").string()}) arguments.push_back(one);
    Process run(arguments);
    const std::string errors = run.errors();
    EXPECT_EQ(run.wait(), status) << arguments[0] << " " << arguments[1] << ": " << errors;
  }
  void serve(const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"serve", "--data", (folder_ / "office").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    server_ = std::make_unique<Process>(arguments);
    port_ = port_of(server_->line());
    ASSERT_NE(port_, 0) << server_->errors();
  }
  /// What the server said on standard error.
  std::string stop() {
    server_->signal(SIGTERM);
    std::string errors = server_->errors();
    EXPECT_EQ(server_->wait(), 0) << errors;
    server_.reset();
    return errors;
  }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name.c_str()) << text; }
  std::string path(const std::string& name) { return (folder_ / name.c_str()).string(); }

  koshi::store::TestFolder folder_;
  std::unique_ptr<Process> server_;
  uint16_t port_ = 0;
};

class ByProvider : public Access {
 protected:
  void SetUp() override {
    provider_ = std::make_unique<Process>(std::vector<std::string>{KOSHI_SOURCE_DIR "/tests/api/oidc_provider.mjs"}, 0, KOSHI_NODE);
    issuer_ = provider_->line();
    ASSERT_THAT(issuer_, StartsWith("http://127.0.0.1:"));
    provider_port_ = port_of(issuer_);
    command({"office", "init"});
    command({"office", "account", "add", "clerk", "--name", "Clerk", "--role", "akimat:KZ-75"});
    command({"office", "account", "link", "clerk", "--issuer", issuer_, "--subject", "person-1"});
    write("secret", "s3cret+/\n");
    write("oidc.toml", "issuer = '" + issuer_ +
                           "'\nclient_id = 'koshi'\nclient_secret_file = 'secret'\nredirect = 'http://127.0.0.1/sign-in/callback'\n"
                           "name = 'Test ID'\nstrong_acr = 'mfa'\n");
    serve({"--oidc", path("oidc.toml")});
  }

  void lie(const std::string& how) { EXPECT_EQ(get(provider_port_, "/lie?" + how).status, 200); }
  struct Way {
    std::string cookie, back;  ///< back to us, as the provider leads there
  };
  Way to_provider(const std::string& next = "/desk") {
    const Answer begun = post(port_, "/sign-in/oidc", "next=" + next);
    EXPECT_EQ(begun.status, 200) << begun.body;
    const std::string refresh = begun.header("Refresh");
    EXPECT_THAT(refresh, StartsWith("0;url=" + issuer_));
    EXPECT_THAT(begun.body, HasSubstr("rel=\"noreferrer\"")) << "for who does not want to be led on";
    const std::string location = refresh.substr(refresh.find('=') + 1);
    EXPECT_THAT(begun.head, AllOf(HasSubstr("HttpOnly"), HasSubstr("SameSite=Lax"), HasSubstr("Max-Age=600")));
    const Answer there = get(provider_port_, target_of(location));
    EXPECT_EQ(there.status, 302) << location << there.body;
    return {begun.cookie("koshi_oidc"), target_of(there.head.substr(there.head.find("ocation: ") + 9))};
  }
  Answer back(const Way& way) { return get(port_, way.back.substr(0, way.back.find('\r')), "Cookie: " + way.cookie + "\r\n"); }

  std::unique_ptr<Process> provider_;
  std::string issuer_;
  uint16_t provider_port_ = 0;
};

TEST_F(ByProvider, SomebodyWhoIsLinkedIsLetIn) {
  EXPECT_THAT(get(port_, "/sign-in?lang=en").body, HasSubstr("Sign in with Test ID"));
  for (const char* algorithm : {"RS256", "ES256"}) {
    lie(std::string("algorithm=") + algorithm);
    const Answer in = back(to_provider("/cases"));
    ASSERT_EQ(in.status, 303) << algorithm << in.body;
    EXPECT_EQ(in.header("Location"), "/cases?lang=en");
    const std::string session = in.cookie("koshi_session");
    ASSERT_THAT(session, StartsWith("koshi_session="));
    EXPECT_EQ(get(port_, "/desk", "Cookie: " + session + "\r\n").status, 200);
  }
  EXPECT_EQ(back(to_provider("https://evil.example/")).header("Location"), "/desk?lang=en") << "nobody is led away from here";
}

TEST_F(ByProvider, OneFactorThereDoesNotPassForTwo) {
  const auto desk = [&](const std::string& acr) {
    lie("subject=person-1&acr=" + acr);
    const Answer in = back(to_provider());
    return in.status == 303 ? get(port_, "/desk", "Cookie: " + in.cookie("koshi_session") + "\r\n") : in;
  };
  command({"office", "account", "factor", "clerk", "--require"});
  const Answer enrol_first = desk("");
  EXPECT_EQ(enrol_first.status, 303);
  EXPECT_THAT(enrol_first.header("Location"), StartsWith("/account")) << "the office asks for a factor of its own";
  EXPECT_EQ(desk("mfa").status, 200) << "the provider's is one";
  stop();
  {
    const auto store = koshi::store::must(koshi::store::open_store(path("office") + "/office.db"));
    koshi::store::must(store->write([](koshi::store::Transaction& transaction) {
      return transaction.execute("UPDATE people_account SET factor_secret = $1, factor_confirmed = 1", {koshi::store::Blob{"sealed"}});
    }));
  }
  serve({"--oidc", path("oidc.toml")});
  EXPECT_EQ(desk("mfa").status, 200);
  for (const char* acr : {"", "password"}) {
    const Answer shut = desk(acr);
    EXPECT_EQ(shut.status, 403) << acr;
    EXPECT_THAT(shut.body, HasSubstr("This account has a second factor")) << acr;
    EXPECT_EQ(shut.cookie("koshi_session"), "") << acr;
  }
}

/// Whoever is led to the door by another site finds a button; only who presses it here is sent to the provider, where he may be known
/// already.
TEST_F(ByProvider, NoSessionBeginsWithoutADeedOfThePerson) {
  const Answer page = get(port_, "/sign-in/oidc?next=/cases");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.cookie("koshi_oidc"), "");
  EXPECT_EQ(page.header("Refresh"), "");
  EXPECT_EQ(page.header("Location"), "");
  EXPECT_THAT(page.body,
              AllOf(HasSubstr("<form action=\"/sign-in/oidc\" method=\"post\">"), HasSubstr("value=\"/cases\""), Not(HasSubstr(issuer_))));
  EXPECT_THAT(get(port_, "/sign-in").body, HasSubstr("<form action=\"/sign-in/oidc\" method=\"post\">"));
  for (const char* foreign : {"Sec-Fetch-Site: cross-site\r\n", "Origin: https://evil.example\r\n", "Origin: null\r\n"}) {
    const Answer refused = post(port_, "/sign-in/oidc", "next=/desk", foreign);
    EXPECT_EQ(refused.status, 403) << foreign;
    EXPECT_EQ(refused.cookie("koshi_oidc"), "") << foreign;
  }
  EXPECT_EQ(back(to_provider()).status, 303);
}

TEST_F(ByProvider, WhatIsNotProvenIsRefused) {
  for (const char* how : {"as=nonce", "as=signature", "as=audience", "as=issuer", "as=expired", "as=none-algorithm", "as=denied"}) {
    lie(how);
    const Answer refused = back(to_provider());
    EXPECT_EQ(refused.status, 403) << how;
    EXPECT_EQ(refused.cookie("koshi_session"), "") << how;
  }
  lie("as=none");
  const Way mine = to_provider();
  const Way other = to_provider();
  EXPECT_EQ(back({other.cookie, mine.back}).status, 403) << "the state of another browser";
  EXPECT_EQ(back({"koshi_oidc=", mine.back}).status, 403);
  EXPECT_EQ(back(mine).status, 303);
  EXPECT_EQ(back(mine).status, 403) << "a code is good once";
  lie("subject=person-2");
  const Answer stranger = back(to_provider());
  EXPECT_EQ(stranger.status, 403);
  EXPECT_THAT(stranger.body, HasSubstr("person-2"));
  const std::string log = stop();
  EXPECT_THAT(log, AllOf(HasSubstr("its signature is wrong"), HasSubstr("it has expired"), HasSubstr("it is for somebody else")));
  EXPECT_THAT(log, AllOf(Not(HasSubstr("eyJ")), Not(HasSubstr("s3cret")))) << "neither tokens nor secrets are told";
}

TEST_F(ByProvider, UnlinkingAndDisablingShutTheDoor) {
  const std::string session = back(to_provider()).cookie("koshi_session");
  command({"office", "account", "unlink", "clerk", "--issuer", issuer_, "--subject", "person-1"});
  EXPECT_EQ(get(port_, "/desk", "Cookie: " + session + "\r\n").status, 303) << "to the sign-in page";
  EXPECT_EQ(back(to_provider()).status, 403);
  command({"office", "account", "link", "clerk", "--issuer", issuer_, "--subject", "person-1"});
  EXPECT_EQ(back(to_provider()).status, 303);
  command({"office", "account", "disable", "clerk"});
  EXPECT_EQ(back(to_provider()).status, 403);
}

TEST_F(ByProvider, AProviderThatIsGoneIsUnavailable) {
  const Way way = to_provider();
  provider_.reset();
  EXPECT_EQ(back(way).status, 503);
  EXPECT_EQ(get(port_, "/sign-in").status, 200) << "the office goes on";
}

TEST_F(Access, WithoutAProviderThereIsNoSuchDoor) {
  command({"office", "init"});
  serve({});
  EXPECT_EQ(get(port_, "/sign-in/oidc").status, 404);
  EXPECT_EQ(post(port_, "/sign-in/oidc", "").status, 404);
  EXPECT_EQ(get(port_, "/sign-in/callback?code=x&state=y").status, 404);
  EXPECT_THAT(get(port_, "/sign-in").body, Not(HasSubstr("/sign-in/oidc")));
  stop();
  write("oidc.toml", "issuer = 'http://id.example'\nclient_id = 'k'\nredirect = 'https://k.example/'\nname = 'ID'\n");
  Process refused({"serve", "--data", path("office"), "--oidc", path("oidc.toml")});
  EXPECT_THAT(refused.errors(), HasSubstr("must be https"));
  EXPECT_EQ(refused.wait(), 2);
}

class ByMail : public Access {
 protected:
  void SetUp() override {
    // Of the made-up office: in it, notices wait for many people.
    command({"office", "demo", "--until", "2026-03-20"});
    command({"office", "account", "contact", "akimat-almaty", "--mail", "almaty@example.kz"});
    command({"office", "account", "contact", "steppe", "--mail", "nobody@example.kz"});
    command({"office", "account", "contact", "caspian", "--mail", "x@example.kz\r\nRCPT TO:<y@z>"}, 1);
  }
  void start_sink(std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), KOSHI_SOURCE_DIR "/tests/api/mail_sink.mjs");
    sink_ = std::make_unique<Process>(arguments, 0, KOSHI_NODE);
    sink_port_ = std::stoi(sink_->line());
  }
  void configure(const std::string& more) {
    write("mail.toml", "host = '127.0.0.1'\nport = '" + std::to_string(sink_port_) + "'\nfrom = 'koshi@example.kz'\nname = 'Көші'\n" +
                           "link = 'https://koshi.example.kz'\n" + more);
  }
  void make_certificate() {
    const std::vector<std::string> arguments = {"req",
                                                "-x509",
                                                "-newkey",
                                                "rsa:2048",
                                                "-nodes",
                                                "-days",
                                                "2",
                                                "-subj",
                                                "/CN=127.0.0.1",
                                                "-addext",
                                                "subjectAltName=IP:127.0.0.1",
                                                "-keyout",
                                                path("key.pem"),
                                                "-out",
                                                path("cert.pem")};
    Process made(arguments, 0, KOSHI_OPENSSL);
    const std::string errors = made.errors();
    ASSERT_EQ(made.wait(), 0) << errors;
  }

  std::unique_ptr<Process> sink_;
  int sink_port_ = 0;
};

TEST_F(ByMail, NoticesGoOutOverStartTlsAndOnlyThere) {
  make_certificate();
  start_sink({(folder_ / "").string()});
  configure("security = 'starttls'\n");
  serve({"--mail", path("mail.toml")});
  EXPECT_THAT(sink_->line(), HasSubstr("error")) << "a certificate that nobody vouches for: nothing is said";
  stop();
  // What waits is tried again, but not before its time; another office would be quicker to make than to wait for.
  fs::remove_all(folder_ / "office");
  SetUp();
  configure("security = 'starttls'\nca_file = 'cert.pem'\n");
  serve({"--mail", path("mail.toml")});
  json::value letter;
  do {
    letter = json::parse(sink_->line());
  } while (letter.as_object().contains("error"));
  EXPECT_TRUE(letter.at("tls").as_bool());
  EXPECT_EQ(letter.at("from").as_string(), "MAIL FROM:<koshi@example.kz>");
  EXPECT_EQ(json::serialize(letter.at("to")), R"(["RCPT TO:<almaty@example.kz>"])");
  const std::string data(letter.at("data").as_string());
  EXPECT_THAT(data, AllOf(HasSubstr("To: almaty@example.kz\n"), HasSubstr("Message-ID: <notice."), HasSubstr("Content-Language: en\n"),
                          HasSubstr("Subject: =?UTF-8?B?"), HasSubstr("Auto-Submitted: auto-generated\n")));
  EXPECT_THAT(stop(), Not(HasSubstr("could not be sent")));
}

TEST_F(ByMail, AMailServerThatIsAwayHoldsUpNothing) {
  write("mail.toml", "host = '127.0.0.1'\nport = '1'\nsecurity = 'none'\nfrom = 'koshi@example.kz'\n");
  serve({"--mail", path("mail.toml")});
  EXPECT_EQ(get(port_, "/sign-in").status, 200);
  stop();
}

}  // namespace
