#include "office/people/sign_in_book.h"

#include "office/people/sign_in.h"
#include "office/people/test_people.h"

namespace koshi::people {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SignInBook : public PeopleTest {
 protected:
  void SetUp() override {
    PeopleTest::SetUp();
    account_ = make_account("almaty");
  }
  std::vector<SignInNote> kept(int64_t count = kSignInsPageMax) {
    return store::must(read([&](store::Reader& reader) { return sign_ins_of(reader, account_, count); }));
  }

  int64_t account_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Engines, SignInBook, store::both_engines(), store::engine_name);

TEST_P(SignInBook, KeepsWhoCameInAndByWhat) {
  SignIns sign_ins(*store_, *passwords_, factor_, random_);
  allowed(sign_ins.sign_in("almaty", kGoodPassword, "", kNow));
  EXPECT_FALSE(sign_ins.sign_in("almaty", "not the password", "", kNow + 1)->has_value());
  allowed(sign_ins.open_session(account_, Proof::kOneFactor, kNow + kMinute));
  EXPECT_THAT(kept(), ElementsAre(SignInNote{kNow + kMinute, SignInWay::kProvider}, SignInNote{kNow, SignInWay::kPassword}))
      << "a failure is none";
  EXPECT_THAT(kept(1), ElementsAre(SignInNote{kNow + kMinute, SignInWay::kProvider}));
  EXPECT_THAT(kept(-1), IsEmpty());
}

TEST_P(SignInBook, IsSweptAfterItsTerm) {
  SignIns sign_ins(*store_, *passwords_, factor_, random_);
  allowed(sign_ins.open_session(account_, Proof::kOneFactor, kNow));
  constexpr int64_t kTerm = kSignInDays * 24 * 60 * kMinute;
  store::must(sign_ins.sweep(kNow + kTerm));
  EXPECT_EQ(kept().size(), 1u);
  store::must(sign_ins.sweep(kNow + kTerm + 1));
  EXPECT_THAT(kept(), IsEmpty());
}

}  // namespace
}  // namespace koshi::people
