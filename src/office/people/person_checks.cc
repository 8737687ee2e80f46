#include "office/people/person_checks.h"

#include "office/people/account.h"
#include "office/people/person.h"
#include "office/people/text_check.h"

namespace koshi::people {

std::expected<void, Refused> check_register_name(std::string_view name, size_t min, std::string_view what) {
  if (is_line(name, min, kNameMaxLength)) return {};
  return refuse(Refusal::kNameForm,
                std::string(what) + " is one line of " + std::to_string(min) + " to " + std::to_string(kNameMaxLength) + " characters");
}

std::expected<void, Refused> check_search(std::string_view search) {
  if (is_line(search, 0, kSearchMaxLength)) return {};
  return refuse(Refusal::kNameForm, "a search text is one line of at most " + std::to_string(kSearchMaxLength) + " characters");
}

std::string prefix_end(std::string_view prefix) {
  return std::string(prefix) + "\U0010FFFF";
}

}  // namespace koshi::people
