#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "office/people/mrz.h"

/// The parts of a machine readable zone: one reader for each kind of field. Private to this folder.
namespace koshi::people {

/// Places count from 1, as in Doc 9303. Both ends belong to the field.
struct MrzPlace {
  int line;
  int first;
  int last;
};

class MrzFields {
 public:
  /// Lines of the right length over the right alphabet.
  MrzFields(const std::vector<std::string>& lines, Date today) : lines_(lines), today_(today) {}

  std::string_view at(MrzPlace place) const;
  /// Without fillers at its end; within it they become blanks.
  std::string words(MrzPlace place) const;

  /// A code of letters: "P<" is "P", "D<<" is "D". At least one letter.
  std::string code(MrzPlace place, std::string_view field);
  /// Checked against the digit that follows the field.
  void check(MrzPlace place, std::string_view field);
  /// `digit` may also be a filler when the field is empty.
  void check_or_empty(MrzPlace place, std::string_view field);
  void check_composite(std::string_view text, int line, int column);
  /// `number` is followed by its check digit. On TD1 and TD2 a longer number runs on into the optional field `rest`:
  /// then a filler stands in place of the check digit, which follows the end of the number.
  std::string document_number(MrzPlace number, std::optional<MrzPlace> rest, std::string& optional_data);
  std::optional<BirthDate> birth(MrzPlace place);
  Date expiry(MrzPlace place);
  Sex sex(int line, int column);
  void names(MrzPlace place, Mrz& mrz);

  void report(int line, int column, std::string_view field, std::string expected, std::string_view found);
  std::vector<MrzProblem>& problems() { return problems_; }

 private:
  void check_against(std::string_view text, int line, int column, std::string_view field);
  int birth_year(int year_of_century, std::optional<int> month, std::optional<int> day) const;
  std::optional<int> two_digits(int line, int column, std::string_view field, std::string_view expected, int min, int max);

  const std::vector<std::string>& lines_;
  const Date today_;
  std::vector<MrzProblem> problems_;
};

}  // namespace koshi::people
