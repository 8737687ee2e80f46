#include "office/people/account.h"

#include "office/people/test_people.h"

namespace koshi::people {
namespace {

using store::must;
using store::Reader;
using store::Transaction;
using testing::ElementsAre;
using testing::IsEmpty;

class Accounts : public PeopleTest {
 protected:
  std::optional<Refusal> created(const NewAccount& account) {
    return refusal_in(write([&](Transaction& t) { return create_account(t, account, kNow); }));
  }
  std::optional<Account> found(std::string_view login) {
    return must(read([&](Reader& r) { return find_account(r, login); }));
  }
  std::optional<Account> found(int64_t id) {
    return must(read([&](Reader& r) { return find_account(r, id); }));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Accounts, store::both_engines(), store::engine_name);

TEST(Login, IsFolded) {
  EXPECT_EQ(fold_login("Aigerim.S@akimat-KZ+1_x"), "aigerim.s@akimat-kz+1_x");
  EXPECT_EQ(fold_login(std::string(kLoginMaxLength, 'a')), std::string(kLoginMaxLength, 'a'));
  for (const std::string& bad : {std::string(), std::string(kLoginMaxLength + 1, 'a'), std::string("a b"), std::string("айгерім"),
                                 std::string("a\0b", 3), std::string("a'b"), std::string("a\n")}) {
    EXPECT_EQ(fold_login(bad), std::nullopt) << bad;
  }
}

TEST_P(Accounts, WhatIsCreatedIsFound) {
  const std::vector<RoleGrant> roles{
      {"officer", "KZ-75", false}, {"auditor", "", true}, {"officer", "KZ-11", false}, {"officer", "KZ-75", false}};
  const int64_t id =
      allowed(write([&](Transaction& t) { return create_account(t, {"Aigerim", "Айгерім С.", "$argon2id$…", "kk", roles}, kNow); }));
  const auto account = found("AIGERIM");
  ASSERT_TRUE(account);
  EXPECT_EQ(account->id, id);
  EXPECT_EQ(account->login, "aigerim");
  EXPECT_EQ(account->display_name, "Айгерім С.");
  EXPECT_EQ(account->language, "kk");
  EXPECT_FALSE(account->disabled);
  EXPECT_TRUE(account->has_password);
  EXPECT_FALSE(account->code_required || account->code_enrolled);
  EXPECT_EQ(account->created_at_ms, kNow);
  EXPECT_THAT(account->roles,
              ElementsAre(RoleGrant{"auditor", "", true}, RoleGrant{"officer", "KZ-11", false}, RoleGrant{"officer", "KZ-75", false}));
  EXPECT_EQ(found(id)->login, "aigerim");
  EXPECT_FALSE(found("nobody"));
  EXPECT_FALSE(found("no login"));
  EXPECT_FALSE(found(id + 1));
}

TEST_P(Accounts, ALoginIsTakenOnceHoweverItIsWritten) {
  EXPECT_EQ(created({"aigerim", "A", "", "kk", {}}), std::nullopt);
  EXPECT_EQ(created({"AiGerim", "B", "", "ru", {}}), Refusal::kLoginTaken);
  EXPECT_EQ(found("aigerim")->display_name, "A");
}

TEST_P(Accounts, MalformedOnesAreRefusedAndNothingIsKept) {
  EXPECT_EQ(created({"no login", "A", "", "kk", {}}), Refusal::kLoginForm);
  EXPECT_EQ(created({"a", "", "", "kk", {}}), Refusal::kNameForm);
  EXPECT_EQ(created({"a", " A", "", "kk", {}}), Refusal::kNameForm);
  EXPECT_EQ(created({"a", std::string("A\0B", 3), "", "kk", {}}), Refusal::kNameForm);
  EXPECT_EQ(created({"a", "A\xFF", "", "kk", {}}), Refusal::kNameForm);
  EXPECT_EQ(created({"a", std::string(kNameMaxLength + 1, 'x'), "", "kk", {}}), Refusal::kNameForm);
  for (const char* language : {"", "k", "KK", "kazakh", "k1"}) {
    EXPECT_EQ(created({"a", "A", "", language, {}}), Refusal::kLanguageForm) << language;
  }
  EXPECT_EQ(number("SELECT count(*) FROM people_account"), 0);
}

TEST_P(Accounts, ARoleSaysWhereItHolds) {
  const auto with = [&](std::vector<RoleGrant> roles) { return created({"a", "A", "", "kk", std::move(roles)}); };
  EXPECT_EQ(with({{"officer", "", false}}), Refusal::kRoleForm);
  EXPECT_EQ(with({{"officer", "KZ-75", true}}), Refusal::kRoleForm);
  EXPECT_EQ(with({{"", "KZ-75", false}}), Refusal::kRoleForm);
  EXPECT_EQ(with({{"officer\n", "KZ-75", false}}), Refusal::kRoleForm);
  EXPECT_EQ(with({{"officer", " ", false}}), Refusal::kRoleForm);
  EXPECT_EQ(with({{std::string(kRoleNameMaxLength + 1, 'r'), "", true}}), Refusal::kRoleForm);
  EXPECT_EQ(with({{"officer", std::string(kScopeMaxLength + 1, 's'), false}}), Refusal::kRoleForm);
  std::vector<RoleGrant> many;
  for (size_t i = 0; i <= kRolesMax; ++i) many.push_back({"officer", std::to_string(i), false});
  EXPECT_EQ(with(many), Refusal::kRoleForm);
  many.pop_back();
  EXPECT_EQ(with(many), std::nullopt);
  EXPECT_EQ(found("a")->roles.size(), kRolesMax);
}

TEST_P(Accounts, RolesAreReplacedAsAWhole) {
  const int64_t id = make_account("a");
  const auto set = [&](std::vector<RoleGrant> roles) { return refusal_in(write([&](Transaction& t) { return set_roles(t, id, roles); })); };
  EXPECT_EQ(set({{"ministry", "", true}}), std::nullopt);
  EXPECT_THAT(found(id)->roles, ElementsAre(RoleGrant{"ministry", "", true}));
  EXPECT_EQ(set({{"officer", "", false}}), Refusal::kRoleForm);
  EXPECT_THAT(found(id)->roles, ElementsAre(RoleGrant{"ministry", "", true}));
  EXPECT_EQ(set({}), std::nullopt);
  EXPECT_THAT(found(id)->roles, IsEmpty());
}

TEST_P(Accounts, ValuesChange) {
  const int64_t id = make_account("a");
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return set_language(t, id, "ru"); })), std::nullopt);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return set_language(t, id, "RU"); })), Refusal::kLanguageForm);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return set_display_name(t, id, "Әсел"); })), std::nullopt);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return set_display_name(t, id, "\n"); })), Refusal::kNameForm);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return set_disabled(t, id, true); })), std::nullopt);
  EXPECT_EQ(found(id)->language, "ru");
  EXPECT_EQ(found(id)->display_name, "Әсел");
  EXPECT_TRUE(found(id)->disabled);
}

TEST_P(Accounts, NobodyIsNobody) {
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return set_roles(t, 99, {}); })), Refusal::kNoAccount);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return set_password(t, 99, "x"); })), Refusal::kNoAccount);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return set_disabled(t, 99, true); })), Refusal::kNoAccount);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return set_language(t, 99, "kk"); })), Refusal::kNoAccount);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return set_display_name(t, 99, "A"); })), Refusal::kNoAccount);
}

TEST_P(Accounts, PagesCoverAllOnceInOrder) {
  for (const char* login : {"delta", "alpha", "echo", "bravo", "charlie"}) make_account(login);
  std::vector<std::string> logins;
  for (std::string after;;) {
    const auto page = must(read([&](Reader& r) { return accounts_after(r, after, 2); }));
    if (page.empty()) break;
    EXPECT_LE(page.size(), 2u);
    for (const Account& account : page) logins.push_back(account.login);
    after = logins.back();
  }
  EXPECT_THAT(logins, ElementsAre("alpha", "bravo", "charlie", "delta", "echo"));
  EXPECT_THAT(must(read([&](Reader& r) { return accounts_after(r, "", -1); })), IsEmpty());
}

/// The rules of the schema hold by themselves, whoever writes.
TEST_P(Accounts, TheSchemaKeepsItsRules) {
  const int64_t id = make_account("a");
  const auto broken = [&](std::string_view sql) {
    const auto done = execute(sql, {id});
    return done ? "kept" : done.error().violation.name;
  };
  EXPECT_EQ(broken("INSERT INTO people_account_role (account_id, role, scope, everywhere) VALUES ($1, 'officer', '', 0)"),
            "people_account_role_scope");
  EXPECT_EQ(broken("INSERT INTO people_account_role (account_id, role, scope, everywhere) VALUES ($1, 'officer', 'KZ-1', 1)"),
            "people_account_role_scope");
  EXPECT_EQ(broken("UPDATE people_account SET factor_confirmed = 1 WHERE id = $1"), "people_account_factor_known");
  EXPECT_EQ(broken("INSERT INTO people_person (family_name, given_names, search, created_at, changed_at) VALUES ('A', '', '', $1, 0)"),
            "people_person_identified");
}

}  // namespace
}  // namespace koshi::people
