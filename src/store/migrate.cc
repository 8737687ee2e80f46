#include "store/migrate.h"

#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/result.h"

namespace koshi::store {
namespace {

constexpr std::string_view kLedger =
    "CREATE TABLE IF NOT EXISTS store_migration (\n"
    "  number bigint PRIMARY KEY,\n"
    "  name text NOT NULL,\n"
    "  checksum text NOT NULL\n"
    ")";

/// FNV-1a, 64 bits: against an edit by mistake, not against a forger.
std::string checksum(const Migration& migration) {
  uint64_t hash = 14695981039346656037u;
  for (const std::string_view part : {migration.name, std::string_view("\0", 1), migration.sql}) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text.push_back(kDigits[(hash >> shift) & 15]);
  return text;
}

/// How many of the steps are there already.
StoreResult<size_t> count_applied(Reader& transaction, std::span<const Migration> migrations) {
  TRY(applied, transaction.query("SELECT number, name, checksum FROM store_migration ORDER BY number"));
  for (size_t i = 0; i < applied.size(); ++i) {
    const std::string step = std::to_string(applied[i].integer(0)) + " (" + std::string(applied[i].text(1)) + ")";
    if (i >= migrations.size()) {
      return fault(Fault::kUnfit, "the database has step " + step + ", which this program does not know: use a newer one");
    }
    if (applied[i].integer(0) != migrations[i].number || applied[i].text(2) != checksum(migrations[i])) {
      return fault(Fault::kUnfit, "step " + step + " of the database is not the one that this program knows");
    }
  }
  return applied.size();
}

}  // namespace

StoreResult<int> migrate(Store& store, std::span<const Migration> migrations) {
  for (size_t i = 0; i < migrations.size(); ++i) CHECK(migrations[i].number == static_cast<int>(i) + 1);
  // A server that may only read and write rows (deploy/least_rights.sql) finds everything there, and defines nothing.
  const auto there = store.read([&](Reader& reader) { return count_applied(reader, migrations); });
  if (there && *there == migrations.size()) return 0;
  return store.write([&](Transaction& transaction) -> StoreResult<int> {
    TRY_DO(transaction.script(kLedger));
    TRY(applied, count_applied(transaction, migrations));
    for (const Migration& migration : migrations.subspan(applied)) {
      TRY_DO(transaction.script(migration.sql));
      TRY_DO(transaction.execute("INSERT INTO store_migration (number, name, checksum) VALUES ($1, $2, $3)",
                                 {migration.number, migration.name, checksum(migration)}));
    }
    return static_cast<int>(migrations.size() - applied);
  });
}

}  // namespace koshi::store
