#include "office/papers/table_write.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "office/papers/content_type.h"
#include "office/papers/table_read.h"
#include "office/papers/zip_reader.h"

namespace koshi::papers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr int64_t kCreated = 1'768'435'200;  // 2026-01-15T00:00:00Z

Sheet workers() {
  return {.name = "Жұмыскерлер",
          .cells = {{{1, 1}, CellKind::kText, "Аты-жөні"},
                    {{1, 2}, CellKind::kText, "Туған күні"},
                    {{1, 4}, CellKind::kText, "Жалақы"},
                    {{2, 1}, CellKind::kText, "=HYPERLINK(\"http://a.example\")"},
                    {{2, 2}, CellKind::kDate, "1990-02-28"},
                    {{2, 3}, CellKind::kBoolean, "true"},
                    {{2, 4}, CellKind::kNumber, "-350000.5"},
                    {{4, 1}, CellKind::kText, "a, \"b\"; c"},
                    {{4, 2}, CellKind::kDate, "2026-01-05T13:30:00"},
                    {{4, 3}, CellKind::kText, "+7 700"},
                    {{4, 4}, CellKind::kNumber, "880101300123"}}};
}

std::string xlsx(const Sheet& sheet) {
  return write_xlsx({&sheet, 1}, kCreated).value();
}

TEST(WriteXlsx, IsReadBack) {
  const auto read = read_xlsx(xlsx(workers()));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->sheet, workers());
  EXPECT_TRUE(read->problems.empty());
}

TEST(WriteXlsx, TheSameInputGivesTheSameBytes) {
  const std::string first = xlsx(workers());
  EXPECT_EQ(xlsx(workers()), first);
  EXPECT_NE(write_xlsx(std::vector{workers()}, kCreated + 1).value(), first);
  ZipReader zip = std::move(*ZipReader::open(first, {}));
  EXPECT_THAT(zip.read("docProps/core.xml").value(), HasSubstr("2026-01-15T00:00:00Z</dcterms:created>"));
}

TEST(WriteXlsx, TextsAreNoFormulas) {
  const std::string bytes = xlsx(workers());
  ZipReader zip = std::move(*ZipReader::open(bytes, {}));
  EXPECT_THAT(zip.read("xl/worksheets/sheet1.xml").value(), Not(HasSubstr("<f>")));
  EXPECT_EQ(inspect_upload(bytes)->type, ContentType::kXlsx);
}

TEST(WriteXlsx, SeveralSheets) {
  const std::vector sheets{Sheet{"a", {{{1, 1}, CellKind::kText, "x"}}}, Sheet{"b", {{{3, 3}, CellKind::kNumber, "5"}}}};
  const std::string bytes = write_xlsx(sheets, kCreated).value();
  EXPECT_EQ(read_xlsx(bytes)->sheet, sheets[0]);
  EXPECT_EQ(read_xlsx(bytes, "b")->sheet, sheets[1]);
  EXPECT_THAT(read_xlsx(bytes)->other_sheets, ElementsAre("b"));
}

/// What a double does not hold digit by digit comes back as text with all digits; the others as the same number.
RC_GTEST_PROP(WriteXlsx, NoDigitIsLost, ()) {
  const auto value = *rc::gen::arbitrary<int64_t>();
  const auto places = *rc::gen::inRange<size_t>(0, 7);
  std::string digits = std::to_string(value);
  const bool negative = digits[0] == '-';
  if (negative) digits.erase(0, 1);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, ".");
  if (digits.contains('.')) digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  if (negative && digits != "0") digits.insert(0, "-");
  const Sheet sheet{.name = "a", .cells = {{{1, 1}, CellKind::kNumber, digits}}};
  const TableRead read = read_xlsx(xlsx(sheet)).value();
  RC_ASSERT(read.sheet.cells.at(0).text == digits);
  RC_ASSERT(value > 999'999'999'999'999 || value < -999'999'999'999'999 || read.sheet.cells[0].kind == CellKind::kNumber);
}

TEST(WriteXlsx, NumbersThatAreTexts) {
  const auto kind = [](const char* digits) { return read_xlsx(xlsx({"a", {{{1, 1}, CellKind::kNumber, digits}}}))->sheet.cells.at(0); };
  EXPECT_EQ(kind("007"), (Cell{{1, 1}, CellKind::kText, "007"}));
  EXPECT_EQ(kind("12345678901234567890"), (Cell{{1, 1}, CellKind::kText, "12345678901234567890"}));
  EXPECT_EQ(kind("1.50"), (Cell{{1, 1}, CellKind::kNumber, "1.5"}));
  EXPECT_EQ(kind("9.95"), (Cell{{1, 1}, CellKind::kNumber, "9.95"}));  // as a double 9.949999999999999
  EXPECT_EQ(kind("0.1"), (Cell{{1, 1}, CellKind::kNumber, "0.1"}));
}

TEST(WriteXlsx, WhatASheetCannotHold) {
  const auto error = [](const Sheet& sheet) { return write_xlsx({&sheet, 1}, kCreated).error().message; };
  EXPECT_THAT(error({"", {}}), HasSubstr("a sheet needs a name"));
  EXPECT_THAT(error({"a/b", {}}), HasSubstr("a sheet needs a name"));
  EXPECT_THAT(error({std::string(32, 'a'), {}}), HasSubstr("a sheet needs a name"));
  EXPECT_THAT(error({"a", {{{0, 1}, CellKind::kText, "x"}}}), HasSubstr("outside of what a sheet holds"));
  EXPECT_THAT(error({"a", {{{1, kSheetMaxColumns + 1}, CellKind::kText, "x"}}}), HasSubstr("outside of what a sheet holds"));
  EXPECT_THAT(error({"a", {{{2, 1}, CellKind::kText, "x"}, {{1, 1}, CellKind::kText, "x"}}}), HasSubstr("A1 of \"a\" is out of order"));
  EXPECT_THAT(error({"a", {{{1, 1}, CellKind::kText, "\x01"}}}), HasSubstr("not plain text"));
  EXPECT_THAT(error({"a", {{{1, 1}, CellKind::kText, std::string(32'768, 'a')}}}), HasSubstr("too long"));
  EXPECT_THAT(error({"a", {{{1, 1}, CellKind::kDate, "1899-01-01"}}}), HasSubstr("A1 cannot be written"));
  EXPECT_THAT(write_xlsx(std::vector{Sheet{"a", {}}, Sheet{"A", {}}}, kCreated).error().message, HasSubstr("given twice"));
  EXPECT_FALSE(write_xlsx({}, kCreated));
  EXPECT_FALSE(write_xlsx(std::vector(kSheetsMax + 1, Sheet{"a", {}}), kCreated));
  EXPECT_FALSE(write_xlsx(std::vector{Sheet{"a", {}}}, 0));
}

TEST(WriteCsv, Forms) {
  EXPECT_EQ(write_csv(workers(), CsvStyle::kStandard).value(),
            "Аты-жөні,Туған күні,,Жалақы\r\n\"'=HYPERLINK(\"\"http://a.example\"\")\",1990-02-28,true,-350000.5\r\n,,,\r\n"
            "\"a, \"\"b\"\"; c\",2026-01-05T13:30:00,'+7 700,880101300123\r\n");
  EXPECT_THAT(write_csv(workers(), CsvStyle::kSpreadsheet).value(), testing::StartsWith("\xEF\xBB\xBF"
                                                                                        "Аты-жөні;Туған күні;;Жалақы\r\n"));
  EXPECT_EQ(write_csv({}, CsvStyle::kStandard).value(), "");
  EXPECT_FALSE(write_csv({"a", {{{kSheetMaxRows, 100}, CellKind::kText, "x"}}}, CsvStyle::kStandard));
}

TEST(WriteCsv, FormulasAreStopped) {
  for (const char* text : {"=1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''+1"}) {
    const Sheet sheet{.name = "", .cells = {{{1, 1}, CellKind::kText, text}}};
    const std::string csv = write_csv(sheet, CsvStyle::kStandard).value();
    EXPECT_THAT(csv, testing::AnyOf(testing::StartsWith("'"), testing::StartsWith("\"'"))) << text;
    EXPECT_EQ(read_csv(csv)->sheet, sheet) << text;
  }
  EXPECT_EQ(write_csv({"", {{{1, 1}, CellKind::kText, "'a"}}}, CsvStyle::kStandard).value(), "'a\r\n");
}

RC_GTEST_PROP(WriteCsv, AnyTextsAreReadBack, ()) {
  const auto style = *rc::gen::element(CsvStyle::kStandard, CsvStyle::kSpreadsheet);
  Sheet sheet;
  for (uint32_t row = 1; row <= 4; ++row) {
    for (uint32_t column = 1; column <= 3; ++column) {
      const auto part =
          rc::gen::element<std::string>("a", "ұ", ",", ";", "\t", "\"", "'", "=", "-", "\n", "\r\n", "\r", " ", "sep=", "\xEF\xBB\xBF");
      std::string text;
      for (const std::string& next : *rc::gen::container<std::vector<std::string>>(part)) text += next;
      // The separator is told from the first record; there it has to be the most frequent outside quotes, as it is
      // when the names of the columns are written.
      if (row == 1) text = "name";
      if (!text.empty()) sheet.cells.push_back({{row, column}, CellKind::kText, text});
    }
  }
  const TableRead read = read_csv(write_csv(sheet, style).value()).value();
  RC_ASSERT(read.problems.empty());
  RC_ASSERT(read.sheet == sheet);
}

}  // namespace
}  // namespace koshi::papers
