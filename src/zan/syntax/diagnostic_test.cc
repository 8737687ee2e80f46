#include "zan/syntax/diagnostic.h"

#include <gmock/gmock.h>

#include "zan/syntax/test_tools.h"

namespace koshi::zan {
namespace {

SourceMap one_file(std::string text) {
  SourceMap sources;
  sources.add({.path = "stay/registration.zan", .text = std::move(text)});
  return sources;
}

TEST(SourceMap, LocatesByLineAndCodePoint) {
  const SourceMap sources = one_file("ab\nжз x\n");
  EXPECT_EQ(sources.locate(0, 0).line, 1);
  EXPECT_EQ(sources.locate(0, 2).column, 3);
  EXPECT_EQ(sources.locate(0, 8).line, 2);
  EXPECT_EQ(sources.locate(0, 8).column, 4);
  EXPECT_EQ(sources.line_text(0, 8), "жз x");
  EXPECT_EQ(sources.line_text(0, 2), "ab");
  EXPECT_EQ(sources.text({0, 3, 7}), "жз");
  EXPECT_EQ(sources.locate(0, 999).line, 3);
}

TEST(Diagnostic, RendersPlaceLineCaretAndNotes) {
  const SourceMap sources = one_file("norm x : date\n  arrived + 30 days when natonality in EAEU\n");
  const Diagnostic diagnostic{
      .span = {0, 39, 49}, .message = "unknown name `natonality`", .notes = {{.span = {}, .text = "nearest known name: `nationality`"}}};
  EXPECT_EQ(render(sources, diagnostic),
            "stay/registration.zan:2:26: error: unknown name `natonality`\n"
            "    2 |   arrived + 30 days when natonality in EAEU\n"
            "      |                          ^^^^^^^^^^\n"
            "      = nearest known name: `nationality`\n");
}

TEST(Diagnostic, ANoteWithAPlaceShowsIt) {
  const SourceMap sources = one_file("a\nb\n");
  const Diagnostic diagnostic{
      .severity = Severity::kWarning, .span = {0, 2, 3}, .message = "again", .notes = {{.span = {0, 0, 1}, .text = "first here"}}};
  EXPECT_EQ(render(sources, diagnostic),
            "stay/registration.zan:2:1: warning: again\n"
            "    2 | b\n"
            "      | ^\n"
            "      = first here: stay/registration.zan:1:1\n"
            "    1 | a\n"
            "      | ^\n");
}

TEST(Diagnostic, NowhereHasNoLine) {
  EXPECT_EQ(render(one_file(""), Diagnostic{.span = {}, .message = "no law", .notes = {}}), "error: no law\n");
}

TEST(Diagnostic, UnderlinesOnlyTheFirstLineAndAtLeastOneColumn) {
  const SourceMap sources = one_file("жз\nb\n");
  EXPECT_THAT(render(sources, Diagnostic{.span = {0, 2, 7}, .message = "m", .notes = {}}), testing::EndsWith("    1 | жз\n      |  ^\n"));
  EXPECT_THAT(render(sources, Diagnostic{.span = {0, 4, 4}, .message = "m", .notes = {}}), testing::EndsWith("    1 | жз\n      |   ^\n"));
}

TEST(Diagnostic, CutsLongLinesAroundThePlace) {
  const SourceMap sources = one_file(std::string(5000, 'x') + "!" + std::string(5000, 'y'));
  const std::string shown = render(sources, Diagnostic{.span = {0, 5000, 5001}, .message = "m", .notes = {}});
  EXPECT_LT(shown.size(), 500u);
  const size_t caret = shown.rfind('^') - shown.rfind('\n', shown.rfind('^'));
  const size_t line = shown.find("1 | ");
  // The ellipsis is one column and three bytes.
  EXPECT_EQ(shown[shown.rfind('\n', line) + caret + 2], '!');
}

TEST(Diagnostic, IsSafeToPrint) {
  const SourceMap sources = one_file("a\x1b[31m\xff\tb");
  EXPECT_THAT(render(sources, Diagnostic{.span = {0, 0, 1}, .message = "m", .notes = {}}), testing::HasSubstr("a\ufffd[31m\ufffd b"));
}

TEST(Diagnostic, SortsByPlaceAndKeepsEqualOnesOnce) {
  const auto at = [](uint32_t begin, std::string message) {
    return Diagnostic{.span = {0, begin, begin + 1}, .message = std::move(message), .notes = {}};
  };
  Diagnostics all{at(5, "b"), at(1, "z"), at(5, "a"), at(5, "b")};
  sort_diagnostics(all);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].message, "z");
  EXPECT_EQ(all[1].message, "a");
  EXPECT_EQ(all[2].message, "b");
  EXPECT_TRUE(has_errors(all));
  all.resize(1);
  all[0].severity = Severity::kWarning;
  EXPECT_FALSE(has_errors(all));
}

}  // namespace
}  // namespace koshi::zan
