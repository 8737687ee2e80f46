#include "http/office/own_cases.h"

#include <gtest/gtest.h>

#include "zan/corpus/corpus.h"

namespace koshi::http {
namespace {

constexpr char kLaw[] = R"(act LMP "Law" adopted 2011-07-22 in force from 2011-08-17

entity quota "Quota"
  region : text "Region"
  heads : whole "Heads"

procedure plan of quota "Plan"
  by LMP art. 1 [read]
  party ministry "Ministry"
  office government "Government"
  form plan "Plan"
    ask heads
  state draft "Draft"
    submit: "Send" by ministry -> sent
      needs forms
      files
  state sent "Sent"
    adopt: "Adopt" by government -> adopted
  final adopted "Adopted"

procedure proposal of quota "Proposal"
  by LMP art. 2 [read]
  party akimat "Region" within region
  office ministry "Ministry"
  form plan "Plan"
    ask region, heads
  state draft "Draft"
    submit: "Send" by akimat -> sent
      needs forms
      files
  state sent "Sent"
    take_up: "Take up" by ministry -> taken_up
  final taken_up "Taken up"
)";

TEST(OwnCases, APartyWithoutAFactOfItsOwnIsKnownByItsAccount) {
  const auto compiled = zan::compile({{"law.zan", kLaw}}, {});
  ASSERT_EQ(zan::render(compiled.corpus.sources, compiled.diagnostics), "");
  const auto account = [&](const std::string& role) {
    return account_for_list(compiled.corpus, office::Actor{"login", role, std::nullopt, words::Language::kEn});
  };
  EXPECT_EQ(account("ministry"), "login");
  EXPECT_EQ(account("akimat"), "");      // its cases are those of its region, whoever opened them
  EXPECT_EQ(account("government"), "");  // an office sees what comes to it
  EXPECT_EQ(account("nobody"), "");
}

}  // namespace
}  // namespace koshi::http
