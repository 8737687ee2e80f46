#pragma once

#include <gtest/gtest.h>

#include "ask/ask.h"

/// A small law for the tests of this folder.
namespace koshi::ask {

inline constexpr const char* kTestLaw = R"(act LMP "Law on Migration" adopted 2011-07-22 in force from 2011-08-17
treaty ICRMW "Convention" signed 1990-12-18 not ratified

enum country "Country"
  KZ "Kazakhstan"
  RU "Russia"
  UZ "Uzbekistan"

enum isco "Occupation"
  '2221' "Nursing professionals"
  '9111' "Cleaners"

topic stay "Staying in the country"

entity stay "Stay"
  entered : date "Entered on"
  left : date or none "Left on"

entity person "Person"
  link stays : many stay "Stays"
  nationality : country "Citizenship"
    ask "Which citizenship do you hold?"
    help "XX for a stateless person."
  arrived : date "Arrived on"
  registered : date or none "Registered on"
  adult : yes/no "Adult"
  must registered is none or registered >= arrived "Registered before arriving"

entity employer "Employer"
  link staff : many job "Staff"
  size : whole "Size"

entity job "Job"
  link person : person "Worker"
  link employer : employer "Employer"
  wage : money "Monthly wage"
  rate : decimal "Rate"
  occupation : isco "Occupation"
  notice : days "Notice"
  note : text "Note"
  bonus : money or none "Bonus"

norm mci : money
  "Monthly calculation index"
  2121 tenge from 2016-01-01 by LMP art. 99 [sample]

define foreigner of person : yes/no
  "Foreigner"
  nationality != KZ by LMP art. 1 [read]

norm due of person : date
  "Last day to register"
  help "In calendar days."
  general: arrived + 5 days by LMP art. 6(4) [read]
  except
    arrived + 30 days when nationality = RU from 2015-01-01 by LMP art. 6(5) [reported]

norm worker of person : yes/no
  "Worker"
  foreigner by LMP art. 2 [read]

norm worker of person under ICRMW : yes/no
  "Worker"
  adult by ICRMW art. 2 [read]

norm permit of job : yes/no
  "Permit needed?"
  yes when person.worker and employer.size > 5 by LMP art. 3 [read]
  no when not (person.worker and employer.size > 5) by LMP art. 3 [read]

norm open_stays of person : whole
  "Open stays"
  count of stays where left is none by LMP art. 4 [read]

norm staff_wage of employer : money
  "Wages"
  sum wage of staff where person.nationality = KZ by LMP art. 5 [read]

reform shorter "Two days only" by LMP art. 17 [sample]
  amend due of person
    arrived + 2 days when nationality = UZ
  norm brought of person : yes/no
    "Brought by the reform"
    adult by LMP art. 18 [sample]
)";

class AskTest : public testing::Test {
 protected:
  AskTest() : compiled_(zan::compile({{"law.zan", kTestLaw}}, {})), library_(compiled_.corpus) {
    EXPECT_EQ(zan::render(compiled_.corpus.sources, compiled_.diagnostics), "");
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", compiled_.corpus);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    words_.emplace(std::move(*loaded));
  }

  /// The problems of a request body as "pointer: message" lines.
  std::string problems(std::string_view body) { return told(resolve_json(library_, body, today_)); }
  static std::string told(const std::expected<Question, Problems>& question) {
    if (question) return "no problem";
    std::string lines;
    for (const Problem& problem : question.error()) lines += problem.pointer + ": " + problem.message + "\n";
    return lines;
  }
  /// The answer to a request body.
  std::string answer(std::string_view body, const JsonOptions& options = {}) {
    const auto question = resolve_json(library_, body, today_);
    if (!question) return told(question);
    const auto answer = zan::ask(library_, question->norm, question->record, question->on, question->reforms);
    if (!answer) return answer.error().message;
    std::string out;
    append_answer_json(out, *words_, library_, *question, *answer, options);
    return out;
  }

  zan::Compilation compiled_;
  zan::ProgramLibrary library_;
  std::optional<words::Words> words_;
  Date today_ = *make_date(2026, 1, 15);
};

}  // namespace koshi::ask
