#include "office/people/person.h"

#include <algorithm>
#include <tuple>

#include "base/result.h"
#include "base/text.h"
#include "office/people/identifier.h"
#include "office/people/person_checks.h"

namespace koshi::people {
namespace {

using store::StoreResult;

#define PEOPLE_PERSON                                                                                                       \
  "SELECT id, iin, passport_country, passport_number, family_name, given_names, birth_date, search, created_at, changed_at" \
  " FROM people_person "

bool is_code(std::string_view text, size_t max, bool digits) {
  return !text.empty() && text.size() <= max &&
         std::ranges::all_of(text, [&](char c) { return (c >= 'A' && c <= 'Z') || (digits && c >= '0' && c <= '9'); });
}

std::expected<void, Refused> check_identifiers(const PersonFields& fields) {
  if (!fields.iin && !fields.passport) return refuse(Refusal::kIdentifier, "a person is known by an IIN or by a passport");
  if (fields.iin) {
    if (const auto iin = parse_iin(*fields.iin); !iin) return refuse(Refusal::kIdentifier, iin.error().message);
  }
  if (!fields.passport) return {};
  if (!is_code(fields.passport->country, 3, false)) return refuse(Refusal::kIdentifier, "the country of a passport is 1 to 3 of A to Z");
  if (!is_code(fields.passport->number, kPassportNumberMaxLength, true)) {
    return refuse(Refusal::kIdentifier, "the number of a passport is 1 to 20 of A to Z and 0 to 9");
  }
  return {};
}

std::expected<void, Refused> check_fields(const PersonFields& fields) {
  TRY_DO(check_identifiers(fields));
  TRY_DO(check_register_name(fields.family_name, 1, "a family name"));
  TRY_DO(check_register_name(fields.given_names, 0, "the text of given names"));
  return check_search(fields.search);
}

std::optional<std::string> text_at(const store::Row& row, size_t column) {
  const auto text = row.maybe_text(column);
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

Person person_of(const store::Row& row) {
  Person person{.id = row.integer(0),
                .fields = {.iin = text_at(row, 1),
                           .passport = std::nullopt,
                           .family_name = std::string(row.text(4)),
                           .given_names = std::string(row.text(5)),
                           .birth = std::nullopt,
                           .search = std::string(row.text(7))},
                .created_at_ms = row.integer(8),
                .changed_at_ms = row.integer(9)};
  if (!row.is_null(2)) person.fields.passport = Passport{std::string(row.text(2)), std::string(row.text(3))};
  if (!row.is_null(6)) person.fields.birth = parse_date(row.text(6));
  return person;
}

StoreResult<std::optional<Person>> first(StoreResult<store::Rows> rows) {
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return std::nullopt;
  return person_of((*rows)[0]);
}

/// The parameters of a row, which look at texts kept here.
struct Columns {
  explicit Columns(const PersonFields& fields) {
    if (fields.passport) country = fields.passport->country;
    if (fields.passport) number = fields.passport->number;
    if (fields.birth) birth = format_date(*fields.birth);
  }
  std::optional<std::string> country;
  std::optional<std::string> number;
  std::optional<std::string> birth;
};

StoreResult<Filed> insert(store::Transaction& transaction, const PersonFields& fields, int64_t now_ms) {
  const Columns columns(fields);
  TRY(rows, transaction.query("INSERT INTO people_person (iin, passport_country, passport_number, family_name, given_names, birth_date,"
                              " search, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id",
                              {fields.iin, columns.country, columns.number, fields.family_name, fields.given_names, columns.birth,
                               fields.search, now_ms}));
  return Filed{.id = rows[0].integer(0), .what = Filing::kCreated, .differs = false};
}

StoreResult<void> update(store::Transaction& transaction, int64_t id, const PersonFields& fields, int64_t now_ms) {
  const Columns columns(fields);
  TRY_DO(transaction.execute(
      "UPDATE people_person SET iin = $1, passport_country = $2, passport_number = $3, family_name = $4,"
      " given_names = $5, birth_date = $6, search = $7, changed_at = $8 WHERE id = $9",
      {fields.iin, columns.country, columns.number, fields.family_name, fields.given_names, columns.birth, fields.search, now_ms, id}));
  return {};
}

/// The record as it becomes. What a statement leaves out stays known.
PersonFields merged(const PersonFields& known, const PersonFields& stated, OnDifference on_difference) {
  const bool replace = on_difference == OnDifference::kReplace;
  PersonFields out = replace ? stated : known;
  const PersonFields& other = replace ? known : stated;
  if (!out.iin) out.iin = other.iin;
  if (!out.passport) out.passport = other.passport;
  if (!out.birth) out.birth = other.birth;
  return out;
}

/// Only what was stated can differ.
bool differs(const PersonFields& known, const PersonFields& stated) {
  return (stated.passport && known.passport != stated.passport) || (stated.birth && known.birth != stated.birth) ||
         known.family_name != stated.family_name || known.given_names != stated.given_names;
}

struct Matches {
  std::optional<Person> by_iin;
  std::optional<Person> by_passport;
};

/// The known person, if the identifiers lead to one and the same.
std::expected<std::optional<Person>, Refused> agreed(Matches matches, const PersonFields& fields) {
  if (matches.by_iin && matches.by_passport && matches.by_iin->id != matches.by_passport->id) {
    return refuse(Refusal::kContradiction, "the IIN belongs to one person of the register and the passport to another");
  }
  if (matches.by_iin) return std::move(matches.by_iin);
  if (matches.by_passport && matches.by_passport->fields.iin && fields.iin) {
    return refuse(Refusal::kContradiction, "the person of this passport has another IIN");
  }
  return std::move(matches.by_passport);
}

}  // namespace

Decided<Filed> file_person(store::Transaction& transaction, const PersonFields& fields, OnDifference on_difference, int64_t now_ms) {
  if (auto checked = check_fields(fields); !checked) return refused<Filed>(checked.error());
  Matches matches;
  if (fields.iin) {
    TRY(found, find_person_by_iin(transaction, *fields.iin));
    matches.by_iin = std::move(found);
  }
  if (fields.passport) {
    TRY(found, find_person_by_passport(transaction, *fields.passport));
    matches.by_passport = std::move(found);
  }
  const auto known = agreed(std::move(matches), fields);
  if (!known) return refused<Filed>(known.error());
  if (!*known) return insert(transaction, fields, now_ms);
  const Person& person = **known;
  const PersonFields becomes = merged(person.fields, fields, on_difference);
  Filed filed{.id = person.id, .what = Filing::kUnchanged, .differs = differs(becomes, fields)};
  if (becomes == person.fields) return filed;
  filed.what = Filing::kChanged;
  TRY_DO(update(transaction, person.id, becomes, now_ms));
  return filed;
}

StoreResult<std::optional<Person>> find_person(store::Reader& reader, int64_t id) {
  return first(reader.query(PEOPLE_PERSON "WHERE id = $1", {id}));
}

StoreResult<std::optional<Person>> find_person_by_iin(store::Reader& reader, std::string_view iin) {
  if (!parse_iin(iin)) return std::nullopt;
  return first(reader.query(PEOPLE_PERSON "WHERE iin = $1", {iin}));
}

StoreResult<std::optional<Person>> find_person_by_passport(store::Reader& reader, const Passport& passport) {
  if (!is_code(passport.country, 3, false) || !is_code(passport.number, kPassportNumberMaxLength, true)) return std::nullopt;
  return first(reader.query(PEOPLE_PERSON "WHERE passport_number = $1 AND passport_country = $2", {passport.number, passport.country}));
}

StoreResult<std::vector<Person>> persons_after(store::Reader& reader, std::string_view prefix, const std::optional<PersonKey>& after,
                                               int64_t count) {
  if (!check_search(trim(prefix))) return std::vector<Person>{};
  // One lower bound, not two: an engine that chose the prefix for its index would read all earlier pages again.
  PersonKey from{std::string(prefix), 0};
  if (after && std::tie(after->search, after->id) > std::tie(from.search, from.id)) from = *after;
  TRY(rows, reader.query(PEOPLE_PERSON "WHERE (search, id) > ($1, $2) AND search < $3 ORDER BY search, id LIMIT $4",
                         {from.search, from.id, prefix_end(prefix), std::clamp<int64_t>(count, 0, kPersonsPageMax)}));
  std::vector<Person> persons;
  for (const store::Row row : rows) persons.push_back(person_of(row));
  return persons;
}

}  // namespace koshi::people
