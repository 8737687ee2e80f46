#include "ask/json.h"

#include <gmock/gmock.h>

namespace koshi::ask {
namespace {

constexpr JsonLimits kLimits{1000, 8};

/// The document written back, which shows what was understood.
std::string shown(const JsonDocument& document, int32_t id) {
  const JsonNode& node = document[id];
  switch (node.kind) {
    case JsonNode::Kind::kNull: return "null";
    case JsonNode::Kind::kFalse: return "false";
    case JsonNode::Kind::kTrue: return "true";
    case JsonNode::Kind::kNumber: return std::string(node.text);
    case JsonNode::Kind::kString: return "<" + std::string(node.text) + ">";
    default: break;
  }
  std::string out;
  int32_t children = 0;
  for (int32_t child = node.first_child; child >= 0; child = document[child].next_sibling, ++children) {
    out += (out.empty() ? "" : " ") + (document[child].key.empty() ? "" : std::string(document[child].key) + "=") + shown(document, child);
  }
  EXPECT_EQ(children, node.children);
  return node.kind == JsonNode::Kind::kArray ? "[" + out + "]" : "{" + out + "}";
}

std::string read(std::string_view text) {
  const auto document = read_json(text, kLimits);
  return document ? shown(*document, 0) : "error at " + std::to_string(document.error().offset);
}

TEST(Json, KeepsWhatIsWritten) {
  EXPECT_EQ(read(R"({"a":0.10,"b":[1e2,-3],"c":{},"d":"x","e":null,"f":[true,false]})"),
            "{a=0.10 b=[1e2 -3] c={} d=<x> e=null f=[true false]}");
  EXPECT_EQ(read("12345678901234567890123"), "12345678901234567890123");
  EXPECT_EQ(read(R"("\u0416\n\"\ud83d\ude00 ё")"), "<Ж\n\"😀 ё>");
  EXPECT_EQ(read(R"({"\u0061b":1, "ab":2})"), "{ab=1 ab=2}") << "repeated keys are told by who knows their place";
  EXPECT_EQ(read(R"(" a ")"), "< a >");
}

TEST(Json, RejectsWhatIsNotStrict) {
  for (const char* bad : {"", "{", "[1,]", "{\"a\":1,}", "{'a':1}", "01", "+1", "1.", ".5", "NaN", "tru", "// x\n1", "\"\x01\"", "\"\\x\"",
                          "\"\\ud800\"", "1 2", "{} []", "[1 2]", "\xEF\xBB\xBF{}"}) {
    EXPECT_THAT(read(bad), testing::StartsWith("error")) << bad;
  }
}

TEST(Json, RejectsInvalidUtf8WithItsPlace) {
  const auto document = read_json("{\"a\":\"\xC3\x28\"}", kLimits);
  ASSERT_FALSE(document.has_value());
  EXPECT_EQ(document.error().message, "bytes that are not UTF-8");
  EXPECT_EQ(document.error().offset, 6u);
}

TEST(Json, HasLimits) {
  EXPECT_EQ(read(std::string(8, '[') + std::string(8, ']')), "[[[[[[[[]]]]]]]]");
  const auto deep = read_json(std::string(9, '[') + std::string(9, ']'), kLimits);
  ASSERT_FALSE(deep.has_value());
  EXPECT_EQ(deep.error().message, "nested more deeply than 8 levels");
  EXPECT_EQ(read("\"" + std::string(998, 'x') + "\"").size(), 1000u);
  EXPECT_THAT(read_json("\"" + std::string(999, 'x') + "\"", kLimits).error().message, testing::HasSubstr("longer than 1000 bytes"));
}

TEST(Json, NumbersLoseTheirExponentExactly) {
  for (const auto& [written, plain] : std::vector<std::pair<const char*, const char*>>{{"0.1", "0.1"},
                                                                                       {"5", "5"},
                                                                                       {"1e-7", "0.0000001"},
                                                                                       {"1.5E+3", "1500"},
                                                                                       {"-2.50e1", "-25"},
                                                                                       {"12.5e-1", "1.25"},
                                                                                       {"0e5", "0"},
                                                                                       {"0.00e-3", "0"},
                                                                                       {"123e-3", "0.123"},
                                                                                       {"1e30", "1000000000000000000000000000000"},
                                                                                       {"1e31", ""},
                                                                                       {"1e-31", ""},
                                                                                       {"1e99999999999999999999", ""}}) {
    EXPECT_EQ(plain_number(written), plain) << written;
  }
}

TEST(Json, PointersAreEscaped) {
  std::string pointer = "/facts";
  append_pointer(pointer, "a/b~c");
  EXPECT_EQ(pointer, "/facts/a~1b~0c");
}

}  // namespace
}  // namespace koshi::ask
