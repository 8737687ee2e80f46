#include "office/people/access.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace koshi::people {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Resource kCase{.roles = {{.role = "officer", .scope = "KZ-75", .up_to = Wish::kAct, .opens_seal = false},
                               {.role = "employer", .scope = "200640001239", .up_to = Wish::kAct, .opens_seal = false},
                               {.role = "auditor", .scope = "", .up_to = Wish::kSee, .opens_seal = false}},
                     .sealed = false};

bool may_see(std::vector<RoleGrant> grants, const Resource& resource = kCase) {
  return may(grants, resource, Wish::kSee);
}
bool may_act(std::vector<RoleGrant> grants, const Resource& resource = kCase) {
  return may(grants, resource, Wish::kAct);
}

TEST(Access, NothingIsAllowedWithoutAGrantAndARole) {
  EXPECT_FALSE(may_see({}));
  EXPECT_FALSE(may_see({{"police", "", true}}));
  EXPECT_FALSE(may_see({{"officer", "", true}}, Resource{}));
  EXPECT_FALSE(may_see({{"", "", true}}));
}

TEST(Access, AScopeIsTheSameOrItIsNone) {
  EXPECT_TRUE(may_act({{"officer", "KZ-75", false}}));
  EXPECT_FALSE(may_see({{"officer", "KZ-71", false}}));
  EXPECT_FALSE(may_see({{"officer", "KZ-7", false}}));
  EXPECT_FALSE(may_see({{"officer", "kz-75", false}}));
  EXPECT_FALSE(may_see({{"employer", "KZ-75", false}}));  // a scope of another role
  EXPECT_TRUE(may_act({{"officer", "KZ-71", false}, {"officer", "KZ-75", false}}));
}

TEST(Access, EverywhereIsSaidNotLeftOut) {
  EXPECT_FALSE(may_see({{"officer", "", false}}));
  EXPECT_TRUE(may_act({{"officer", "", true}}));
  // The auditor's role is bound to nothing: an empty scope on both sides is still no match.
  EXPECT_FALSE(may_see({{"auditor", "", false}}));
  EXPECT_FALSE(may_see({{"auditor", "KZ-75", false}}));
  EXPECT_TRUE(may_see({{"auditor", "", true}}));
}

TEST(Access, WhoMaySeeMayNotThereforeAct) {
  EXPECT_FALSE(may_act({{"auditor", "", true}}));
}

TEST(Access, ASealIsOpenedByNoGrantButByTheRole) {
  Resource complaint = kCase;
  complaint.sealed = true;
  complaint.roles.push_back({.role = "migrant", .scope = "17", .up_to = Wish::kAct, .opens_seal = true});
  complaint.roles.push_back({.role = "inspector", .scope = "KZ-75", .up_to = Wish::kSee, .opens_seal = true});
  EXPECT_FALSE(may_see({{"officer", "", true}}, complaint));
  EXPECT_FALSE(may_see({{"employer", "200640001239", false}}, complaint));
  EXPECT_TRUE(may_act({{"migrant", "17", false}}, complaint));
  EXPECT_FALSE(may_see({{"migrant", "18", false}}, complaint));
  EXPECT_TRUE(may_see({{"inspector", "KZ-75", false}}, complaint));
  EXPECT_FALSE(may_act({{"inspector", "KZ-75", false}}, complaint));
}

TEST(Access, ReachIsWhatAListMayFilterBy) {
  const std::vector<RoleGrant> grants{{"officer", "KZ-75", false}, {"officer", "KZ-11", false}, {"officer", "KZ-75", false},
                                      {"officer", "", false},      {"centre", "KZ-63", false},  {"ministry", "", true},
                                      {"ministry", "KZ-10", false}};
  EXPECT_THAT(reach(grants, "officer").scopes, ElementsAre("KZ-11", "KZ-75"));
  EXPECT_FALSE(reach(grants, "officer").everywhere);
  EXPECT_TRUE(reach(grants, "ministry").everywhere);
  EXPECT_THAT(reach(grants, "ministry").scopes, IsEmpty());
  EXPECT_TRUE(reach(grants, "police").nowhere());
}

/// The whole matrix of small worlds: one grant against one role of a resource, said once more in other words.
TEST(Access, TheWholeMatrix) {
  int allowed = 0;
  for (const char* role : {"a", "b"}) {
    for (const char* scope : {"", "x", "y"}) {
      for (const bool everywhere : {false, true}) {
        for (const char* at : {"", "x"}) {
          for (const Wish up_to : {Wish::kSee, Wish::kAct}) {
            for (const int bits : {0, 1, 2, 3, 4, 5, 6, 7}) {
              const bool opens = (bits & 1) != 0;
              const bool sealed = (bits & 2) != 0;
              const Wish wish = (bits & 4) != 0 ? Wish::kAct : Wish::kSee;
              const Resource resource{.roles = {{.role = "a", .scope = at, .up_to = up_to, .opens_seal = opens}}, .sealed = sealed};
              bool expected = std::string_view(role) == "a";
              if (!everywhere && (std::string_view(scope) != "x" || std::string_view(at) != "x")) expected = false;
              if (sealed && !opens) expected = false;
              if (wish == Wish::kAct && up_to == Wish::kSee) expected = false;
              EXPECT_EQ(may(std::vector<RoleGrant>{{role, scope, everywhere}}, resource, wish), expected);
              allowed += expected ? 1 : 0;
            }
          }
        }
      }
    }
  }
  EXPECT_GT(allowed, 0);
}

rc::Gen<RoleGrant> grant_gen() {
  return rc::gen::build<RoleGrant>(rc::gen::set(&RoleGrant::role, rc::gen::element<std::string>("a", "b", "c")),
                                   rc::gen::set(&RoleGrant::scope, rc::gen::element<std::string>("", "x", "y")),
                                   rc::gen::set(&RoleGrant::everywhere, rc::gen::arbitrary<bool>()));
}
rc::Gen<RoleAccess> access_gen() {
  return rc::gen::build<RoleAccess>(rc::gen::set(&RoleAccess::role, rc::gen::element<std::string>("a", "b", "c")),
                                    rc::gen::set(&RoleAccess::scope, rc::gen::element<std::string>("", "x", "y")),
                                    rc::gen::set(&RoleAccess::up_to, rc::gen::element(Wish::kSee, Wish::kAct)),
                                    rc::gen::set(&RoleAccess::opens_seal, rc::gen::arbitrary<bool>()));
}

RC_GTEST_PROP(AccessProperty, MoreGrantsNeverTakeAwayAndEachStandsAlone, ()) {
  const auto grants = *rc::gen::container<std::vector<RoleGrant>>(grant_gen());
  const Resource resource{.roles = *rc::gen::container<std::vector<RoleAccess>>(access_gen()), .sealed = *rc::gen::arbitrary<bool>()};
  const Wish wish = *rc::gen::element(Wish::kSee, Wish::kAct);
  bool any = false;
  for (const RoleGrant& grant : grants) any = any || may(std::span(&grant, 1), resource, wish);
  RC_ASSERT(may(grants, resource, wish) == any);
  if (may(grants, resource, Wish::kAct)) RC_ASSERT(may(grants, resource, Wish::kSee));
  Resource sealed = resource;
  sealed.sealed = true;
  if (may(grants, sealed, wish)) RC_ASSERT(may(grants, resource, wish));
}

}  // namespace
}  // namespace koshi::people
