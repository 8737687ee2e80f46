#include "http/portal.h"

#include <gtest/gtest.h>

#include <fstream>

namespace koshi::http {
namespace {

std::string header(const Response& response, std::string_view name) {
  for (const Header& one : response.headers) {
    if (same_word(one.name, name)) return one.value;
  }
  return {};
}

class PortalTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / "koshi-portal";
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "assets");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  Portal load() {
    auto portal = Portal::load(folder_);
    EXPECT_TRUE(portal.has_value());
    return std::move(*portal);
  }
  static Response get(const Portal& portal, const std::string& path, std::vector<Header> headers = {}) {
    EXPECT_TRUE(portal.owns(path)) << path;
    return portal.handle({"GET", path, "", std::move(headers), "", "127.0.0.1"});
  }

  std::filesystem::path folder_;
};

TEST_F(PortalTest, WithoutABuiltPageOwnsNothing) {
  EXPECT_FALSE(load().owns("/app/"));
  EXPECT_FALSE(Portal::load(folder_ / "none")->owns("/app/"));
}

TEST_F(PortalTest, EveryPlaceIsThePageAndFilesAreFiles) {
  write("index.html", "<p>page");
  write("assets/a-123.js", "run()");
  const Portal portal = load();
  EXPECT_FALSE(portal.owns("/application"));
  EXPECT_FALSE(portal.owns("/"));
  EXPECT_EQ(get(portal, "/app").status, 303);
  for (const char* path : {"/app/", "/app/cases/ABC", "/app/index.html"}) {
    const Response page = get(portal, path);
    EXPECT_EQ(page.body, "<p>page") << path;
    EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
    EXPECT_TRUE(header(page, "Content-Security-Policy").starts_with("default-src 'self';"));
  }
  const Response script = get(portal, "/app/assets/a-123.js");
  EXPECT_EQ(script.body, "run()");
  EXPECT_EQ(header(script, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header(script, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(get(portal, "/app/assets/b.js").status, 404);
  EXPECT_EQ(get(portal, "/app/../secret.txt").status, 404);
  EXPECT_EQ(portal.handle({"POST", "/app/", "", {}, "", ""}).status, 405);
}

TEST_F(PortalTest, SendsWhatIsPackedToWhoTakesIt) {
  write("index.html", "page");
  write("index.html.br", "BR");
  write("index.html.gz", "GZ");
  const Portal portal = load();
  const auto coded = [&](const std::string& accept) { return get(portal, "/app/", {{"Accept-Encoding", accept}}); };
  EXPECT_EQ(coded("gzip, deflate, br").body, "BR");
  EXPECT_EQ(header(coded("br"), "Content-Encoding"), "br");
  EXPECT_EQ(coded("gzip").body, "GZ");
  EXPECT_EQ(coded("br;q=0, gzip;q=0.5").body, "GZ");
  EXPECT_EQ(coded("br;q=0.0").body, "page");
  EXPECT_EQ(coded("").body, "page");
  EXPECT_EQ(header(coded(""), "Vary"), "Accept-Encoding");
}

TEST_F(PortalTest, WhatTheBrowserHasIsNotSentAgain) {
  write("index.html", "page");
  const Portal portal = load();
  const std::string tag = header(get(portal, "/app/"), "ETag");
  EXPECT_EQ(get(portal, "/app/", {{"If-None-Match", tag}}).status, 304);
  EXPECT_EQ(get(portal, "/app/", {{"If-None-Match", "\"other\""}}).status, 200);
}

}  // namespace
}  // namespace koshi::http
