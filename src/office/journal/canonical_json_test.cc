#include "office/journal/canonical_json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace koshi::journal {
namespace {

static_assert(!std::constructible_from<Json, double>);
static_assert(!std::constructible_from<Json, float>);

std::string written(const Json& value) {
  return write_canonical_json(value).value();
}

Json object(std::initializer_list<JsonMember> members) {
  return Json(Json::Object(members));
}

TEST(CanonicalJson, Values) {
  EXPECT_EQ(written(nullptr), "null");
  EXPECT_EQ(written(true), "true");
  EXPECT_EQ(written(false), "false");
  EXPECT_EQ(written(0), "0");
  EXPECT_EQ(written(std::numeric_limits<int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(written(std::numeric_limits<int64_t>::max()), "9223372036854775807");
  EXPECT_EQ(written("көші \U0001F69A"), "\"көші \U0001F69A\"");
  EXPECT_EQ(written(Json::Array{}), "[]");
  EXPECT_EQ(written(Json::Object{}), "{}");
  EXPECT_EQ(written(Json::Array{1, "a", Json::Array{true}}), "[1,\"a\",[true]]");
  EXPECT_EQ(written(object({{"b", 1}, {"a", object({{"d", nullptr}, {"c", false}})}})), R"({"a":{"c":false,"d":null},"b":1})");
}

// RFC 8785, section 3.2.2 (the string) and 3.2.3 (the order).
TEST(CanonicalJson, ExamplesOfTheStandard) {
  EXPECT_EQ(written("\u20ac$\x0f\nA'B\"\\\\\"/"), R"("€$\u000f\nA'B\"\\\\\"/")");
  const Json names = object({{"\u20ac", "Euro Sign"},
                             {"\r", "Carriage Return"},
                             {"\ufb33", "Hebrew Letter Dalet With Dagesh"},
                             {"1", "One"},
                             {"\U0001f600", "Emoji: Grinning Face"},
                             {"\u0080", "Control"},
                             {"\u00f6", "Latin Small Letter O With Diaeresis"}});
  EXPECT_EQ(written(names),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin Small Letter O With "
            "Diaeresis\","
            "\"\u20ac\":\"Euro Sign\",\"\U0001f600\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With "
            "Dagesh\"}");
}

TEST(CanonicalJson, WhatCannotBeWritten) {
  EXPECT_EQ(write_canonical_json(object({{"a", 1}, {"a", 2}})).error().message, "a JSON object has the name \"a\" twice");
  EXPECT_FALSE(write_canonical_json("\xFF"));
  EXPECT_FALSE(write_canonical_json(object({{"\xC0\x80", 1}})));
  EXPECT_FALSE(write_canonical_json(std::string(kJsonMaxBytes, 'a')));
  EXPECT_TRUE(write_canonical_json(std::string(kJsonMaxBytes - 2, 'a')));
}

TEST(CanonicalJson, DepthLimit) {
  Json value = 1;
  for (size_t i = 0; i < kJsonMaxDepth; ++i) value = Json(Json::Array{value});
  const std::string text = written(value);
  EXPECT_EQ(read_canonical_json(text).value(), value);
  EXPECT_FALSE(write_canonical_json(Json(Json::Array{value})));
  EXPECT_FALSE(read_canonical_json("[" + text + "]"));
  EXPECT_FALSE(check_canonical_json(std::string(kJsonMaxBytes, '[')));
}

TEST(CanonicalJson, RefusesEveryOtherSpelling) {
  for (const char* bad : {"",
                          " 1",
                          "1 ",
                          "01",
                          "-0",
                          "-",
                          "+1",
                          "1.0",
                          "1e3",
                          "1E3",
                          "9223372036854775808",
                          "nul",
                          "True",
                          "[1,]",
                          "[,1]",
                          "[1 ,2]",
                          "[1",
                          "{",
                          "{\"a\"}",
                          "{\"a\":}",
                          "{\"a\":1,}",
                          "{\"b\":1,\"a\":2}",
                          "{\"a\":1,\"a\":2}",
                          "{a:1}",
                          "{\"a\": 1}",
                          "\"",
                          "\"a",
                          "\"\n\"",
                          "\"\\/\"",
                          "\"\\u0041\"",
                          "\"\\u000A\"",
                          "\"\\u000a\"",
                          "\"\\u001F\"",
                          "\"\\u00\"",
                          "\"\\x\"",
                          "\"\\",
                          "\"\\ud83d\\ude00\"",
                          "'a'",
                          "1,2",
                          "[1]]",
                          "NaN",
                          "\xEF\xBB\xBF"
                          "1",
                          "\"\xED\xA0\x80\"",
                          "\"\xC3\""}) {
    EXPECT_FALSE(read_canonical_json(bad)) << bad;
    EXPECT_FALSE(check_canonical_json(bad)) << bad;
  }
  EXPECT_FALSE(check_canonical_json(std::string_view("\"\0\"", 3)));
  EXPECT_EQ(read_canonical_json("{\"a\":1.5}").error().message,
            "not canonical JSON: byte 6 makes a number that is no integer; send it as text");
}

rc::Gen<std::string> any_text() {
  return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::oneOf(rc::gen::inRange(0, 0x80), rc::gen::inRange(0x80, 0x110000))),
                      [](const std::vector<int>& points) {
                        std::string out;
                        for (const int p : points) {
                          if (p >= 0xD800 && p < 0xE000) continue;
                          if (p < 0x80) out += static_cast<char>(p);
                          if (p >= 0x80 && p < 0x800) out += static_cast<char>(0xC0 | p >> 6);
                          if (p >= 0x800 && p < 0x10000) out += static_cast<char>(0xE0 | p >> 12);
                          if (p >= 0x10000) out += static_cast<char>(0xF0 | p >> 18);
                          if (p >= 0x10000) out += static_cast<char>(0x80 | (p >> 12 & 63));
                          if (p >= 0x800) out += static_cast<char>(0x80 | (p >> 6 & 63));
                          if (p >= 0x80) out += static_cast<char>(0x80 | (p & 63));
                        }
                        return out;
                      });
}

Json any_json(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 6 : 4)) {
    case 0: return nullptr;
    case 1: return *rc::gen::arbitrary<bool>();
    case 2: return *rc::gen::arbitrary<int64_t>();
    case 3: return *any_text();
    case 4: {
      Json::Array items;
      for (int n = *rc::gen::inRange(0, 4); n > 0; --n) items.push_back(any_json(depth - 1));
      return items;
    }
    default: {
      Json::Object members;
      for (int n = *rc::gen::inRange(0, 4); n > 0; --n) members.push_back({*any_text() + std::to_string(n), any_json(depth - 1)});
      std::ranges::sort(members, json_name_less, &JsonMember::name);
      return members;
    }
  }
}

RC_GTEST_PROP(CanonicalJson, ReadsBackWhatItWrote, ()) {
  const Json value = any_json(4);
  const std::string text = written(value);
  RC_ASSERT(read_canonical_json(text).value() == value);
  RC_ASSERT(check_canonical_json(text).has_value());
}

/// Whatever is accepted is spelt as the writer spells it: so no two texts mean the same.
RC_GTEST_PROP(CanonicalJson, AcceptsNothingThatItWouldWriteDifferently, ()) {
  std::string text = written(any_json(3));
  for (int n = *rc::gen::inRange(1, 4); n > 0; --n) {
    const auto at = *rc::gen::inRange<size_t>(0, text.size() + 1);
    const char c = *rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::elementOf(std::string("\"\\{}[],:0-1tnu \xF0")));
    if (at < text.size() && *rc::gen::arbitrary<bool>())
      text[at] = c;
    else
      text.insert(at, 1, c);
  }
  const auto value = read_canonical_json(text);
  RC_ASSERT(value.has_value() == check_canonical_json(text).has_value());
  if (value) RC_ASSERT(written(*value) == text);
}

std::u16string utf16(std::string_view text) {
  std::u16string out;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<uint8_t>(text[i]);
    const int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    uint32_t point = more == 0 ? lead : lead & (0x3F >> more);
    for (int k = 1; k <= more; ++k) point = point << 6 | (static_cast<uint8_t>(text[i + static_cast<size_t>(k)]) & 63);
    i += static_cast<size_t>(more) + 1;
    if (point >= 0x10000) out += static_cast<char16_t>(0xD7C0 + (point >> 10));
    out += static_cast<char16_t>(point >= 0x10000 ? 0xDC00 | (point & 0x3FF) : point);
  }
  return out;
}

RC_GTEST_PROP(CanonicalJson, NamesAreInTheOrderOfUtf16, ()) {
  const std::string common = *any_text();
  const std::string a = common + *any_text();
  const std::string b = common + *any_text();
  RC_ASSERT(json_name_less(a, b) == (utf16(a) < utf16(b)));
}

}  // namespace
}  // namespace koshi::journal
