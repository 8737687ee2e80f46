#include "zan/syntax/parser.h"

#include <gmock/gmock.h>

#include "zan/syntax/test_tools.h"

namespace koshi::zan {
namespace {

/// The tree of a text without problems.
Parsed good(std::string text) {
  Parsed parsed = parse_text(std::move(text));
  EXPECT_EQ(parsed.problems(), "");
  return parsed;
}

TEST(Parser, SourcesOfLaw) {
  const Parsed p = good(
      "act LMP \"Law\" adopted 2011-07-22 number \"477-IV\" in force from 2011-08-17 until 2020-01-01 replaces OLD, ELDER url "
      "\"https://x\"\n"
      "treaty A \"A\" signed 2014-05-29 in force from 2015-01-01\n"
      "treaty B \"B\" signed 1990-12-18\n  not ratified\n"
      "source C \"C\" published 2017-10-01\n");
  ASSERT_EQ(p.tree.acts.size(), 4u);
  const ActDecl& act = p.tree.acts[0];
  EXPECT_EQ(act.kind, ActDecl::Kind::kAct);
  EXPECT_EQ(act.name.text, "LMP");
  EXPECT_EQ(act.title, "Law");
  EXPECT_EQ(act.number, "477-IV");
  EXPECT_EQ(act.url, "https://x");
  ASSERT_EQ(act.replaces.size(), 2u);
  EXPECT_EQ(act.replaces[1].text, "ELDER");
  EXPECT_EQ(act.made, *make_date(2011, 7, 22));
  EXPECT_EQ(act.from, make_date(2011, 8, 17));
  EXPECT_EQ(act.until, make_date(2020, 1, 1));
  EXPECT_EQ(p.tree.acts[1].kind, ActDecl::Kind::kTreaty);
  EXPECT_TRUE(p.tree.acts[2].not_ratified);
  EXPECT_FALSE(p.tree.acts[2].from);
  EXPECT_EQ(p.tree.acts[3].kind, ActDecl::Kind::kSource);
}

TEST(Parser, EnumsSetsCalendarsTopics) {
  const Parsed p = good(
      "enum purpose \"Purpose\"\n  work \"Work\",\n  'KZ-75' \"Almaty\"\n"
      "enum country \"Country\" from \"countries.csv\"\n"
      "set EAEU of country \"Union\"\n  by TEAEU art. 1 [read]\n  BY, 'R-U' from 2015-01-01\n  AM\n"
      "calendar \"holidays.csv\"\n"
      "topic stay \"Staying\"\n");
  ASSERT_EQ(p.tree.enums.size(), 2u);
  EXPECT_EQ(p.tree.enums[0].members.at(1).code.text, "KZ-75");
  EXPECT_EQ(p.tree.enums[0].members.at(0).label, "Work");
  EXPECT_EQ(p.tree.enums[1].csv, "countries.csv");
  EXPECT_EQ(p.sources.text(p.tree.enums[1].csv_span), "\"countries.csv\"");
  const SetDecl& set = p.tree.sets.at(0);
  EXPECT_EQ(set.of.text, "country");
  EXPECT_EQ(set.by.at(0).place, "art. 1");
  EXPECT_EQ(set.rows.at(0).members.at(1).text, "R-U");
  EXPECT_EQ(set.rows.at(0).from, make_date(2015, 1, 1));
  EXPECT_EQ(p.tree.calendars.at(0).csv, "holidays.csv");
  EXPECT_EQ(p.tree.topics.at(0).label, "Staying");
  EXPECT_EQ(p.tree.order.size(), 5u);
}

TEST(Parser, Entities) {
  const Parsed p = good(
      "entity person \"Person\"\n"
      "  arrived : date or none \"Arrived\"\n    ask \"When?\"\n    help \"The last time.\"\n"
      "  works : yes/no \"Works\"\n"
      "  help : text \"A fact may be called help\"\n"
      "  link stays : many stay \"Stays\"\n"
      "  link employer : employer \"Employer\"\n"
      "  must arrived is none or works \"Message\"\n");
  const EntityDecl& entity = p.tree.entities.at(0);
  ASSERT_EQ(entity.facts.size(), 3u);
  EXPECT_TRUE(entity.facts[0].type.or_none);
  EXPECT_EQ(entity.facts[0].ask, "When?");
  EXPECT_EQ(entity.facts[0].help, "The last time.");
  EXPECT_EQ(entity.facts[1].type.name.text, "yes/no");
  EXPECT_EQ(entity.facts[2].name.text, "help");
  EXPECT_TRUE(entity.links.at(0).many);
  EXPECT_EQ(entity.links.at(0).target.text, "stay");
  EXPECT_FALSE(entity.links.at(1).many);
  EXPECT_EQ(entity.musts.at(0).message, "Message");
}

TEST(Parser, NormsAndTheirRules) {
  const Parsed p = good(
      "norm due of person under ICRMW : set of document or none\n  \"Label\"\n  help \"Help\"\n  by LMP art. 1 [read]\n"
      "  arrived + 5 days\n    when a\n      and b\n    from 2011-08-17 until 2020-01-10\n"
      "    by LMP art. 6(4), para. 2 [read]\n      and D148  cl.  9 [unverified]\n"
      "  late: no\n");
  const NormDecl& norm = p.tree.norms.at(0);
  EXPECT_FALSE(norm.is_definition);
  EXPECT_EQ(norm.entity.text, "person");
  EXPECT_EQ(norm.under.text, "ICRMW");
  EXPECT_TRUE(norm.type.is_set && norm.type.or_none);
  EXPECT_EQ(norm.label, "Label");
  EXPECT_EQ(norm.help, "Help");
  EXPECT_EQ(norm.by.size(), 1u);
  ASSERT_EQ(norm.rules.size(), 2u);
  const Rule& rule = norm.rules[0];
  EXPECT_EQ(print(*rule.value), "arrived + 5 days");
  EXPECT_EQ(print(*rule.when), "a and b");
  EXPECT_EQ(rule.from, make_date(2011, 8, 17));
  EXPECT_EQ(rule.until, make_date(2020, 1, 10));
  ASSERT_EQ(rule.by.size(), 2u);
  EXPECT_EQ(rule.by[0].place, "art. 6(4), para. 2");
  EXPECT_EQ(rule.by[1].place, "cl. 9");
  EXPECT_EQ(rule.by[1].confidence, Confidence::kUnverified);
  EXPECT_EQ(norm.rules[1].label.text, "late");
}

TEST(Parser, ExceptionsOfALevelAndOfARule) {
  const Parsed p = good(
      "define d of job : yes/no\n  \"L\"\n"
      "  general: yes\n    except\n      no when a\n        except\n          reinstate general when b\n"
      "  no when c\n"
      "  except\n    eaeu: no when d\n    yes when e\n");
  const NormDecl& norm = p.tree.norms.at(0);
  EXPECT_TRUE(norm.is_definition);
  ASSERT_EQ(norm.rules.size(), 2u);
  ASSERT_EQ(norm.rules[0].exceptions.size(), 1u);
  const Rule& inner = norm.rules[0].exceptions[0].exceptions.at(0);
  EXPECT_EQ(inner.reinstate.text, "general");
  EXPECT_EQ(inner.value, nullptr);
  EXPECT_EQ(norm.exceptions.size(), 2u);
}

TEST(Parser, AnExceptBesideASingleExceptionBelongsToIt) {
  const Parsed p = good("norm n : whole\n  \"L\"\n  1\n  except\n    2 when a\n    except\n      3 when b\n");
  EXPECT_EQ(p.tree.norms[0].exceptions.at(0).exceptions.size(), 1u);
}

TEST(Parser, ANormWithoutRulesAndAParameter) {
  EXPECT_EQ(good("norm n of person : date\n  \"L\"\n").tree.norms[0].rules.size(), 0u);
  EXPECT_TRUE(good("norm mci : money\n  \"L\"\n  3063 tenge\n").tree.norms[0].entity.empty());
}

TEST(Parser, Tables) {
  const Parsed p = good(
      "table fee of permit (sector, category) : mci\n  \"L\"\n  help \"H\"\n  from \"f.csv\"\n  by D157 annex "
      "[read]\n");
  const TableDecl& table = p.tree.tables.at(0);
  EXPECT_EQ(table.keys.size(), 2u);
  EXPECT_EQ(table.type.name.text, "mci");
  EXPECT_EQ(table.csv, "f.csv");
  EXPECT_EQ(table.by.at(0).place, "annex");
}

TEST(Parser, Reforms) {
  const Parsed p = good(
      "reform r \"R\"\n  by A \"4\" [sample]\n  from 2027-01-01\n"
      "  amend n of person under B\n    yes when a\n    repeal old from 2027-02-01\n"
      "    replace general with no\n    insert no when b\n    insert under general: late: no when c\n"
      "    suspend general from 2027-03-01 until 2027-06-30\n"
      "  norm extra of person : yes/no\n    \"L\"\n    yes\n");
  const ReformDecl& reform = p.tree.reforms.at(0);
  EXPECT_EQ(reform.from, make_date(2027, 1, 1));
  EXPECT_EQ(reform.by.at(0).place, "\"4\"");
  const std::vector<Change>& changes = reform.amends.at(0).changes;
  ASSERT_EQ(changes.size(), 6u);
  EXPECT_EQ(changes[0].kind, Change::Kind::kPrevail);
  EXPECT_EQ(changes[1].kind, Change::Kind::kRepeal);
  EXPECT_EQ(changes[1].from, make_date(2027, 2, 1));
  EXPECT_EQ(changes[2].kind, Change::Kind::kReplace);
  EXPECT_EQ(changes[3].kind, Change::Kind::kInsert);
  EXPECT_EQ(changes[4].label.text, "general");
  EXPECT_EQ(changes[4].rule->label.text, "late");
  EXPECT_EQ(changes[5].kind, Change::Kind::kSuspend);
  EXPECT_EQ(changes[5].until, make_date(2027, 6, 30));
  EXPECT_EQ(reform.norms.at(0).name.text, "extra");
}

TEST(Parser, Cases) {
  const Parsed p = good(
      "case \"t\" on 2019-05-01 with reform a, b\n"
      "  permit: category first, headcount 2,\n      share -5 %, wage 85000 tenge\n"
      "    employer: size small\n"
      "      staff: category first, person.nationality KZ\n"
      "      staff:\n"
      "  expect n under B = {a, 'b'} because LMP art. 6(4)\n"
      "  expect fee unknown needing sector, person.age\n"
      "  expect x conflict\n  expect y gap\n");
  const CaseDecl& decl = p.tree.cases.at(0);
  EXPECT_EQ(decl.reforms.size(), 2u);
  EXPECT_EQ(decl.subject.facts.size(), 4u);
  EXPECT_EQ(print(*decl.subject.facts[2].value), "-5 %");
  const Subject& employer = decl.subject.links.at(0);
  ASSERT_EQ(employer.links.size(), 2u);
  EXPECT_EQ(employer.links[0].facts.at(1).path.at(1).text, "nationality");
  EXPECT_TRUE(employer.links[1].facts.empty());
  ASSERT_EQ(decl.expects.size(), 4u);
  EXPECT_EQ(decl.expects[0].under.text, "B");
  EXPECT_EQ(decl.expects[0].because->place, "art. 6(4)");
  EXPECT_FALSE(decl.expects[0].because->confidence);
  EXPECT_EQ(decl.expects[1].needing.at(1).at(1).text, "age");
  EXPECT_EQ(decl.expects[2].kind, Expect::Kind::kConflict);
  EXPECT_EQ(decl.expects[3].kind, Expect::Kind::kGap);
}

TEST(Parser, ANumberTakesNoUnitFromTheNextLine) {
  const Parsed p = good("case \"t\" on 2019-05-01\n  permit: headcount 2\n    employer: size small\n  expect fee = 2 mci\n");
  EXPECT_EQ(p.tree.cases[0].subject.facts[0].value->kind, ExprKind::kNumber);
  EXPECT_EQ(p.tree.cases[0].expects[0].value->kind, ExprKind::kQuantity);
}

TEST(Parser, NormsBelongToTheTopicAbove) {
  const Parsed p = good("norm a : whole\n  \"A\"\ntopic t \"T\"\nnorm b : whole\n  \"B\"\nreform r \"R\"\n  norm c : whole\n    \"C\"\n");
  EXPECT_EQ(p.tree.norms[0].topic.text, "");
  EXPECT_EQ(p.tree.norms[1].topic.text, "t");
  EXPECT_EQ(p.tree.reforms[0].norms[0].topic.text, "t");
}

TEST(Parser, CommentsStayWithWhatTheyStandAboveOrBeside) {
  const Parsed p = good(
      "-- file\n\n-- norm\nnorm a : whole  -- head\n  \"A\"\n  -- first\n  1  -- one\n    from 2011-01-01  -- since\n"
      "  except  -- level\n    -- second\n    2\n-- end\n");
  const NormDecl& norm = p.tree.norms[0];
  EXPECT_THAT(norm.comments.above, testing::ElementsAre("file", "\n", "norm"));
  EXPECT_EQ(norm.comments.beside, "head");
  EXPECT_THAT(norm.rules[0].comments.above, testing::ElementsAre("first", "since"));
  EXPECT_EQ(norm.rules[0].comments.beside, "one");
  EXPECT_THAT(norm.exceptions[0].comments.above, testing::ElementsAre("level", "second"));
  EXPECT_THAT(p.tree.closing_comments, testing::ElementsAre("end"));
}

TEST(Parser, ANormNamesTheTextsThatWereNotRead) {
  const Parsed p = good(
      "norm a of person : whole\n  \"A\"\n  -- not found\n  missing until 2004-12-31 by OLD art. 3 [unverified]\n  1 when missing by A "
      "[read]\n"
      "table t of person (k) : money\n  \"T\"\n  from \"t.csv\"\n  by A [read]\n  missing from 2001-01-01 by OLD [reported]\n");
  const NormDecl& norm = p.tree.norms.at(0);
  ASSERT_EQ(norm.missing.size(), 1u);
  EXPECT_EQ(norm.missing[0].dated.until, make_date(2004, 12, 31));
  EXPECT_EQ(norm.missing[0].dated.by[0].act.text, "OLD");
  EXPECT_THAT(norm.missing[0].comments.above, testing::ElementsAre("not found"));
  EXPECT_EQ(norm.rules.size(), 1u) << "a fact may bear the name";
  ASSERT_EQ(p.tree.tables.at(0).missing.size(), 1u);
  EXPECT_EQ(parse_text("norm a : whole\n  \"A\"\n  missing until 2004-12-31\n  1 by A [read]\n").diagnostics.size(), 1u);
}

TEST(Parser, LeavesOutWhatCannotBeReadAndKeepsTheRest) {
  const Parsed p = parse_text(
      "norm a : whole\n  \"A\"\n  1 +\n    except\n      2 when b\n  3\nnrm b : whole\n  \"B\"\n  4 when\nnorm c : "
      "whole\n  \"C\"\n  5\n");
  EXPECT_EQ(p.diagnostics.size(), 3u) << p.problems();
  ASSERT_EQ(p.tree.norms.size(), 3u);
  EXPECT_EQ(p.tree.norms[0].rules.size(), 1u);
  EXPECT_EQ(p.tree.norms[1].name.text, "b");
  EXPECT_EQ(p.tree.norms[2].rules.size(), 1u);
}

TEST(Parser, ReportsTooManyProblemsOnceAndStops) {
  std::string text;
  for (size_t i = 0; i < 3 * kMaxProblemsPerFile; ++i) text += "nrm a : whole\n";
  const Parsed p = parse_text(text);
  ASSERT_EQ(p.diagnostics.size(), kMaxProblemsPerFile + 1);
  EXPECT_THAT(p.diagnostics.back().message, testing::StartsWith("too many problems"));
}

TEST(Parser, RefusesAFileThatIsTooLarge) {
  EXPECT_EQ(parse_text(std::string(kMaxSourceBytes, ' ')).diagnostics.size(), 0u);
  const Parsed p = parse_text(std::string(kMaxSourceBytes + 1, ' '));
  ASSERT_EQ(p.diagnostics.size(), 1u);
  EXPECT_EQ(p.diagnostics[0].message, "this file is larger than 4 MiB");
}

std::string nested(std::string head, std::string_view word, std::string_view item, int levels) {
  std::string indent = "  ";
  for (int i = 0; i < levels; ++i) {
    if (!word.empty()) {
      head += indent + std::string(word) + "\n";
      indent += " ";
    }
    head += indent + std::string(item) + "\n";
    indent += " ";
  }
  return head;
}

TEST(Parser, DeepExceptionsAndSubjectsAreReportedOnce) {
  const Parsed exceptions = parse_text(nested("norm a : whole\n  \"A\"\n 1\n", "except", "2", 300));
  ASSERT_EQ(exceptions.diagnostics.size(), 1u) << exceptions.problems().substr(0, 2000);
  EXPECT_THAT(exceptions.diagnostics[0].message, testing::HasSubstr("nested more than 200 levels"));
  const Parsed subjects = parse_text(nested("case \"a\" on 2011-01-01\n", "", "staff:", 300));
  ASSERT_EQ(subjects.diagnostics.size(), 1u) << subjects.problems().substr(0, 2000);
  EXPECT_THAT(subjects.diagnostics[0].message, testing::HasSubstr("nested more than 200 levels"));
}

TEST(Parser, AnEmptyFileAndAFileOfComments) {
  EXPECT_EQ(good("").tree.order.size(), 0u);
  EXPECT_THAT(good("\n-- only\n").tree.closing_comments, testing::Contains("only"));
}

}  // namespace
}  // namespace koshi::zan
