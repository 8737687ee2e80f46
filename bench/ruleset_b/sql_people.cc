#include "sql_people.h"

#include <filesystem>
#include <fstream>

#include "base/check.h"

namespace koshi::ruleset_b {

using zan::Kind;
using zan::sql::Dialect;

namespace {

constexpr int64_t kRowsAtOnce = 500;

zan::sql::Question question(const zan::Corpus& corpus, Dialect dialect, const SqlRun& run) {
  const zan::ColumnQuestion columns = question(corpus, run.variant, false);
  zan::sql::Question out;
  out.entity = columns.entity;
  out.norms = columns.norms;
  out.law = columns.law;
  out.today = columns.today;
  out.law_day = columns.law_day;
  out.reforms = columns.worlds.front();
  out.dialect = dialect;
  out.complete = true;
  out.trusted = !run.checked;
  // As wide as the columns of the columns reader.
  out.within = {{"n_family", {0, 255}}, {"planned_days", {0, 65'535}}, {"insured_months", {0, 255}}};
  return out;
}

/// CREATE TABLE of all facts, in the order of the people's columns.
std::string create_table(const zan::Corpus& corpus, const zan::Population& population, Dialect dialect) {
  zan::sql::Query everything;
  const zan::Table& table = population.tables.front();
  for (const zan::Column& column : table.columns) everything.inputs.push_back({table.entity, column.path, column.type, false});
  zan::sql::Question asked;
  asked.entity = table.entity;
  asked.dialect = dialect;
  return create_tables(corpus, asked, everything);
}

bool is_none(const zan::Column& column, int64_t row) {
  return column.type.or_none && column.at(row) == none_mark(column.storage);
}

Result<void> insert(engine::Engine& engine, const zan::Corpus& corpus, const zan::Table& table) {
  TRY_DO(engine.run("BEGIN"));
  std::string statement;
  for (int64_t row = 0; row < table.rows; ++row) {
    statement += statement.empty() ? "INSERT INTO person VALUES (" : ", (";
    statement += std::to_string(row);
    for (const zan::Column& column : table.columns)
      statement += ", " + (is_none(column, row) ? "NULL" : literal(corpus, engine.dialect(), column.type, column.at(row)));
    statement += ")";
    if ((row + 1) % kRowsAtOnce != 0 && row + 1 != table.rows) continue;
    TRY_DO(engine.run(statement));
    statement.clear();
  }
  TRY_DO(engine.run("COMMIT"));
  return {};
}

void write_csv(const zan::Corpus& corpus, const zan::Table& table, const std::string& path) {
  std::ofstream file(path);
  for (int64_t row = 0; row < table.rows; ++row) {
    std::string line = std::to_string(row);
    for (const zan::Column& column : table.columns) {
      line += ",";
      if (is_none(column, row)) continue;
      const bool yes_no = column.type.kind == Kind::kYesNo;
      line += yes_no ? (column.at(row) != 0 ? "true" : "false") : plain_text(corpus, column.type, column.at(row));
    }
    file << line << "\n";
  }
}

}  // namespace

Result<void> load(engine::Engine& engine, const zan::Corpus& corpus, const People& people, const std::string& folder) {
  const zan::Population population = people.population(corpus);
  const zan::Table& table = population.tables.front();
  TRY_DO(engine.run(create_table(corpus, population, engine.dialect())));
  if (engine.dialect() == Dialect::kSqlite) return insert(engine, corpus, table);
  const std::string path = folder + "/people.csv";
  write_csv(corpus, table, path);
  const bool duckdb = engine.dialect() == Dialect::kDuckdb;
  const auto copied = engine.run("COPY person FROM '" + path + "' " + (duckdb ? "(FORMAT csv, HEADER false)" : "WITH (FORMAT csv)"));
  std::filesystem::remove(path);
  if (!copied) return std::unexpected(copied.error());
  TRY_DO(engine.run(duckdb ? "SELECT 1" : "VACUUM ANALYZE person"));
  return {};
}

std::string checksum_query(zan::ProgramLibrary& library, Dialect dialect, const SqlRun& run) {
  const zan::Corpus& corpus = library.corpus();
  const auto query = write_query(library, question(corpus, dialect, run));
  if (!query) (void)std::fprintf(stderr, "%s\n", query.error().front().c_str());
  CHECK(query.has_value());
  std::string sums, rules;
  for (const zan::sql::Output& output : query->outputs) {
    if (output.type.kind == Kind::kYesNo) {
      sums += "SUM(CASE WHEN " + output.name + " THEN 1 ELSE 0 END), ";
    } else if (output.type.kind == Kind::kEnum) {
      for (const zan::EnumMemberInfo& member : corpus.enums[static_cast<size_t>(output.type.of)].members)
        sums += "SUM(CASE WHEN " + output.name + " = '" + member.code + "' THEN 1 ELSE 0 END), ";
    } else {
      sums += "CAST(SUM(" + output.name + ")" + (output.type.kind == Kind::kMoney && dialect == Dialect::kSqlite ? " / 100" : "") +
              " AS BIGINT), ";
    }
    rules += (rules.empty() ? "SUM(" : " + SUM(") + output.name + "_rule)";
  }
  return "SELECT " + sums + (run.rules ? rules : "0") + " FROM (" + query->text + ") AS answers";
}

Result<Checksums> checksums(engine::Engine& engine, const std::string& query) {
  TRY(rows, engine.run(query));
  Checksums out;
  if (rows.size() != 1 || rows.front().size() != out.sums.size() + out.status.size() + 1) return fail("the query gave no row of sums");
  for (size_t i = 0; i + 1 < rows.front().size(); ++i) {
    const auto& text = rows.front()[i];
    if (!text) return fail("a sum is NULL");
    (i < out.sums.size() ? out.sums[i] : out.status[i - out.sums.size()]) = std::stoll(*text);
  }
  return out;
}

}  // namespace koshi::ruleset_b
