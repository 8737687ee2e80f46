#include "zan/sql/sql.h"

#include <gmock/gmock.h>

namespace koshi::zan::sql {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kLaw = R"(act L "Law" adopted 2000-01-01 in force from 2000-01-01
calendar "days.csv"
enum color "Color"
  red "Red"
  green "Green"
  'a$b' "Blue"
entity firm "Firm"
  size : whole "Size"
  link staff : many person "Staff"
entity person "Person"
  age : whole "Age"
  hue : color "Hue"
  pay : money "Pay"
  rate : decimal "Rate"
  born : date "Born"
  left : date or none "Left"
  name : text "Name"
  link firm : firm "Firm"
norm adult of person : yes/no "Adult"
  yes when age >= 18 by L art. 1 [read]
  no when age < 18 by L art. 2 [read]
norm gone of person : date or none "Gone"
  left by L art. 4 [read]
norm warm of person : yes/no "Warm"
  hue in {red, green} by L art. 5 [read]
norm per_head of person : decimal "Share"
  rate / rate by L art. 5 [read]
norm colleagues of person : whole "Colleagues"
  (count of firm.staff where age >= 18) by L art. 8 [read]
norm large of person : yes/no "Large"
  firm.size > 10 by L art. 8 [read]
norm due of person : date "Due"
  born + 3 working days by L art. 8 [read]
norm anna of person : yes/no "Anna"
  name = "Anna" by L art. 9 [read]
norm called of person : text "Called"
  name by L art. 9 [read]
norm big of firm : yes/no "Big"
  size > 10 by L art. 9 [read]
)";

class SqlTest : public ::testing::Test {
 protected:
  SqlTest() {
    Compilation compilation = compile({{"law.zan", kLaw}}, {{"days.csv", "date,kind\n2014-01-01,public_holiday\n"}});
    for (const Diagnostic& diagnostic : compilation.diagnostics) ADD_FAILURE() << diagnostic.message;
    corpus_ = std::move(compilation.corpus);
  }

  Question ask(const std::vector<std::string>& norms, Dialect dialect = Dialect::kPostgresql) const {
    Question out;
    out.entity = corpus_.find_entity("person");
    for (const std::string& norm : norms) {
      const NormId plain = corpus_.find_norm("person." + norm);
      out.norms.push_back(plain == kNoId ? corpus_.find_norm(norm) : plain);
    }
    out.law = out.today = *make_date(2014, 1, 1);
    out.dialect = dialect;
    return out;
  }

  std::vector<std::string> problems(const Question& question) {
    ProgramLibrary library(corpus_);
    const auto query = write_query(library, question);
    return query ? std::vector<std::string>{"none"} : query.error();
  }

  std::string text(const Question& question) {
    ProgramLibrary library(corpus_);
    const auto query = write_query(library, question);
    return query ? query->text : query.error().front();
  }

  Corpus corpus_;
};

TEST_F(SqlTest, TellsHowTheTableLiesAndWhichRulesDecide) {
  const std::string query = text(ask({"adult"}));
  EXPECT_THAT(query, StartsWith("-- The law as a query for PostgreSQL, on 2014-01-01."));
  EXPECT_THAT(query, HasSubstr("--   person . age : whole\n"));
  EXPECT_THAT(query, HasSubstr("--     rule 2: L art. 2\n"));
  EXPECT_THAT(query, HasSubstr(R"(AS "adult_state")"));
  EXPECT_THAT(query, HasSubstr(R"(AS "adult_rule")"));
}

TEST_F(SqlTest, WritesSetsOfCodesAsTheyLie) {
  EXPECT_THAT(text(ask({"warm"})), HasSubstr("= 'a$b')"));
}

TEST_F(SqlTest, TakesNullForNoneOnlyWhereAFactMayBeNone) {
  const std::string gone = text(ask({"gone"}));
  EXPECT_THAT(gone, HasSubstr(R"("left" IS NULL)"));
  EXPECT_THAT(text(ask({"adult"})), HasSubstr(R"("age" IS NOT NULL)"));
}

TEST_F(SqlTest, RefusesTextByNameOfTheNorm) {
  EXPECT_THAT(problems(ask({"anna"})), ElementsAre("`person.anna`: text is not compared"));
  EXPECT_THAT(problems(ask({"called"})), ElementsAre("`person.called` gives a text, which is not computed in SQL"));
}

TEST_F(SqlTest, RefusesListsInOneTable) {
  EXPECT_THAT(problems(ask({"colleagues"})),
              ElementsAre("`person.firm.staff` is a list, which one table does not hold; say --linked for tables that follow links"));
  Question linked = ask({"colleagues"});
  linked.linked = true;
  EXPECT_THAT(problems(linked), ElementsAre("none"));
}

TEST_F(SqlTest, ReadsLinkedFactsByTheirPathsInOneTable) {
  EXPECT_THAT(text(ask({"large"})), HasSubstr(R"("firm.size")"));
}

TEST_F(SqlTest, RefusesWhatADialectCannotComputeExactly) {
  Question share = ask({"per_head"}, Dialect::kSqlite);
  EXPECT_THAT(problems(share), ElementsAre("none"));
  share.within["rate"] = {0, INT64_MAX};
  EXPECT_THAT(problems(share), ElementsAre(HasSubstr("`person.per_head`: a division")));
  share.dialect = Dialect::kDuckdb;
  EXPECT_THAT(problems(share), ElementsAre("none"));
}

// DuckDB multiplies decimals in the width of the column, and stops where the product needs more.
TEST_F(SqlTest, ScalesDecimalsWithRoomInDuckdb) {
  EXPECT_THAT(text(ask({"per_head"}, Dialect::kDuckdb)), HasSubstr(R"(AS DECIMAL(28, 9)) * 1000000000)"));
  EXPECT_THAT(text(ask({"per_head"})), Not(HasSubstr("DECIMAL(28, 9)")));
}

TEST_F(SqlTest, RefusesBoundsOfNothingAndUnknownFacts) {
  Question question = ask({"adult"});
  question.within["hue"] = {0, 1};
  question.within["weight"] = {0, 1};
  question.within["age"] = {5, 1};
  question.unknowable = {"age"};
  EXPECT_THAT(problems(question),
              ElementsAre("`age` is never none: its NULL already means unknown", "`hue` is no number, and has no bounds but its own",
                          "`weight` is no fact of `person`", "the bounds of `age` hold no number"));
  EXPECT_THAT(problems(ask({"firm.big"})), ElementsAre("`firm.big` is a norm of another entity than the one that is asked"));
}

TEST_F(SqlTest, LooksForValuesThatNoFactCanHaveUnlessTrusted) {
  Question question = ask({"warm"});
  EXPECT_THAT(text(question), HasSubstr("ELSE 'unfit' END"));
  question.trusted = true;
  EXPECT_THAT(text(question), Not(HasSubstr("ELSE 'unfit' END")));
}

TEST_F(SqlTest, MakesTheTablesThatItReads) {
  ProgramLibrary library(corpus_);
  Question question = ask({"gone", "adult"}, Dialect::kSqlite);
  question.unknowable = {"left"};
  const auto query = write_query(library, question);
  ASSERT_TRUE(query.has_value());
  EXPECT_EQ(create_tables(corpus_, question, *query),
            "CREATE TABLE \"person\" (\"row\" INTEGER PRIMARY KEY, \"left\" TEXT, \"left_unknown\" INTEGER, \"age\" INTEGER);\n");
}

TEST_F(SqlTest, GivesTheSameBytesAgain) {
  EXPECT_EQ(text(ask({"due", "warm", "gone"})), text(ask({"due", "warm", "gone"})));
}

}  // namespace
}  // namespace koshi::zan::sql
