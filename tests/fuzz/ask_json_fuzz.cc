#include <cstdlib>
#include <string>

#include "ask/ask.h"
#include "base/check.h"
#include "base/text.h"

/// Bodies of POST /api/v1/ask. Whatever comes in: no crash, problems in UTF-8 with pointers, and an answer to what is accepted.
namespace {

using namespace koshi;

constexpr const char* kLaw = R"(act LMP "Law" adopted 2011-07-22 in force from 2011-08-17

enum country "Country"
  KZ "Kazakhstan"
  UZ "Uzbekistan"

entity stay "Stay"
  entered : date "Entered"
  left : date or none "Left"

entity person "Person"
  link stays : many stay "Stays"
  link spouse : person "Spouse"
  nationality : country "Citizenship"
  arrived : date "Arrived"
  registered : date or none "Registered"
  wage : money "Wage"
  share : decimal "Share"
  note : text "Note"
  must registered is none or registered >= arrived "Registered before arriving"

norm due of person : date
  "Due"
  arrived + 5 days when nationality != KZ by LMP art. 1 [read]
  arrived + 30 days when nationality = KZ and share < 0.5 and wage > 10 tenge by LMP art. 2 [read]

norm present of person : whole
  "Days here"
  count of stays where left is none by LMP art. 3 [read]
)";

struct Fixture {
  Fixture() : compiled(zan::compile({{"law.zan", kLaw}}, {})), library(compiled.corpus) {
    CHECK(!zan::has_errors(compiled.diagnostics));
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", compiled.corpus);
    CHECK(loaded.has_value());
    words = std::move(*loaded);
  }
  zan::Compilation compiled;
  zan::ProgramLibrary library;
  std::optional<words::Words> words;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Fixture fixture;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  auto question = ask::resolve_json(fixture.library, body, *make_date(2016, 3, 10));
  if (!question) {
    CHECK(!question.error().empty() && question.error().size() <= ask::kMaxProblems);
    for (const ask::Problem& problem : question.error()) {
      CHECK(is_valid_utf8(problem.message) && is_valid_utf8(problem.pointer));
      CHECK(problem.pointer.empty() || problem.pointer.starts_with('/'));
    }
    return 0;
  }
  // The search for changes has a bound of its own and would only slow the fuzzer down.
  question->show.changes = false;
  const auto answer = zan::ask(fixture.library, question->norm, question->record, question->on, question->reforms);
  CHECK(answer.has_value());
  std::string out;
  ask::append_answer_json(out, *fixture.words, fixture.library, *question, *answer);
  CHECK(is_valid_utf8(out));
  return 0;
}
