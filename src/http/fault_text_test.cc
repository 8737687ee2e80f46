#include <gmock/gmock.h>

#include <stdexcept>

#include "http/test_app.h"

namespace koshi::http {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(FaultText, NamesTheKindAndKeepsNobodysWords) {
  EXPECT_EQ(fault_text(std::bad_alloc()), "std::bad_alloc: std::bad_alloc");
  EXPECT_EQ(fault_text(std::out_of_range("at: __n (which is 871203450016) >= size (which is 3)")),
            "std::out_of_range: at: __n (which is #) >= size (which is #)");
  const std::string said = fault_text(std::runtime_error("cannot read \"Aigerim Serikova\" nor 'N12345678' of Айгерім\n at line 7"));
  for (const char* word : {"Aigerim", "Serikova", "N12345678", "Айгерім", "7", "\n"}) EXPECT_THAT(said, Not(HasSubstr(word)));
  EXPECT_THAT(said, HasSubstr("cannot read"));
  EXPECT_LE(fault_text(std::runtime_error(std::string(10'000, 'x'))).size(), kFaultTextMax);
}

TEST(FaultText, OfWhatAHandlerThrowsIsReportedAndNotAnswered) {
  std::vector<std::string> told;
  auto compiled = zan::compile({{"law.zan", kTestLaw}}, {});
  const AppFolders folders{{}, KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/pages"};
  auto created = App::create(std::move(compiled.corpus), KOSHI_SOURCE_DIR "/words/none", folders, [] { return *make_date(2026, 1, 15); });
  ASSERT_TRUE(created.has_value());
  App& app = **created;
  app.open([](Router& router, const Site&) {
    Route route{"GET", "/fault", "fault", "Throws", {}, {}, {}, {{200, "Never", "text/plain", {}}}, {}};
    route.handle = [](const Context&) -> Response { throw std::runtime_error("the disk of 'host7' is gone"); };
    router.add(std::move(route));
  });
  app.report_faults([&](std::string_view what) { told.emplace_back(what); });
  const Response response = app.handle({"GET", "/fault", "", {}, "", "127.0.0.1"});
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body, Not(HasSubstr("disk")));
  EXPECT_THAT(told, testing::ElementsAre(HasSubstr("std::runtime_error: the disk of ")));
}

}  // namespace
}  // namespace koshi::http
