#include "zan/syntax/lexer.h"

#include <gmock/gmock.h>

#include <memory>

#include "zan/syntax/characters.h"
#include "zan/syntax/parser.h"

namespace koshi::zan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Cut {
  std::string text;
  Lexed lexed;
  Diagnostics diagnostics;

  std::vector<std::string> words() const {
    std::vector<std::string> out;
    for (const Token& token : lexed.tokens) {
      if (token.kind != TokenKind::kEnd) out.emplace_back(token.text);
    }
    return out;
  }
  std::vector<TokenKind> kinds() const {
    std::vector<TokenKind> out;
    for (const Token& token : lexed.tokens) out.push_back(token.kind);
    return out;
  }
  std::vector<std::string> messages() const {
    std::vector<std::string> out;
    for (const Diagnostic& diagnostic : diagnostics) out.push_back(diagnostic.message);
    return out;
  }
};

/// On the heap: tokens lead into the text, which must not move.
std::unique_ptr<Cut> cut(std::string text) {
  auto out = std::make_unique<Cut>();
  out->text = std::move(text);
  Problems problems(out->diagnostics);
  out->lexed = lex(out->text, 0, problems);
  return out;
}

TEST(Lexer, CutsWordsNumbersDatesTextsCodesAndSymbols) {
  const auto c = cut("norm a1 of b : yes/no 12 0.5 2011-08-17 \"a b\" 'KZ-75' >= != < {x,y}");
  EXPECT_THAT(c->words(), ElementsAre("norm", "a1", "of", "b", ":", "yes/no", "12", "0.5", "2011-08-17", "a b", "KZ-75", ">=", "!=", "<",
                                      "{", "x", ",", "y", "}"));
  EXPECT_EQ(c->lexed.tokens[5].kind, TokenKind::kYesNo);
  EXPECT_EQ(c->lexed.tokens[8].date, *make_date(2011, 8, 17));
  EXPECT_EQ(c->lexed.tokens[10].kind, TokenKind::kCode);
  EXPECT_THAT(c->messages(), IsEmpty());
}

TEST(Lexer, KnowsLinesAndTheirIndentation) {
  const auto c = cut("a b\n\n    c d\n");
  const auto& t = c->lexed.tokens;
  EXPECT_TRUE(t[0].first && !t[1].first && t[2].first && !t[3].first);
  EXPECT_EQ(t[0].indent, 1);
  EXPECT_EQ(t[3].indent, 5);
  EXPECT_EQ(t[2].line, 3);
  EXPECT_TRUE(t[2].after_blank);
  EXPECT_EQ(t[4].kind, TokenKind::kEnd);
}

TEST(Lexer, YesAndNoAreTwoWordsUnlessWrittenTogether) {
  EXPECT_THAT(cut("yes / no")->words(), ElementsAre("yes", "/", "no"));
  EXPECT_THAT(cut("yes/nobody")->words(), ElementsAre("yes", "/", "nobody"));
}

TEST(Lexer, SubtractionIsNoDate) {
  EXPECT_THAT(cut("10-3")->words(), ElementsAre("10", "-", "3"));
  EXPECT_THAT(cut("a-b")->words(), ElementsAre("a", "-", "b"));
}

TEST(Lexer, TakesThePlaceOfACitationAsItIs) {
  const auto c = cut("by LMP art. 6(4), \"x\" § 5 'y [read] and D148 cl. 9 [read]");
  EXPECT_THAT(c->words(), ElementsAre("by", "LMP", "art. 6(4), \"x\" § 5 'y", "[", "read", "]", "and", "D148", "cl. 9", "[", "read", "]"));
  EXPECT_EQ(c->lexed.tokens[2].kind, TokenKind::kPlace);
  EXPECT_THAT(c->messages(), IsEmpty());
}

TEST(Lexer, ThePlaceAfterBecauseEndsWithTheLineOrAComment) {
  EXPECT_THAT(cut("because LMP art. 6(4)  \nexpect")->words(), ElementsAre("because", "LMP", "art. 6(4)", "expect"));
  EXPECT_THAT(cut("because LMP art. 6(4) -- why")->words(), ElementsAre("because", "LMP", "art. 6(4)"));
}

TEST(Lexer, APlaceMayBeMissing) {
  EXPECT_THAT(cut("by D157 [read]")->words(), ElementsAre("by", "D157", "[", "read", "]"));
}

TEST(Lexer, PutsCommentsAside) {
  const auto c = cut("-- above\n\n--\na b -- beside\n");
  EXPECT_THAT(c->words(), ElementsAre("a", "b"));
  ASSERT_EQ(c->lexed.comments.size(), 3u);
  EXPECT_EQ(c->lexed.comments[0].text, "above");
  EXPECT_TRUE(c->lexed.comments[0].own_line);
  EXPECT_EQ(c->lexed.comments[1].text, "");
  EXPECT_TRUE(c->lexed.comments[1].after_blank);
  EXPECT_EQ(c->lexed.comments[2].text, "beside");
  EXPECT_FALSE(c->lexed.comments[2].own_line);
}

TEST(Lexer, SkipsAByteOrderMarkAndReadsLinesOfWindows) {
  const auto c =
      cut("\xef\xbb\xbf"
          "a\r\n  b\r\n");
  EXPECT_THAT(c->words(), ElementsAre("a", "b"));
  EXPECT_EQ(c->lexed.tokens[0].indent, 1);
  EXPECT_THAT(c->messages(), IsEmpty());
}

TEST(Lexer, ReportsDatesThatDoNotExist) {
  EXPECT_THAT(cut("2023-02-29")->messages(), ElementsAre("there is no day 2023-02-29"));
  EXPECT_THAT(cut("2023-2-9")->messages(), ElementsAre("`2023-2-9` is not a date"));
}

TEST(Lexer, ReportsNumbersThatCannotBeHeldExactly) {
  EXPECT_THAT(cut("123456789012345678 0.123456789")->messages(), IsEmpty());
  EXPECT_EQ(cut("1234567890123456789")->messages().size(), 1u);
  EXPECT_EQ(cut("0.1234567891")->messages().size(), 1u);
}

TEST(Lexer, ReportsAMissingSpaceAfterANumberOnce) {
  const auto c = cut("5days");
  EXPECT_THAT(c->messages(), ElementsAre("`5days` is neither a number nor a name"));
  EXPECT_THAT(c->words(), ElementsAre("5", "days"));
}

TEST(Lexer, ReportsWhatIsNotClosedOnItsLine) {
  EXPECT_THAT(cut("\"abc\nd")->messages(), ElementsAre("this text has no closing `\"` on its line"));
  EXPECT_THAT(cut("'abc\nd")->kinds(), ElementsAre(TokenKind::kBad, TokenKind::kWord, TokenKind::kEnd));
}

TEST(Lexer, ReportsLettersThatOnlyLookLatin) {
  const auto c = cut("n\u0430me");  // with a Cyrillic а
  EXPECT_THAT(c->messages(), ElementsAre("the name `n\u0430me` is not in Latin letters"));
  EXPECT_EQ(c->diagnostics[0].notes.at(0).text, "`\u0430` is the character U+0430; names are letters a-z, digits and _");
}

TEST(Lexer, ReadsOnAsIfALookalikeWereWhatWasMeant) {
  const auto c = cut("a == b \u2265 c \u00abx y\u00bb && d\u00a0e");
  EXPECT_THAT(c->words(), ElementsAre("a", "=", "b", ">=", "c", "x y", "and", "d", "e"));
  EXPECT_EQ(c->messages().size(), 5u);
}

TEST(Lexer, ReportsCharactersWithoutMeaningAndReadsOn) {
  const auto c = cut("a ? b");
  EXPECT_THAT(c->messages(), ElementsAre("the character `?` has no meaning here"));
  EXPECT_THAT(c->kinds(), ElementsAre(TokenKind::kWord, TokenKind::kBad, TokenKind::kWord, TokenKind::kEnd));
}

TEST(Lexer, ReportsTabsOncePerFileWithTheirNumber) {
  const auto c = cut("a\n\tb\n\tc\n");
  ASSERT_THAT(c->messages(), ElementsAre("tabs are not allowed"));
  EXPECT_THAT(c->diagnostics[0].notes.at(0).text, testing::HasSubstr("2 lines have tabs"));
  EXPECT_EQ(c->lexed.tokens[1].indent, 3);
}

TEST(Lexer, ReportsBytesThatAreNotUtf8) {
  EXPECT_THAT(cut("a \xff\xfe b")->messages(), ElementsAre("these bytes are not UTF-8"));
  EXPECT_THAT(cut("na\xffme")->messages(), ElementsAre("these bytes are not UTF-8"));
  EXPECT_THAT(cut("-- \xc3")->messages(), ElementsAre("these bytes are not UTF-8"));
}

TEST(Lexer, ReportsCharactersThatCannotBeSeenEvenInText) {
  EXPECT_THAT(cut("\"a\u202eb\"")->messages(), ElementsAre("the character U+202E cannot be seen, so it may not stand in a law"));
  EXPECT_THAT(cut(std::string("a\0b", 3))->messages(), ElementsAre("the control character U+0000 is not allowed"));
}

TEST(Lexer, StopsAtTheLimitOfProblems) {
  std::string text;
  for (size_t i = 0; i < kMaxProblemsPerFile + 50; ++i) text += "? ";
  const auto c = cut(text);
  ASSERT_EQ(c->diagnostics.size(), kMaxProblemsPerFile + 1);
  EXPECT_EQ(c->diagnostics.back().message, "too many problems; the rest of the file was not read");
}

TEST(Characters, DecodesOnlyShortestForms) {
  EXPECT_EQ(code_point_at("\xd0\xb0", 0).value, 0x430u);
  EXPECT_EQ(code_point_at("\xf0\x9f\x98\x80", 0).length, 4u);
  EXPECT_EQ(code_point_at("\xc0\x80", 0).length, 0u);
  EXPECT_EQ(code_point_at("\xe0\x80\x80", 0).length, 0u);
  EXPECT_EQ(code_point_at("\xed\xa0\x80", 0).length, 0u);
  EXPECT_EQ(code_point_at("\xd0", 0).length, 0u);
}

TEST(Tokens, ReservedWordsAreNoNames) {
  EXPECT_TRUE(is_name("employer_2"));
  EXPECT_FALSE(is_name("norm"));
  EXPECT_FALSE(is_name("2nd"));
  EXPECT_FALSE(is_name("a-b"));
  EXPECT_FALSE(is_name(""));
  EXPECT_TRUE(is_name("days"));
}

}  // namespace
}  // namespace koshi::zan
