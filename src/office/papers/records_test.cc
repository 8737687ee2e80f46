#include "office/papers/records.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "office/papers/fold.h"
#include "office/papers/table_write.h"
#include "office/papers/test_workbook.h"

namespace koshi::papers {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A list of workers much as the law's entity has it; names in three languages.
std::vector<Column> columns() {
  const auto twelve_digits = [](std::string_view value) -> std::optional<std::string> {
    if (value.size() == 12) return std::nullopt;
    return "an IIN has twelve digits; format the column as text, or zeros in front are lost";
  };
  return {{.key = "full_name", .names = {"Full name", "Ф.И.О.", "Аты-жөні"}},
          {.key = "iin", .names = {"IIN", "ИИН", "ЖСН"}, .required = false, .unique = true, .check = twelve_digits},
          {.key = "born", .names = {"Date of birth", "Дата рождения", "Туған күні"}, .kind = ColumnKind::kDate},
          {.key = "wage", .names = {"Wage", "Зарплата", "Жалақы"}, .kind = ColumnKind::kDecimal, .required = false},
          {.key = "years", .names = {"Experience", "Стаж"}, .kind = ColumnKind::kWhole, .required = false},
          {.key = "nationality",
           .names = {"Citizenship", "Гражданство", "Азаматтығы"},
           .kind = ColumnKind::kChoice,
           .choices = {{"UZ", {"Uzbekistan", "Узбекистан", "Өзбекстан"}}, {"TR", {"Türkiye", "Турция", "Түркия"}}}}};
}

Records read(std::string_view csv) {
  const auto table = read_csv(csv).value();
  return read_records(table, columns()).value();
}

std::vector<std::string> problems_of(const Records& records) {
  std::vector<std::string> out;
  for (const RecordProblem& problem : records.problems) out.push_back(format_address(problem.at) + ": " + problem.message);
  return out;
}

std::vector<std::string> values_of(const Record& record) {
  std::vector<std::string> out{std::to_string(record.row)};
  for (const auto& [key, value] : record.values) out.push_back(key + "=" + value);
  return out;
}

TEST(Records, AGoodList) {
  const Records records = read(
      "Список;;;;;;\n№;  ф.и.о. ;ИИН;Дата\u00A0рождения;Зарплата;Стаж;ГРАЖДАНСТВО\n"
      "1;Мырзаева Ә.;900228400125;28.02.1990;350 000,50;12;узбекистан\n;;;;;;\n2; ;;;;;\n3;Yılmaz, "
      "A.;;1988-7-1;;;TR\n4;B;;1/7/1988;1\u00A0000;;Түркия\n");
  EXPECT_THAT(problems_of(records), ElementsAre("D6: \"1988-7-1\" is not a date; write it as 31.12.2026"));
  ASSERT_EQ(records.records.size(), 3u);
  EXPECT_THAT(values_of(records.records[0]), ElementsAre("3", "born=1990-02-28", "full_name=Мырзаева Ә.", "iin=900228400125",
                                                         "nationality=UZ", "wage=350000.50", "years=12"));
  EXPECT_THAT(values_of(records.records[1]), ElementsAre("6", "full_name=Yılmaz, A.", "nationality=TR"));
  EXPECT_THAT(values_of(records.records[2]), ElementsAre("7", "born=1988-07-01", "full_name=B", "nationality=TR", "wage=1000"));
  ASSERT_EQ(records.unknown_columns.size(), 1u);
  EXPECT_EQ(records.unknown_columns[0].text, "№");
}

TEST(Records, EveryProblemByItsCell) {
  const Records records = read(
      "IIN,Full name,Date of birth,Wage,Experience,Citizenship\n"
      "123,,30.02.1990,\"1,234\",1.5,Mars\n"
      "900228400125,A,31.12.1990,1 00,x,UZ\n"
      "900228400125,\"\"B,01.01.1990,\"1,2,3\",1 2,TR\n");
  EXPECT_THAT(problems_of(records),
              ElementsAre("A2: an IIN has twelve digits; format the column as text, or zeros in front are lost",
                          "B2: \"Full name\" is empty; fill it in", "C2: \"30.02.1990\" is not a date; write it as 31.12.2026",
                          "D2: \"1,234\" can be read in two ways; write two digits after the comma, or none",
                          "E2: \"1.5\" is not a whole number; write digits only", "F2: \"Mars\" is none of: Uzbekistan, Türkiye",
                          "D3: \"1 00\" is not a number; write digits and one decimal comma",
                          "E3: \"x\" is not a whole number; write digits only", "A4: the same as in A3; each may be given once",
                          "B4: there is text after the closing quote; double the quotes inside a quoted field",
                          "D4: \"1,2,3\" is not a number; write digits and one decimal comma",
                          "E4: \"1 2\" is not a whole number; write digits only"));
  EXPECT_EQ(records.problems[5].fault, RecordFault::kChoice);
  EXPECT_EQ(records.problems[5].column, "nationality");
  EXPECT_EQ(records.records.size(), 3u);
}

TEST(Records, Headings) {
  EXPECT_THAT(problems_of(read("Full name,Аты-жөні\nA,B\n")),
              ElementsAre("B1: the column is given twice; remove one of them", "C1: the column \"Date of birth\" is missing; add it",
                          "D1: the column \"Citizenship\" is missing; add it"));
  EXPECT_THAT(read_records(read_csv("a,b\n1,2\n").value(), columns()).error().message, HasSubstr("no row with the names"));
  EXPECT_THAT(read_records(TableRead{}, columns()).error().message, HasSubstr("no row with the names"));
  const std::string late = std::string(kHeadingRowsMax, 'x');
  std::string rows;
  for (const char c : late) rows += std::string(1, c) + "\n";
  EXPECT_FALSE(read_records(read_csv(rows + "Full name\nA\n").value(), columns()));
  EXPECT_TRUE(read_records(read_csv(rows.substr(2) + "Full name\nA\n").value(), columns()));
}

TEST(Records, FromAWorkbook) {
  const std::string bytes = make_workbook(
      {.rows = "<row><c t=\"inlineStr\"><is><t>Аты-жөні</t></is></c><c t=\"inlineStr\"><is><t>Туған күні</t></is></c>"
               "<c t=\"inlineStr\"><is><t>Азаматтығы</t></is></c><c t=\"inlineStr\"><is><t>ЖСН</t></is></c><c "
               "t=\"inlineStr\"><is><t>Жалақы</t></is></c></row>"
               "<row><c t=\"inlineStr\"><is><t>А</t></is></c><c s=\"1\"><v>32932</v></c><c t=\"inlineStr\"><is><t>Өзбекстан</t></is></c>"
               "<c><v>9.00228400125E11</v></c><c><v>350000.125</v></c></row>"
               "<row><c t=\"inlineStr\"><is><t>Б</t></is></c><c><v>32932</v></c><c t=\"e\"><v>#N/A</v></c></row>",
       .styles = "<xf/><xf numFmtId=\"14\"/>"});
  const auto table = read_table(bytes).value();
  const Records records = read_records(table, columns()).value();
  EXPECT_THAT(values_of(records.records.at(0)),
              ElementsAre("2", "born=1990-02-28", "full_name=А", "iin=900228400125", "nationality=UZ", "wage=350000.125"));
  EXPECT_THAT(problems_of(records), ElementsAre("B3: 32932 is a number where a date is needed; write it as 31.12.2026",
                                                "C3: the formula gives the error #N/A; correct it or type the value"));
}

TEST(Records, Limits) {
  std::string csv = "Full name,Date of birth,Citizenship\n";
  for (size_t i = 0; i < kRecordsMax; ++i) csv += "A,x,UZ\n";
  const Records most = read(csv);
  EXPECT_EQ(most.records.size(), kRecordsMax);
  EXPECT_EQ(most.problems.size(), kRecordProblemsMax);
  EXPECT_EQ(most.problems_left_out, kRecordsMax - kRecordProblemsMax);
  EXPECT_THAT(read_records(read_csv(csv + "A,x,UZ\n").value(), columns()).error().message, HasSubstr("more than 10000 rows"));
}

RC_GTEST_PROP(Records, AnyTableEnds, (const std::string& rows)) {
  const auto table = read_csv("Full name,Date of birth,Wage,Experience,Citizenship\n" + rows);
  if (!table) return;
  const auto records = read_records(*table, columns());
  RC_ASSERT(records.has_value());
  for (const RecordProblem& problem : records->problems) RC_ASSERT(!problem.message.empty());
}

TEST(Fold, CaseAndSpaces) {
  EXPECT_EQ(fold(" Аты-\nЖӨНІ\u00A0 x "), "аты- жөні x");
  EXPECT_EQ(fold("ҚҢҒҮҰҺӘ"), "қңғүұһә");
  EXPECT_EQ(fold(" \u00A0\t"), "");
  EXPECT_EQ(trim_spaces("\u00A0 a b \u202F"), "a b");
}

}  // namespace
}  // namespace koshi::papers
