#include <gmock/gmock.h>

#include <map>
#include <set>

#include "base/date.h"
#include "zan/reason/case_record.h"

/// The law itself, asked on the first day of each year and on every day on which it changes: of somebody of whom nothing is known, and of
/// everybody of whom its cases tell. Nothing contradicts itself, and whatever has no answer names an act: one that was not read, one that
/// brought or ended the rule, or one that was read and is silent.
namespace koshi::zan {
namespace {

constexpr int kFirstYear = 2001;
constexpr int kLastYear = 2026;

const Corpus& law() {
  static const Compilation real = compile_folder(KOSHI_SOURCE_DIR "/law/kz").value();
  return real.corpus;
}

std::string name_of(NormId id) {
  const Norm& norm = law().norms[static_cast<size_t>(id)];
  return law().full_name(id) + (norm.under == kNoId ? "" : " under " + law().acts[static_cast<size_t>(norm.under)].name);
}

class Asker {
 public:
  void ask_of(NormId norm, const Record& record, Date day) {
    const auto answer = ask(library_, norm, record, day, {});
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    ++asked;
    EXPECT_NE(answer->outcome, Outcome::kConflict) << name_of(norm) << " on " << format_date(day);
    if (answer->outcome == Outcome::kFault) faults[answer->fault].insert(name_of(norm) + " on " + format_date(day));
    if (answer->outcome != Outcome::kGap) return;
    ++gaps;
    const NormId at = answer->at == kNoId ? norm : answer->at;
    if (law().missing_on(at, answer->on).empty()) silent[name_of(at)].insert(format_date(day));
  }

  std::map<std::string, std::set<std::string>> silent;
  std::map<std::string, std::set<std::string>> faults;  ///< by what they say
  size_t asked = 0;
  size_t gaps = 0;

 private:
  ProgramLibrary library_{law()};
};

void add_day(std::set<Date>& days, Date day) {
  if (*make_date(kFirstYear, 1, 1) <= day && day <= *make_date(kLastYear, 12, 31)) days.insert(day);
}

std::set<Date> first_days() {
  std::set<Date> days;
  for (int year = kFirstYear; year <= kLastYear; ++year) add_day(days, *make_date(year, 1, 1));
  return days;
}

/// The first days of the years, and those on which a rule of the norm begins or has ended.
std::set<Date> days_of(const Norm& norm) {
  std::set<Date> days = first_days();
  for (const RuleId id : norm.rules) {
    const DateRange& when = law().rules[static_cast<size_t>(id)].in_force;
    add_day(days, when.from);
    if (when.until < kLastDate) add_day(days, *add_days(when.until, 1));
  }
  return days;
}

std::set<NormId> asked_by(const CaseDecl& decl, EntityId entity) {
  std::set<NormId> out;
  for (const Expect& expect : decl.expects) {
    const std::string full = law().entities[static_cast<size_t>(entity)].name + "." + expect.norm.back().text;
    const NormId norm = law().find_norm(full, expect.under.text);
    if (norm != kNoId && law().norms[static_cast<size_t>(norm)].reform == kNoId) out.insert(norm);
  }
  return out;
}

TEST(LawGaps, NothingIsSilentAboutSomebodyOfWhomNothingIsKnown) {
  std::set<Date> days = first_days();
  for (const Date day : law().epochs) add_day(days, day);
  Asker asker;
  for (const Date day : days) {
    for (size_t i = 0; i < law().norms.size(); ++i) {
      const Norm& norm = law().norms[i];
      if (norm.reform == kNoId && !norm.of_procedure) asker.ask_of(static_cast<NormId>(i), Record::blank(law(), norm.entity), day);
    }
  }
  EXPECT_THAT(asker.silent, testing::IsEmpty());
  EXPECT_GT(days.size(), 100u);
  EXPECT_GT(asker.gaps, 1000u) << "gaps that name their act are what is looked at here";
}

TEST(LawGaps, NothingIsSilentAboutThePeopleOfTheCases) {
  Asker asker;
  for (const FileTree& tree : law().trees) {
    for (const CaseDecl& decl : tree.cases) {
      Diagnostics diagnostics;
      const Record record = case_record(law(), decl.subject, diagnostics);
      ASSERT_NE(record.entity, kNoId) << decl.title;
      for (const NormId norm : asked_by(decl, record.entity)) {
        for (const Date day : days_of(law().norms[static_cast<size_t>(norm)])) asker.ask_of(norm, record, day);
      }
    }
  }
  EXPECT_THAT(asker.silent, testing::IsEmpty());
  EXPECT_GT(asker.asked, 50'000u);
  // What cannot be computed is a count of working days outside of the years whose calendar is known.
  for (const auto& [fault, when] : asker.faults) {
    EXPECT_THAT(fault, testing::StartsWith("the calendar of working days is known only")) << *when.begin();
  }
}

}  // namespace
}  // namespace koshi::zan
