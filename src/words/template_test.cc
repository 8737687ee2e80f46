#include "words/template.h"

#include <gmock/gmock.h>

namespace koshi::words {
namespace {

using testing::ElementsAre;

std::string filled(std::string_view text, const std::map<std::string, std::string>& values, std::string_view locale = "en") {
  const auto phrase = Template::parse(text, locale);
  return phrase ? phrase->format(values) : "error: " + phrase.error().message;
}

TEST(Template, FillsHoles) {
  EXPECT_EQ(filled("", {}), "");
  EXPECT_EQ(filled("plain, with 'quotes'", {}), "plain, with 'quotes'");
  EXPECT_EQ(filled("{a}", {{"a", "x"}}), "x");
  EXPECT_EQ(filled("{a} and {b_2}!", {{"a", "x"}, {"b_2", "{a}"}}), "x and {a}!") << "values are not phrases";
  EXPECT_EQ(filled("{a} {b}", {{"a", "x"}}), "x {b}");
}

TEST(Template, AStopIsNotSetTwice) {
  EXPECT_EQ(filled("До {date}. Затем {then}.", {{"date", "1 мая 2026 г."}, {"then", "всё"}}), "До 1 мая 2026 г. Затем всё.");
  EXPECT_EQ(filled("{a}, {b}…", {{"a", "g."}, {"b", "h"}}), "g., h…");
}

TEST(Template, ChoosesPlurals) {
  constexpr const char* kDays = "{n, plural, one {# день} few {# дня} many {# дней} other {# дня}} до {date}";
  EXPECT_EQ(filled(kDays, {{"n", "1"}, {"date", "пятницы"}}, "ru"), "1 день до пятницы");
  EXPECT_EQ(filled(kDays, {{"n", "112"}, {"date", "пятницы"}}, "ru"), "112 дней до пятницы");
  EXPECT_THAT(Template::parse(kDays, "ru")->holes(), ElementsAre("date", "n"));
  EXPECT_THAT(Template::parse("{n, plural, other {# of {what}}}", "en")->holes(), ElementsAre("n", "what"));
}

TEST(Template, RejectsBrokenBraces) {
  for (const char* broken : {"{", "}", "a {b", "a} b", "{}", "{a b}", "{n, plural, one {x}}", "{n, wrong, x}"}) {
    EXPECT_FALSE(Template::parse(broken, "en").has_value()) << broken;
  }
}

}  // namespace
}  // namespace koshi::words
