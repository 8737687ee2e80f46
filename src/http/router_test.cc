#include "http/router.h"

#include <gtest/gtest.h>

namespace koshi::http {
namespace {

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    add("GET", "/a");
    add("POST", "/a");
    add("GET", "/a/{x}");
    add("GET", "/a/{x}/b/{y}");
  }

  void add(const std::string& method, const std::string& path) {
    Route route;
    route.method = method;
    route.path = path;
    if (method == "POST") route.request_media_type = "application/json";
    route.handle = [method, path](const Context& context) {
      std::string body = method + " " + path;
      for (const auto& [name, value] : context.path) body += " " + name + "=" + value;
      return reply(200, "text/plain", body + " " + std::string(words::code(context.language)));
    };
    router_.add(std::move(route));
  }

  Response send(const std::string& method, const std::string& path, const std::string& query = {}, std::vector<Header> headers = {},
                std::string body = {}) const {
    return router_.handle({method, path, query, std::move(headers), std::move(body), {}});
  }
  std::string get(const std::string& path) const {
    const Response response = send("GET", path);
    return response.status == 200 ? response.body : std::to_string(response.status);
  }

  Router router_{[](const Request&, int status, std::string_view detail) { return reply(status, "text/plain", std::string(detail)); }};
};

TEST_F(RouterTest, FindsRoutes) {
  EXPECT_EQ(get("/a"), "GET /a en");
  EXPECT_EQ(get("/a/1"), "GET /a/{x} x=1 en");
  EXPECT_EQ(get("/a/%D2%9B%20/b/2"), "GET /a/{x}/b/{y} x=қ  y=2 en");
}

TEST_F(RouterTest, NothingElseIsThere) {
  for (const char* path : {"", "a", "/", "/A", "/a/", "//a", "/a/1/b", "/a/1/b/", "/a/1/b/2/", "/b"}) EXPECT_EQ(get(path), "404") << path;
}

TEST_F(RouterTest, PathsDoNotClimb) {
  for (const char* path : {"/a/..", "/a/.", "/a/%2e%2e", "/a/%2E", "/a/..%2fetc", "/a/%2fetc%2fpasswd", "/a/%00", "/a/%", "/a/%ff"}) {
    EXPECT_EQ(get(path), "404") << path;
  }
  EXPECT_EQ(get("/a/" + std::string(kMaxPathBytes, 'x')), "404");
  EXPECT_EQ(get("/a/..x"), "GET /a/{x} x=..x en");
}

TEST_F(RouterTest, OtherMethodsAreToldWhichAreAllowed) {
  const Response response = send("DELETE", "/a");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.back().name, "Allow");
  EXPECT_EQ(response.headers.back().value, "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(send("POST", "/a/1").status, 405);
  EXPECT_EQ(send("HEAD", "/a").status, 200);
  EXPECT_EQ(send("get", "/a").status, 405);
}

TEST_F(RouterTest, OptionsAreAnswered) {
  const Response response = send("OPTIONS", "/a/1");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.front().value, "GET, HEAD, OPTIONS");
  EXPECT_EQ(send("OPTIONS", "/nothing").status, 404);
}

TEST_F(RouterTest, BodiesHaveATypeAndALimit) {
  EXPECT_EQ(send("POST", "/a", "", {{"Content-Type", "application/json"}}, "{}").status, 200);
  EXPECT_EQ(send("POST", "/a", "", {{"content-type", "Application/JSON ; charset=utf-8"}}, "{}").status, 200);
  EXPECT_EQ(send("POST", "/a", "", {{"Content-Type", "text/plain"}}, "{}").status, 415);
  EXPECT_EQ(send("POST", "/a", "", {}, "{}").status, 415);
  EXPECT_EQ(send("POST", "/a", "", {{"Content-Type", "application/json"}}, std::string(kMaxBodyBytes, ' ')).status, 200);
  EXPECT_EQ(send("POST", "/a", "", {{"Content-Type", "application/json"}}, std::string(kMaxBodyBytes + 1, ' ')).status, 413);
}

TEST_F(RouterTest, QueriesAreCheckedBeforeTheHandler) {
  EXPECT_EQ(send("GET", "/a", "x=%").status, 400);
  EXPECT_EQ(send("GET", "/a", std::string(kMaxQueryBytes + 1, 'x')).status, 414);
  EXPECT_EQ(send("GET", "/a", "lang=de").status, 400);
}

TEST_F(RouterTest, TheAddressChoosesTheLanguageBeforeTheBrowser) {
  const std::vector<Header> russian{{"Accept-Language", "ru"}};
  EXPECT_EQ(send("GET", "/a", "", russian).body, "GET /a ru");
  EXPECT_EQ(send("GET", "/a", "lang=kk", russian).body, "GET /a kk");
}

}  // namespace
}  // namespace koshi::http
