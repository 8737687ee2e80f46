#include <unicode/coll.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "http/ask_input.h"

namespace koshi::http {

void sort_by_label(words::Language language, std::vector<std::pair<std::string, std::string>>& labelled) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Collator> collator(
      icu::Collator::createInstance(icu::Locale(std::string(words::code(language)).c_str()), status));
  if (U_FAILURE(status)) {
    std::ranges::sort(labelled);
    return;
  }
  std::ranges::stable_sort(labelled, [&](const auto& a, const auto& b) {
    UErrorCode compare_status = U_ZERO_ERROR;
    return collator->compareUTF8(a.first, b.first, compare_status) == UCOL_LESS;
  });
}

}  // namespace koshi::http
