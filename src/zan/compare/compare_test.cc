#include "zan/compare/compare.h"

#include <gmock/gmock.h>

namespace koshi::zan {
namespace {

constexpr const char* kLaw = R"(
act A "An act" adopted 2010-01-01 in force from 2011-01-01
treaty T "A treaty" signed 2010-01-01 not ratified

enum country "Country"
  KZ "Kazakhstan"
  RU "Russia"
  UZ "Uzbekistan"
  CN "China"

entity person "Person"
  nationality : country "Citizenship"
  works : yes/no "Works"
  studies : yes/no "Studies"
  age : whole "Age"

norm migrant of person : yes/no
  "Is this person a migrant worker?"
  works and nationality != KZ by A art. 1 [read]
  except
    no when studies by A art. 2 [read]

norm migrant of person under T : yes/no
  "Is this person a migrant worker?"
  works and nationality != KZ by T art. 2 [read]

norm adult of person : yes/no
  "Adult"
  age >= 18 by A art. 3 [read]

norm adult of person under T : yes/no
  "Adult"
  age >= 16 by T art. 3 [read]

norm silent of person : yes/no
  "Silent"
  yes when nationality = KZ by A art. 4 [read]

norm silent of person under T : yes/no
  "Silent"
  yes when nationality in {KZ, RU} by T art. 4 [read]
)";

class Compare : public testing::Test {
 protected:
  Compare() : compilation_(compile({{"law.zan", kLaw}}, {})), library_(compilation_.corpus) {
    EXPECT_TRUE(compilation_.diagnostics.empty()) << render(compilation_.corpus.sources, compilation_.diagnostics);
  }

  Comparison run(const char* norm) {
    const Corpus& corpus = compilation_.corpus;
    auto result = compare(library_, corpus.find_norm(norm), corpus.find_norm(norm, "T"), *parse_date("2020-01-01"), {});
    EXPECT_TRUE(result);
    return std::move(*result);
  }

  std::string text(const Profile& profile) const {
    std::string out;
    for (const ProfileFact& fact : profile.facts) {
      out += fact.path + "=";
      for (const Value& value : fact.values) out += format_value(compilation_.corpus, value) + "|";
      out += " ";
    }
    const auto side = [&](const Side& s) {
      return s.outcome == Outcome::kValue ? format_value(compilation_.corpus, s.value) : std::string("gap");
    };
    return out + side(profile.a) + "/" + side(profile.b);
  }

  Compilation compilation_;
  ProgramLibrary library_;
};

TEST_F(Compare, NamesTheSmallestProfilesOnce) {
  const Comparison result = run("person.migrant");
  ASSERT_EQ(result.differences.size(), 1u);
  EXPECT_TRUE(result.complete);
  EXPECT_FALSE(result.sampled);
  EXPECT_THAT(text(result.differences[0]), testing::HasSubstr("studies=yes|"));
  EXPECT_THAT(text(result.differences[0]), testing::HasSubstr("nationality=RU|UZ|CN|"));
  EXPECT_THAT(text(result.differences[0]), testing::EndsWith("no/yes"));
}

TEST_F(Compare, TriesBothSidesOfEveryBound) {
  const Comparison result = run("person.adult");
  ASSERT_EQ(result.differences.size(), 1u);
  EXPECT_TRUE(result.sampled);
  EXPECT_EQ(text(result.differences[0]), "age=16|17| no/yes");
}

TEST_F(Compare, SilenceIsADifference) {
  const Comparison result = run("person.silent");
  ASSERT_EQ(result.differences.size(), 1u);
  EXPECT_EQ(text(result.differences[0]), "nationality=RU| gap/yes");
}

TEST_F(Compare, ANormDoesNotDifferFromItself) {
  const NormId norm = compilation_.corpus.find_norm("person.migrant");
  const auto result = compare(library_, norm, norm, *parse_date("2020-01-01"), {});
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->differences.empty());
}

}  // namespace
}  // namespace koshi::zan
