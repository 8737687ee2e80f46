#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "zan/reason/test_law.h"

namespace koshi::zan {
namespace {

constexpr std::string_view kLaw = R"(
entity stay "Stay"
  entered : date or none "Entered"
  left : date or none "Left"
entity person "Person"
  link stays : many stay "Stays"
norm presence of person : whole "Days"
  days_present(stays, entered, left, 30) by L [read]
)";

/// Against counting the days one by one.
RC_GTEST_PROP(DaysPresent, CountsEveryDayOnce, ()) {
  static TestLaw law{std::string(kLaw)};
  const Date today = *make_date(2020, 6, 15);
  const auto stays =
      *rc::gen::container<std::vector<std::pair<int, int>>>(rc::gen::pair(rc::gen::inRange(-60, 20), rc::gen::inRange(-5, 40)));
  Record record = law.record("person", {{"stays", "none"}});
  std::set<int> present;
  for (const auto& [from, length] : stays) {
    Record& stay = record.many[0]->emplace_back(Record::blank(law.corpus(), law.corpus().find_entity("stay")));
    const bool lasts = length > 35;
    stay.facts[0] = Value::date({today.days + from});
    stay.facts[1] = lasts ? Value::none() : Value::date({today.days + from + length});
    for (int day = from; day <= (lasts ? 0 : from + length); ++day) {
      if (day > -30 && day <= 0) present.insert(day);
    }
  }
  const auto answer = ask(law.library(), law.corpus().find_norm("person.presence"), record, today, {});
  RC_ASSERT(answer.has_value());
  RC_ASSERT(answer->outcome == Outcome::kValue);
  RC_ASSERT(answer->value.number() == static_cast<int64_t>(present.size()));
}

}  // namespace
}  // namespace koshi::zan
