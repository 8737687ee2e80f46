#pragma once

#include <optional>
#include <string>
#include <vector>

#include "office/case/case.h"
#include "office/case/decide.h"

/// Whom a case names: persons and employers, as the law says by which facts they are filed (docs/zan.md, Entities). Pure.
namespace koshi::office {

inline constexpr size_t kSubjectsMax = 1'000;  ///< of one case; who stands after them on a list is not filed

struct Subject {
  zan::Identity::Kind kind = zan::Identity::Kind::kPerson;
  std::string number;             ///< IIN or BIN, valid; empty: known by the passport alone
  std::string country, passport;  ///< of persons; both or neither
  std::string name;
  std::optional<Date> born;
  bool operator==(const Subject&) const = default;
};

/// By key, each once; of a sealed case nobody. A number that is none, and a passport without its country, name nobody.
std::vector<Subject> subjects_of(const Law& law, const Case& item);

/// "person/900101300126", "person/UZ/FA1000001", "employer/120340000718": by what others of the same are found; a person may have two.
std::vector<std::string> keys_of(const Subject& subject);
/// Of all subjects: ascending, each once.
std::vector<std::string> keys_of(const std::vector<Subject>& subjects);

}  // namespace koshi::office
