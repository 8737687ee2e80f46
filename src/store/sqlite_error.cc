#include <sqlite3.h>

#include <cerrno>
#include <vector>

#include "base/text.h"
#include "store/sqlite.h"

/// SQLite says "UNIQUE constraint failed: t.a, t.b" and keeps no name; the name is found by the columns.
namespace koshi::store {
namespace {

struct Columns {
  std::string table;
  std::vector<std::string> names;
};

/// "t.a, t.b"
Columns parse_columns(std::string_view text) {
  Columns columns;
  for (std::string_view part : split(text, ',')) {
    part = trim(part);
    const size_t dot = part.find('.');
    if (dot == std::string_view::npos) continue;
    columns.table = part.substr(0, dot);
    columns.names.emplace_back(part.substr(dot + 1));
  }
  return columns;
}

std::string_view column_text(sqlite3_stmt* statement, int column) {
  const void* text = sqlite3_column_text(statement, column);
  if (text == nullptr) return {};
  return {static_cast<const char*>(text), static_cast<size_t>(sqlite3_column_bytes(statement, column))};
}

/// The name of the unique index over exactly these columns, if it was given one.
std::string unique_index(sqlite3* db, const Columns& columns) {
  constexpr std::string_view kSql =
      "SELECT l.name, i.name FROM pragma_index_list(?1) AS l, pragma_index_info(l.name) AS i"
      " WHERE l.\"unique\" = 1 AND l.origin = 'c' ORDER BY l.name, i.seqno";
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, kSql.data(), static_cast<int>(kSql.size()), &statement, nullptr) != SQLITE_OK) return {};
  sqlite3_bind_text(statement, 1, columns.table.data(), static_cast<int>(columns.table.size()), SQLITE_STATIC);
  std::string found;
  std::string index;
  std::vector<std::string> names;
  const auto close_index = [&] {
    if (names == columns.names && found.empty()) found = index;
    names.clear();
  };
  while (sqlite3_step(statement) == SQLITE_ROW) {
    if (column_text(statement, 0) != index) close_index();
    index = column_text(statement, 0);
    names.emplace_back(column_text(statement, 1));
  }
  close_index();
  sqlite3_finalize(statement);
  return found;
}

std::string unique_name(sqlite3* db, int code, std::string_view text) {
  constexpr std::string_view kIndex = "index '";
  if (text.starts_with(kIndex)) return std::string(text.substr(kIndex.size(), text.size() - kIndex.size() - 1));
  const Columns columns = parse_columns(text);
  if (code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID) return columns.table + "_pkey";
  const std::string name = unique_index(db, columns);
  return name.empty() ? columns.table + "_" + join(columns.names, "_") + "_key" : name;
}

Violation violation_of(sqlite3* db, int code, std::string_view message) {
  const size_t colon = message.find(": ");
  const std::string_view text = colon == std::string_view::npos ? "" : message.substr(colon + 2);
  switch (code) {
    case SQLITE_CONSTRAINT_CHECK: return {Rule::kCheck, std::string(text)};
    case SQLITE_CONSTRAINT_FOREIGNKEY: return {Rule::kForeignKey, ""};
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return {Rule::kUnique, unique_name(db, code, text)};
    case SQLITE_CONSTRAINT_NOTNULL: {
      const Columns columns = parse_columns(text);
      return {Rule::kNotNull, columns.table + "_" + join(columns.names, "_") + "_not_null"};
    }
    default: return {};
  }
}

Fault fault_of(sqlite3* db, int code, int system_error) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL: return Fault::kUnavailable;
    case SQLITE_FULL: return Fault::kFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Fault::kCorrupt;
    case SQLITE_CONSTRAINT: return code == SQLITE_CONSTRAINT_DATATYPE ? Fault::kProgramming : Fault::kConstraint;
    case SQLITE_IOERR: {
      const bool full = system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
      return full ? Fault::kFull : Fault::kUnavailable;
    }
    case SQLITE_READONLY: return sqlite3_db_readonly(db, "main") == 1 ? Fault::kUnavailable : Fault::kProgramming;
    default: return Fault::kProgramming;
  }
}

}  // namespace

StoreError sqlite_error(sqlite3* db, std::string_view doing) {
  const int system_error = errno;
  const int code = sqlite3_extended_errcode(db);
  const std::string message = sqlite3_errmsg(db);
  StoreError error{fault_of(db, code, system_error), "", {}};
  error.message = "SQLite " + std::to_string(code) + ": " + message + ", in: " + std::string(doing);
  if (error.fault == Fault::kConstraint) error.violation = violation_of(db, code, message);
  return error;
}

}  // namespace koshi::store
