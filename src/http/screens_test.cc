#include "http/screens.h"

#include <stdlib.h>

#include "base/file.h"
#include "http/test_app.h"

namespace koshi::http {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ScreensTest : public AppTest {
 protected:
  ScreensTest() {
    std::string name = (fs::temp_directory_path() / "koshi_screens_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~ScreensTest() override { fs::remove_all(folder_); }

  Result<std::string> load(const std::string& text) {
    EXPECT_TRUE(write_file(folder_ / "screens.json", text));
    return load_screens(folder_, app_->corpus());
  }
  std::string complaint(const std::string& text) {
    const auto loaded = load(text);
    return loaded ? "nothing" : loaded.error().message;
  }

  fs::path folder_;
};

TEST_F(ScreensTest, ALawWithoutTheFileHasNone) {
  EXPECT_EQ(load_screens(folder_, app_->corpus()).value(), "{}");
  EXPECT_EQ(load_screens({}, app_->corpus()).value(), "{}");
  EXPECT_EQ(get("/api/v1/law/screens").body, "{}\n");
}

TEST_F(ScreensTest, WhatTheLawHasIsTold) {
  const std::string text =
      R"({"days":{"of":"person","norms":{"left":"person.due"},"facts":{"when":["arrived"]},"assumes":{"adult":true},"numbers":{"of":[12]}}})";
  EXPECT_EQ(load(text).value(), text);
}

TEST_F(ScreensTest, WhatTheLawDoesNotHaveIsNamed) {
  EXPECT_THAT(complaint(R"({"days":{"of":"human"}})"), HasSubstr("days: the law has neither an entity nor a procedure `human`"));
  EXPECT_THAT(complaint(R"({"days":{}})"), HasSubstr("days: \"of\""));
  EXPECT_THAT(complaint(R"({"days":{"of":"person","norms":{"left":"person.none"}}})"), HasSubstr("norms: not known here: \"person.none\""));
  EXPECT_THAT(complaint(R"({"days":{"of":"person","procedures":{"from":"none"}}})"), HasSubstr("procedures: not known here: \"none\""));
  EXPECT_THAT(complaint(R"({"days":{"of":"person","facts":{"when":["left_on"]}}})"), HasSubstr("facts: not known here: \"left_on\""));
  EXPECT_THAT(complaint(R"({"days":{"of":"person","assumes":{"left_on":true}}})"), HasSubstr("no fact `left_on`"));
  EXPECT_THAT(complaint(R"({"days":{"of":"person","states":{"over":["closed"]}}})"), HasSubstr("states: not known here: \"closed\""));
}

TEST_F(ScreensTest, AnotherShapeIsNoDeclaration) {
  EXPECT_THAT(complaint("[]"), HasSubstr("no JSON object"));
  EXPECT_THAT(complaint("{"), HasSubstr("no JSON object"));
  EXPECT_THAT(complaint(R"({"days":1})"), HasSubstr("days: no object"));
  EXPECT_THAT(complaint(R"({"days":{"of":"person","norms":[]}})"), HasSubstr("\"norms\" is no object"));
  EXPECT_THAT(complaint(R"({"days":{"of":"person","facts":{"when":"arrived"}}})"), HasSubstr("\"when\" has the wrong shape"));
  EXPECT_THAT(complaint(R"({"days":{"of":"person","norms":{"left":["person.due"]}}})"), HasSubstr("\"left\" has the wrong shape"));
  EXPECT_THAT(complaint(R"({"days":{"of":"person","numbers":{"of":[-1]}}})"), HasSubstr("numbers: not known here: \"-1\""));
  EXPECT_THAT(complaint(R"({"days":{"of":"person","rules":{}}})"), HasSubstr("no such part: \"rules\""));
  EXPECT_FALSE(load(std::string(kScreensMaxBytes + 1, ' ')).has_value());
}

TEST_F(ScreensTest, TheRealLawHasWhatItsScreensAsk) {
  const fs::path law = KOSHI_SOURCE_DIR "/law/kz";
  const auto compiled = zan::compile_folder(law);
  ASSERT_TRUE(compiled.has_value());
  const auto screens = load_screens(law, compiled->corpus);
  ASSERT_TRUE(screens.has_value()) << screens.error().message;
  for (const char* screen : {"overstays", "days", "share", "household"}) EXPECT_THAT(*screens, HasSubstr(screen));
}

}  // namespace
}  // namespace koshi::http
