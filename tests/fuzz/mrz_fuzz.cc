#include "base/check.h"
#include "base/text.h"
#include "office/people/mrz.h"

/// Machine readable zones as telephones read them: the whole zone, or all its problems with their places.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace koshi;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Date today = *make_date(2026, 3, 2);
  const auto read = people::parse_mrz(text, today);
  if (!read) {
    CHECK(!read.error().empty());
    for (const people::MrzProblem& problem : read.error()) {
      CHECK(problem.line >= 0 && problem.line <= 3 && problem.column >= 0 && problem.column <= 44);
      CHECK(is_valid_utf8(people::describe(problem)));
    }
    return 0;
  }
  CHECK(size <= people::kMrzMaxBytes && !read->document_number.empty());
  if (read->birth) {
    if (const auto birth = people::whole_date(*read->birth)) CHECK(*birth <= today);
  }
  return 0;
}
