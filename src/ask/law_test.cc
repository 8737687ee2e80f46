#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "ask/ask.h"
#include "ask/json.h"

/// The law itself, asked without facts on the days between its regimes: everything can be said in every language, and what the answers ask
/// for is what the list of questions promises.
namespace koshi::ask {
namespace {

constexpr const char* kDays[] = {"2010-06-01", "2013-06-01", "2016-03-10", "2018-06-01", "2021-06-01", "2024-06-01", "2026-03-01"};

struct RealLaw {
  RealLaw() : compiled(zan::compile_folder(KOSHI_SOURCE_DIR "/law/kz").value()), library(compiled.corpus) {
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/law/kz/words", compiled.corpus);
    if (loaded) words.emplace(std::move(*loaded));
  }
  zan::Compilation compiled;
  zan::ProgramLibrary library;
  std::optional<words::Words> words;
};

RealLaw& law() {
  static RealLaw real;
  return real;
}

/// A phrase whose key or hole is missing shows them: "expr.or_else", "{n}".
testing::AssertionResult is_said(const std::string& text) {
  static const std::regex kUnsaid(R"(\{|\b(expr|proof|answer|value|force|outcome|rule|type|norm)\.[a-z])");
  std::smatch found;
  if (std::regex_search(text, found, kUnsaid)) return testing::AssertionFailure() << "`" << found.str() << "` in: " << text;
  return text.empty() ? testing::AssertionFailure() << "nothing is said" : testing::AssertionSuccess();
}

/// "staff[2].wage" as the list of questions writes it.
std::string general_path(const std::string& path) {
  std::string out;
  bool inside = false;
  for (const char c : path) {
    if (c == ']') inside = false;
    if (!inside) out += c;
    if (c == '[') inside = true;
  }
  return out;
}

TEST(Law, HasNoErrors) {
  EXPECT_FALSE(zan::has_errors(law().compiled.diagnostics));
  ASSERT_TRUE(law().words.has_value());
}

TEST(Law, EveryRuleCanBeSaidInEveryLanguage) {
  const zan::Corpus& corpus = law().compiled.corpus;
  for (const zan::RuleInfo& rule : corpus.rules) {
    const zan::EntityId self = corpus.norms[static_cast<size_t>(rule.norm)].entity;
    for (const words::Language language : words::kLanguages) {
      for (const zan::NodeId node : {rule.value, rule.when}) {
        if (node == zan::kNoId) continue;
        EXPECT_TRUE(is_said(words::expression_text(*law().words, language, self, node))) << corpus.full_name(rule.norm);
      }
    }
  }
}

TEST(Law, EveryQuestionAnswersWithoutFacts) {
  const zan::Corpus& corpus = law().compiled.corpus;
  const auto asked = asked_facts(corpus);
  size_t needs = 0;
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    const auto id = static_cast<zan::NormId>(i);
    if (corpus.norms[i].reform != zan::kNoId) continue;
    std::set<std::string> promised;
    for (const AskedFact& fact : asked[i]) promised.insert(fact.path);
    for (const char* day : kDays) {
      Question question;
      question.norm = id;
      question.on = *parse_date(day);
      question.record = zan::Record::blank(corpus, corpus.norms[i].entity);
      const auto answer = zan::ask(law().library, id, question.record, question.on, {});
      ASSERT_TRUE(answer.has_value()) << answer.error().message;
      for (const zan::Need& need : answer->needs) {
        EXPECT_TRUE(promised.contains(general_path(need.path))) << corpus.full_name(id) << " on " << day << " needs " << need.path;
        ++needs;
      }
      const zan::Program& program = **law().library.on(question.on, {});
      for (const words::Language language : words::kLanguages) {
        EXPECT_TRUE(is_said(words::answer_text(*law().words, language, program, *answer)));
      }
      std::string out;
      append_answer_json(out, *law().words, law().library, question, *answer, {.changes = false, .words = true});
      EXPECT_TRUE(read_json(out, {16u << 20, 1000}).has_value()) << corpus.full_name(id) << " on " << day;
    }
  }
  EXPECT_GT(needs, 100u);
}

/// Whoever reads an answer must learn what it means and what to do next. Answers under an instrument share the words of the question. What
/// migrants and employers ask has more than a note; the topics left out are asked by offices, or are plain numbers.
TEST(Law, EveryQuestionHasGuidance) {
  static const std::set<std::string> kOfOffices = {"quota", "sanctions", "money", ""};
  constexpr size_t kLeastExplained = 50;
  const zan::Corpus& corpus = law().compiled.corpus;
  size_t questions = 0;
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    const zan::Norm& norm = corpus.norms[i];
    if (norm.is_definition || norm.of_procedure || norm.under != zan::kNoId) continue;
    EXPECT_FALSE(norm.help.empty()) << corpus.full_name(static_cast<zan::NormId>(i));
    if (!kOfOffices.contains(norm.topic)) {
      EXPECT_GE(norm.help.size(), kLeastExplained) << corpus.full_name(static_cast<zan::NormId>(i));
    }
    ++questions;
  }
  EXPECT_GT(questions, 200u);
}

std::string told(const char* norm, const char* day) {
  Question question;
  question.norm = law().compiled.corpus.find_norm(norm);
  question.on = *parse_date(day);
  question.record = zan::Record::blank(law().compiled.corpus, law().compiled.corpus.norms[static_cast<size_t>(question.norm)].entity);
  std::string out;
  append_answer_json(out, *law().words, law().library, question, *zan::ask(law().library, question.norm, question.record, question.on, {}),
                     {.changes = false, .words = true});
  return out;
}

TEST(Law, AGapSaysWhyThereIsNoRule) {
  using testing::AllOf;
  using testing::HasSubstr;
  using testing::Not;
  EXPECT_THAT(told("person.socially_insured", "2004-06-01"),
              AllOf(HasSubstr(R"("absent":[{"act":"SI2003","place":"","confidence":"read"}])"),
                    HasSubstr("There was no such rule on this day: it came, or went, with"), Not(HasSubstr(R"("missing")"))));
  EXPECT_THAT(told("job.life_and_health_insurance_due", "2005-06-30"), HasSubstr("it came, or went, with"));
  EXPECT_THAT(told("person.expulsion_ground", "2006-06-01"),
              AllOf(HasSubstr(R"("missing":[{"act":"CAO2001")"), HasSubstr("Not read for this day: "), Not(HasSubstr(R"("absent")"))));
  EXPECT_THAT(told("employer_pension_rate", "2023-08-01"),
              AllOf(HasSubstr(R"("absent":[{"act":"SC2023")"), HasSubstr("Read, and silent on this case: ")));
  EXPECT_THAT(told("integration.helped", "2018-01-01"),
              AllOf(HasSubstr(R"("absent":[{"act":"SAMPLE")"), HasSubstr("No act on this is known for this day")));
}

TEST(Law, StableQuestionsAreThere) {
  const zan::Corpus& corpus = law().compiled.corpus;
  for (const char* name : {"person.is_migrant_worker", "person.may_work", "job.permit_required", "permit.fee", "permit.required_documents",
                           "person.registration_due", "person.registration_breached", "household_permit.allowed"}) {
    EXPECT_NE(corpus.find_norm(name), zan::kNoId) << name;
  }
}

}  // namespace
}  // namespace koshi::ask
