#include "http/test_app.h"

namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

using ApiTest = AppTest;

constexpr const char* kQuestion = R"({"norm":"person.due","on":"2016-03-10","facts":{"nationality":"UZ","arrived":"2016-03-01"}})";

TEST_F(ApiTest, AnswersAQuestion) {
  const Response response = post("/api/v1/ask", kQuestion);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Content-Type"), "application/json");
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  EXPECT_THAT(response.body, HasSubstr(R"("value":"2016-03-06")"));
}

TEST_F(ApiTest, TheBodyChoosesTheLanguageThenTheAddressThenTheBrowser) {
  const auto language = [&](const std::string& target, const std::string& body) {
    return header(send("POST", target, {{"Content-Type", "application/json"}, {"Accept-Language", "ru"}}, body), "Content-Language");
  };
  EXPECT_EQ(language("/api/v1/ask", kQuestion), "ru");
  EXPECT_EQ(language("/api/v1/ask?lang=en", kQuestion), "en");
  EXPECT_EQ(language("/api/v1/ask?lang=en", R"({"norm":"mci","lang":"kk"})"), "kk");
}

TEST_F(ApiTest, AllProblemsAreListed) {
  const Response response = post("/api/v1/ask", R"({"norm":"person.du","on":"2016-02-30","extra":1,"reforms":["x"]})");
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(header(response, "Content-Type"), "application/problem+json");
  EXPECT_THAT(response.body, StartsWith(R"({"type":"about:blank","title":"Unprocessable Content","status":422,)"));
  for (const char* pointer : {R"("pointer":"/norm")", R"("pointer":"/on")", R"("pointer":"/extra")", R"("pointer":"/reforms/0")"}) {
    EXPECT_THAT(response.body, HasSubstr(pointer));
  }
  EXPECT_THAT(response.body, HasSubstr("person.due"));
}

TEST_F(ApiTest, ProblemsOfFactsHavePointers) {
  const Response response =
      post("/api/v1/ask", R"({"norm":"person.due","facts":{"nationality":"XX","arrived":"2016-02-30","adult":7,"nobody":1}})");
  EXPECT_EQ(response.status, 422);
  for (const char* fact : {"nationality", "arrived", "adult", "nobody"}) {
    EXPECT_THAT(response.body, HasSubstr(R"("pointer":"/facts/)" + std::string(fact) + "\""));
  }
}

TEST_F(ApiTest, FactsThatContradictEachOtherAreRefused) {
  const Response response =
      post("/api/v1/ask", R"({"norm":"person.breached","facts":{"nationality":"UZ","arrived":"2016-03-05","registered":"2016-03-01"}})");
  EXPECT_EQ(response.status, 422);
  EXPECT_THAT(response.body, HasSubstr("Registered before arriving"));
}

TEST_F(ApiTest, WhatIsNoJsonIsABadRequest) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "[";
  for (const std::string& body :
       std::vector<std::string>{"", "{", "nonsense", "{\"norm\":\"a\",\"norm\":\"b\"}", "{\"norm\":\"\xff\"}", deep, "{} {}"}) {
    const Response response = post("/api/v1/ask", body);
    EXPECT_EQ(response.status == 400 || response.status == 422, true) << body.substr(0, 40);
    EXPECT_EQ(header(response, "Content-Type"), "application/problem+json");
    EXPECT_THAT(response.body, HasSubstr("\"problems\":[{"));
  }
  EXPECT_EQ(post("/api/v1/ask", "{").status, 400);
}

TEST_F(ApiTest, RefusalsAreProblems) {
  EXPECT_EQ(post("/api/v1/ask", kQuestion, "text/plain").status, 415);
  const Response wrong_method = get("/api/v1/ask");
  EXPECT_EQ(wrong_method.status, 405);
  EXPECT_EQ(header(wrong_method, "Allow"), "POST, OPTIONS");
  EXPECT_EQ(header(get("/api/v1/nothing"), "Content-Type"), "application/problem+json");
  EXPECT_EQ(get("/api/v1/norms?lang=de").status, 400);
}

TEST_F(ApiTest, Lists) {
  EXPECT_THAT(get("/api/v1/norms").body, HasSubstr(R"("norm":"person.due")"));
  EXPECT_THAT(get("/api/v1/acts").body, HasSubstr(R"("act":"LMP")"));
  EXPECT_THAT(get("/api/v1/reforms").body, HasSubstr(R"("reform":"shorter")"));
  EXPECT_EQ(get("/healthz").body, "{\"status\":\"ok\"}\n");
}

TEST_F(ApiTest, EveryAnswerHasTheStrictHeaders) {
  for (const char* target : {"/", "/ask", "/nothing", "/api/v1/norms", "/api/v1/nothing", "/static/koshi.css", "/healthz"}) {
    const Response response = get(target);
    EXPECT_THAT(header(response, "Content-Security-Policy"), StartsWith("default-src 'none'; style-src 'self'; img-src 'self' data:;"))
        << target;
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer") << target;
  }
}

TEST_F(ApiTest, WhatTheTransportRefusesIsAProblemToo) {
  for (const int status : {400, 413, 414, 431, 500}) {
    const Response response = app_->refuse(status);
    EXPECT_EQ(response.status, status);
    EXPECT_THAT(response.body, HasSubstr("\"status\":" + std::to_string(status)));
    EXPECT_THAT(response.body, Not(HasSubstr("cannot be served")));
  }
}

TEST_F(ApiTest, StaticFilesAreFoundByNameAlone) {
  const Response css = get("/static/koshi.css");
  EXPECT_EQ(css.status, 200);
  EXPECT_EQ(header(css, "Content-Type"), "text/css; charset=utf-8");
  EXPECT_EQ(header(css, "Cache-Control"), "no-cache");
  const std::string tag = header(css, "ETag");
  EXPECT_EQ(get("/static/koshi.css", {{"If-None-Match", tag}}).status, 304);
  const std::string version = tag.substr(1, tag.size() - 2);
  EXPECT_THAT(header(get("/static/koshi.css?v=" + version), "Cache-Control"), HasSubstr("immutable"));
  for (const char* target : {"/static/layout.mustache", "/static/..%2Fkoshi.css", "/static/../koshi.css", "/static/", "/static/%2e%2e"}) {
    EXPECT_EQ(get(target).status, 404) << target;
  }
}

}  // namespace
}  // namespace koshi::http
