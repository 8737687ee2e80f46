#include "office/people/password.h"

#include <gmock/gmock.h>
#include <sodium.h>
#include <time.h>

#include <functional>
#include <thread>
#include <vector>

namespace koshi::people {
namespace {

using testing::MatchesRegex;

constexpr std::string_view kGood = "correct horse battery";

RandomBytes counting() {
  auto next = std::make_shared<std::atomic<int>>(0);
  return [next](std::span<std::byte> bytes) {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>((*next)++);
  };
}

std::unique_ptr<Passwords> cheap(PasswordOptions options = {}) {
  options.cost = kCheapCost;
  return Passwords::create(options, counting()).value();
}

TEST(Password, ItIsWrittenAsLibsodiumWritesIt) {
  const auto passwords = cheap();
  const std::string stored = passwords->hash(kGood).value();
  EXPECT_THAT(stored, MatchesRegex(R"(\$argon2id\$v=19\$m=8,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43})"));
  EXPECT_EQ(crypto_pwhash_str_verify(stored.c_str(), kGood.data(), kGood.size()), 0);
  std::array<char, crypto_pwhash_STRBYTES> theirs{};
  ASSERT_EQ(crypto_pwhash_str(theirs.data(), kGood.data(), kGood.size(), kCheapCost.operations, kCheapCost.memory_bytes), 0);
  EXPECT_TRUE(passwords->verify(theirs.data(), kGood)->right);
  EXPECT_FALSE(passwords->verify(theirs.data(), kGood)->outdated);
}

TEST(Password, TheRightOneOnly) {
  const auto passwords = cheap();
  const std::string stored = passwords->hash(kGood).value();
  EXPECT_TRUE(passwords->verify(stored, kGood)->right);
  EXPECT_FALSE(passwords->verify(stored, "correct horse batterz")->right);
  EXPECT_FALSE(passwords->verify(stored, "")->right);
  EXPECT_FALSE(passwords->verify("", kGood)->right);
  EXPECT_FALSE(passwords->verify("", "")->right);  // the password that the dummy was made of
  EXPECT_FALSE(passwords->verify("no hash at all", kGood)->right);
  EXPECT_NE(passwords->hash(kGood).value(), stored);  // another salt
}

TEST(Password, TheSameRandomnessGivesTheSameText) {
  EXPECT_EQ(cheap()->hash(kGood).value(), cheap()->hash(kGood).value());
}

TEST(Password, LengthIsTheOnlyRule) {
  const auto passwords = cheap();
  EXPECT_EQ(passwords->hash("eleven char").error().why, Refusal::kPasswordTooShort);
  EXPECT_TRUE(passwords->hash("ұзындығы он1"));  // twelve characters
  EXPECT_EQ(passwords->hash("ұзындығы он").error().why, Refusal::kPasswordTooShort);
  EXPECT_TRUE(passwords->hash(std::string(kPasswordMaxBytes, 'a')));
  EXPECT_EQ(passwords->hash(std::string(kPasswordMaxBytes + 1, 'a')).error().why, Refusal::kPasswordTooLong);
  EXPECT_FALSE(passwords->verify(passwords->hash(kGood).value(), std::string(kPasswordMaxBytes + 1, 'a'))->right);
}

TEST(Password, AnotherCostIsOutdatedButRight) {
  const std::string stored = cheap()->hash(kGood).value();
  const auto dearer = Passwords::create({.cost = {2, 16u << 10}, .hashes_at_once = 1, .wait_max = {}}, counting()).value();
  EXPECT_TRUE(dearer->verify(stored, kGood)->right);
  EXPECT_TRUE(dearer->verify(stored, kGood)->outdated);
  EXPECT_FALSE(dearer->verify(stored, "wrong")->outdated);
}

TEST(Password, AnUnknownLoginCostsAHashToo) {
  const auto passwords = cheap();
  const std::string stored = passwords->hash(kGood).value();
  const uint64_t before = passwords->hash_count();
  (void)passwords->verify(stored, "wrong");
  EXPECT_EQ(passwords->hash_count(), before + 1);
  (void)passwords->verify("", "wrong");
  EXPECT_EQ(passwords->hash_count(), before + 2);
}

/// Of this thread.
double processor_seconds(const std::function<void()>& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  const double begin = now();
  work();
  return now() - begin;
}

/// Were the hash that stands in for it of no form that can be read, it would be refused at once, and tell who has an account.
TEST(Password, AnUnknownLoginCostsTheSameTime) {
  const auto passwords = Passwords::create({.cost = {3, 32u << 20}}, system_random()).value();
  const std::string stored = passwords->hash(kGood).value();
  const double known = processor_seconds([&] { (void)passwords->verify(stored, "wrong password"); });
  const double unknown = processor_seconds([&] { (void)passwords->verify("", "wrong password"); });
  EXPECT_GT(unknown, known / 3);
  EXPECT_LT(unknown, known * 3);
}

TEST(Password, OnlySoManyAtOnce) {
  // One turn and nobody waits: of four threads that start together, each with a tenth of a second to compute.
  const auto passwords =
      Passwords::create({.cost = {3, 64u << 20}, .hashes_at_once = 1, .wait_max = std::chrono::milliseconds(0)}, system_random()).value();
  std::atomic<int> refused = 0;
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        const auto hash = passwords->hash(kGood);
        if (hash) ++done;
        if (!hash && hash.error().why == Refusal::kTooBusy) ++refused;
      });
    }
  }
  EXPECT_GE(done, 1);
  EXPECT_GE(refused, 1);
  EXPECT_EQ(done + refused, 4);
  EXPECT_TRUE(passwords->hash(kGood));  // the turn was given back
}

TEST(Password, TheOthersWaitForTheirTurn) {
  const auto passwords = cheap({.hashes_at_once = 1, .wait_max = std::chrono::minutes(1)});
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 100; ++n) done += passwords->hash(kGood) ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(done, 800);
}

TEST(Password, CostsThatCannotBeAreErrors) {
  EXPECT_FALSE(Passwords::create({.cost = {0, 8u << 10}}, counting()));
  EXPECT_FALSE(Passwords::create({.cost = {1, 1024}}, counting()));
  EXPECT_FALSE(Passwords::create({.cost = kCheapCost, .hashes_at_once = 0}, counting()));
  EXPECT_FALSE(Passwords::create({.cost = kCheapCost, .hashes_at_once = kHashesAtOnceMax + 1}, counting()));
}

}  // namespace
}  // namespace koshi::people
