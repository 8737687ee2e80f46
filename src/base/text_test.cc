#include "base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace koshi {
namespace {

std::string encoded(uint32_t point) {
  if (point < 0x80) return {static_cast<char>(point)};
  std::string tail;
  uint32_t lead_room = 0x3F;
  for (; point > lead_room; point >>= 6, lead_room >>= 1) tail.insert(0, 1, static_cast<char>(0x80 | (point & 0x3F)));
  return static_cast<char>(~(2 * lead_room + 1) | point) + tail;
}

TEST(Utf8, AcceptsEveryScalarValueAndNothingElse) {
  for (uint32_t point = 0; point < 0x120000; ++point) {
    const bool scalar = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    const std::string bytes = encoded(point);
    ASSERT_EQ(is_valid_utf8(bytes), scalar) << point;
    if (scalar) {
      ASSERT_EQ(utf8_length(bytes), 1u) << point;
    }
  }
}

TEST(Utf8, RefusesOverlongAndCutSequences) {
  for (const char* text : {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\x80", "\xFF", "\xD0", "\xE2\x82", "\xF0\x9F\x98",
                           "\xE2\x28\xA1", "\xF5\x80\x80\x80"}) {
    EXPECT_FALSE(is_valid_utf8(text));
  }
  EXPECT_EQ(valid_utf8_prefix("Көші\xFFx"), std::string_view("Көші").size());
  EXPECT_EQ(valid_utf8_prefix(""), 0u);
  for (size_t before = 0; before < 20; ++before) {  // wherever in an eight of ASCII it stands
    EXPECT_EQ(valid_utf8_prefix(std::string(before, 'a') + "\xFF" + std::string(20, 'a')), before);
  }
}

TEST(Utf8, InvalidBytesCountOneEach) {
  EXPECT_EQ(utf8_length("Көші"), 4u);
  EXPECT_EQ(utf8_length("a\xFF\xFE"), 3u);
  EXPECT_EQ(utf8_length("\xE2\x82"), 2u);
}

TEST(Trim, TakesAsciiWhiteSpaceOnly) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\u00A0a"), "\u00A0a");
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
}

RC_GTEST_PROP(Split, JoinIsItsInverse, (const std::string& text)) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(text, 'a')) parts.emplace_back(part);
  RC_ASSERT(join(parts, "a") == text);
}

RC_GTEST_PROP(ParseWhole, IsTheInverseOfPrinting, (int64_t value)) {
  RC_ASSERT(parse_whole(std::to_string(value)) == value);
}

TEST(ParseWhole, BoundsAndForms) {
  EXPECT_EQ(parse_whole("-9223372036854775808"), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(parse_whole("007"), 7);
  for (const char* text : {"", "-", "+1", " 1", "1 ", "1.0", "9223372036854775808", "-9223372036854775809", "--1"}) {
    EXPECT_FALSE(parse_whole(text)) << text;
  }
}

TEST(Json, EscapesWhatItMust) {
  EXPECT_EQ(json_string("Көші \"a\\b\"\n\r\t"), "\"Көші \\\"a\\\\b\\\"\\n\\r\\t\"");
  EXPECT_EQ(json_string(std::string_view("\0\x1F", 2)), "\"\\u0000\\u001f\"");
  EXPECT_EQ(json_string("a\xFFz"), "\"a\uFFFDz\"");
}

RC_GTEST_PROP(Json, IsAlwaysOneValidLine, (const std::string& text)) {
  const std::string json = json_string(text);
  RC_ASSERT(is_valid_utf8(json));
  for (size_t i = 0; i < json.size(); ++i) RC_ASSERT(static_cast<unsigned char>(json[i]) >= 0x20);
  RC_ASSERT(utf8_length(json) >= utf8_length(text) + 2);
}

TEST(Html, EscapesTextAndAttributes) {
  EXPECT_EQ(html_escape("<a href=\"x\">Д'Арк & co</a>"), "&lt;a href=&quot;x&quot;&gt;Д&#39;Арк &amp; co&lt;/a&gt;");
}

}  // namespace
}  // namespace koshi
