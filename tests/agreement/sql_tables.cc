#include "sql_tables.h"

#include "base/text.h"

namespace koshi::agreement {

using zan::Kind;
using zan::sql::Dialect;

namespace {

constexpr int64_t kRowsAtOnce = 500;

std::string flag(bool yes) {
  return yes ? "TRUE" : "FALSE";
}

std::string identifier(const std::string& name) {
  return "\"" + name + "\"";
}

/// The values of one row, after its key, in the order of create_tables().
std::string row_values(const zan::Corpus& corpus, const zan::Table& table, Dialect dialect, int64_t row) {
  std::string out = std::to_string(row);
  for (const zan::Column& column : table.columns) {
    const bool known = column.is_known(row);
    const bool none = known && column.type.or_none && column.at(row) == none_mark(column.storage);
    out += ", " + (known && !none ? literal(corpus, dialect, column.type, column.at(row)) : "NULL");
    if (column.type.or_none) out += ", " + flag(!known);
  }
  const zan::Entity& entity = corpus.entities[static_cast<size_t>(table.entity)];
  // No column of the population holds a text: it is unknown.
  for (const zan::Fact& fact : entity.facts) {
    if (fact.type.kind == Kind::kText) out += fact.type.or_none ? ", NULL, TRUE" : ", NULL";
  }
  for (const zan::Link& link : entity.links) {
    if (link.many) {
      out += ", " + flag(table.find_many(link.name)->is_known(row));
    } else {
      const int32_t to = table.find_link(link.name)->rows[row];
      out += ", " + (to == zan::kNoRow ? "NULL" : std::to_string(to));
    }
  }
  return out;
}

void insert(std::vector<std::string>& out, const std::string& table, const std::vector<std::string>& rows) {
  std::string statement;
  for (size_t i = 0; i < rows.size(); ++i) {
    statement += (statement.empty() ? "INSERT INTO " + table + " VALUES (" : ", (") + rows[i] + ")";
    if ((i + 1) % kRowsAtOnce != 0 && i + 1 != rows.size()) continue;
    out.push_back(statement);
    statement.clear();
  }
}

std::vector<std::string> list_rows(const zan::Table& table, const zan::ManyColumn& list) {
  std::vector<std::string> rows;
  for (int64_t row = 0; row < table.rows; ++row) {
    for (int64_t i = list.first[row]; list.is_known(row) && i < list.first[row + 1]; ++i) {
      const int64_t member = list.members == nullptr ? i : list.members[i];
      rows.push_back(std::to_string(row) + ", " + std::to_string(i - list.first[row]) + ", " + std::to_string(member));
    }
  }
  return rows;
}

}  // namespace

std::vector<std::string> table_statements(const zan::Corpus& corpus, const zan::Population& population, Dialect dialect) {
  zan::sql::Question question;
  question.entity = population.tables.front().entity;
  question.dialect = dialect;
  question.linked = true;
  zan::sql::Query everything;
  for (const zan::Table& table : population.tables) {
    for (const zan::Column& column : table.columns)
      everything.inputs.push_back({table.entity, column.path, column.type, column.type.or_none});
    for (const zan::Fact& fact : corpus.entities[static_cast<size_t>(table.entity)].facts) {
      if (fact.type.kind == Kind::kText) everything.inputs.push_back({table.entity, fact.name, fact.type, fact.type.or_none});
    }
  }
  std::vector<std::string> out;
  const std::string tables = create_tables(corpus, question, everything);
  for (const std::string_view line : split(tables, '\n')) {
    if (!line.empty()) out.emplace_back(line);
  }
  for (const zan::Table& table : population.tables) {
    const std::string& name = corpus.entities[static_cast<size_t>(table.entity)].name;
    std::vector<std::string> rows;
    for (int64_t row = 0; row < table.rows; ++row) rows.push_back(row_values(corpus, table, dialect, row));
    insert(out, identifier(name), rows);
    for (const zan::ManyColumn& list : table.many) insert(out, identifier(name + "." + list.link), list_rows(table, list));
  }
  return out;
}

zan::sql::Question linked_question(const zan::Corpus& corpus, zan::EntityId entity, Dialect dialect) {
  zan::sql::Question question;
  question.entity = entity;
  question.dialect = dialect;
  question.linked = true;
  for (const zan::Entity& info : corpus.entities) {
    for (const zan::Fact& fact : info.facts) {
      if (fact.type.or_none) question.unknowable.push_back(fact.name);
    }
  }
  return question;
}

namespace {

std::string value_told(const zan::Corpus& corpus, Dialect dialect, const zan::Type& type, const std::string& text) {
  const bool sqlite = dialect == Dialect::kSqlite;
  switch (type.kind) {
    case Kind::kYesNo: return text == "t" || text == "true" || text == "1" ? "yes" : "no";
    case Kind::kMoney: {
      const auto money = sqlite ? std::optional(Money{std::stoll(text)}) : parse_money(text);
      return money ? format_value(corpus, zan::Value::money(*money)) : "no money: " + text;
    }
    case Kind::kDecimal: {
      const auto decimal = sqlite ? std::optional(Decimal{std::stoll(text)}) : parse_decimal(text);
      return decimal ? format_value(corpus, zan::Value::decimal(*decimal)) : "no decimal: " + text;
    }
    case Kind::kDays: return format_value(corpus, zan::Value::days(std::stoll(text)));
    case Kind::kSet: {
      std::string out;
      for (const char c : text) out += c == ',' ? ", " : std::string(1, c);
      return "{" + out + "}";
    }
    default: return text;
  }
}

}  // namespace

std::string told(const zan::Corpus& corpus, Dialect dialect, const zan::sql::Output& output, const engine::Row& row, size_t column) {
  const std::string state = row[column + 1].value_or("NULL");
  const bool has_value = state == "value";
  if (!has_value && row[column] && output.type.kind != Kind::kSet) return state + " with the value " + *row[column];
  std::string out = state;
  if (has_value) out = row[column] ? value_told(corpus, dialect, output.type, *row[column]) : "value NULL";
  if (output.has_rule && row[column + 2]) out += " by rule " + *row[column + 2];
  return out;
}

}  // namespace koshi::agreement
