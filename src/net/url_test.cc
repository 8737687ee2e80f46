#include <gmock/gmock.h>

#include "net/http_client.h"
#include "net/mail_client.h"

namespace koshi::net {
namespace {

TEST(SafeUrl, IsHttpsOrThisMachine) {
  for (const char* good :
       {"https://id.example/a?b", "https://id.example:8443", "http://127.0.0.1:9000/x", "http://localhost/", "http://[::1]:80/"}) {
    EXPECT_TRUE(is_safe_url(good)) << good;
  }
  for (const char* bad : {"", "http://id.example/", "http://127.0.0.1.evil.example/", "http://localhost@evil.example/", "ftp://127.0.0.1/",
                          "https://", "https:///x", "https://user@host/", "http://127.0.0.2/", "http://[::2]/", "https://a b/",
                          "file:///etc", "http://localhost\\@evil.example/", "https://a\r\nHost: b", "HTTPS://id.example"}) {
    EXPECT_FALSE(is_safe_url(bad)) << bad;
  }
}

TEST(HttpClient, AsksNobodyInTheClear) {
  const auto answer = make_http_client()->get("http://id.example/?secret=1");
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, testing::Not(testing::HasSubstr("secret")));
}

TEST(HttpClient, SaysThatNobodyAnswers) {
  EXPECT_FALSE(make_http_client()->get("http://127.0.0.1:1/"));
}

TEST(MailClient, SendsNothingInTheClearToOthers) {
  const auto sent =
      make_mail_client({.host = "mail.example", .port = 25, .security = MailServer::Security::kNone})->send("a@b", "c@d", "x");
  ASSERT_FALSE(sent);
  EXPECT_FALSE(sent.error().is_final);
}

TEST(MailClient, AServerThatIsAwayIsTriedAgain) {
  const auto sent = make_mail_client({.host = "127.0.0.1", .port = 1, .security = MailServer::Security::kNone})->send("a@b", "c@d", "x");
  ASSERT_FALSE(sent);
  EXPECT_FALSE(sent.error().is_final);
}

}  // namespace
}  // namespace koshi::net
