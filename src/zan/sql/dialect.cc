#include "zan/sql/dialect.h"

namespace koshi::zan::sql {

namespace {

std::string enclosed(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote) out += quote;
    out += c;
  }
  return out + quote;
}

}  // namespace

std::string identifier(std::string_view name) {
  return enclosed(name, '"');
}

std::string text_literal(std::string_view text) {
  return enclosed(text, '\'');
}

std::string number_literal(int64_t value) {
  // Its opposite does not exist, so that engines read the digits as something wider.
  if (value == INT64_MIN) return "(-9223372036854775807 - 1)";
  return value < 0 ? "(" + std::to_string(value) + ")" : std::to_string(value);
}

std::string Speech::fence() const {
  // PostgreSQL and SQLite merge a plain subquery into the one around it, and with it copy each expression to where it is read.
  if (is(Dialect::kPostgresql)) return " OFFSET 0";
  return is(Dialect::kSqlite) ? " LIMIT -1 OFFSET 0" : "";
}

std::string Speech::type_name(const Type& type) const {
  const bool sqlite = is(Dialect::kSqlite);
  switch (type.kind) {
    case Kind::kYesNo: return sqlite ? "INTEGER" : "BOOLEAN";
    case Kind::kWhole:
    case Kind::kDays: return "INTEGER";
    case Kind::kDate: return sqlite ? "TEXT" : "DATE";
    case Kind::kMoney: return sqlite ? "INTEGER" : "DECIMAL(18, 2)";
    case Kind::kDecimal: return sqlite ? "INTEGER" : "DECIMAL(18, 9)";
    default: return "TEXT";
  }
}

std::string literal(const Corpus& corpus, Dialect dialect, const Type& type, int64_t value) {
  const Speech speech(dialect);
  switch (type.kind) {
    case Kind::kYesNo: return value != 0 ? "TRUE" : "FALSE";
    case Kind::kEnum: return text_literal(plain_text(corpus, type, value));
    case Kind::kDate: return (speech.has_decimals() ? "DATE " : "") + text_literal(plain_text(corpus, type, value));
    case Kind::kMoney:
    case Kind::kDecimal: return speech.has_decimals() ? plain_text(corpus, type, value) : std::to_string(value);
    default: return std::to_string(value);
  }
}

}  // namespace koshi::zan::sql
