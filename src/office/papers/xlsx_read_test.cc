#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "office/papers/table_read.h"
#include "office/papers/test_workbook.h"
#include "office/papers/xlsx_sheet.h"
#include "office/papers/xml_reader.h"

namespace koshi::papers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// "A1=text", with the kind before all but text: "B2=n:5".
std::vector<std::string> cells_of(const TableRead& read) {
  constexpr const char* kKinds[] = {"", "n:", "d:", "b:"};
  std::vector<std::string> out;
  for (const Cell& cell : read.sheet.cells) out.push_back(format_address(cell.at) + "=" + kKinds[static_cast<int>(cell.kind)] + cell.text);
  return out;
}

std::vector<std::string> problems_of(const TableRead& read) {
  std::vector<std::string> out;
  for (const TableProblem& problem : read.problems) out.push_back(format_address(problem.at) + ": " + problem.message);
  return out;
}

std::string error_of(const WorkbookText& text, const TableLimits& limits = {}) {
  const auto read = read_xlsx(make_workbook(text), {}, limits);
  return read ? "no error" : read.error().message;
}

TEST(XlsxRead, AllKindsOfCells) {
  const auto read = read_xlsx(make_workbook(
      {.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>Сұлу</t></is></c><c "
               "t=\"str\"><f>A1</f><v>x</v></c></row>"
               "<row r=\"3\"><c r=\"A3\"><v>880101300123</v></c><c r=\"B3\" s=\"1\"><v>45658</v></c><c r=\"C3\" t=\"b\"><v>1</v></c>"
               "<c r=\"D3\" t=\"d\"><v>2026-01-05T00:00:00</v></c><c r=\"E3\" s=\"2\"><v>45658.5</v></c><c r=\"F3\" "
               "s=\"0\"><v>1.5E-3</v></c></row>"
               "<row><c><v>4</v></c><c s=\"1\"/><c t=\"s\"><v>1</v></c></row>",
       .shared = "<si><t>Әйгерім</t></si><si><r><t>Нұр</t></r><r><rPr/><t>лан</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si>",
       .formats = "<numFmt numFmtId=\"164\" formatCode=\"dd\\.mm\\.yyyy\"/>",
       .styles = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"}));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->sheet.name, "Лист1");
  EXPECT_THAT(cells_of(*read), ElementsAre("A1=Әйгерім", "C1=Сұлу", "D1=x", "A3=n:880101300123", "B3=d:2025-01-01", "C3=b:true",
                                           "D3=d:2026-01-05", "E3=d:2025-01-01T12:00:00", "F3=n:0.0015", "A4=n:4", "C4=Нұрлан"));
  EXPECT_THAT(read->problems, IsEmpty());
  EXPECT_EQ(read->sheet.find({3, 2})->text, "2025-01-01");
  EXPECT_EQ(read->sheet.find({2, 2}), nullptr);
}

TEST(XlsxRead, EveryProblemWithItsCell) {
  const auto read = read_xlsx(make_workbook({.rows = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>9</v></c><c r=\"B2\" t=\"e\"><v>#N/A</v></c><c "
                                                     "r=\"C2\"><f>1+1</f></c><c r=\"D2\"><v>abc</v></c>"
                                                     "<c r=\"E2\" s=\"0\"><v>60</v></c><c r=\"F2\" t=\"d\"><v>2026-02-30</v></c><c "
                                                     "r=\"G2\" t=\"inlineStr\"><is><t>a_x0007_b</t></is></c>"
                                                     "<c r=\"H2\" t=\"b\"><v>2</v></c><c r=\"I2\" t=\"str\"><f>A1</f></c><c r=\"J2\" "
                                                     "t=\"str\"><f>A1</f><v></v></c><c r=\"K2\"><v>5</v></c></row>",
                                             .styles = "<xf numFmtId=\"14\"/><xf/>"}));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_THAT(problems_of(*read),
              ElementsAre("A2: the cell points to a text that the file does not have; type it again",
                          "B2: the formula gives the error #N/A; correct it or type the value",
                          "C2: the formula has no value yet; open and save the file in a spreadsheet, or type the value",
                          "D2: not a number that is read here: abc",
                          "E2: the cell is shown as a date, but 60 is no day; type the date again", "F2: there is no such day: 2026-02-30",
                          "G2: the cell has control characters; type it again", "H2: not a number that is read here: 2",
                          "I2: the formula has no value yet; open and save the file in a spreadsheet, or type the value"));
  EXPECT_THAT(cells_of(*read), ElementsAre("K2=d:1900-01-05"));
}

TEST(XlsxRead, TheOtherDateSystem) {
  const auto read = read_xlsx(make_workbook({.rows = "<row><c s=\"0\"><v>0</v></c></row>",
                                             .styles = "<xf numFmtId=\"14\"/>",
                                             .workbook_properties = "<workbookPr date1904=\"1\"/>"}));
  EXPECT_THAT(cells_of(read.value()), ElementsAre("A1=d:1904-01-01"));
}

TEST(XlsxRead, EscapedSigns) {
  const auto read =
      read_xlsx(make_workbook({.rows = "<row><c t=\"inlineStr\"><is><t>a_x000A_b_x005F_x000A_ _xZZZZ_ _x04B1_</t></is></c></row>"}));
  EXPECT_THAT(cells_of(read.value()), ElementsAre("A1=a\nb_x000A_ _xZZZZ_ ұ"));
}

TEST(XlsxRead, PrefixedNamesAreTheSame) {
  std::vector<ZipEntry> parts = workbook_parts({});
  parts.back().text =
      "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row><x:c><x:v>1</x:v>"
      "</x:c></x:row></x:sheetData></x:worksheet>";
  EXPECT_THAT(cells_of(read_xlsx(make_zip(parts)).value()), ElementsAre("A1=n:1"));
}

TEST(XlsxRead, TheSheetByName) {
  std::vector<ZipEntry> parts = workbook_parts({.rows = "<row><c><v>1</v></c></row>"});
  parts[2].text =
      "<workbook xmlns:r=\"r\"><sheets><sheet name=\"тайный\" r:id=\"r1\" state=\"hidden\"/><sheet name=\"a\" r:id=\"r1\"/>"
      "<sheet name=\"b\" r:id=\"r1\"/></sheets></workbook>";
  const std::string bytes = make_zip(parts);
  EXPECT_EQ(read_xlsx(bytes)->sheet.name, "a");
  EXPECT_THAT(read_xlsx(bytes)->other_sheets, ElementsAre("b"));
  EXPECT_EQ(read_xlsx(bytes, "тайный")->sheet.name, "тайный");
  EXPECT_EQ(read_xlsx(bytes, "c").error().message, "the workbook has no sheet \"c\"");
}

TEST(XlsxRead, Refused) {
  EXPECT_THAT(error_of({.sheet_start = "<!DOCTYPE a [<!ENTITY b \"c\">]>"}), HasSubstr("document type definition, which is refused"));
  EXPECT_THAT(error_of({.more = {{.name = "xl/vbaProject.bin"}}}), HasSubstr("macros"));
  EXPECT_THAT(error_of({.more = {{.name = "XL/ExternalLinks/externalLink1.xml"}}}), HasSubstr("links to other files"));
  EXPECT_THAT(error_of({.more = {{.name = "xl/embeddings/oleObject1.bin"}}}), HasSubstr("objects embedded"));
  EXPECT_THAT(error_of({.more = {{.name = "xl/connections.xml"}}}), HasSubstr("links to other files or data"));
  EXPECT_THAT(error_of({.more = {{.name = "a", .text = "x"}, {.name = "a", .text = "y"}}}), HasSubstr("holds \"a\" twice"));
  EXPECT_THAT(error_of({.more = {{.name = "a", .flags = 1}}}), HasSubstr("locked with a password"));
  EXPECT_THAT(error_of({.more = {{.name = "a", .method = 12}}}), HasSubstr("packed in a way"));
  EXPECT_THAT(error_of({.rows = "<row r=\"2\"/><row r=\"1\"/>"}), HasSubstr("out of order"));
  EXPECT_THAT(error_of({.rows = "<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>"}), HasSubstr("A1 is out of order"));
  EXPECT_THAT(error_of({.rows = "<row r=\"1\"><c r=\"B2\"/></row>"}), HasSubstr("B2 is out of order"));
  EXPECT_THAT(error_of({.rows = "<row r=\"1\"><c r=\"XFE1\"/></row>"}), HasSubstr("a cell with the address \"XFE1\""));
  EXPECT_THAT(error_of({.rows = "<row r=\"99999999999\"/>"}), HasSubstr("out of order"));
  EXPECT_THAT(error_of({.rows = "<row>"}), HasSubstr("not well-formed"));
  EXPECT_THAT(error_of({.rows = "&b;"}), HasSubstr("not well-formed"));
  std::string deep;
  for (int i = 0; i < kXmlMaxDepth; ++i) deep += "<a>";
  EXPECT_THAT(error_of({.rows = deep}), HasSubstr("deeper than 64"));
  EXPECT_THAT(read_xlsx("\xD0\xCF\x11\xE0 old").error().message, HasSubstr("old .xls format"));
  EXPECT_THAT(read_xlsx("PK\x03\x04").error().message, HasSubstr("damaged or cut off"));
  EXPECT_THAT(read_xlsx(make_zip({{.name = "a", .text = "b"}})).error().message, HasSubstr("[Content_Types].xml\" is missing"));
  std::vector<ZipEntry> parts = workbook_parts({});
  parts.back().wrong_checksum = true;
  EXPECT_THAT(read_xlsx(make_zip(parts)).error().message, HasSubstr("sheet1.xml\" is damaged"));
}

TEST(XlsxRead, MacrosAreFoundUnderAnyName) {
  std::vector<ZipEntry> parts = workbook_parts({});
  parts[0].text = "<Types><Override PartName=\"/xl/harmless.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>";
  EXPECT_THAT(read_xlsx(make_zip(parts)).error().message, HasSubstr("macros"));
}

TEST(XlsxRead, Hyperlinks) {
  std::vector<ZipEntry> parts = workbook_parts({.rows = "<row><c t=\"inlineStr\"><is><t>a@example.kz</t></is></c></row>"});
  parts.push_back({.name = "xl/worksheets/_rels/sheet1.xml.rels",
                   .text = "<Relationships><Relationship Id=\"a\" Type=\"x/hyperlink\" Target=\"mailto:a@example.kz\" "
                           "TargetMode=\"External\"/></Relationships>"});
  EXPECT_THAT(cells_of(read_xlsx(make_zip(parts)).value()), ElementsAre("A1=a@example.kz"));
}

TEST(XlsxRead, AZipBombIsNotUnfolded) {
  const std::string bomb = make_workbook({.rows = std::string(200u << 20, ' ')});
  EXPECT_LT(bomb.size(), 1u << 20);
  EXPECT_THAT(read_xlsx(bomb).error().message, HasSubstr("unfolds into more"));
}

/// A text of 30,000 bytes, pointed to by many cells, counts each time.
TEST(XlsxRead, SharedTextsAreNoBomb) {
  std::string rows;
  for (int row = 0; row < 3000; ++row) rows += "<row><c t=\"s\"><v>0</v></c></row>";
  EXPECT_THAT(error_of({.rows = rows, .shared = "<si><t>" + std::string(30'000, 'a') + "</t></si>"}),
              HasSubstr("bytes of text; divide it"));
}

TEST(XlsxRead, Limits) {
  const WorkbookText text{.rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>abc</v></c></row>"};
  EXPECT_EQ(error_of(text, {.rows = 2, .columns = 2, .cells = 3, .text_bytes = 3}), "no error");
  EXPECT_THAT(error_of(text, {.rows = 1}), HasSubstr("below row 1"));
  EXPECT_THAT(error_of(text, {.columns = 1}), HasSubstr("right of column A"));
  EXPECT_THAT(error_of(text, {.cells = 2}), HasSubstr("more than 2 cells"));
  EXPECT_THAT(error_of(text, {.text_bytes = 2}), HasSubstr("more than 2 bytes of text"));
  EXPECT_THAT(error_of(text, {.bytes = 100}), HasSubstr("larger than 100 bytes"));
  EXPECT_THAT(error_of(text, {.entries = 6}), HasSubstr("more than 6 files inside"));
  EXPECT_THAT(error_of(text, {.inflated_bytes = 500}), HasSubstr("unfolds into more"));
  const TableRead read = read_xlsx(make_workbook({.rows = "<row><c><v>a</v></c><c><v>b</v></c><c t=\"str\"><v>long</v></c></row>"}), {},
                                   {.cell_bytes = 3, .problems = 1})
                             .value();
  EXPECT_EQ(read.problems.size(), 1u);
  EXPECT_EQ(read.problems_left_out, 2u);
}

/// Empty cells beyond the limits, which a format of whole columns leaves behind, do not count.
TEST(XlsxRead, EmptyCellsAreNoCells) {
  EXPECT_EQ(error_of({.rows = "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"3\"/></row>"}), "no error");
}

/// Whatever happens to the bytes: a table or an error, never a crash. The zip's checksums are repaired by storing.
RC_GTEST_PROP(XlsxRead, AnyDamageEnds, ()) {
  std::vector<ZipEntry> parts =
      workbook_parts({.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>4.5E4</v></c></row>",
                      .shared = "<si><t>a</t></si>",
                      .styles = "<xf/><xf numFmtId=\"14\"/>"});
  std::string& text = parts[*rc::gen::inRange<size_t>(0, parts.size())].text;
  const auto changes = *rc::gen::inRange(1, 4);
  for (int i = 0; i < changes; ++i) text[*rc::gen::inRange<size_t>(0, text.size())] = static_cast<char>(*rc::gen::inRange(0, 256));
  std::string bytes = make_zip(parts);
  if (*rc::gen::arbitrary<bool>()) bytes[*rc::gen::inRange<size_t>(0, bytes.size())] ^= 0x10;
  if (*rc::gen::arbitrary<bool>()) bytes.resize(*rc::gen::inRange<size_t>(0, bytes.size()));
  const auto read = read_table(bytes);
  if (!read) RC_ASSERT(!read.error().message.empty());
}

TEST(Address, IsWrittenAndRead) {
  EXPECT_EQ(format_address({1, 1}), "A1");
  EXPECT_EQ(format_address({7, 26}), "Z7");
  EXPECT_EQ(format_address({7, 27}), "AA7");
  EXPECT_EQ(format_address({kSheetMaxRows, kSheetMaxColumns}), "XFD1048576");
  for (uint32_t column = 1; column <= kSheetMaxColumns; ++column) {
    EXPECT_EQ(parse_address(format_address({9, column})), (CellAddress{9, column}));
  }
  for (const char* bad : {"", "A", "1", "A0", "A01", "a1", "$A$1", "A1048577", "XFE1", "AAAA1", "A1 ", "A-1", "A1B"}) {
    EXPECT_EQ(parse_address(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace koshi::papers
