#include "office/people/mrz.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"

namespace koshi::people {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

// The specimens of Doc 9303.
constexpr std::string_view kTd3 =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n";
constexpr std::string_view kTd2 =
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n"
    "D231458907UTO7408122F1204159<<<<<<<6\n";
constexpr std::string_view kTd1 =
    "I<UTOD231458907<<<<<<<<<<<<<<<\n"
    "7408122F1204159UTO<<<<<<<<<<<6\n"
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<\n";

const Date kToday = *make_date(2026, 11, 21);

std::vector<std::string> problems(std::string_view text, Date today = kToday) {
  const auto parsed = parse_mrz(text, today);
  std::vector<std::string> out;
  if (!parsed) std::ranges::transform(parsed.error(), std::back_inserter(out), describe);
  return out;
}

/// With `part` put at a place of a line, both counted from 1.
std::string changed(std::string_view text, size_t line, size_t column, std::string_view part) {
  std::string out(text);
  size_t at = 0;
  for (size_t i = 1; i < line; ++i) at = out.find('\n', at) + 1;
  out.replace(at + column - 1, part.size(), part);
  return out;
}

TEST(Mrz, CheckDigits) {
  EXPECT_EQ(mrz_check_digit("L898902C3"), '6');
  EXPECT_EQ(mrz_check_digit("740812"), '2');
  EXPECT_EQ(mrz_check_digit("120415"), '9');
  EXPECT_EQ(mrz_check_digit("ZE184226B<<<<<"), '1');
  EXPECT_EQ(mrz_check_digit(""), '0');
}

TEST(Mrz, ThePassportOfTheStandard) {
  const auto read = parse_mrz(kTd3, kToday);
  ASSERT_TRUE(read) << describe(read.error()[0]);
  EXPECT_EQ(read->format, MrzFormat::kTd3);
  EXPECT_EQ(read->document_code, "P");
  EXPECT_EQ(read->issuer, "UTO");
  EXPECT_EQ(read->document_number, "L898902C3");
  EXPECT_EQ(read->surname, "ERIKSSON");
  EXPECT_EQ(read->given_names, "ANNA MARIA");
  EXPECT_FALSE(read->names_cut);
  EXPECT_EQ(read->nationality, "UTO");
  EXPECT_EQ(whole_date(*read->birth), make_date(1974, 8, 12));
  EXPECT_EQ(read->sex, Sex::kFemale);
  EXPECT_EQ(read->expiry, make_date(2012, 4, 15));
  EXPECT_EQ(read->optional_1, "ZE184226B");
}

TEST(Mrz, TheCardsOfTheStandard) {
  for (const std::string_view text : {kTd1, kTd2}) {
    const auto read = parse_mrz(text, kToday);
    ASSERT_TRUE(read) << describe(read.error()[0]);
    EXPECT_EQ(read->document_number, "D23145890");
    EXPECT_EQ(read->surname, "ERIKSSON");
    EXPECT_EQ(read->given_names, "ANNA MARIA");
    EXPECT_EQ(whole_date(*read->birth), make_date(1974, 8, 12));
    EXPECT_EQ(read->expiry, make_date(2012, 4, 15));
    EXPECT_EQ(read->optional_1, "");
  }
}

TEST(Mrz, ItIsReadAsPeopleTypeIt) {
  EXPECT_EQ(parse_mrz("p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<  \r\nL898902C36UTO7408122F1204159ZE184226B<<<<<10 \r\n\r\n", kToday),
            parse_mrz(kTd3, kToday));
}

/// A zone whose check digits are computed here, from parts that have none.
std::string passport(std::string names, std::string number, std::string nationality, std::string birth, char sex, std::string expiry,
                     std::string optional = "") {
  names.resize(39, '<');
  number.resize(9, '<');
  nationality.resize(3, '<');
  optional.resize(14, '<');
  const auto with_digit = [](const std::string& text) { return text + mrz_check_digit(text); };
  const std::string document = with_digit(number);
  const std::string rest = with_digit(expiry) + with_digit(optional);
  const std::string line = document + nationality + with_digit(birth) + sex + rest;
  return "P<" + nationality + names + "\n" + line + mrz_check_digit(document + with_digit(birth) + rest) + "\n";
}

TEST(Mrz, NamesAreInTwoParts) {
  const auto names = [](const std::string& field) {
    const auto read = parse_mrz(passport(field, "N1234567", "UZB", "900101", 'M', "300101"), kToday);
    return read ? read->surname + "|" + read->given_names + (read->names_cut ? "|cut" : "") : describe(read.error()[0]);
  };
  EXPECT_EQ(names("VAN<DER<MUELLEN<<BEN<JON"), "VAN DER MUELLEN|BEN JON");
  EXPECT_EQ(names("ARKFREITH"), "ARKFREITH|");
  EXPECT_EQ(names("ABDURAKHMONOVA<BEKZODOVNA<<GULCHEKHRAOY"), "ABDURAKHMONOVA BEKZODOVNA|GULCHEKHRAOY|cut");
  EXPECT_EQ(names(""), "line 1, column 6 (names): expected a letter, found <");
  EXPECT_EQ(names("ERIKSS0N<<ANNA"), "line 1, column 12 (names): expected a letter or <, found 0");
}

TEST(Mrz, CodesOfStates) {
  const auto german = parse_mrz(passport("MUSTERMANN<<ERIKA", "C01X00T47", "D", "640812", 'F', "321031"), kToday);
  ASSERT_TRUE(german) << describe(german.error()[0]);
  EXPECT_EQ(german->issuer, "D");
  EXPECT_EQ(german->nationality, "D");
  EXPECT_THAT(problems(changed(kTd3, 1, 3, "U<O")),
              ElementsAre("line 1, column 4 (issuer): expected a letter, or fillers to the end, found <"));
}

TEST(Mrz, ABirthIsTheLatestThatIsPast) {
  const auto birth = [](const std::string& text) { return parse_mrz(passport("A<<B", "N1", "UZB", text, '<', "300101"), kToday)->birth; };
  EXPECT_EQ(whole_date(*birth("261121")), make_date(2026, 11, 21));
  EXPECT_EQ(whole_date(*birth("261122")), make_date(1926, 11, 22));
  EXPECT_EQ(whole_date(*birth("000229")), make_date(2000, 2, 29));
  EXPECT_EQ(birth("85<<<<"), (BirthDate{1985, std::nullopt, std::nullopt}));
  EXPECT_EQ(birth("2612<<"), (BirthDate{1926, 12, std::nullopt}));
  EXPECT_EQ(birth("26<<<<"), (BirthDate{2026, std::nullopt, std::nullopt}));
  EXPECT_EQ(birth("<<<<<<"), std::nullopt);
  EXPECT_EQ(whole_date(BirthDate{1985, 3, std::nullopt}), std::nullopt);
}

TEST(Mrz, AnExpiryLiesWithinFiftyYears) {
  const auto expiry = [](const std::string& text) { return parse_mrz(passport("A<<B", "N1", "UZB", "900101", 'X', text), kToday)->expiry; };
  EXPECT_EQ(expiry("761231"), make_date(2076, 12, 31));
  EXPECT_EQ(expiry("770101"), make_date(1977, 1, 1));
  EXPECT_EQ(expiry("280229"), make_date(2028, 2, 29));
}

TEST(Mrz, DatesThatDoNotExist) {
  const auto found = [](const std::string& birth, const std::string& expiry) {
    return problems(passport("A<<B", "N1", "UZB", birth, 'M', expiry));
  };
  EXPECT_THAT(found("901301", "300101"), ElementsAre("line 2, column 16 (date of birth): expected a month from 01 to 12, found 13"));
  EXPECT_THAT(found("900132", "300101"), ElementsAre("line 2, column 18 (date of birth): expected a day from 01 to 31, found 32"));
  EXPECT_THAT(found("900230", "300101"), ElementsAre("line 2, column 14 (date of birth): expected a day that exists, found 900230"));
  EXPECT_THAT(found("90<<01", "300101"), ElementsAre("line 2, column 16 (date of birth): expected a month, as there is a day, found <<"));
  EXPECT_THAT(found("9A0101", "290229"), ElementsAre("line 2, column 14 (date of birth): expected two digits of a year, found 9A",
                                                     "line 2, column 22 (date of expiry): expected a day that exists, found 290229"));
  EXPECT_THAT(found("900101", "30<<<<"), ElementsAre("line 2, column 24 (date of expiry): expected a month from 01 to 12, found <<",
                                                     "line 2, column 26 (date of expiry): expected a day from 01 to 31, found <<"));
}

TEST(Mrz, EmptyOptionalDataMayHaveAFillerForItsDigit) {
  const std::string zone = passport("A<<B", "N1", "UZB", "900101", 'M', "300101");
  EXPECT_THAT(problems(zone), IsEmpty());
  EXPECT_THAT(problems(changed(zone, 2, 43, "<")), IsEmpty());
  EXPECT_THAT(problems(changed(zone, 2, 43, "7")), testing::Not(IsEmpty()));
}

/// Doc 9303 part 5, note j: D23145890 7349 and its digit, the specimen of a longer number.
TEST(Mrz, ALongNumberRunsOnIntoTheOptionalData) {
  const std::string first = "I<UTOD23145890<7349" + std::string(1, mrz_check_digit("D231458907349")) + "<<<<<<<<<<\n";
  const std::string second = "7408122F1204159UTO<<<<<<<<<<<";
  const std::string covered = first.substr(5, 25) + second.substr(0, 7) + second.substr(8, 7) + second.substr(18, 11);
  const std::string zone = first + second + mrz_check_digit(covered) + "\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";
  const auto read = parse_mrz(zone, kToday);
  ASSERT_TRUE(read) << describe(read.error()[0]);
  EXPECT_EQ(read->document_number, "D231458907349");
  EXPECT_EQ(read->optional_1, "");
  EXPECT_THAT(problems(changed(zone, 1, 17, "4"))[0], testing::HasSubstr("line 1, column 20 (document number): expected check digit"));
}

TEST(Mrz, ProblemsNameThePlace) {
  EXPECT_THAT(problems(changed(kTd3, 2, 10, "7")), ElementsAre("line 2, column 10 (document number): expected check digit 6, found 7",
                                                               "line 2, column 44 (whole zone): expected check digit 7, found 0"));
  EXPECT_THAT(problems(changed(kTd3, 2, 21, "W")), ElementsAre("line 2, column 21 (sex): expected F, M or <, found W"));
  EXPECT_THAT(problems(changed(kTd3, 1, 7, "«")), testing::Contains("line 1, column 7: expected one of A to Z, 0 to 9 and <, found «"));
  EXPECT_THAT(problems(changed(kTd3, 1, 7, "\xFF")),
              ElementsAre("line 1, column 7: expected one of A to Z, 0 to 9 and <, found a byte that is no text"));
}

TEST(Mrz, WhatStandsBehindALineHasNoPlaceInIt) {
  const std::string lines = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<;\xC7\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
  const auto read = parse_mrz(lines, *make_date(2026, 3, 2));
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error(), testing::ElementsAre(MrzProblem{1, 0, "", "44 characters", "46"}));
}

TEST(Mrz, LinesHaveTheirLength) {
  EXPECT_THAT(problems(""), ElementsAre("the zone: expected 2 or 3 lines, found 0"));
  EXPECT_THAT(problems("A\nB\nC\nD"), ElementsAre("the zone: expected 2 or 3 lines, found 4"));
  EXPECT_THAT(problems(std::string(kMrzMaxBytes + 1, '<')), ElementsAre("the zone: expected at most 256 bytes, found 257"));
  EXPECT_THAT(problems("P<UTO\n" + std::string(44, '<')),
              ElementsAre("line 1: expected 36 characters, found 5", "line 2: expected 36 characters, found 44"));
  EXPECT_THAT(problems(std::string(kTd3).erase(10, 1)), ElementsAre("line 1: expected 44 characters, found 43"));
  EXPECT_THAT(problems(std::string(kTd1).erase(10, 1)), ElementsAre("line 1: expected 30 characters, found 29"));
}

/// Of each digit of the second line that a check digit covers; the composite sees what the field's own digit sees.
TEST(Mrz, OneWrongDigitIsAlwaysFound) {
  int tried = 0;
  for (size_t column = 1; column <= 44; ++column) {
    const char right = kTd3[45 + column - 1];
    if (right < '0' || right > '9') continue;
    for (char wrong = '0'; wrong <= '9'; ++wrong) {
      if (wrong == right) continue;
      EXPECT_FALSE(parse_mrz(changed(kTd3, 2, column, {&wrong, 1}), kToday)) << column << wrong;
      ++tried;
    }
  }
  EXPECT_EQ(tried, 9 * 30);
}

RC_GTEST_PROP(MrzProperty, OneWrongCharacterIsFoundUnlessTenApart, ()) {
  const std::string alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const auto character = [&] { return rc::gen::elementOf(alphabet); };
  const std::string right = *rc::gen::nonEmpty(rc::gen::container<std::string>(character()));
  const auto place = *rc::gen::inRange<size_t>(0, right.size());
  std::string wrong = right;
  wrong[place] = *character();
  const auto apart = static_cast<int>(alphabet.find(right[place])) - static_cast<int>(alphabet.find(wrong[place]));
  RC_ASSERT((mrz_check_digit(right) == mrz_check_digit(wrong)) == (apart % 10 == 0));
}

RC_GTEST_PROP(MrzProperty, WhatIsWrittenIsRead, ()) {
  const auto letters = [](size_t most) {
    return rc::gen::suchThat(rc::gen::container<std::string>(rc::gen::inRange('A', static_cast<char>('Z' + 1))),
                             [most](const std::string& text) { return !text.empty() && text.size() <= most; });
  };
  const std::string surname = *letters(15);
  const std::string given = *letters(15);
  const Date birth{*rc::gen::inRange(make_date(1926, 11, 22)->days, kToday.days + 1)};
  const std::string text = format_date(birth);
  const std::string zone =
      passport(surname + "<<" + given, "AB0000001", "KGZ", text.substr(2, 2) + text.substr(5, 2) + text.substr(8, 2), 'M', "350630");
  const auto read = parse_mrz(zone, kToday);
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->surname == surname);
  RC_ASSERT(read->given_names == given);
  RC_ASSERT(whole_date(*read->birth) == birth);
}

/// No input, however broken, is read beyond its ends; a problem always has words.
RC_GTEST_PROP(MrzProperty, NoiseIsRefusedInWords, ()) {
  std::string zone(*rc::gen::element(kTd1, kTd2, kTd3));
  const auto count = *rc::gen::inRange(1, 6);
  for (int i = 0; i < count; ++i) {
    const auto at = *rc::gen::inRange<size_t>(0, zone.size());
    zone.replace(at, *rc::gen::inRange<size_t>(0, 3), *rc::gen::element<std::string>("<", "0", "A", "", "\n", "ұ", "<<", "Z9"));
  }
  const auto read = parse_mrz(zone, kToday);
  if (read) return;
  RC_ASSERT(!read.error().empty());
  for (const MrzProblem& problem : read.error()) {
    RC_ASSERT(!problem.expected.empty() && !problem.found.empty());
    RC_ASSERT(is_valid_utf8(describe(problem)));
  }
}

}  // namespace
}  // namespace koshi::people
