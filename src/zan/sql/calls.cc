#include <algorithm>

#include "zan/sql/writer.h"

/// Operations that may leave 64 bits, divide by zero or meet no date: NULL there, and nowhere else. PostgreSQL and DuckDB compute them in
/// wider numbers. SQLite has none: there sums and products that overflow are told by their type (they become `real`), and scaled products
/// and quotients are computed in parts of nine digits.
namespace koshi::zan::sql {

namespace {

constexpr int64_t kPart = Decimal::kOne;  // nine digits
constexpr Int128 kInt64Max = INT64_MAX;

std::string one_of(Op op) {
  switch (op) {
    case Op::kAdd:
    case Op::kAddDays: return " + ";
    case Op::kSub:
    case Op::kDateDiff: return " - ";
    default: return " * ";
  }
}

}  // namespace

Int128 Writer::size_max(Num wanted) const {
  const Interval hull = g_.proper(wanted).hull();
  return std::max<Int128>(hull.greatest, -Int128{hull.least});
}

ExprId Writer::call(Num wanted) {
  if (const auto known = calls_.find(wanted); known != calls_.end()) return known->second;
  const NumNode& node = g_.node(wanted);
  const Operation& operation = g_.operation(node.extra);
  ExprId out = kNoExpr;
  switch (operation.op) {
    case Op::kAdd:
    case Op::kSub:
    case Op::kDateDiff:
    case Op::kMulWhole:
    case Op::kAddDays: out = checked(node, operation); break;
    case Op::kMulDecimal: out = product(node, operation); break;
    case Op::kDiv:
    case Op::kRound: out = quotient(node, operation); break;
    default: out = of_dates(node, operation);
  }
  // Read both for its value and for whether it failed.
  out = sheet_.text("($0)", {out}, true);
  return calls_[wanted] = out;
}

/// Of a wide number: NULL where it does not fit in 64 bits.
ExprId Writer::narrowed(ExprId wide) {
  return sheet_.text("CASE WHEN $0 BETWEEN -9223372036854775808 AND 9223372036854775807 THEN CAST($0 AS BIGINT) END", {wide});
}

ExprId Writer::checked(const NumNode& node, const Operation& o) {
  const ExprId a = number(node.a), b = number(node.b);
  const std::string sign = one_of(o.op);
  ExprId out = kNoExpr;
  if (speech_.is(Dialect::kSqlite)) {
    out = sheet_.text("CASE WHEN typeof($0) = 'integer' THEN $0 END", {sheet_.text("($0" + sign + "$1)", {a, b})});
  } else {
    out = narrowed(sheet_.text("(CAST($0 AS " + speech_.wide() + ")" + sign + "$1)", {a, b}));
  }
  if (o.op != Op::kAddDays) return out;
  const std::string dates = "BETWEEN " + std::to_string(kFirstDate.days) + " AND " + std::to_string(kLastDate.days);
  return sheet_.text("CASE WHEN $1 " + dates + " AND $0 " + dates + " THEN $0 END", {out, a});
}

/// n / d to a multiple of the unit, wide: n any, d any but zero (NULL then).
ExprId Writer::ratio(ExprId n, ExprId d, Rounding rounding, int64_t unit) {
  const std::string wide = speech_.wide();
  const ExprId size = sheet_.text("abs(CAST($0 AS " + wide + "))", {n});
  const ExprId by = sheet_.text("NULLIF(abs(CAST($0 AS " + wide + ")) * " + std::to_string(unit) + ", 0)", {d});
  const ExprId negative = sheet_.text("(($0 < 0) <> ($1 < 0))", {n, d});
  const ExprId whole = sheet_.text(speech_.wide_quotient(), {size, by}), rest = sheet_.text("($0 % $1)", {size, by});
  return narrowed(rounded(negative, whole, rest, by, rounding, unit));
}

/// The quotient of sizes as a number: whole and rest by the divisor, with the sign, rounded, times the unit.
ExprId Writer::rounded(ExprId negative, ExprId whole, ExprId rest, ExprId divisor, Rounding rounding, int64_t unit) {
  std::string up;
  switch (rounding) {
    case Rounding::kDown: up = "$0 AND $2 > 0"; break;
    case Rounding::kUp: up = "NOT $0 AND $2 > 0"; break;
    // A tie goes away from zero; compared with what is missing, because twice the rest may be too large.
    case Rounding::kHalfUp: up = "$2 >= $3 - $2"; break;
  }
  const std::string pattern =
      "(CASE WHEN $0 THEN -1 ELSE 1 END * ($1 + CASE WHEN " + up + " THEN 1 ELSE 0 END) * " + std::to_string(unit) + ")";
  return sheet_.text(pattern, {negative, whole, rest, divisor});
}

/// Money or a decimal times a decimal.
ExprId Writer::product(const NumNode& node, const Operation& o) {
  const ExprId a = number(node.a), b = number(node.b);
  const int64_t unit = o.first == Kind::kMoney ? o.unit : 1;
  if (speech_.is(Dialect::kSqlite)) return long_product(a, b, o.rounding, unit);
  const ExprId wide = sheet_.text("(CAST($0 AS " + speech_.wide() + ") * $1)", {a, b});
  return ratio(wide, sheet_.atom(std::to_string(kPart)), o.rounding, unit);
}

ExprId Writer::quotient(const NumNode& node, const Operation& o) {
  const ExprId a = number(node.a);
  const ExprId b = o.op == Op::kRound ? sheet_.atom("1") : number(node.b);
  const bool money_by_number = o.first == Kind::kMoney && o.second != Kind::kMoney;
  const bool scaled = o.op == Op::kDiv && !(money_by_number && o.second == Kind::kWhole);
  const int64_t unit = o.op == Op::kRound || money_by_number ? o.unit : 1;
  if (speech_.is(Dialect::kSqlite)) {
    const Int128 greatest = o.op == Op::kRound ? Int128{1} : size_max(node.b);
    return long_quotient(a, b, greatest, scaled, o.rounding, unit);
  }
  const ExprId n = scaled ? sheet_.text("(CAST($0 AS " + speech_.wide() + ") * " + std::to_string(kPart) + ")", {a}) : a;
  return ratio(n, b, o.rounding, unit);
}

/// SQLite: |a * b| / 10^9 and its rest, by parts of nine digits; a result beyond 64 bits has become `real`.
ExprId Writer::long_product(ExprId a, ExprId b, Rounding rounding, int64_t unit) {
  const std::string part = std::to_string(kPart);
  const ExprId x = sheet_.text("abs(max($0, -9223372036854775807))", {a}), y = sheet_.text("abs(max($0, -9223372036854775807))", {b});
  const ExprId low = sheet_.text("(($0 % " + part + ") * ($1 % " + part + "))", {x, y});
  const ExprId whole =
      sheet_.text("(($0 / " + part + ") * $1 + ($0 % " + part + ") * ($1 / " + part + ") + $2 / " + part + ")", {x, y, low}, true);
  const ExprId negative = sheet_.text("(($0 < 0) <> ($1 < 0))", {a, b});
  const std::string by = std::to_string(unit);
  const ExprId units = sheet_.text("($0 / " + by + ")", {whole});
  const ExprId rest = sheet_.text("(($0 % " + by + ") * " + part + " + $1 % " + part + ")", {whole, low});
  const ExprId divisor = sheet_.atom(std::to_string(unit * kPart));
  const ExprId out = rounded(negative, units, rest, divisor, rounding, unit);
  return sheet_.text("CASE WHEN typeof($0) = 'integer' AND typeof($1) = 'integer' THEN $1 END", {whole, out});
}

/// SQLite: |a| / |b|, of `scaled` ones with nine digits more, three at a time.
ExprId Writer::long_quotient(ExprId a, ExprId b, Int128 b_max, bool scaled, Rounding rounding, int64_t unit) {
  constexpr int64_t kStep = 1000;
  if (b_max * (scaled ? kStep : 1) * unit > kInt64Max) {
    problems_.insert("a division by a number that may be very large is not exact in SQLite; say its bounds with --within");
    return sheet_.atom("CAST(NULL AS INTEGER)");
  }
  const ExprId x = sheet_.text("abs(max($0, -9223372036854775807))", {a});
  const ExprId by = sheet_.text("NULLIF(abs(max($0, -9223372036854775807)) * " + std::to_string(unit) + ", 0)", {b});
  ExprId whole = sheet_.text("($0 / $1)", {x, by}), rest = sheet_.text("($0 % $1)", {x, by});
  for (int step = 0; scaled && step < 3; ++step) {
    const ExprId more = sheet_.text("($0 * 1000)", {rest});
    whole = sheet_.text("($0 * 1000 + $1 / $2)", {whole, more, by}, true);
    rest = sheet_.text("($0 % $1)", {more, by}, true);
  }
  const ExprId negative = sheet_.text("(($0 < 0) <> ($1 < 0))", {a, b});
  const ExprId out = rounded(negative, whole, rest, by, rounding, unit);
  return sheet_.text("CASE WHEN typeof($0) = 'integer' AND typeof($1) = 'integer' THEN $1 END", {whole, out});
}

}  // namespace koshi::zan::sql
