#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "office/people/account.h"
#include "office/people/password.h"
#include "office/people/schema.h"
#include "office/people/schema_own.h"
#include "office/people/schema_proof.h"
#include "office/people/schema_sign_ins.h"
#include "office/people/schema_ways.h"
#include "office/people/sign_in.h"
#include "store/migrate.h"
#include "store/test_store.h"

/// For tests only: people and access over a new database of each engine, with cheap passwords and known randomness.
namespace koshi::people {

/// Never twice the same bytes, and the same sequence in each run.
inline RandomBytes numbered_random() {
  auto next = std::make_shared<std::atomic<uint32_t>>(1);
  return [next](std::span<std::byte> bytes) {
    uint32_t state = (*next)++;
    for (std::byte& byte : bytes) {
      state = state * 1664525 + 1013904223;
      byte = static_cast<std::byte>(state >> 24);
    }
  };
}

/// Why it was refused; nothing for a value. Ends the test run when the machine failed.
template <typename T>
std::optional<Refusal> refusal_in(Decided<T> decided) {
  const auto inner = store::must(std::move(decided));
  return inner ? std::nullopt : std::optional(inner.error().why);
}

/// The value, which there must be.
template <typename T>
T allowed(Decided<T> decided) {
  auto inner = store::must(std::move(decided));
  if (!inner) {
    (void)::fprintf(stderr, "REFUSED: %s\n", inner.error().message.c_str());
    ::abort();
  }
  if constexpr (!std::is_void_v<T>) return std::move(*inner);
}

inline constexpr std::string_view kGoodPassword = "correct horse battery";
inline constexpr int64_t kNow = 1'700'000'000'000;
inline constexpr int64_t kMinute = 60'000;

/// The people's tables, as steps from number `first` on.
inline std::vector<store::Migration> all_people_steps(int first) {
  return {{first, "people", kSchema},
          {first + 1, "ways", kWaysSchema},
          {first + 2, "sign-ins", kSignInsSchema},
          {first + 3, "own account", kOwnAccountSchema},
          {first + 4, "proof", kProofSchema}};
}

class PeopleTest : public store::BothEngines {
 protected:
  void SetUp() override {
    open();
    const auto steps = all_people_steps(1);
    ASSERT_EQ(store::must(store::migrate(*store_, steps)), static_cast<int>(steps.size()));
  }

  template <typename Work>
  auto write(Work&& work) {
    return store_->write([&](store::Transaction& transaction) { return work(transaction); });
  }
  template <typename Work>
  auto read(Work&& work) {
    return store_->read([&](store::Reader& reader) { return work(reader); });
  }

  int64_t make_account(const std::string& login, std::vector<RoleGrant> roles = {{"officer", "KZ-75", false}}) {
    const std::string hash = passwords_->hash(kGoodPassword).value();
    return allowed(write([&](store::Transaction& t) { return create_account(t, {login, "Officer " + login, hash, "kk", roles}, kNow); }));
  }

  RandomBytes random_ = numbered_random();
  std::unique_ptr<Passwords> passwords_ = Passwords::create({.cost = kCheapCost}, random_).value();
  SecondFactor factor_{FactorKey{std::byte{7}}, random_, "Köshi"};
};

}  // namespace koshi::people
