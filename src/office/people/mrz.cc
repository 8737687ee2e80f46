// The zones, with the places of Doc 9303 parts 4 (TD3), 5 (TD1) and 6 (TD2); "c" is a check digit, "C" the composite:
//
//   TD3  1: code 1-2, issuer 3-5, names 6-44
//        2: number 1-9 c, nationality 11-13, birth 14-19 c, sex 21, expiry 22-27 c, optional 29-42 c or <, C 44
//   TD2  1: code 1-2, issuer 3-5, names 6-36
//        2: number 1-9 c, nationality 11-13, birth 14-19 c, sex 21, expiry 22-27 c, optional 29-35, C 36
//   TD1  1: code 1-2, issuer 3-5, number 6-14 c, optional 16-30
//        2: birth 1-6 c, sex 8, expiry 9-14 c, nationality 16-18, optional 19-29, C 30
//        3: names 1-30

#include "office/people/mrz.h"

#include <algorithm>

#include "base/text.h"
#include "office/people/mrz_fields.h"

namespace koshi::people {
namespace {

using Problems = std::vector<MrzProblem>;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string_view part : split(text, '\n')) {
    std::string line(part.substr(0, part.find_last_not_of(" \t\r") + 1));
    std::ranges::transform(line, line.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    lines.push_back(std::move(line));
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

bool is_in_alphabet(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '<';
}

/// By the number of lines and the length that most of them are nearest to.
std::optional<MrzFormat> format_of(const std::vector<std::string>& lines) {
  if (lines.size() == 3) return MrzFormat::kTd1;
  if (lines.size() != 2) return std::nullopt;
  return lines[0].size() + lines[1].size() > 36 + 44 ? MrzFormat::kTd3 : MrzFormat::kTd2;
}

size_t length_of(MrzFormat format) {
  if (format == MrzFormat::kTd1) return 30;
  return format == MrzFormat::kTd2 ? 36 : 44;
}

/// The whole character, if it is one: an error message is text.
std::string_view character_at(std::string_view line, size_t at) {
  size_t end = at + 1;
  while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) ++end;
  const std::string_view character = line.substr(at, end - at);
  return is_valid_utf8(character) ? character : "a byte that is no text";
}

Problems check_lines(const std::vector<std::string>& lines, size_t length) {
  Problems problems;
  for (size_t i = 0; i < lines.size(); ++i) {
    const int number = static_cast<int>(i) + 1;
    const std::string& line = lines[i];
    const auto at = static_cast<size_t>(std::ranges::find_if_not(line, is_in_alphabet) - line.begin());
    // What stands behind the end of the line has no place in the zone: the line is too long.
    if (at < std::min(line.size(), length)) {
      problems.push_back({number, static_cast<int>(at) + 1, "", "one of A to Z, 0 to 9 and <", std::string(character_at(line, at))});
    } else if (line.size() != length) {
      problems.push_back({number, 0, "", std::to_string(length) + " characters", std::to_string(line.size())});
    }
  }
  return problems;
}

void read_two_lines(MrzFields& fields, Mrz& mrz, bool is_passport) {
  const int length = is_passport ? 44 : 36;
  mrz.document_code = fields.code({1, 1, 2}, "document code");
  mrz.issuer = fields.code({1, 3, 5}, "issuer");
  fields.names({1, 6, length}, mrz);
  if (is_passport) {
    mrz.document_number = fields.document_number({2, 1, 9}, std::nullopt, mrz.optional_1);
    mrz.optional_1 = fields.words({2, 29, 42});
  } else {
    mrz.document_number = fields.document_number({2, 1, 9}, MrzPlace{2, 29, 35}, mrz.optional_1);
  }
  mrz.nationality = fields.code({2, 11, 13}, "nationality");
  mrz.birth = fields.birth({2, 14, 19});
  mrz.sex = fields.sex(2, 21);
  mrz.expiry = fields.expiry({2, 22, 27});
  if (is_passport) fields.check_or_empty({2, 29, 42}, "optional data");
  const std::string covered =
      std::string(fields.at({2, 1, 10})) + std::string(fields.at({2, 14, 20})) + std::string(fields.at({2, 22, length - 1}));
  fields.check_composite(covered, 2, length);
}

void read_card(MrzFields& fields, Mrz& mrz) {
  mrz.document_code = fields.code({1, 1, 2}, "document code");
  mrz.issuer = fields.code({1, 3, 5}, "issuer");
  mrz.document_number = fields.document_number({1, 6, 14}, MrzPlace{1, 16, 30}, mrz.optional_1);
  mrz.birth = fields.birth({2, 1, 6});
  mrz.sex = fields.sex(2, 8);
  mrz.expiry = fields.expiry({2, 9, 14});
  mrz.nationality = fields.code({2, 16, 18}, "nationality");
  mrz.optional_2 = fields.words({2, 19, 29});
  const std::string covered = std::string(fields.at({1, 6, 30})) + std::string(fields.at({2, 1, 7})) + std::string(fields.at({2, 9, 15})) +
                              std::string(fields.at({2, 19, 29}));
  fields.check_composite(covered, 2, 30);
  fields.names({3, 1, 30}, mrz);
}

}  // namespace

std::optional<Date> whole_date(const BirthDate& birth) {
  if (!birth.month || !birth.day) return std::nullopt;
  return make_date(birth.year, *birth.month, *birth.day);
}

std::string describe(const MrzProblem& problem) {
  std::string where = problem.line == 0 ? "the zone" : "line " + std::to_string(problem.line);
  if (problem.column != 0) where += ", column " + std::to_string(problem.column);
  if (!problem.field.empty()) where += " (" + problem.field + ")";
  return where + ": expected " + problem.expected + ", found " + problem.found;
}

std::expected<Mrz, Problems> parse_mrz(std::string_view text, Date today) {
  if (text.size() > kMrzMaxBytes) {
    return std::unexpected(Problems{{0, 0, "", "at most " + std::to_string(kMrzMaxBytes) + " bytes", std::to_string(text.size())}});
  }
  const std::vector<std::string> lines = lines_of(text);
  const auto format = format_of(lines);
  if (!format) return std::unexpected(Problems{{0, 0, "", "2 or 3 lines", std::to_string(lines.size())}});
  if (Problems problems = check_lines(lines, length_of(*format)); !problems.empty()) return std::unexpected(std::move(problems));
  MrzFields fields(lines, today);
  Mrz mrz;
  mrz.format = *format;
  if (*format == MrzFormat::kTd1) {
    read_card(fields, mrz);
  } else {
    read_two_lines(fields, mrz, *format == MrzFormat::kTd3);
  }
  Problems& problems = fields.problems();
  std::ranges::stable_sort(problems, {}, [](const MrzProblem& problem) { return std::pair(problem.line, problem.column); });
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return mrz;
}

}  // namespace koshi::people
