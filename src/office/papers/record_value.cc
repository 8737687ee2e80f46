#include "office/papers/record_value.h"

#include <algorithm>

#include "base/date.h"
#include "base/text.h"
#include "office/papers/fold.h"
#include "office/papers/shorten.h"

namespace koshi::papers {
namespace {

constexpr size_t kShownMaxBytes = 60;  // of a cell, in a message
constexpr size_t kWholeMaxDigits = 18;
constexpr size_t kChoicesShown = 12;

using Value = std::expected<std::string, ValueFault>;

std::string shown(const std::string& text) {
  return "\"" + shorten(text, kShownMaxBytes) + "\"";
}

Value fault(RecordFault what, std::string message) {
  return std::unexpected(ValueFault{what, std::move(message)});
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Spaces group thousands; they must stand before three digits each, or the cell may hold two numbers.
std::optional<std::string> without_groups(std::string_view text) {
  const std::string folded = fold(text);  // makes all spaces one kind
  const std::vector<std::string_view> groups = split(folded, ' ');
  std::string out(groups[0]);
  for (size_t i = 1; i < groups.size(); ++i) {
    const std::string_view whole = groups[i].substr(0, groups[i].find_first_of(".,"));
    if (whole.size() != 3 || !is_digits(whole) || (i + 1 < groups.size() && whole.size() != groups[i].size())) return std::nullopt;
    out += groups[i];
  }
  return out;
}

Value read_whole(const Cell& cell) {
  const auto plain = without_groups(cell.text);
  const std::string_view digits = plain ? std::string_view(*plain).substr(plain->starts_with('-') ? 1 : 0) : std::string_view();
  if (!is_digits(digits) || digits.size() > kWholeMaxDigits) {
    return fault(RecordFault::kWhole, shown(cell.text) + " is not a whole number; write digits only");
  }
  return *plain;
}

Value read_decimal(const Cell& cell) {
  const auto wrong = [&](const std::string& what) { return fault(RecordFault::kDecimal, shown(cell.text) + what); };
  auto plain = without_groups(cell.text);
  if (!plain) return wrong(" is not a number; write digits and one decimal comma");
  const size_t mark = plain->find_first_of(".,");
  const std::string_view all = *plain;
  const std::string_view whole =
      all.substr(all.starts_with('-') ? 1 : 0, mark == std::string::npos ? mark : mark - (all.starts_with('-') ? 1 : 0));
  const std::string_view fraction = mark == std::string::npos ? std::string_view() : all.substr(mark + 1);
  const bool good =
      is_digits(whole) && (mark == std::string::npos || is_digits(fraction)) && whole.size() + fraction.size() <= kWholeMaxDigits;
  if (!good) return wrong(" is not a number; write digits and one decimal comma");
  // "1,234" is a thousand in one country and one and a bit in another. A number cell has no such doubt.
  if (cell.kind == CellKind::kText && mark != std::string::npos && fraction.size() == 3) {
    return wrong(" can be read in two ways; write two digits after the comma, or none");
  }
  if (mark != std::string::npos) (*plain)[mark] = '.';
  return *plain;
}

/// dd.mm.yyyy and dd/mm/yyyy, as people write here; days and months may have one digit.
std::optional<Date> local_date(std::string_view text) {
  const char separator = text.contains('.') ? '.' : '/';
  const std::vector<std::string_view> parts = split(text, separator);
  const bool good =
      parts.size() == 3 && std::ranges::all_of(parts, is_digits) && parts[0].size() <= 2 && parts[1].size() <= 2 && parts[2].size() == 4;
  if (!good) return std::nullopt;
  return make_date(static_cast<int>(*parse_whole(parts[2])), static_cast<int>(*parse_whole(parts[1])),
                   static_cast<int>(*parse_whole(parts[0])));
}

Value read_date(const Cell& cell) {
  if (cell.kind == CellKind::kDate) return cell.text.substr(0, 10);
  if (cell.kind == CellKind::kNumber) {
    return fault(RecordFault::kDate, cell.text + " is a number where a date is needed; write it as 31.12.2026");
  }
  const auto iso = parse_date(cell.text);
  const auto day = iso ? iso : local_date(cell.text);
  if (!day) return fault(RecordFault::kDate, shown(cell.text) + " is not a date; write it as 31.12.2026");
  return format_date(*day);
}

Value read_choice(const Cell& cell, const Column& column) {
  const std::string wanted = fold(cell.text);
  for (const Choice& choice : column.choices) {
    const bool named = std::ranges::any_of(choice.names, [&](const std::string& name) { return fold(name) == wanted; });
    if (named || fold(choice.code) == wanted) return choice.code;
  }
  std::string known;
  for (size_t i = 0; i < std::min(column.choices.size(), kChoicesShown); ++i) {
    const Choice& choice = column.choices[i];
    known += (i == 0 ? "" : ", ") + (choice.names.empty() ? choice.code : choice.names.front());
  }
  if (column.choices.size() > kChoicesShown) known += " …";
  return fault(RecordFault::kChoice, shown(cell.text) + " is none of: " + known);
}

}  // namespace

std::expected<std::string, ValueFault> read_value(const Cell& cell, const Column& column) {
  switch (column.kind) {
    case ColumnKind::kText: return cell.text;
    case ColumnKind::kWhole: return read_whole(cell);
    case ColumnKind::kDecimal: return read_decimal(cell);
    case ColumnKind::kDate: return read_date(cell);
    case ColumnKind::kChoice: return read_choice(cell, column);
  }
  return cell.text;
}

}  // namespace koshi::papers
