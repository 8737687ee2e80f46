#include "base/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"

namespace koshi {
namespace {

using Texts = std::vector<std::vector<std::string>>;

Texts rows_of(const CsvTable& table) {
  Texts out;
  for (const auto& row : table.rows) {
    out.emplace_back();
    for (const CsvField& field : row) out.back().push_back(field.text);
  }
  return out;
}

std::string error_of(std::string_view text) {
  const auto table = parse_csv(text);
  return table ? "no error" : table.error().message;
}

std::string any_field() {
  const auto piece = rc::gen::element<std::string>("a", "Ө", ",", "\"", "\r", "\n", " ", "\uFEFF", "😀");
  return join(*rc::gen::scale(0.2, rc::gen::container<std::vector<std::string>>(piece)), "");
}

TEST(Csv, ReadsQuotesAndBothLineEnds) {
  const auto table = parse_csv("\uFEFFname,note\r\n\"Д, \"\"А\"\"\",\"two\nlines\"\nplain,\n").value();
  ASSERT_EQ(table.header.size(), 2u);
  EXPECT_EQ(table.header[0].text, "name");
  EXPECT_EQ(rows_of(table), (Texts{{"Д, \"А\"", "two\nlines"}, {"plain", ""}}));
}

TEST(Csv, PlacesFields) {
  const auto table = parse_csv("a,b\n\"x\ny\",z\n1,2").value();
  EXPECT_EQ(table.header[1].column, 3);
  EXPECT_EQ(table.rows[0][1].line, 3);
  EXPECT_EQ(table.rows[0][1].column, 4);
  EXPECT_EQ(table.rows[1][0].line, 4);
}

TEST(Csv, EmptyLinesAreRowsOfOneEmptyField) {
  EXPECT_EQ(rows_of(parse_csv("a\n\nb\n").value()), (Texts{{""}, {"b"}}));
  EXPECT_TRUE(parse_csv("a\n").value().rows.empty());
  EXPECT_TRUE(parse_csv("a").value().rows.empty());
  EXPECT_EQ(rows_of(parse_csv("a\n\"\"").value()), (Texts{{""}}));
}

TEST(Csv, ErrorsNameThePlace) {
  EXPECT_EQ(error_of("a,b\n1,\"x\ny"), "line 2, column 3: the quote that opens here is not closed; close it");
  EXPECT_EQ(error_of("a\n\"x\"y\n"), "line 2, column 4: text after a closing quote; put a comma before it or double the quote");
  EXPECT_EQ(error_of("a\nx\"y\n"), "line 2, column 2: a quote inside a plain field; quote the whole field and double the quote");
  EXPECT_EQ(error_of("a\rb"), "line 1, column 2: a carriage return without a line feed; end lines with LF or CRLF");
  EXPECT_EQ(error_of("a,b\n1\n"), "line 2, column 1: the row has 1 fields where the header has 2; give every column a field");
  EXPECT_EQ(error_of("a,b\n1,2,3\n"), "line 2, column 5: more than 2 fields; remove the surplus");
  EXPECT_EQ(error_of("a,b,a\n"), "line 1, column 5: the column a is named twice; rename one");
  EXPECT_EQ(error_of("a,,b\n"), "line 1, column 3: a column without a name; name it");
  EXPECT_EQ(error_of(""), "line 1, column 1: a column without a name; name it");
  EXPECT_EQ(error_of("a\nb\xFF"), "line 2, column 2: not UTF-8; save the table in that encoding");
}

TEST(Csv, Limits) {
  EXPECT_EQ(error_of(std::string(kCsvMaxBytes + 1, 'a')), "the table is larger than 67108864 bytes; divide it");
  const std::string_view text = "a,b\n1,2\n3,4\n";
  EXPECT_TRUE(parse_csv(text, {.bytes = text.size(), .fields = 6}));
  EXPECT_FALSE(parse_csv(text, {.bytes = text.size() - 1}));
  EXPECT_EQ(parse_csv(text, {.fields = 5}).error().message, "line 3, column 1: more than 5 fields in the table; divide it");
  EXPECT_FALSE(parse_csv(text, {.fields = 1}));
}

RC_GTEST_PROP(Csv, WrittenTablesReadBack, ()) {
  const int width = *rc::gen::inRange(1, 5);
  const int height = *rc::gen::inRange(0, 5);
  const std::string line_end = *rc::gen::element<std::string>("\n", "\r\n");
  std::string text;
  for (int j = 0; j < width; ++j) text += (j > 0 ? ",h" : "h") + std::to_string(j);
  text += line_end;
  Texts rows(static_cast<size_t>(height));
  for (auto& row : rows) {
    for (int j = 0; j < width; ++j) {
      row.push_back(any_field());
      text += (j > 0 ? "," : "") + csv_field(row.back());
    }
    text += line_end;
  }
  RC_ASSERT(rows_of(parse_csv(text).value()) == rows);
}

RC_GTEST_PROP(Csv, AnyNameSurvivesInTheHeader, ()) {
  const std::string name = any_field();
  RC_PRE(!name.empty());
  RC_ASSERT(parse_csv(csv_field(name)).value().header[0].text == name);
}

RC_GTEST_PROP(Csv, AnyTextGivesATableOrAPlace, ()) {
  const auto piece = rc::gen::element<std::string>("a", "b", ",", "\"", "\r\n", "\n", "\r", "\xFF");
  const std::string text = join(*rc::gen::container<std::vector<std::string>>(piece), "");
  const auto table = parse_csv(text);
  if (!table) {
    RC_ASSERT(table.error().message.starts_with("line "));
    return;
  }
  for (const auto& row : table->rows) RC_ASSERT(row.size() == table->header.size());
}

}  // namespace
}  // namespace koshi
