#include "http/test_app.h"

namespace koshi::http {
namespace {

class PageStatusTest : public AppTest {};

TEST_F(PageStatusTest, ALawThatDoesNotSayHowLongAPersonMayStayHasNoSuchPage) {
  EXPECT_EQ(get("/status").status, 404);
  EXPECT_THAT(get("/").body, testing::Not(testing::HasSubstr("\"/status")));
}

TEST_F(PageStatusTest, HowToLeaveNoTracesIsToldAndClearsWhatTheBrowserKept) {
  for (const char* language : {"en", "ru", "kk", "uz", "ky", "tg"}) {
    const Response response = get("/status/traces", {{"Accept-Language", language}});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "Clear-Site-Data"), "\"cache\"");
    EXPECT_THAT(response.body, testing::HasSubstr("rel=\"noreferrer\"")) << "the way out stands on it";
    EXPECT_THAT(response.body, testing::Not(testing::HasSubstr(">page."))) << language;
  }
}

}  // namespace
}  // namespace koshi::http
