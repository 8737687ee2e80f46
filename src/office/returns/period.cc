#include "base/text.h"
#include "office/returns/returns.h"

namespace koshi::office {
namespace {

using Kind = zan::Return::Period;

constexpr int kMonthsOfQuarter = 3;
constexpr int kMonths = 12;

int months_of(Kind kind) {
  return kind == Kind::kMonth ? 1 : kind == Kind::kQuarter ? kMonthsOfQuarter : kMonths;
}

/// `first_month` 1..12.
std::optional<Period> period_from(Kind kind, int year, int first_month) {
  const auto first = make_date(year, first_month, 1);
  const int after = first_month + months_of(kind);
  const auto next = after > kMonths ? make_date(year + 1, after - kMonths, 1) : make_date(year, after, 1);
  if (!first || !next) return std::nullopt;
  return Period{kind, *first, Date{next->days - 1}};
}

std::optional<int> digits(std::string_view text, size_t length) {
  if (text.size() != length) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
  }
  const auto number = parse_whole(text);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

}  // namespace

std::optional<Period> parse_period(Kind kind, std::string_view text) {
  const auto year = digits(text.substr(0, 4), 4);
  if (!year) return std::nullopt;
  const std::string_view rest = text.substr(4);
  if (kind == Kind::kYear) return rest.empty() ? period_from(kind, *year, 1) : std::nullopt;
  if (rest.empty() || rest.front() != '-') return std::nullopt;
  if (kind == Kind::kMonth) {
    const auto month = digits(rest.substr(1), 2);
    return month && *month >= 1 && *month <= kMonths ? period_from(kind, *year, *month) : std::nullopt;
  }
  const auto quarter = rest.size() == 3 && rest[1] == 'Q' ? digits(rest.substr(2), 1) : std::nullopt;
  if (!quarter || *quarter < 1 || *quarter > kMonths / kMonthsOfQuarter) return std::nullopt;
  return period_from(kind, *year, (*quarter - 1) * kMonthsOfQuarter + 1);
}

std::string format_period(const Period& period) {
  const std::string first = format_date(period.first);
  if (period.kind == Kind::kYear) return first.substr(0, 4);
  if (period.kind == Kind::kMonth) return first.substr(0, 7);
  return first.substr(0, 4) + "-Q" + std::to_string((civil(period.first).month - 1) / kMonthsOfQuarter + 1);
}

Period period_of(Kind kind, Date day) {
  const auto on = civil(day);
  const int month = static_cast<int>(on.month);
  return *period_from(kind, on.year, (month - 1) / months_of(kind) * months_of(kind) + 1);
}

Period period_before(const Period& period) {
  return period_of(period.kind, Date{period.first.days - 1});
}

}  // namespace koshi::office
