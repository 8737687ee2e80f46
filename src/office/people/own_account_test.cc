#include "office/people/own_account.h"

#include "office/people/account_changes.h"
#include "office/people/device.h"
#include "office/people/first_password.h"
#include "office/people/recovery.h"
#include "office/people/test_people.h"
#include "office/people/token.h"

/// What people do to their own accounts, and what the keeper gives them.
namespace koshi::people {
namespace {

using store::must;
using store::Transaction;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kNewPassword = "tulip under seven bridges";
constexpr int64_t kDay = 24 * 60 * kMinute;

class OwnTest : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    door_ = std::make_unique<SignIns>(*store_, *passwords_, factor_, random_);
    own_ = std::make_unique<OwnAccount>(*store_, *passwords_, factor_, *door_, random_);
    id_ = make_account("serikova");
    here_ = allowed(door_->sign_in("serikova", kGoodPassword, "", kNow));
  }
  OwnAccount::Self self() const { return {here_.session, here_.token}; }
  std::optional<Refusal> enter(std::string_view password, std::string_view code = "", int64_t now = kNow, std::string_view device = {}) {
    return refusal_in(door_->sign_in("serikova", password, code, now, "192.0.2.7", device));
  }
  std::optional<Refusal> change(std::string_view from, std::string_view to) {
    return refusal_in(own_->change_password(self(), from, to, kNow));
  }
  bool is_open(const std::string& token, int64_t now = kNow) { return must(door_->session(token, now)).has_value(); }
  std::vector<std::string> changes() {
    std::vector<std::string> all;
    for (const auto& one : must(read([&](store::Reader& r) { return changes_of(r, id_); }))) all.push_back(one.what);
    return all;
  }
  std::string code(const Enrolment& enrolment, int64_t now) { return totp_code(*read_totp_secret(enrolment.secret), totp_step(now)); }
  /// The recovery codes.
  std::vector<std::string> enrol(int64_t now = kNow) {
    const Enrolment begun = allowed(own_->begin_factor(self(), kGoodPassword, now));
    secret_ = begun;
    return allowed(own_->confirm_factor(self(), code(begun, now), now));
  }

  std::unique_ptr<SignIns> door_;
  std::unique_ptr<OwnAccount> own_;
  int64_t id_ = 0;
  SignedIn here_;
  Enrolment secret_;
};
using Own = OwnTest;
INSTANTIATE_TEST_SUITE_P(Engines, Own, store::both_engines(), store::engine_name);

TEST_P(Own, APasswordIsChangedByWhoKnowsTheOldOne) {
  const std::string elsewhere = allowed(door_->sign_in("serikova", kGoodPassword, "", kNow)).token;
  EXPECT_EQ(change("wrong password!", kNewPassword), Refusal::kWrongPassword);
  EXPECT_TRUE(is_open(elsewhere));
  EXPECT_EQ(change(kGoodPassword, kNewPassword), std::nullopt);
  EXPECT_TRUE(is_open(here_.token));
  EXPECT_FALSE(is_open(elsewhere));
  EXPECT_EQ(enter(kGoodPassword), Refusal::kWrongPassword);
  EXPECT_EQ(enter(kNewPassword), std::nullopt);
  EXPECT_THAT(changes(), ElementsAre(kPasswordChanged));
}

TEST_P(Own, ANewPasswordIsJudged) {
  EXPECT_EQ(change(kGoodPassword, "short"), Refusal::kPasswordTooShort);
  EXPECT_EQ(change(kGoodPassword, std::string(kPasswordMaxBytes + 1, 'x')), Refusal::kPasswordTooLong);
  EXPECT_EQ(change(kGoodPassword, "password1234"), Refusal::kPasswordCommon);
  EXPECT_EQ(change(kGoodPassword, "serikova2026!"), Refusal::kPasswordCommon) << "words of the person herself";
  EXPECT_EQ(change(kGoodPassword, kGoodPassword), Refusal::kPasswordSame);
  EXPECT_EQ(enter(kGoodPassword), std::nullopt);
  EXPECT_THAT(changes(), IsEmpty());
}

TEST_P(Own, GuessingTheOldPasswordIsLimitedAndShutsNobodyOut) {
  for (int i = 0; i < kFailuresMax; ++i) EXPECT_EQ(change("wrong password!", kNewPassword), Refusal::kWrongPassword);
  EXPECT_EQ(change(kGoodPassword, kNewPassword), Refusal::kTooManyFailures);
  EXPECT_EQ(enter(kGoodPassword), std::nullopt);
}

TEST_P(Own, WhatStrangersEnterHoldsUpNobodyWhoIsSignedIn) {
  for (int i = 0; i < kFailuresMax; ++i) (void)enter("wrong password!");
  EXPECT_EQ(enter(kGoodPassword), Refusal::kTooManyFailures);
  EXPECT_EQ(change(kGoodPassword, kNewPassword), std::nullopt);
}

TEST_P(Own, AFactorIsEnrolledWithThePasswordAndConfirmedByACode) {
  const std::string elsewhere = allowed(door_->sign_in("serikova", kGoodPassword, "", kNow)).token;
  EXPECT_EQ(refusal_in(own_->begin_factor(self(), "wrong password!", kNow)), Refusal::kWrongPassword);
  const Enrolment begun = allowed(own_->begin_factor(self(), kGoodPassword, kNow));
  EXPECT_EQ(factor_.told_again(begun.secret, "serikova")->uri, begun.uri);
  EXPECT_FALSE(factor_.told_again(begun.secret + "A", "serikova"));
  EXPECT_FALSE(factor_.told_again(std::string(32, '1'), "serikova"));
  EXPECT_EQ(refusal_in(own_->confirm_factor(self(), "000000", kNow)), Refusal::kCodeWrong);
  EXPECT_TRUE(is_open(elsewhere));
  EXPECT_THAT(allowed(own_->confirm_factor(self(), code(begun, kNow), kNow)), SizeIs(kRecoveryCodes));
  EXPECT_FALSE(is_open(elsewhere)) << "it was opened without a code";
  EXPECT_TRUE(is_open(here_.token));
  EXPECT_EQ(enter(kGoodPassword), Refusal::kCodeNeeded);
  EXPECT_EQ(refusal_in(own_->begin_factor(self(), kGoodPassword, kNow)), Refusal::kCodeEnrolled);
  EXPECT_THAT(changes(), ElementsAre(kFactorEnrolled));
}

TEST_P(Own, CodesThatConfirmAreNotGuessedWithoutEnd) {
  allowed(own_->begin_factor(self(), kGoodPassword, kNow));
  for (int i = 0; i < kFailuresMax; ++i) EXPECT_EQ(refusal_in(own_->confirm_factor(self(), "000000", kNow)), Refusal::kCodeWrong);
  EXPECT_EQ(refusal_in(own_->confirm_factor(self(), "000000", kNow)), Refusal::kTooManyFailures);
}

TEST_P(Own, ARecoveryCodeOpensOnceAndIsKeptAsAHash) {
  const std::vector<std::string> codes = enrol();
  for (const std::string& one : codes) EXPECT_EQ(number("SELECT count(*) FROM people_recovery_code WHERE code_hash IS NULL"), 0) << one;
  EXPECT_EQ(number("SELECT count(*) FROM people_recovery_code"), kRecoveryCodes);
  EXPECT_EQ(number("SELECT count(*) FROM people_recovery_code WHERE length(code_hash) = 32"), kRecoveryCodes);
  static_assert(kRecoveryCodeLength * 5 >= 112);
  EXPECT_EQ(enter(kGoodPassword, codes[0]), std::nullopt);
  EXPECT_EQ(enter(kGoodPassword, codes[0]), Refusal::kCodeWrong);
  std::string sloppy = " " + codes[1];
  for (char& c : sloppy) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  EXPECT_EQ(enter(kGoodPassword, sloppy), std::nullopt);
  EXPECT_EQ(enter("wrong password!", codes[2]), Refusal::kWrongPassword);
  EXPECT_EQ(must(read([&](store::Reader& r) { return recovery_codes_left(r, id_); })), kRecoveryCodes - 2);
  EXPECT_THAT(changes(), ElementsAre(kRecoveryUsed, kRecoveryUsed, kFactorEnrolled));
  const int64_t other = make_account("other");
  EXPECT_FALSE(must(write([&](Transaction& t) { return use_recovery_code(t, other, codes[3]); }))) << "it is of one account";
}

TEST_P(Own, AFactorIsRemovedWithPasswordAndCode) {
  const std::vector<std::string> codes = enrol();
  const std::string elsewhere = allowed(door_->sign_in("serikova", kGoodPassword, codes[0], kNow)).token;
  const auto remove = [&](std::string_view password, std::string_view text, int64_t now = kNow) {
    return refusal_in(own_->remove_factor(self(), password, text, now));
  };
  EXPECT_EQ(remove("wrong password!", codes[1]), Refusal::kWrongPassword);
  EXPECT_EQ(remove(kGoodPassword, ""), Refusal::kCodeWrong);
  EXPECT_EQ(enter(kGoodPassword), Refusal::kCodeNeeded);
  EXPECT_EQ(remove(kGoodPassword, code(secret_, kNow + kMinute), kNow + kMinute), std::nullopt);
  EXPECT_EQ(enter(kGoodPassword), std::nullopt);
  EXPECT_FALSE(is_open(elsewhere));
  EXPECT_TRUE(is_open(here_.token));
  EXPECT_EQ(number("SELECT count(*) FROM people_recovery_code"), 0);
}

TEST_P(Own, GuessingTheCodeToRemoveItIsLimited) {
  enrol();
  for (int i = 0; i < kFailuresMax; ++i)
    EXPECT_EQ(refusal_in(own_->remove_factor(self(), kGoodPassword, "000000", kNow)), Refusal::kCodeWrong);
  EXPECT_EQ(refusal_in(own_->remove_factor(self(), kGoodPassword, "000000", kNow)), Refusal::kTooManyFailures);
}

TEST_P(Own, SessionsAreSeenAndEnded) {
  const std::string second = allowed(door_->sign_in("serikova", kGoodPassword, "", kNow + 1)).token;
  const std::string third = allowed(door_->open_session(id_, Proof::kOneFactor, kNow + 2)).token;
  make_account("other");
  const std::string other = allowed(door_->sign_in("other", kGoodPassword, "", kNow)).token;
  const auto open = must(own_->sessions(self(), kNow + kMinute));
  ASSERT_THAT(open, SizeIs(3));
  EXPECT_EQ(open[0].way, SignInWay::kProvider);
  EXPECT_EQ(open[1].signed_in_at_ms, kNow + 1);
  EXPECT_TRUE(open[2].is_this && !open[1].is_this && !open[0].is_this);
  EXPECT_EQ(must(own_->sessions(self(), kNow + kIdleMaxMs + 1)).size(), 1u) << "what has ended by itself is not shown";
  EXPECT_EQ(refusal_in(own_->end_sessions(self(), "wrong password!", {open[0].name}, kNow)), Refusal::kWrongPassword);
  EXPECT_TRUE(is_open(third));
  EXPECT_EQ(allowed(own_->end_sessions(self(), kGoodPassword, {open[0].name, "no such", std::string(32, '0')}, kNow)), 1);
  EXPECT_FALSE(is_open(third));
  EXPECT_TRUE(is_open(second));
  EXPECT_THAT(changes(), ElementsAre(kSessionsEnded));
  const SignedIn there = allowed(door_->sign_in("other", kGoodPassword, "", kNow));
  const auto theirs = must(own_->sessions({there.session, there.token}, kNow));
  EXPECT_EQ(allowed(own_->end_sessions(self(), kGoodPassword, {theirs[0].name, theirs[1].name}, kNow)), 0) << "of others nothing";
  EXPECT_TRUE(is_open(other));
}

/// Who has no password signs in by a provider, and has just done so.
TEST_P(Own, WithoutAPasswordAFreshSignInEndsSessions) {
  must(execute("UPDATE people_account SET password_hash = ''"));
  const SignedIn now = allowed(door_->open_session(id_, Proof::kOneFactor, kNow));
  const OwnAccount::Self me{now.session, now.token};
  const auto open = must(own_->sessions(me, kNow));
  ASSERT_THAT(open, SizeIs(2));
  const std::string name = open[open[0].is_this ? 1 : 0].name;
  EXPECT_EQ(refusal_in(own_->end_sessions(me, "", {name}, kNow + kFreshMs)), Refusal::kNotFresh);
  EXPECT_TRUE(is_open(here_.token));
  EXPECT_EQ(allowed(own_->end_sessions(me, "", {name}, kNow + kFreshMs - 1)), 1);
  EXPECT_FALSE(is_open(here_.token));
}

TEST_P(Own, AGivenPasswordSignsInToNothingButChoosingAnother) {
  const std::string given = make_first_password(random_);
  EXPECT_EQ(given.size(), kFirstPasswordLength + 3);
  EXPECT_GE(kFirstPasswordLength * 5, 64u);
  const std::string hash = passwords_->hash(given, {}).value();
  allowed(write([&](Transaction& t) { return give_password(t, id_, hash, kNow, "came with the identity card"); }));
  EXPECT_FALSE(is_open(here_.token));
  here_ = allowed(door_->sign_in("serikova", given, "", kNow));
  EXPECT_TRUE(here_.session.must_choose);
  EXPECT_THAT(here_.session.roles, IsEmpty());
  EXPECT_THAT(must(door_->session(here_.token, kNow))->roles, IsEmpty());
  EXPECT_FALSE(allowed(door_->open_session(id_, Proof::kOneFactor, kNow)).session.must_choose) << "by a provider's word it is not used";
  EXPECT_EQ(change(given, kNewPassword), std::nullopt);
  EXPECT_THAT(must(door_->session(here_.token, kNow))->roles, SizeIs(1));
  EXPECT_EQ(enter(kNewPassword, "", kNow + 10 * kDay), std::nullopt);
  EXPECT_THAT(changes(), ElementsAre(kPasswordChanged, kPasswordGiven));
  EXPECT_EQ(must(read([&](store::Reader& r) { return changes_of(r, id_); })).back().remark, "came with the identity card");
}

TEST_P(Own, AGivenPasswordEnds) {
  const std::string given = make_first_password(random_);
  allowed(write([&](Transaction& t) { return give_password(t, id_, passwords_->hash(given).value(), kNow, ""); }));
  EXPECT_EQ(enter(given, "", kNow + kFirstPasswordDays * kDay - 1), std::nullopt);
  EXPECT_EQ(enter(given, "", kNow + kFirstPasswordDays * kDay), Refusal::kPasswordEnded);
  EXPECT_EQ(enter("wrong password!", "", kNow + kFirstPasswordDays * kDay), Refusal::kWrongPassword) << "told to who knew it only";
  EXPECT_EQ(number("SELECT count(*) FROM people_sign_in_failure"), 1);
}

/// A lost password is no way around the second factor.
TEST_P(Own, AGivenPasswordLeavesTheFactor) {
  const std::vector<std::string> codes = enrol();
  const std::string given = make_first_password(random_);
  allowed(write([&](Transaction& t) { return give_password(t, id_, passwords_->hash(given).value(), kNow, ""); }));
  EXPECT_EQ(enter(given), Refusal::kCodeNeeded);
  EXPECT_EQ(enter(given, codes[0]), std::nullopt);
}

TEST_P(Own, AStrangerDoesNotShutOutADeviceThatIsKnown) {
  const std::string device = must(door_->remember_device(id_, "", kNow));
  for (int i = 0; i < kFailuresMax; ++i) EXPECT_EQ(enter("wrong password!"), Refusal::kWrongPassword);
  EXPECT_EQ(enter(kGoodPassword), Refusal::kTooManyFailures);
  EXPECT_EQ(enter(kGoodPassword, "", kNow, make_token(random_)), Refusal::kTooManyFailures) << "a device that nobody knows";
  EXPECT_EQ(enter(kGoodPassword, "", kNow, device), std::nullopt);
  EXPECT_EQ(enter(kGoodPassword), Refusal::kTooManyFailures) << "what the owner enters gives the stranger no further tries";
  for (int i = 0; i < kFailuresMax; ++i) EXPECT_EQ(enter("wrong password!", "", kNow, device), Refusal::kWrongPassword);
  EXPECT_EQ(enter(kGoodPassword, "", kNow, device), Refusal::kTooManyFailures) << "a known one is limited, too";
}

TEST_P(Own, ADeviceCountsForItsOwnAccountOnly) {
  const int64_t other = make_account("other");
  const std::string device = must(door_->remember_device(other, "", kNow));
  for (int i = 0; i < kFailuresMax; ++i) (void)enter("wrong password!", "", kNow, device);
  EXPECT_EQ(enter(kGoodPassword), Refusal::kTooManyFailures) << "it was counted as a stranger's";
  EXPECT_EQ(must(door_->remember_device(other, device, kNow + 1)), device);
  EXPECT_NE(must(door_->remember_device(id_, device, kNow + 1)), device);
}

TEST_P(Own, DevicesAreBoundedAndForgotten) {
  std::vector<std::string> tokens;
  for (int64_t i = 0; i <= kDevicesMax; ++i) tokens.push_back(must(door_->remember_device(id_, "", kNow + i)));
  EXPECT_EQ(number("SELECT count(*) FROM people_device"), kDevicesMax);
  EXPECT_EQ(must(read([&](store::Reader& r) { return device_of(r, id_, tokens.front()); })), "");
  EXPECT_NE(must(read([&](store::Reader& r) { return device_of(r, id_, tokens.back()); })), "");
  must(door_->sweep(kNow + kDeviceDays * kDay));
  EXPECT_EQ(number("SELECT count(*) FROM people_device"), kDevicesMax);
  must(door_->sweep(kNow + kDeviceDays * kDay + kDevicesMax + 1));
  EXPECT_EQ(number("SELECT count(*) FROM people_device"), 0);
}

TEST_P(Own, ChangesAreKeptForTheirTerm) {
  EXPECT_EQ(change(kGoodPassword, kNewPassword), std::nullopt);
  must(door_->sweep(kNow + kAccountChangeDays * kDay));
  EXPECT_THAT(changes(), SizeIs(1));
  must(door_->sweep(kNow + kAccountChangeDays * kDay + 1));
  EXPECT_THAT(changes(), IsEmpty());
}

}  // namespace
}  // namespace koshi::people
