#include "http/http.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace koshi::http {
namespace {

TEST(Percent, Decodes) {
  EXPECT_EQ(percent_decode("a%20b+c", Plus::kSpace), "a b c");
  EXPECT_EQ(percent_decode("a+b", Plus::kLiteral), "a+b");
  EXPECT_EQ(percent_decode("%D2%9A", Plus::kLiteral), "Қ");
  EXPECT_EQ(percent_decode("", Plus::kSpace), "");
}

TEST(Percent, RefusesWhatIsNoText) {
  for (const char* bad : {"%", "%4", "%4g", "%zz", "%ff", "%C0%80", "%00", "a%0", "%7f", "%1b"}) {
    EXPECT_FALSE(percent_decode(bad, Plus::kSpace)) << bad;
  }
}

TEST(Percent, EncodesEverythingThatIsNotUnreserved) {
  EXPECT_EQ(percent_encode("a-b_c.d~e"), "a-b_c.d~e");
  EXPECT_EQ(percent_encode("a b&c=d/e"), "a%20b%26c%3Dd%2Fe");
}

TEST(QueryTest, ReadsInOrder) {
  const auto query = Query::parse("norm=person.due&reform=a&reform=b&&flag&x=1=2");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->get("norm"), "person.due");
  EXPECT_EQ(query->all("reform"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(query->get("flag"), "");
  EXPECT_EQ(query->get("x"), "1=2");
  EXPECT_FALSE(query->get("none"));
}

TEST(QueryTest, HasLimits) {
  EXPECT_TRUE(Query::parse(std::string(kMaxQueryBytes, 'a')));
  EXPECT_FALSE(Query::parse(std::string(kMaxQueryBytes + 1, 'a')));
  std::string items;
  for (size_t i = 0; i < kMaxQueryItems; ++i) items += "a=1&";
  EXPECT_TRUE(Query::parse(items));
  EXPECT_FALSE(Query::parse(items + "a=1"));
  EXPECT_FALSE(Query::parse("a=%"));
}

TEST(QueryTest, SetReplacesAndGoesToTheEnd) {
  Query query;
  query.add("lang", "ru");
  query.add("a", "1");
  query.set("lang", "kk");
  EXPECT_EQ(query.url("/x"), "/x?a=1&lang=kk");
  EXPECT_EQ(Query().url("/x"), "/x");
}

TEST(QueryTest, WrittenAndReadAgainIsTheSame) {
  EXPECT_TRUE(rc::check("parse(to_string(q)) == q", [](const std::vector<std::pair<std::string, std::string>>& raw) {
    Query query;
    for (const auto& [name, value] : raw) {
      // Any text that a form can hold: printable ASCII and a Kazakh letter.
      std::string clean = "қ";
      for (const char c : name) clean.push_back(static_cast<char>(' ' + static_cast<unsigned char>(c) % 95));
      std::string text;
      for (const char c : value) text.push_back(static_cast<char>(' ' + static_cast<unsigned char>(c) % 95));
      query.add(clean, text);
    }
    RC_PRE(query.items().size() <= kMaxQueryItems && query.to_string().size() <= kMaxQueryBytes);
    const auto again = Query::parse(query.to_string());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->items() == query.items());
  }));
}

TEST(RequestTest, HeaderNamesHaveNoCase) {
  Request request;
  request.headers = {{"Content-Type", "a"}, {"content-type", "b"}};
  EXPECT_EQ(request.header("CONTENT-TYPE"), "a");
  EXPECT_EQ(request.header("Accept"), "");
}

TEST(StatusTest, EveryStatusThatIsSentHasAPhrase) {
  for (const int status : {200, 303, 304, 400, 404, 405, 413, 414, 415, 422, 431, 500}) EXPECT_NE(reason_phrase(status), "") << status;
}

}  // namespace
}  // namespace koshi::http
