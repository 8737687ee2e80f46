#include "zan/sql/header.h"

#include <algorithm>

#include "zan/sql/dialect.h"

namespace koshi::zan::sql {

namespace {

constexpr const char* kDialects[] = {"PostgreSQL", "DuckDB", "SQLite"};

/// A comment ends with its line.
std::string one_line(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

std::string type_text(const Corpus& corpus, const Type& type) {
  std::string out;
  switch (type.kind) {
    case Kind::kYesNo: out = "yes/no"; break;
    case Kind::kWhole: out = "whole"; break;
    case Kind::kDays: out = "days"; break;
    case Kind::kDate: out = "date"; break;
    case Kind::kMoney: out = "money"; break;
    case Kind::kDecimal: out = "decimal"; break;
    case Kind::kEnum: out = corpus.enums[static_cast<size_t>(type.of)].name; break;
    case Kind::kSet: out = "set of " + corpus.enums[static_cast<size_t>(type.of)].name; break;
    default: out = "text";
  }
  return out + (type.or_none ? " or none" : "");
}

std::string rules_text(const Corpus& corpus, NormId norm) {
  std::string out;
  for (const RuleInfo& rule : corpus.rules) {
    if (rule.norm != norm || rule.by.empty()) continue;
    out += "--     rule " + std::to_string(rule.number) + ": " + one_line(corpus.cite(rule.by.front())) + "\n";
  }
  return out;
}

std::string tables_text(const Question& q) {
  std::string out = "-- Columns are named as in population files. NULL means none where the fact may be none, else unknown";
  out += q.complete ? "; but here\n-- every fact is given, so that NULL elsewhere makes a row unfit.\n" : ".\n";
  if (!q.unknowable.empty()) out += "-- FACT_unknown = TRUE means that the fact is unknown, whatever stands beside it.\n";
  out += q.dialect == Dialect::kSqlite
             ? "-- Yes/no are 0 and 1, dates texts YYYY-MM-DD, money whole tiyn (hundredths), decimals whole 10^-9: SQLite has no "
               "exact decimals.\n"
             : "-- Money is DECIMAL tenge of two places, decimals have nine.\n";
  if (q.linked) {
    out +=
        "-- Every table has a key \"row\"; a link to one is a column with such a key; a link to many a table \"ENTITY.LINK\" (row, "
        "position,\n"
        "-- member), and LINK_known = TRUE says that the list is given.\n";
  }
  return out;
}

}  // namespace

std::string header(const Corpus& corpus, const Question& q, const Query& query) {
  std::string out = "-- The law as a query for " + std::string(kDialects[static_cast<size_t>(q.dialect)]) + ", ";
  out += q.law_day.empty() ? "on " + format_date(q.law) + ".\n" : "for each row on its own day, " + q.law_day + ".\n";
  for (const ReformId reform : q.reforms) out += "-- Under the reform " + corpus.reforms[static_cast<size_t>(reform)].name + ".\n";
  out += "--\n" + tables_text(q);
  if (!q.trusted) out += "-- A row with a value that no fact of the law can be answers unfit.\n";
  out += "-- Reads:\n";
  for (const Input& input : query.inputs)
    out += "--   " + corpus.entities[static_cast<size_t>(input.entity)].name + " . " + input.path + " : " + type_text(corpus, input.type) +
           "\n";
  out +=
      "--\n-- Each norm gives NAME (its value, NULL without one), NAME_state (value, none, unknown, conflict, gap, fault or unfit) and\n"
      "-- NAME_rule (the first rule that decided, NULL without one). Of a set: its certain members, also where it is not fully known.\n";
  for (const Output& output : query.outputs) {
    out += "--   " + output.name + " : " + type_text(corpus, output.type) + ", " +
           one_line(corpus.norms[static_cast<size_t>(output.norm)].label) + "\n";
    if (output.has_rule) out += rules_text(corpus, output.norm);
  }
  return out;
}

std::string create_tables(const Corpus& corpus, const Question& q, const Query& query) {
  const Speech speech(q.dialect);
  std::map<EntityId, std::string> tables;
  tables[q.entity];
  if (q.linked) {
    for (size_t i = 0; i < corpus.entities.size(); ++i) tables[static_cast<EntityId>(i)];
  }
  for (const Input& input : query.inputs) {
    std::string& columns = tables[input.entity];
    columns += ", " + identifier(input.path) + " " + speech.type_name(input.type);
    Type flag;
    flag.kind = Kind::kYesNo;
    if (input.has_unknown) columns += ", " + identifier(input.path + "_unknown") + " " + speech.type_name(flag);
  }
  std::string out, lists;
  for (auto& [entity, columns] : tables) {
    const Entity& info = corpus.entities[static_cast<size_t>(entity)];
    for (const Link& link : info.links) {
      if (!q.linked) break;
      columns += link.many ? ", " + identifier(link.name + "_known") + (speech.has_decimals() ? " BOOLEAN" : " INTEGER")
                           : ", " + identifier(link.name) + " INTEGER";
      if (link.many)
        lists +=
            "CREATE TABLE " + identifier(info.name + "." + link.name) + " (\"row\" INTEGER, \"position\" INTEGER, \"member\" INTEGER);\n";
    }
    const std::string key = entity == q.entity ? q.key : "row";
    out += "CREATE TABLE " + identifier(entity == q.entity && !q.table.empty() ? q.table : info.name) + " (" + identifier(key) +
           " INTEGER PRIMARY KEY" + columns + ");\n";
  }
  return out + lists;
}

}  // namespace koshi::zan::sql
