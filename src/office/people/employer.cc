#include "office/people/employer.h"

#include <algorithm>
#include <tuple>

#include "base/result.h"
#include "base/text.h"
#include "office/people/identifier.h"
#include "office/people/person_checks.h"

namespace koshi::people {
namespace {

using store::StoreResult;

#define PEOPLE_EMPLOYER "SELECT id, number, name, region, search, created_at, changed_at FROM people_employer "

bool is_number(std::string_view text) {
  return parse_bin(text) || parse_iin(text);
}

std::expected<void, Refused> check_fields(const EmployerFields& fields) {
  if (!is_number(fields.number)) {
    const auto bin = parse_bin(fields.number);
    const auto iin = parse_iin(fields.number);
    const bool is_like_iin = !bin && bin.error().fault == IdentifierFault::kKind;
    return refuse(Refusal::kIdentifier, is_like_iin ? iin.error().message : bin.error().message);
  }
  TRY_DO(check_register_name(fields.name, 1, "the name of an employer"));
  TRY_DO(check_register_name(fields.region, 1, "the region of an employer"));
  return check_search(fields.search);
}

Employer employer_of(const store::Row& row) {
  return {.id = row.integer(0),
          .fields = {.number = std::string(row.text(1)),
                     .name = std::string(row.text(2)),
                     .region = std::string(row.text(3)),
                     .search = std::string(row.text(4))},
          .created_at_ms = row.integer(5),
          .changed_at_ms = row.integer(6)};
}

StoreResult<std::optional<Employer>> first(StoreResult<store::Rows> rows) {
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return std::nullopt;
  return employer_of((*rows)[0]);
}

StoreResult<Filed> insert(store::Transaction& transaction, const EmployerFields& fields, int64_t now_ms) {
  TRY(rows, transaction.query("INSERT INTO people_employer (number, name, region, search, created_at, changed_at)"
                              " VALUES ($1, $2, $3, $4, $5, $5) RETURNING id",
                              {fields.number, fields.name, fields.region, fields.search, now_ms}));
  return Filed{.id = rows[0].integer(0), .what = Filing::kCreated, .differs = false};
}

}  // namespace

Decided<Filed> file_employer(store::Transaction& transaction, const EmployerFields& fields, OnDifference on_difference, int64_t now_ms) {
  if (auto checked = check_fields(fields); !checked) return refused<Filed>(checked.error());
  TRY(known, find_employer_by_number(transaction, fields.number));
  if (!known) return insert(transaction, fields, now_ms);
  Filed filed{.id = known->id, .what = Filing::kUnchanged, .differs = false};
  if (known->fields == fields) return filed;
  if (on_difference == OnDifference::kKeep) {
    filed.differs = known->fields.name != fields.name || known->fields.region != fields.region;
    return filed;
  }
  filed.what = Filing::kChanged;
  TRY_DO(transaction.execute("UPDATE people_employer SET name = $1, region = $2, search = $3, changed_at = $4 WHERE id = $5",
                             {fields.name, fields.region, fields.search, now_ms, known->id}));
  return filed;
}

StoreResult<std::optional<Employer>> find_employer(store::Reader& reader, int64_t id) {
  return first(reader.query(PEOPLE_EMPLOYER "WHERE id = $1", {id}));
}

StoreResult<std::optional<Employer>> find_employer_by_number(store::Reader& reader, std::string_view number) {
  if (!is_number(number)) return std::nullopt;
  return first(reader.query(PEOPLE_EMPLOYER "WHERE number = $1", {number}));
}

StoreResult<std::vector<Employer>> employers_after(store::Reader& reader, std::string_view prefix, const std::optional<std::string>& region,
                                                   const std::optional<EmployerKey>& after, int64_t count) {
  if (!check_search(trim(prefix))) return std::vector<Employer>{};
  EmployerKey from{std::string(prefix), 0};
  if (after && std::tie(after->search, after->id) > std::tie(from.search, from.id)) from = *after;
  const int64_t limit = std::clamp<int64_t>(count, 0, kEmployersPageMax);
  const std::string end = prefix_end(prefix);
  const auto found =
      region ? reader.query(PEOPLE_EMPLOYER "WHERE region = $1 AND (search, id) > ($2, $3) AND search < $4 ORDER BY search, id LIMIT $5",
                            {*region, from.search, from.id, end, limit})
             : reader.query(PEOPLE_EMPLOYER "WHERE (search, id) > ($1, $2) AND search < $3 ORDER BY search, id LIMIT $4",
                            {from.search, from.id, end, limit});
  if (!found) return std::unexpected(found.error());
  std::vector<Employer> employers;
  for (const store::Row row : *found) employers.push_back(employer_of(row));
  return employers;
}

}  // namespace koshi::people
