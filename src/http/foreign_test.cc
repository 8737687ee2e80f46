#include "http/foreign.h"

#include <gmock/gmock.h>

#include "words/words.h"

namespace koshi::http {
namespace {

const std::string kBegin = std::string(words::kMarkBegin) + "ru";
const std::string kEnd(words::kMarkEnd);
const std::string kMarked = kBegin + "Квота" + kEnd;

TEST(SayLanguages, AnElementThatHoldsNothingElseSaysItItself) {
  EXPECT_EQ(say_languages("<p><a href=\"/x\">" + kMarked + "</a></p>"), "<p><a href=\"/x\" lang=\"ru\">Квота</a></p>");
  EXPECT_EQ(say_languages("<select><option value=\"a\">" + kMarked + "</option></select>"),
            "<select><option value=\"a\" lang=\"ru\">Квота</option></select>");
}

TEST(SayLanguages, ElsewhereItIsASpan) {
  EXPECT_EQ(say_languages("<p>«" + kMarked + "»: ha</p>"), "<p>«<span lang=\"ru\">Квота</span>»: ha</p>");
  EXPECT_EQ(say_languages("<p>" + kMarked + " " + kMarked + "</p>"),
            "<p><span lang=\"ru\">Квота</span> <span lang=\"ru\">Квота</span></p>");
  EXPECT_EQ(say_languages("<p><b>x</b>" + kMarked + "</p>"), "<p><b>x</b><span lang=\"ru\">Квота</span></p>");
  EXPECT_EQ(say_languages("<p lang=\"uz\">" + kMarked + "</p>"), "<p lang=\"uz\"><span lang=\"ru\">Квота</span></p>")
      << "an element has one language";
}

TEST(SayLanguages, WhereOnlyTextMayStandMarksVanish) {
  EXPECT_EQ(say_languages("<title>" + kMarked + " – Köshi</title>"), "<title>Квота – Köshi</title>");
  EXPECT_EQ(say_languages("<svg><text>a " + kMarked + "</text></svg><p>a " + kMarked + "</p>"),
            "<svg><text>a Квота</text></svg><p>a <span lang=\"ru\">Квота</span></p>");
  EXPECT_EQ(say_languages("<nav aria-label=\"" + kMarked + "\">x</nav>"), "<nav aria-label=\"Квота\">x</nav>");
}

TEST(SayLanguages, BrokenMarksLeaveAWholePage) {
  EXPECT_EQ(say_languages("<p>a " + kBegin + "Квота</p><p>b</p>"), "<p>a <span lang=\"ru\">Квота</span></p><p>b</p>");
  EXPECT_EQ(say_languages("<p>a" + kEnd + "</p>"), "<p>a</p>");
  EXPECT_EQ(say_languages("<p>a " + kBegin), "<p>a <span lang=\"ru\"></span>");
  EXPECT_EQ(say_languages("<p>" + std::string("\xEE\x80") + "</p>"), "<p>\xEE\x80</p>") << "what is no mark of ours stays";
  EXPECT_EQ(say_languages("<p>plain</p>"), "<p>plain</p>");
}

}  // namespace
}  // namespace koshi::http
