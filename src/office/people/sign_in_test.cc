#include "office/people/sign_in.h"

#include <time.h>

#include <thread>

#include "office/people/test_people.h"
#include "office/people/token.h"

namespace koshi::people {
namespace {

using store::must;
using store::Reader;
using store::Transaction;
using testing::ElementsAre;
using testing::IsEmpty;

class SignInTest : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    door_ = std::make_unique<SignIns>(*store_, *passwords_, factor_, random_);
  }

  Decided<SignedIn> enter(std::string_view login, std::string_view password = kGoodPassword, int64_t now = kNow,
                          std::string_view code = "") {
    return door_->sign_in(login, password, code, now);
  }
  std::optional<Session> session(std::string_view token, int64_t now) { return must(door_->session(token, now)); }
  int64_t failures() { return number("SELECT count(*) FROM people_sign_in_failure"); }

  std::unique_ptr<SignIns> door_;
};
using SignIn = SignInTest;
INSTANTIATE_TEST_SUITE_P(Engines, SignIn, store::both_engines(), store::engine_name);

TEST_P(SignIn, ARightPasswordOpensASession) {
  const int64_t id = make_account("aigerim");
  const SignedIn entered = allowed(enter("Aigerim"));
  EXPECT_EQ(entered.token.size(), kTokenLength);
  EXPECT_EQ(entered.csrf, csrf_token(entered.token));
  const auto found = session(entered.token, kNow + kMinute / 2);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->account, id);
  EXPECT_EQ(found->login, "aigerim");
  EXPECT_EQ(found->display_name, "Officer aigerim");
  EXPECT_EQ(found->language, "kk");
  EXPECT_THAT(found->roles, ElementsAre(RoleGrant{"officer", "KZ-75", false}));
  EXPECT_FALSE(found->must_enrol);
  EXPECT_EQ(found->signed_in_at_ms, kNow);
  EXPECT_EQ(found->ends_at_ms, kNow + kIdleMaxMs);
  EXPECT_EQ(entered.session.roles, found->roles);
  EXPECT_EQ(actor_name(id), "account:" + std::to_string(id));
  EXPECT_EQ(failures(), 0);
}

TEST_P(SignIn, TheDatabaseHoldsNoToken) {
  make_account("a");
  const SignedIn entered = allowed(enter("a"));
  const auto rows = must(query("SELECT token_hash FROM people_session"));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].blob(0), *token_hash(entered.token));
  // What is stored does not open what it is stored for.
  EXPECT_FALSE(session(make_token([&](std::span<std::byte> bytes) {
                         for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(rows[0].blob(0)[i]);
                       }),
                       kNow));
}

TEST_P(SignIn, WrongAndUnknownLookTheSame) {
  make_account("known");
  const uint64_t before = passwords_->hash_count();
  const auto wrong = must(enter("known", "wrong password!"));
  EXPECT_EQ(passwords_->hash_count(), before + 1);
  const auto unknown = must(enter("unknown", "wrong password!"));
  EXPECT_EQ(passwords_->hash_count(), before + 2);
  ASSERT_FALSE(wrong || unknown);
  EXPECT_EQ(wrong.error().why, Refusal::kWrongPassword);
  EXPECT_EQ(unknown.error().why, wrong.error().why);
  EXPECT_EQ(unknown.error().message, wrong.error().message);
  EXPECT_EQ(number("SELECT count(*) FROM people_sign_in_failure WHERE login = 'unknown'"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM people_sign_in_failure WHERE login = 'known'"), 1);
  EXPECT_EQ(refusal_in(enter("no login at all")), Refusal::kWrongPassword);
  EXPECT_EQ(refusal_in(enter("known", "")), Refusal::kWrongPassword);
  EXPECT_EQ(refusal_in(enter("known", std::string(5000, 'a'))), Refusal::kWrongPassword);
}

int64_t cpu_microseconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1000;
}

/// In this thread's own time, which does not depend on who else uses the machine: a hash is all of it.
TEST_P(SignIn, AnUnknownLoginTakesAsLong) {
  const auto dear = Passwords::create({.cost = {3, 16u << 20}}, random_).value();
  const std::string hash = dear->hash(kGoodPassword).value();
  allowed(write([&](Transaction& t) { return create_account(t, {"known", "K", hash, "kk", {}}, kNow); }));
  SignIns door(*store_, *dear, factor_, random_);
  const auto spent = [&](std::string_view login) {
    const int64_t before = cpu_microseconds();
    EXPECT_EQ(refusal_in(door.sign_in(login, "wrong password!", "", kNow)), Refusal::kWrongPassword);
    return cpu_microseconds() - before;
  };
  (void)spent("known");  // statements are prepared, memory is there
  const int64_t known = spent("known");
  const int64_t unknown = spent("unknown");
  EXPECT_GT(unknown * 2, known);
  EXPECT_GT(known * 2, unknown);
}

TEST_P(SignIn, AnAccountWithoutPasswordHasNoRightOne) {
  allowed(write([&](Transaction& t) { return create_account(t, {"oidc", "O", "", "kk", {}}, kNow); }));
  EXPECT_EQ(refusal_in(enter("oidc", "")), Refusal::kWrongPassword);
  EXPECT_EQ(refusal_in(enter("oidc")), Refusal::kWrongPassword);
}

TEST_P(SignIn, TenFailuresCloseALoginForAWhile) {
  make_account("a");
  make_account("b");
  for (const char* login : {"a", "nobody"}) {
    for (int i = 0; i < kFailuresMax; ++i)
      EXPECT_EQ(refusal_in(enter(login, "wrong password!", kNow + i * kMinute)), Refusal::kWrongPassword);
    const uint64_t hashes = passwords_->hash_count();
    const auto closed = must(enter(login, kGoodPassword, kNow + 10 * kMinute));
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().why, Refusal::kTooManyFailures);
    EXPECT_EQ(closed.error().retry_at_ms, kNow + kFailureWindowMs);
    EXPECT_EQ(passwords_->hash_count(), hashes);
  }
  EXPECT_EQ(failures(), 2 * kFailuresMax);  // what is refused at once does not prolong it
  EXPECT_EQ(refusal_in(enter("b", kGoodPassword, kNow + 10 * kMinute)), std::nullopt);
  EXPECT_EQ(refusal_in(enter("a", kGoodPassword, kNow + kFailureWindowMs - 1)), Refusal::kTooManyFailures);
  EXPECT_EQ(refusal_in(enter("a", kGoodPassword, kNow + kFailureWindowMs)), std::nullopt);
  EXPECT_EQ(number("SELECT count(*) FROM people_sign_in_failure WHERE login = 'a'"), 0);
}

TEST_P(SignIn, AttemptsAtTheSameTimeDoNotOutrunTheLimit) {
  make_account("a");
  std::atomic<int> wrong = 0;
  std::atomic<int> closed = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 8; ++n) {
          const auto why = refusal_in(enter("a", "wrong password!"));
          if (why == Refusal::kWrongPassword) ++wrong;
          if (why == Refusal::kTooManyFailures) ++closed;
        }
      });
    }
  }
  EXPECT_EQ(wrong, kFailuresMax);
  EXPECT_EQ(closed, 4 * 8 - kFailuresMax);
}

TEST_P(SignIn, FailuresOfAWrongClockDoNotCount) {
  make_account("a");
  for (int i = 0; i < kFailuresMax; ++i) (void)enter("a", "wrong password!", kNow + 365 * 24 * 60 * kMinute);
  EXPECT_EQ(refusal_in(enter("a")), std::nullopt);
}

TEST_P(SignIn, ASessionEndsByIdleness) {
  make_account("a");
  const std::string token = allowed(enter("a")).token;
  int64_t now = kNow;
  for (int i = 0; i < 3; ++i) {
    now += kIdleMaxMs - 1;
    EXPECT_TRUE(session(token, now)) << i;
  }
  EXPECT_FALSE(session(token, now + kIdleMaxMs));
  EXPECT_TRUE(session(token, now + kIdleMaxMs - 1));  // asking for it when it had ended changed nothing
}

TEST_P(SignIn, UseIsNotedOnceAMinute) {
  make_account("a");
  const std::string token = allowed(enter("a")).token;
  EXPECT_EQ(session(token, kNow + kSeenEveryMs - 1)->ends_at_ms, kNow + kIdleMaxMs);
  EXPECT_EQ(number("SELECT seen_at FROM people_session"), kNow);
  EXPECT_EQ(session(token, kNow + kSeenEveryMs)->ends_at_ms, kNow + kSeenEveryMs + kIdleMaxMs);
  EXPECT_EQ(number("SELECT seen_at FROM people_session"), kNow + kSeenEveryMs);
}

TEST_P(SignIn, ASessionEndsAfterTwelveHoursOfUse) {
  make_account("a");
  const std::string token = allowed(enter("a")).token;
  for (int64_t now = kNow; now < kNow + kSessionMaxMs; now += 20 * kMinute) ASSERT_TRUE(session(token, now));
  const auto last = session(token, kNow + kSessionMaxMs - 1);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->ends_at_ms, kNow + kSessionMaxMs);
  EXPECT_FALSE(session(token, kNow + kSessionMaxMs));
}

TEST_P(SignIn, AClockSetBackOpensNothing) {
  make_account("a");
  const std::string token = allowed(enter("a")).token;
  EXPECT_TRUE(session(token, kNow - kClockSkewMaxMs));
  EXPECT_FALSE(session(token, kNow - kClockSkewMaxMs - 1));
}

TEST_P(SignIn, OtherTokensOpenNothing) {
  make_account("a");
  std::string token = allowed(enter("a")).token;
  EXPECT_FALSE(session("", kNow));
  EXPECT_FALSE(session(token + "=", kNow));
  EXPECT_FALSE(session(make_token(random_), kNow));
  token[0] = token[0] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(session(token, kNow));
}

TEST_P(SignIn, SigningOutEndsOneOrAll) {
  const int64_t id = make_account("a");
  const std::string one = allowed(enter("a")).token;
  const std::string two = allowed(enter("a")).token;
  const std::string three = allowed(enter("a")).token;
  must(door_->sign_out(one));
  must(door_->sign_out(one));
  must(door_->sign_out("nonsense"));
  EXPECT_FALSE(session(one, kNow));
  EXPECT_TRUE(session(two, kNow) && session(three, kNow));
  must(door_->sign_out_everywhere(id));
  EXPECT_FALSE(session(two, kNow) || session(three, kNow));
}

TEST_P(SignIn, AccountsHaveAtMostTwentySessions) {
  make_account("a");
  make_account("b");
  const std::string other = allowed(enter("b")).token;
  std::vector<std::string> tokens;
  for (int i = 0; i <= kSessionsMax; ++i) tokens.push_back(allowed(enter("a", kGoodPassword, kNow + i)).token);
  EXPECT_FALSE(session(tokens[0], kNow + kMinute / 2));
  EXPECT_TRUE(session(tokens[1], kNow + kMinute / 2) && session(tokens.back(), kNow + kMinute / 2) && session(other, kNow));
  EXPECT_EQ(number("SELECT count(*) FROM people_session"), kSessionsMax + 1);
}

TEST_P(SignIn, WhatAnAccountLosesItsSessionsLoseAtOnce) {
  const int64_t id = make_account("a");
  const std::string token = allowed(enter("a")).token;
  allowed(write([&](Transaction& t) { return set_roles(t, id, {{"auditor", "", true}}); }));
  EXPECT_THAT(session(token, kNow)->roles, ElementsAre(RoleGrant{"auditor", "", true}));
  allowed(write([&](Transaction& t) { return set_disabled(t, id, true); }));
  EXPECT_FALSE(session(token, kNow));
  EXPECT_EQ(refusal_in(enter("a")), Refusal::kDisabled);
  EXPECT_EQ(refusal_in(enter("a", "wrong password!")), Refusal::kWrongPassword);
  EXPECT_EQ(refusal_in(door_->open_session(id, Proof::kOneFactor, kNow)), Refusal::kDisabled);
  allowed(write([&](Transaction& t) { return set_disabled(t, id, false); }));
  EXPECT_FALSE(session(token, kNow));  // it ended, it did not sleep
  EXPECT_EQ(refusal_in(enter("a")), std::nullopt);
}

TEST_P(SignIn, ADisabledAccountHasNoSessionHoweverItCameToBe) {
  make_account("a");
  const std::string token = allowed(enter("a")).token;
  must(execute("UPDATE people_account SET disabled = 1"));
  EXPECT_FALSE(session(token, kNow));
}

TEST_P(SignIn, ANewPasswordEndsTheOtherSessions) {
  const int64_t id = make_account("a");
  const std::string mine = allowed(enter("a")).token;
  const std::string other = allowed(enter("a")).token;
  const std::string hash = passwords_->hash("another good password").value();
  allowed(write([&](Transaction& t) { return set_password(t, id, hash, mine); }));
  EXPECT_TRUE(session(mine, kNow));
  EXPECT_FALSE(session(other, kNow));
  EXPECT_EQ(refusal_in(enter("a")), Refusal::kWrongPassword);
  EXPECT_EQ(refusal_in(enter("a", "another good password")), std::nullopt);
  allowed(write([&](Transaction& t) { return set_password(t, id, hash); }));
  EXPECT_FALSE(session(mine, kNow));
}

TEST_P(SignIn, APasswordOfAnotherCostIsStoredAnew) {
  const int64_t id = make_account("a");
  const auto dearer = Passwords::create({.cost = {2, 16u << 10}}, random_).value();
  SignIns door(*store_, *dearer, factor_, random_);
  const auto stored = [&] { return std::string(must(query("SELECT password_hash FROM people_account WHERE id = $1", {id}))[0].text(0)); };
  const std::string before = stored();
  EXPECT_EQ(refusal_in(door.sign_in("a", "wrong password!", "", kNow)), Refusal::kWrongPassword);
  EXPECT_EQ(stored(), before);
  EXPECT_EQ(refusal_in(door.sign_in("a", kGoodPassword, "", kNow)), std::nullopt);
  EXPECT_THAT(stored(), testing::HasSubstr("m=16,t=2"));
  EXPECT_EQ(refusal_in(door.sign_in("a", kGoodPassword, "", kNow)), std::nullopt);
}

TEST_P(SignIn, ConfirmingAPasswordIsLimitedLikeSigningIn) {
  const int64_t id = make_account("a");
  EXPECT_EQ(refusal_in(door_->confirm_password(id, kGoodPassword, kNow)), std::nullopt);
  EXPECT_EQ(failures(), 0);
  for (int i = 0; i < kFailuresMax; ++i) {
    EXPECT_EQ(refusal_in(door_->confirm_password(id, "wrong password!", kNow)), Refusal::kWrongPassword);
  }
  EXPECT_EQ(refusal_in(door_->confirm_password(id, kGoodPassword, kNow)), Refusal::kTooManyFailures);
  EXPECT_EQ(refusal_in(door_->confirm_password(id + 1, kGoodPassword, kNow)), Refusal::kNoAccount);
}

TEST_P(SignIn, AProvenIdentityOpensASession) {
  const int64_t id = make_account("a");
  const SignedIn entered = allowed(door_->open_session(id, Proof::kOneFactor, kNow));
  EXPECT_EQ(session(entered.token, kNow)->account, id);
  EXPECT_EQ(refusal_in(door_->open_session(id + 1, Proof::kOneFactor, kNow)), Refusal::kNoAccount);
}

TEST_P(SignIn, ABusyHouseCountsNothing) {
  make_account("a");
  const auto busy =
      Passwords::create({.cost = {4, 64u << 20}, .hashes_at_once = 1, .wait_max = std::chrono::milliseconds(0)}, random_).value();
  SignIns door(*store_, *busy, factor_, random_);
  std::atomic<bool> done = false;
  std::jthread other([&] {
    while (!done) (void)busy->hash(kGoodPassword);
  });
  std::optional<Refusal> why;
  for (int i = 0; i < kFailuresMax && why != Refusal::kTooBusy; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    why = refusal_in(door.sign_in("a", kGoodPassword, "", kNow));
  }
  done = true;
  EXPECT_EQ(why, Refusal::kTooBusy);
  EXPECT_EQ(failures(), 0);
}

TEST_P(SignIn, WhatHasEndedIsSweptAway) {
  make_account("a");
  const std::string old = allowed(enter("a")).token;
  (void)enter("a", "wrong password!");
  const std::string young = allowed(door_->open_session(1, Proof::kOneFactor, kNow + kIdleMaxMs - 1)).token;
  (void)enter("b", "wrong password!", kNow + kIdleMaxMs - 1);
  EXPECT_EQ(must(door_->sweep(kNow + kFailureWindowMs - 1)), 0);
  EXPECT_EQ(must(door_->sweep(kNow + kIdleMaxMs)), 2);
  EXPECT_FALSE(session(old, kNow));
  EXPECT_TRUE(session(young, kNow + kIdleMaxMs));
  EXPECT_EQ(failures(), 1);
}

TEST_P(SignIn, WithoutADatabaseThereIsAnErrorAndNoRefusal) {
  make_account("a");
  const std::string token = allowed(enter("a")).token;
  must(script("DROP TABLE people_session"));
  EXPECT_FALSE(door_->session(token, kNow));
  EXPECT_FALSE(enter("a"));
}

}  // namespace
}  // namespace koshi::people
