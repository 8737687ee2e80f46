#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "office/papers/table_read.h"
#include "office/papers/windows1251.h"

namespace koshi::papers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> cells_of(const TableRead& read) {
  std::vector<std::string> out;
  for (const Cell& cell : read.sheet.cells) out.push_back(format_address(cell.at) + "=" + cell.text);
  return out;
}

std::vector<std::string> cells_of(std::string_view bytes) {
  return cells_of(read_csv(bytes).value());
}

std::vector<std::string> problems_of(std::string_view bytes) {
  std::vector<std::string> out;
  const TableRead read = read_csv(bytes).value();
  for (const TableProblem& problem : read.problems) out.push_back(format_address(problem.at) + ": " + problem.message);
  return out;
}

TEST(CsvRead, SeparatorsAreTold) {
  EXPECT_THAT(cells_of("a,b\n1,2\n"), ElementsAre("A1=a", "B1=b", "A2=1", "B2=2"));
  EXPECT_THAT(cells_of("a;b,5\n1;2"), ElementsAre("A1=a;b", "B1=5", "A2=1;2"));  // a tie: the comma
  EXPECT_THAT(cells_of("a;b;c,d\n1;2"), ElementsAre("A1=a", "B1=b", "C1=c,d", "A2=1", "B2=2"));
  EXPECT_THAT(cells_of("\"a,,,\"\tb\r\n1\t2\r\n"), ElementsAre("A1=a,,,", "B1=b", "A2=1", "B2=2"));
  EXPECT_THAT(cells_of("sep=;\r\na,b;c\r\n"), ElementsAre("A1=a,b", "B1=c"));
  EXPECT_THAT(cells_of("sep=\n"), ElementsAre("A1=sep="));
  EXPECT_THAT(cells_of("one\ntwo\n"), ElementsAre("A1=one", "A2=two"));
}

TEST(CsvRead, LineEndsAndEmptyCells) {
  EXPECT_THAT(cells_of("a,,c\r\rb"), ElementsAre("A1=a", "C1=c", "A3=b"));
  EXPECT_THAT(cells_of("a\n\n\n,b\n\n"), ElementsAre("A1=a", "B4=b"));
  EXPECT_THAT(cells_of(""), IsEmpty());
  EXPECT_THAT(cells_of("\xEF\xBB\xBF\"a\nb\",\"c\"\"d\"\n2"), ElementsAre("A1=a\nb", "B1=c\"d", "A2=2"));
}

TEST(CsvRead, QuotesAsSpreadsheetsTakeThem) {
  EXPECT_THAT(cells_of("ТОО \"Ромашка\";b\n"), ElementsAre("A1=ТОО \"Ромашка\"", "B1=b"));
  EXPECT_THAT(problems_of("a,\"b\"c,d\n1,2\n"),
              ElementsAre("B1: there is text after the closing quote; double the quotes inside a quoted field"));
  EXPECT_THAT(cells_of("a,\"b\"c,d\n1,2\n"), ElementsAre("A1=a", "C1=d", "A2=1", "B2=2"));
  EXPECT_THAT(problems_of("a,b\n1,\"2\n3,4\n"),
              ElementsAre("B2: the quote that opens here is not closed, so that the rest of the file is lost; close it"));
}

TEST(CsvRead, Windows1251) {
  // "Имя;Іле;Ёлка №5" and "М?лдір?" as Excel saves Kazakh in windows-1251.
  EXPECT_THAT(cells_of("\xC8\xEC\xFF;\xB2\xEB\xE5;\xA8\xEB\xEA\xE0 \xB9"
                       "5\n"),
              ElementsAre("A1=Имя", "B1=Іле", "C1=Ёлка №5"));
  EXPECT_THAT(problems_of("\xC8\xEC\xFF\n\xCC?\xEB\xE4\xB3\xF0\n\xEA\xE0\xEA?\n"),
              ElementsAre("A2: a \"?\" stands where a letter was; windows-1251 has no Kazakh letters, save the table as UTF-8 or .xlsx"));
  EXPECT_THAT(problems_of("\xC8\xEC\xFF\n\x98\n"), ElementsAre("A2: the cell is not UTF-8; save the table in that encoding"));
}

TEST(CsvRead, DamagedUtf8) {
  EXPECT_THAT(problems_of("Аты,Жөні\nӘлия,\xD0\n"), ElementsAre("B2: the cell is not UTF-8; save the table in that encoding"));
  EXPECT_THAT(cells_of("Аты,Жөні\nӘлия,\xD0\n"), ElementsAre("A1=Аты", "B1=Жөні", "A2=Әлия"));
  EXPECT_THAT(problems_of("\xEF\xBB\xBFname\n\xC8\n"), ElementsAre("A2: the cell is not UTF-8; save the table in that encoding"));
}

TEST(CsvRead, ControlCharacters) {
  EXPECT_THAT(problems_of("a\nb\x07\n"), ElementsAre("A2: the cell has control characters; type it again"));
}

TEST(CsvRead, Refused) {
  EXPECT_THAT(read_csv("\xFF\xFE"
                       "a")
                  .error()
                  .message,
              HasSubstr("not a table in UTF-8"));
  EXPECT_THAT(read_csv(std::string_view("a\0b", 3)).error().message, HasSubstr("not a table in UTF-8"));
  EXPECT_THAT(read_csv("abc", {.bytes = 2}).error().message, HasSubstr("larger than 2 bytes"));
  EXPECT_THAT(read_csv("a\nb\nc", {.rows = 2}).error().message, HasSubstr("below row 2"));
  EXPECT_THAT(read_csv("a,b,c", {.columns = 2}).error().message, HasSubstr("right of column B"));
  EXPECT_THAT(read_csv("a,b,c", {.cells = 2}).error().message, HasSubstr("more than 2 cells"));
  EXPECT_EQ(read_csv("abc,d", {.cell_bytes = 2})->problems.at(0).fault, TableFault::kTooLong);
}

RC_GTEST_PROP(CsvRead, AnyBytesEnd, (const std::string& bytes)) {
  const auto read = read_table(bytes);
  if (!read) RC_ASSERT(!read.error().message.empty());
  if (read) {
    for (const Cell& cell : read->sheet.cells) RC_ASSERT(!cell.text.empty());
  }
}

TEST(Windows1251, TheWholeTable) {
  std::string all;
  for (int byte = 0x20; byte < 0x100; ++byte) {
    if (byte != 0x98) all += static_cast<char>(byte);
  }
  const std::string text = from_windows1251(all).value();
  EXPECT_THAT(text, HasSubstr("ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ"));
  EXPECT_THAT(text, HasSubstr("ЎўЈ¤Ґ¦§Ё©Є«¬"));
  EXPECT_THAT(text, HasSubstr("®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"));
  EXPECT_EQ(from_windows1251("\x98"), std::nullopt);
  EXPECT_EQ(cyrillic_percent("abc"), 100);
  EXPECT_EQ(cyrillic_percent("\xC0\x80\x81\x82"), 25);
}

}  // namespace
}  // namespace koshi::papers
