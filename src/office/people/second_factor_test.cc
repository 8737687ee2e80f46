#include "office/people/second_factor.h"

#include "office/people/test_people.h"

namespace koshi::people {
namespace {

using store::must;
using store::Transaction;
using testing::HasSubstr;
using testing::IsEmpty;

TotpSecret decoded(std::string_view base32) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  TotpSecret secret{};
  for (size_t bit = 0; bit < 160; ++bit) {
    const size_t value = kLetters.find(base32[bit / 5]);
    if ((value >> (4 - bit % 5) & 1) != 0) secret[bit / 8] |= std::byte{1} << (7 - bit % 8);
  }
  return secret;
}

class SecondFactorTest : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    door_ = std::make_unique<SignIns>(*store_, *passwords_, factor_, random_);
    id_ = make_account("a");
  }
  TotpSecret enrolled(int64_t account) {
    return decoded(allowed(write([&](Transaction& t) { return factor_.enrol(t, account); })).secret);
  }
  std::string code(const TotpSecret& secret, int64_t now) { return totp_code(secret, totp_step(now)); }
  std::optional<Refusal> confirm(std::string_view text, int64_t now) {
    return refusal_in(write([&](Transaction& t) { return factor_.confirm(t, id_, text, now); }));
  }
  std::optional<Refusal> enter(std::string_view text, int64_t now) { return refusal_in(door_->sign_in("a", kGoodPassword, text, now)); }

  std::unique_ptr<SignIns> door_;
  int64_t id_ = 0;
};
using Factor = SecondFactorTest;
INSTANTIATE_TEST_SUITE_P(Engines, Factor, store::both_engines(), store::engine_name);

TEST_P(Factor, ItCountsOnceItIsConfirmed) {
  EXPECT_EQ(confirm("000000", kNow), Refusal::kCodeNotBegun);
  const Enrolment enrolment = allowed(write([&](Transaction& t) { return factor_.enrol(t, id_); }));
  EXPECT_THAT(enrolment.uri, HasSubstr("otpauth://totp/K%C3%B6shi:a?secret=" + enrolment.secret));
  EXPECT_EQ(enter("", kNow), std::nullopt);  // begun is not yet in force
  const TotpSecret secret = decoded(enrolment.secret);
  EXPECT_EQ(confirm(code(secret, kNow - 10 * kMinute), kNow), Refusal::kCodeWrong);
  EXPECT_EQ(confirm(code(secret, kNow), kNow), std::nullopt);
  EXPECT_EQ(confirm(code(secret, kNow), kNow), Refusal::kCodeNotBegun);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return factor_.enrol(t, id_); })), Refusal::kCodeEnrolled);
  EXPECT_EQ(enter("", kNow + kMinute), Refusal::kCodeNeeded);
  EXPECT_EQ(enter(code(secret, kNow + kMinute), kNow + kMinute), std::nullopt);
}

TEST_P(Factor, IsSealedAnewWithoutBeingNoticed) {
  const TotpSecret secret = enrolled(id_);
  ASSERT_EQ(confirm(code(secret, kNow), kNow), std::nullopt);
  FactorKey other{};
  other.fill(std::byte{9});
  const auto takes = [&](const SecondFactor& factor, int64_t now) {
    return refusal_in(write([&](Transaction& t) { return factor.use(t, id_, code(secret, now), now); }));
  };
  const SecondFactor renewed(other, random_, "Köshi", {FactorKey{std::byte{7}}});
  EXPECT_EQ(takes(renewed, kNow + kMinute), std::nullopt) << "the retired key opens it";
  EXPECT_EQ(must(write([&](Transaction& t) { return renewed.seal_anew(t); })), 1);
  EXPECT_EQ(must(write([&](Transaction& t) { return renewed.seal_anew(t); })), 0) << "what is sealed under the key stays";
  EXPECT_EQ(takes(SecondFactor(other, random_, "Köshi"), kNow + 2 * kMinute), std::nullopt) << "the retired key is not needed any more";
  EXPECT_FALSE(write([&](Transaction& t) { return factor_.use(t, id_, code(secret, kNow + 3 * kMinute), kNow + 3 * kMinute); }).has_value())
      << "it opens nothing";
}

TEST_P(Factor, ACodeIsTakenOnce) {
  const TotpSecret secret = enrolled(id_);
  EXPECT_EQ(confirm(code(secret, kNow), kNow), std::nullopt);
  EXPECT_EQ(enter(code(secret, kNow), kNow), Refusal::kCodeWrong);  // it confirmed already
  const int64_t later = kNow + kMinute;
  EXPECT_EQ(enter(code(secret, later), later), std::nullopt);
  EXPECT_EQ(enter(code(secret, later), later + 1000), Refusal::kCodeWrong);
}

TEST_P(Factor, GuessingCodesIsLimitedToo) {
  const TotpSecret secret = enrolled(id_);
  EXPECT_EQ(confirm(code(secret, kNow), kNow), std::nullopt);
  const int64_t now = kNow + kMinute;
  for (int i = 0; i < kFailuresMax; ++i) {
    EXPECT_EQ(enter("", now), Refusal::kCodeNeeded);  // to be asked is no failure, and forgives none
    EXPECT_EQ(enter("12345", now), Refusal::kCodeWrong);
  }
  EXPECT_EQ(enter(code(secret, now), now), Refusal::kTooManyFailures);
}

TEST_P(Factor, WhereItIsRequiredNothingElseIsAllowedBefore) {
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return factor_.require(t, id_, true); })), std::nullopt);
  const SignedIn entered = allowed(door_->sign_in("a", kGoodPassword, "", kNow));
  EXPECT_TRUE(entered.session.must_enrol);
  EXPECT_THAT(entered.session.roles, IsEmpty());
  EXPECT_THAT(must(door_->session(entered.token, kNow))->roles, IsEmpty());
  const TotpSecret secret = enrolled(id_);
  EXPECT_TRUE(must(door_->session(entered.token, kNow))->must_enrol);
  EXPECT_EQ(confirm(code(secret, kNow), kNow), std::nullopt);
  const auto session = must(door_->session(entered.token, kNow));
  EXPECT_FALSE(session->must_enrol);
  EXPECT_EQ(session->roles.size(), 1u);
}

TEST_P(Factor, IsNotPassedByAProviderThatAskedForOneFactor) {
  const TotpSecret secret = enrolled(id_);
  EXPECT_EQ(confirm(code(secret, kNow), kNow), std::nullopt);
  EXPECT_EQ(refusal_in(door_->open_session(id_, Proof::kOneFactor, kNow)), Refusal::kCodeNeeded);
  EXPECT_EQ(allowed(door_->open_session(id_, Proof::kSeveralFactors, kNow)).session.roles.size(), 1u);
}

TEST_P(Factor, ThatIsRequiredMayBeTheProviders) {
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return factor_.require(t, id_, true); })), std::nullopt);
  EXPECT_TRUE(allowed(door_->open_session(id_, Proof::kOneFactor, kNow)).session.must_enrol);
  const SignedIn there = allowed(door_->open_session(id_, Proof::kSeveralFactors, kNow));
  EXPECT_FALSE(there.session.must_enrol);
  EXPECT_EQ(must(door_->session(there.token, kNow))->roles.size(), 1u) << "the session remembers it";
}

TEST_P(Factor, ALostTelephoneIsRemovedAndEndsSessions) {
  const TotpSecret secret = enrolled(id_);
  EXPECT_EQ(confirm(code(secret, kNow), kNow), std::nullopt);
  const std::string token = allowed(door_->open_session(id_, Proof::kSeveralFactors, kNow)).token;
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return factor_.remove(t, id_); })), std::nullopt);
  EXPECT_FALSE(must(door_->session(token, kNow)));
  EXPECT_EQ(enter("", kNow), std::nullopt);
  EXPECT_NE(enrolled(id_), secret);
}

TEST_P(Factor, ASecretIsSealedToItsAccountAndKey) {
  const TotpSecret secret = enrolled(id_);
  const auto sealed = must(query("SELECT factor_secret FROM people_account WHERE id = $1", {id_}));
  const std::string bytes(sealed[0].blob(0));
  EXPECT_THAT(bytes, testing::Not(HasSubstr(std::string(reinterpret_cast<const char*>(secret.data()), secret.size()))));
  const int64_t other = make_account("b");
  must(execute("UPDATE people_account SET factor_secret = $1 WHERE id = $2", {store::Blob{bytes}, other}));
  const auto stolen = write([&](Transaction& t) { return factor_.confirm(t, other, code(secret, kNow), kNow); });
  EXPECT_EQ(store::fault_in(stolen), store::Fault::kCorrupt);
  const SecondFactor of_another_key(FactorKey{std::byte{8}}, random_, "x");
  const auto opened = write([&](Transaction& t) { return of_another_key.confirm(t, id_, code(secret, kNow), kNow); });
  EXPECT_EQ(store::fault_in(opened), store::Fault::kCorrupt);
  EXPECT_EQ(confirm(code(secret, kNow), kNow), std::nullopt);
}

TEST_P(Factor, NobodyIsNobody) {
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return factor_.enrol(t, 99); })), Refusal::kNoAccount);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return factor_.confirm(t, 99, "000000", kNow); })), Refusal::kNoAccount);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return factor_.require(t, 99, true); })), Refusal::kNoAccount);
  EXPECT_EQ(refusal_in(write([&](Transaction& t) { return factor_.remove(t, 99); })), Refusal::kNoAccount);
}

}  // namespace
}  // namespace koshi::people
