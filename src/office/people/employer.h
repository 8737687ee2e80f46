#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "office/people/person.h"

/// The register of employers: organisations by BIN; entrepreneurs and households, which have none, by IIN.
namespace koshi::people {

inline constexpr int64_t kEmployersPageMax = 200;

struct EmployerFields {
  std::string number;  ///< BIN or IIN, checked here
  std::string name;    ///< 1..200 characters
  std::string region;  ///< "KZ-75"; 1..200 characters
  std::string search;  ///< folded by the caller
  bool operator==(const EmployerFields&) const = default;
};

struct Employer {
  int64_t id = 0;
  EmployerFields fields;
  int64_t created_at_ms = 0;
  int64_t changed_at_ms = 0;
};

/// Refusals: kIdentifier, kNameForm.
Decided<Filed> file_employer(store::Transaction& transaction, const EmployerFields& fields, OnDifference on_difference, int64_t now_ms);

store::StoreResult<std::optional<Employer>> find_employer(store::Reader& reader, int64_t id);
store::StoreResult<std::optional<Employer>> find_employer_by_number(store::Reader& reader, std::string_view number);

struct EmployerKey {
  std::string search;
  int64_t id = 0;
};
/// As persons_after(); with a region only those in it.
store::StoreResult<std::vector<Employer>> employers_after(store::Reader& reader, std::string_view prefix,
                                                          const std::optional<std::string>& region, const std::optional<EmployerKey>& after,
                                                          int64_t count);

}  // namespace koshi::people
