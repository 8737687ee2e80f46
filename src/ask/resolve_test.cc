#include <gmock/gmock.h>

#include "ask/test_law.h"

namespace koshi::ask {
namespace {

using testing::HasSubstr;

TEST_F(AskTest, NamesAreResolved) {
  const auto question = resolve_json(library_, R"({"norm":"person.due","on":"2016-03-10","reforms":["shorter"],"lang":"kk","words":true,
      "facts":{"nationality":"UZ","arrived":"2016-03-01","registered":null}})",
                                     today_);
  ASSERT_TRUE(question.has_value()) << told(question);
  EXPECT_EQ(compiled_.corpus.full_name(question->norm), "person.due");
  EXPECT_EQ(format_date(question->on), "2016-03-10");
  EXPECT_EQ(question->reforms.size(), 1u);
  EXPECT_EQ(question->language, words::Language::kKk);
  EXPECT_TRUE(question->show.words);
  EXPECT_FALSE(question->show.changes);
  EXPECT_EQ(question->record.facts[1], zan::Value::date(*make_date(2016, 3, 1)));
  EXPECT_EQ(question->record.facts[2], zan::Value::none());
  EXPECT_FALSE(question->record.facts[3].has_value());
}

TEST_F(AskTest, WithoutADateItIsToday) {
  EXPECT_EQ(resolve_json(library_, R"({"norm":"mci"})", today_)->on, today_);
}

TEST_F(AskTest, EveryProblemIsToldAtOnce) {
  EXPECT_EQ(problems(R"({"norm":"person.du","on":"2016-02-30","reforms":["shorted"],"lang":"de","colour":1,"words":"yes"})"),
            "/colour: a question has no member `colour`; it has norm, on, under, reforms, facts, lang, words, changes\n"
            "/words: true or false was expected\n"
            "/norm: there is no question `person.du`; did you mean `person.due`?\n"
            "/reforms/0: there is no reform `shorted`; did you mean `shorter`?\n"
            "/on: `2016-02-30` is not a date that exists; write it as YYYY-MM-DD\n"
            "/lang: there is no language `de`; there are en, ru, kk, uz, ky, tg\n");
}

TEST_F(AskTest, WrongFactsAreToldWithTheirPlace) {
  const std::string told = problems(R"({"norm":"job.permit","facts":{"waje":1,"person":{"nationality":"UZB","adult":5,"arrived":20160301},
      "employer.siez":3,"employer":[],"note":7,"rate":"x","size":3,"person.nationality":"KZ"}})");
  EXPECT_THAT(told, HasSubstr("/facts/waje: `job` has no fact `waje`; did you mean `wage`?\n"));
  EXPECT_THAT(told, HasSubstr("/facts/person/nationality: `UZB` is not a country"));
  EXPECT_THAT(told, HasSubstr("/facts/person/adult: a value of type `yes/no` was expected\n"));
  EXPECT_THAT(told, HasSubstr("/facts/person/arrived: a value of type `date` was expected\n"));
  EXPECT_THAT(told, HasSubstr("/facts/employer.siez: `employer` has no fact `siez`; did you mean `size`?\n"));
  EXPECT_THAT(told, HasSubstr("/facts/employer: an object with facts of `employer` was expected\n"));
  EXPECT_THAT(told, HasSubstr("/facts/note: a value of type `text` was expected\n"));
  EXPECT_THAT(told, HasSubstr("/facts/rate: `x` is not a decimal number"));
  EXPECT_THAT(told, HasSubstr("/facts/size: `job` has no fact `size`; did you mean `employer.size`?\n"));
}

TEST_F(AskTest, NumbersAreReadExactly) {
  const auto question = resolve_json(
      library_,
      R"({"norm":"job.permit","facts":{"wage":1234.50,"rate":0.1,"occupation":2221,"notice":30,"bonus":null,"employer.size":1e2}})",
      today_);
  ASSERT_TRUE(question.has_value()) << told(question);
  const auto& facts = question->record.facts;
  EXPECT_EQ(facts[0], zan::Value::money({123450}));
  EXPECT_EQ(facts[1], zan::Value::decimal({100'000'000}));
  EXPECT_EQ(facts[2], zan::Value::member(1, 0));
  EXPECT_EQ(facts[3], zan::Value::days(30));
  EXPECT_EQ(facts[5], zan::Value::none());
  EXPECT_EQ(question->record.one[1]->facts[0], zan::Value::whole(100));
  EXPECT_THAT(problems(R"({"norm":"job.permit","facts":{"wage":0.001}})"), HasSubstr("/facts/wage: "));
  EXPECT_THAT(problems(R"({"norm":"job.permit","facts":{"employer":{"size":1.5}}})"), HasSubstr("/facts/employer/size: "));
  EXPECT_THAT(problems(R"({"norm":"job.permit","facts":{"employer":{"size":99999999999999999999}}})"), HasSubstr("/facts/employer/size: "));
}

TEST_F(AskTest, NoneIsNotUnknown) {
  EXPECT_EQ(problems(R"({"norm":"person.due","facts":{"arrived":null}})"),
            "/facts/arrived: null means none, and a value of type `date` was expected; leave the fact out when it is not known\n");
}

TEST_F(AskTest, NothingIsGivenTwice) {
  EXPECT_EQ(problems(R"({"norm":"person.due","norm":"mci"})"), "/norm: `norm` is given twice\n");
  EXPECT_EQ(problems(R"({"norm":"person.due","facts":{"adult":true,"adult":true}})"), "/facts/adult: `adult` is given twice\n");
  EXPECT_EQ(problems(R"({"norm":"job.permit","facts":{"employer.size":1,"employer":{"size":1}}})"),
            "/facts/employer/size: this fact is given twice\n");
}

TEST_F(AskTest, ListsAreArrays) {
  const auto question = resolve_json(
      library_,
      R"({"norm":"employer.staff_wage","facts":{"staff":[{"wage":5,"person":{"nationality":"KZ"}},{"person.nationality":"UZ"}]}})", today_);
  ASSERT_TRUE(question.has_value()) << told(question);
  ASSERT_EQ(question->record.many[0]->size(), 2u);
  EXPECT_TRUE(question->record.many[0]->at(1).one[0] != nullptr);
  EXPECT_EQ(problems(R"({"norm":"person.open_stays","facts":{"stays":{}}})"), "/facts/stays: an array of objects was expected\n");
  EXPECT_EQ(problems(R"({"norm":"person.open_stays","facts":{"stays":[{},7,{"left":"x"}]}})"),
            "/facts/stays/1: an object with facts of `stay` was expected\n/facts/stays/2/left: `x` is not a date that exists; write it as "
            "YYYY-MM-DD\n");
}

TEST_F(AskTest, ContradictionsAreToldWithTheirRecord) {
  const auto question =
      resolve_json(library_, R"({"norm":"job.permit","facts":{"person":{"arrived":"2016-03-05","registered":"2016-03-01"}}})", today_);
  EXPECT_EQ(told(question), "/facts/person: the facts contradict each other: Registered before arriving\n");
  EXPECT_EQ(question.error()[0].kind, ProblemKind::kContradiction);
  EXPECT_EQ(question.error()[0].label, "must person: Registered before arriving");
  EXPECT_EQ(problem_text(*words_, words::Language::kRu, question.error()[0]), "Факты противоречат друг другу. Registered before arriving");
}

TEST_F(AskTest, SyntaxErrorsHaveLineAndColumn) {
  EXPECT_THAT(problems("{\"norm\":\n  person}"), testing::StartsWith(": not JSON at line 2, column "));
  EXPECT_THAT(problems("[]"), testing::StartsWith(": an object was expected"));
  EXPECT_THAT(problems(""), testing::StartsWith(": not JSON at line 1, column 1"));
}

TEST_F(AskTest, InstrumentsAndReformsAreHelpedWith) {
  EXPECT_EQ(problems(R"({"norm":"worker"})"), "/norm: there is no question `worker`; did you mean `person.worker`?\n");
  EXPECT_EQ(problems(R"({"norm":"person.worker","under":"LMP"})"),
            "/under: `person.worker` is not answered under `LMP`; it is answered under ICRMW\n");
  EXPECT_EQ(problems(R"({"norm":"person.due","under":"LMP"})"),
            "/under: `person.due` is not answered under `LMP`; it is answered by the law alone, without `under`\n");
  EXPECT_EQ(problems(R"({"norm":"person.brought"})"), "/reforms: `person.brought` exists only under the reform `shorter`; ask under it\n");
  EXPECT_EQ(problems(R"({"norm":"person.brought","reforms":["shorter"]})"), "no problem");
  EXPECT_EQ(problems(R"({})"), "/norm: no question; name a norm, such as `person.registration_due`\n");
  EXPECT_EQ(problems(R"({"norm":"mci","facts":{"x":1}})"), "/facts: this question asks for no facts\n");
  EXPECT_EQ(problems(R"({"norm":"mci","facts":{}})"), "no problem");
  EXPECT_EQ(problems(R"({"norm":"person.due","facts":7})"), "/facts: an object was expected\n");
}

TEST_F(AskTest, PairsPrevailOverTheObject) {
  RawQuestion raw;
  raw.norm = "job.permit";
  raw.facts_json = R"({"employer":{"size":3},"wage":5})";
  raw.facts = {{"employer.size", "9"},
               {"person.nationality", "UZ"},
               {"person.stays[0].entered", "2016-01-01"},
               {"person.stays[0].left", "none"},
               {"employer.staff", R"([{"wage":"7"}])"}};
  const auto question = resolve(library_, raw, today_);
  ASSERT_TRUE(question.has_value()) << told(question);
  EXPECT_EQ(question->record.one[1]->facts[0], zan::Value::whole(9));
  EXPECT_EQ(question->record.one[0]->many[0]->at(0).facts[1], zan::Value::none());
  EXPECT_EQ(question->record.one[1]->many[0]->at(0).facts[0], zan::Value::money({700}));
  raw.facts = {{"person.stays[1].entered", "2016-01-01"}, {"employer", "x"}, {"person.stays.entered", "2016-01-01"}, {"", "x"}};
  EXPECT_EQ(
      told(resolve(library_, raw, today_)),
      "/facts/person/stays[1]/entered: `stays[1]` names no member; the members given so far are numbered from 0, and the next is [0]\n"
      "/facts/employer: this is a link to other records; write them as JSON, or name one of their facts\n"
      "/facts/person/stays/entered: `stays` is a list; name one member, as in `stays[0]`\n"
      "/facts/: `job` has no fact ``; it has wage, rate, occupation, notice, note, bonus, person, employer\n");
}

TEST_F(AskTest, LimitsHold) {
  std::string members;
  for (size_t i = 0; i <= kMaxMembers; ++i) members += i == 0 ? "{}" : ",{}";
  EXPECT_THAT(problems(R"({"norm":"person.open_stays","facts":{"stays":[)" + members + "]}}"), HasSubstr("more than 10000 members"));
  const std::string list = members.substr(0, members.size() - 3);
  EXPECT_EQ(problems(R"({"norm":"person.open_stays","facts":{"stays":[)" + list + "]}}"), "no problem");
  const std::string nested = R"({"employer":{"staff":[)" + list + "]}}";
  EXPECT_THAT(problems(R"({"norm":"employer.staff_wage","facts":{"staff":[)" + nested + "," + nested + "," + nested + "]}}"),
              HasSubstr("more than 20000 records in one question"));
  EXPECT_THAT(problems(std::string(kMaxRequestBytes + 1, ' ')), HasSubstr("longer than 1048576 bytes"));
  std::string path = "employer";
  for (int i = 0; i < kMaxJsonDepth; ++i) path += ".staff[0].employer";
  EXPECT_THAT(problems(R"({"norm":"job.permit","facts":{")" + path + R"(.size":1}})"), HasSubstr("a path of more than 32 names"));
  std::string many;
  for (size_t i = 0; i < 2 * kMaxProblems; ++i) many += (i == 0 ? "\"x" : ",\"x") + std::to_string(i) + "\":1";
  EXPECT_EQ(resolve_json(library_, R"({"norm":"person.due","facts":{)" + many + "}}", today_).error().size(), kMaxProblems);
}

}  // namespace
}  // namespace koshi::ask
