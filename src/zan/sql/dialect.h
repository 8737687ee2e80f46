#pragma once

#include "zan/sql/sql.h"

/// Where the three engines differ. Internal to this folder.
namespace koshi::zan::sql {

/// Between double quotes.
std::string identifier(std::string_view name);
/// A text between single quotes.
std::string text_literal(std::string_view text);
/// A whole number, also the least of 64 bits.
std::string number_literal(int64_t value);

class Speech {
 public:
  explicit Speech(Dialect dialect) : dialect_(dialect) {}

  bool is(Dialect dialect) const { return dialect_ == dialect; }
  /// a / b towards zero and its rest, of whole numbers; templates with $0 and $1.
  std::string quotient() const { return is(Dialect::kDuckdb) ? "($0 // $1)" : "($0 / $1)"; }
  std::string rest() const { return "($0 % $1)"; }
  std::string least() const { return is(Dialect::kSqlite) ? "min($0, $1)" : "LEAST($0, $1)"; }
  std::string greatest() const { return is(Dialect::kSqlite) ? "max($0, $1)" : "GREATEST($0, $1)"; }
  /// Numbers of 128 bits or more; SQLite has none.
  std::string wide() const { return is(Dialect::kDuckdb) ? "HUGEINT" : "NUMERIC"; }
  std::string wide_quotient() const { return is(Dialect::kDuckdb) ? "($0 // $1)" : "div($0, $1)"; }
  /// What keeps an engine from copying a subquery's expressions into every place that reads them.
  std::string fence() const;
  /// The type of a column.
  std::string type_name(const Type& type) const;
  /// $0, a decimal of so many places, with room to be scaled.
  std::string wide_decimal(int places) const {
    return is(Dialect::kDuckdb) ? "CAST($0 AS DECIMAL(28, " + std::to_string(places) + "))" : "$0";
  }
  /// Whether money and decimals lie as decimals; else as whole tiyn and whole 10^-9.
  bool has_decimals() const { return !is(Dialect::kSqlite); }

 private:
  Dialect dialect_;
};

}  // namespace koshi::zan::sql
