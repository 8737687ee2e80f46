#include "office/people/contact.h"
#include "office/people/identity.h"
#include "office/people/test_people.h"
#include "office/people/token.h"

/// Whence somebody comes in, and where he is told: identities, contacts, and the limits by address.
namespace koshi::people {
namespace {

using store::must;
using store::Transaction;
using testing::ElementsAre;
using testing::IsEmpty;

class Ways : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    door_ = std::make_unique<SignIns>(*store_, *passwords_, factor_, random_);
  }
  std::optional<Refusal> link(int64_t account, const Identity& identity) {
    return refusal_in(write([&](Transaction& t) { return link_identity(t, account, identity, kNow); }));
  }
  std::optional<int64_t> found(const Identity& identity) {
    return must(read([&](store::Reader& r) { return account_of(r, identity); }));
  }
  std::optional<Refusal> contact(int64_t account, std::string_view way, std::string_view address) {
    return refusal_in(write([&](Transaction& t) { return set_contact(t, account, way, address); }));
  }
  std::vector<std::string> told(std::string_view role, std::string_view scope) {
    std::vector<std::string> all;
    for (const Contact& one : must(read([&](store::Reader& r) { return contacts_of_role(r, role, scope); }))) all.push_back(one.address);
    return all;
  }
  std::optional<Refusal> enter(std::string_view login, std::string_view password, std::string_view address, int64_t now = kNow) {
    return refusal_in(door_->sign_in(login, password, "", now, address));
  }

  std::unique_ptr<SignIns> door_;
};
INSTANTIATE_TEST_SUITE_P(Engines, Ways, store::both_engines(), store::engine_name);

TEST_P(Ways, AnIdentityLeadsToOneAccountByItsExactName) {
  const int64_t a = make_account("a");
  const int64_t b = make_account("b");
  const Identity one{"https://id.example", "248289761001"};
  EXPECT_EQ(found(one), std::nullopt);
  EXPECT_EQ(link(a, one), std::nullopt);
  EXPECT_EQ(link(a, one), std::nullopt) << "twice is once";
  EXPECT_EQ(found(one), a);
  EXPECT_EQ(link(b, one), Refusal::kIdentityTaken);
  for (const Identity& other : {Identity{"https://id.example/", one.subject}, Identity{one.issuer, "248289761001 "},
                                Identity{"https://ID.example", one.subject}, Identity{one.issuer, ""}}) {
    EXPECT_EQ(found(other), std::nullopt) << other.issuer << " " << other.subject;
  }
  EXPECT_EQ(link(a, {"", "s"}), Refusal::kIdentityForm);
  EXPECT_EQ(link(a, {"i", "s\n"}), Refusal::kIdentityForm);
  EXPECT_EQ(link(a, {"i", std::string(256, 's')}), Refusal::kIdentityForm);
  EXPECT_EQ(link(999'999, {"i", "s"}), Refusal::kNoAccount);
  EXPECT_THAT(must(read([&](store::Reader& r) { return identities_of(r, a); })), ElementsAre(one));
}

TEST_P(Ways, AnAccountHasBoundedIdentities) {
  const int64_t a = make_account("a");
  for (int64_t i = 0; i < kIdentitiesMax; ++i) EXPECT_EQ(link(a, {"i", std::to_string(i)}), std::nullopt);
  EXPECT_EQ(link(a, {"i", "more"}), Refusal::kIdentityForm);
}

TEST_P(Ways, UnlinkingEndsSessions) {
  const int64_t a = make_account("a");
  const int64_t b = make_account("b");
  EXPECT_EQ(link(a, {"i", "s"}), std::nullopt);
  const SignedIn in = allowed(door_->open_session(a, Proof::kOneFactor, kNow));
  const auto unlink = [&](int64_t account) {
    return refusal_in(write([&](Transaction& t) { return unlink_identity(t, account, {"i", "s"}); }));
  };
  EXPECT_EQ(unlink(b), Refusal::kNoAccount);
  EXPECT_TRUE(must(door_->session(in.token, kNow)));
  EXPECT_EQ(unlink(a), std::nullopt);
  EXPECT_FALSE(must(door_->session(in.token, kNow)));
  EXPECT_EQ(found({"i", "s"}), std::nullopt);
}

TEST(MailAddress, IsWhatMayStandInAnEnvelope) {
  for (const char* good : {"a@b", "a.b-c_d%e+f@mail.example.kz", "A9@x-y.kz"}) EXPECT_TRUE(is_mail_address(good)) << good;
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "a@b\r\nRCPT TO:<x@y>", "a\n@b", "<a@b>", "a@b.", "a@.b", ".a@b",
                          "a..b@c", "a@-b", "a@b-", "\"a\"@b", "a@b,c@d", "ә@b.kz"}) {
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  }
  EXPECT_FALSE(is_mail_address(std::string(65, 'a') + "@b"));
  EXPECT_FALSE(is_mail_address("a@" + std::string(300, 'b')));
  EXPECT_FALSE(is_mail_address(std::string("a@b\0c", 5)));
}

TEST(PhoneNumber, IsAPlusAndDigits) {
  EXPECT_TRUE(is_phone_number("+77011234567"));
  for (const char* bad : {"", "77011234567", "+7701", "+7701123456789012", "+7 701 123 45 67", "+7701a234567"}) {
    EXPECT_FALSE(is_phone_number(bad)) << bad;
  }
}

TEST_P(Ways, OnlyWhoHasTheRoleInTheScopeIsTold) {
  const int64_t almaty = make_account("almaty", {{"akimat", "KZ-75", false}});
  const int64_t astana = make_account("astana", {{"akimat", "KZ-71", false}});
  const int64_t all = make_account("all", {{"akimat", "", true}});
  const int64_t silent = make_account("silent", {{"akimat", "KZ-75", false}});
  EXPECT_EQ(contact(almaty, kByMail, "almaty@example.kz"), std::nullopt);
  EXPECT_EQ(contact(almaty, kBySms, "+77011234567"), std::nullopt);
  EXPECT_EQ(contact(astana, kByMail, "astana@example.kz"), std::nullopt);
  EXPECT_EQ(contact(all, kByMail, "all@example.kz"), std::nullopt);
  EXPECT_THAT(told("akimat", "KZ-75"), ElementsAre("almaty@example.kz", "+77011234567", "all@example.kz"));
  EXPECT_THAT(told("akimat", ""), ElementsAre("all@example.kz"));
  EXPECT_THAT(told("employer", "KZ-75"), IsEmpty());
  EXPECT_EQ(contact(silent, kByMail, "x@y\r\nBcc: z@z"), Refusal::kContactForm);
  EXPECT_EQ(contact(silent, "pigeon", "x@y"), Refusal::kContactForm);
  EXPECT_EQ(contact(999'999, kByMail, "x@y"), Refusal::kNoAccount);
  EXPECT_EQ(contact(almaty, kByMail, ""), std::nullopt);
  allowed(write([&](Transaction& t) { return set_disabled(t, all, true); }));
  EXPECT_THAT(told("akimat", "KZ-75"), ElementsAre("+77011234567"));
}

TEST_P(Ways, ManyFailuresCloseAnAddressForAllLogins) {
  make_account("a");
  make_account("own");
  for (int i = 0; i < kAddressFailuresMax; ++i) {
    EXPECT_EQ(enter("guess" + std::to_string(i), "wrong password!", "192.0.2.7", kNow + i), Refusal::kWrongPassword);
  }
  EXPECT_EQ(enter("a", kGoodPassword, "192.0.2.7", kNow + kMinute), Refusal::kTooManyFailures);
  EXPECT_EQ(enter("a", kGoodPassword, "192.0.2.8", kNow + kMinute), std::nullopt) << "others are not shut out";
  EXPECT_EQ(enter("a", kGoodPassword, "", kNow + kMinute), std::nullopt);
  EXPECT_EQ(enter("a", kGoodPassword, "192.0.2.7", kNow + kFailureWindowMs - 1), Refusal::kTooManyFailures);
  EXPECT_EQ(enter("a", kGoodPassword, "192.0.2.7", kNow + kFailureWindowMs + kAddressFailuresMax), std::nullopt);
}

TEST_P(Ways, AnOwnAccountDoesNotClearTheAddress) {
  make_account("own");
  for (int i = 0; i < kAddressFailuresMax - 1; ++i) (void)enter("guess" + std::to_string(i), "wrong password!", "192.0.2.7");
  EXPECT_EQ(enter("own", kGoodPassword, "192.0.2.7"), std::nullopt);
  EXPECT_EQ(enter("guess", "wrong password!", "192.0.2.7"), Refusal::kWrongPassword);
  EXPECT_EQ(enter("own", kGoodPassword, "192.0.2.7"), Refusal::kTooManyFailures);
}

TEST_P(Ways, FailuresAreBounded) {
  (void)enter("first", "wrong password!", "192.0.2.7");
  must(execute("UPDATE people_sign_in_failure SET id = id - " + std::to_string(kFailuresKept + 1)));
  (void)enter("second", "wrong password!", "192.0.2.7");
  EXPECT_EQ(number("SELECT count(*) FROM people_sign_in_failure"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM people_sign_in_failure WHERE login = 'second'"), 1);
}

TEST(Address, IsCountedByThePlace) {
  EXPECT_EQ(fold_address("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(fold_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(fold_address("2001:db8:1:2::"), fold_address("2001:db8:1:2:ffff::1"));
  EXPECT_EQ(fold_address("::ffff:192.0.2.7"), "192.0.2.7");
  for (const char* none : {"", "localhost", "192.0.2.7:80", "unknown", "'; DROP TABLE people_account"}) EXPECT_EQ(fold_address(none), "");
}

/// A token that the browser had before, whosever it is, opens nothing afterwards that it did not open before.
TEST_P(Ways, SigningInAlwaysMakesANewToken) {
  make_account("a");
  const std::string planted = make_token(random_);
  const SignedIn first = allowed(door_->sign_in("a", kGoodPassword, "", kNow));
  const SignedIn second = allowed(door_->sign_in("a", kGoodPassword, "", kNow));
  EXPECT_NE(first.token, second.token);
  EXPECT_NE(first.token, planted);
  EXPECT_FALSE(must(door_->session(planted, kNow)));
}

}  // namespace
}  // namespace koshi::people
