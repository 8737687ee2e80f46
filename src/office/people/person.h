#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "office/people/refusal.h"
#include "store/transaction.h"

/// The register of persons: by IIN, by passport, or both. Every look at a record is journalled by the caller
/// (look_up.h). Searches compare text that the caller folded (case, ә/а …) in one way for storing and for asking.
namespace koshi::people {

inline constexpr size_t kPassportNumberMaxLength = 20;
inline constexpr size_t kSearchMaxLength = 800;  ///< characters
inline constexpr int64_t kPersonsPageMax = 200;

struct Passport {
  std::string country;  ///< ICAO code: 1..3 of A-Z, "UZB", "D"
  std::string number;   ///< 1..20 of A-Z and 0-9
  bool operator==(const Passport&) const = default;
};

struct PersonFields {
  std::optional<std::string> iin;    ///< checked here (parse_iin)
  std::optional<Passport> passport;  ///< one of the two at least
  std::string family_name;           ///< 1..200 characters
  std::string given_names;           ///< 0..200
  std::optional<Date> birth;
  std::string search;  ///< folded by the caller: usually family name, given names
  bool operator==(const PersonFields&) const = default;
};

struct Person {
  int64_t id = 0;
  PersonFields fields;
  int64_t created_at_ms = 0;
  int64_t changed_at_ms = 0;
};

/// What a known person's record becomes when it says otherwise.
enum class OnDifference : uint8_t {
  kKeep,     ///< only what is missing is filled in: for statements of parties
  kReplace,  ///< for registers and officers
};

enum class Filing : uint8_t { kCreated, kChanged, kUnchanged };

struct Filed {
  int64_t id = 0;
  Filing what = Filing::kUnchanged;
  bool differs = false;  ///< kKeep: the record says otherwise; for review
};

/// Finds the person by IIN, else by passport, and files what is new. A new passport of a known IIN replaces the old one
/// (kReplace); the journal keeps the old. Refusals: kIdentifier, kNameForm; kContradiction when IIN and passport lead
/// to two persons, or the person of the passport has another IIN.
Decided<Filed> file_person(store::Transaction& transaction, const PersonFields& fields, OnDifference on_difference, int64_t now_ms);

store::StoreResult<std::optional<Person>> find_person(store::Reader& reader, int64_t id);
store::StoreResult<std::optional<Person>> find_person_by_iin(store::Reader& reader, std::string_view iin);
store::StoreResult<std::optional<Person>> find_person_by_passport(store::Reader& reader, const Passport& passport);

/// Where a page ended: the last row's search text and id. The next page begins after it.
struct PersonKey {
  std::string search;
  int64_t id = 0;
};
/// Those whose search text begins with `prefix`, by (search, id), after the key, at most min(count, kPersonsPageMax).
/// By index: the cost does not depend on the size of the register.
store::StoreResult<std::vector<Person>> persons_after(store::Reader& reader, std::string_view prefix, const std::optional<PersonKey>& after,
                                                      int64_t count);

}  // namespace koshi::people
