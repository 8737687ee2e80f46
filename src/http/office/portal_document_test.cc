// The portal's client is made from web/openapi.json: it must be what the server says of itself.
#include "base/file.h"
#include "http/office/test_office.h"

namespace koshi::http {
namespace {

using PortalDocument = OfficeTest;

TEST_F(PortalDocument, IsWhatTheServerSays) {
  const auto recorded = read_file(KOSHI_SOURCE_DIR "/web/openapi.json");
  ASSERT_TRUE(recorded.has_value()) << recorded.error().message;
  const json::value now = json::parse(app_->handle({"GET", "/openapi.json", "", {}, "", "127.0.0.1"}).body);
  const json::value then = json::parse(*recorded);
  EXPECT_TRUE(now == then) << "the interface has changed: record it by `npm --prefix web run openapi`, and read the difference";
  for (const auto& [path, operations] : now.at("paths").as_object()) {
    EXPECT_TRUE(then.at("paths").as_object().contains(path)) << path << " is not recorded";
  }
}

}  // namespace
}  // namespace koshi::http
