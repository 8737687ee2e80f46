#pragma once

#include <memory>
#include <optional>

#include "office/ledger/check.h"
#include "store/test_postgres.h"
#include "store/test_store.h"
#include "walks.h"

/// An office at its desk in which walks are played, and which of them there are.
namespace koshi::office {

inline people::RandomBytes counting_bytes() {
  auto state = std::make_shared<uint64_t>(1);
  return [state](std::span<std::byte> bytes) {
    for (std::byte& byte : bytes) byte = static_cast<std::byte>((*state += 0x9e3779b97f4a7c15u) >> 56);
  };
}

/// An empty office, and who plays in it.
class WalkStage {
 public:
  WalkStage(store::Engine engine, const Law& law) : logins_(walk_people()) {
    HouseOptions options{(folder_ / "office").string(), folder_ / "keys", [this] { return instant_.ms; }, counting_bytes(),
                         people::kCheapCost};
    if (engine == store::Engine::kPostgres) options.data = store::TestPostgres::shared().make_schema().value();
    std::filesystem::create_directories(folder_ / "keys");
    auto house = House::open(options, law);
    EXPECT_TRUE(house.has_value()) << house.error();
    house_ = std::move(*house);
    player_.emplace(*house_, law, logins_, instant_);
  }

  /// Empty, or the first step that went otherwise.
  std::string play(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      if (const auto played = player_->play(step); !played) return step.place + ": " + played.error();
    }
    return {};
  }

  House& house() { return *house_; }
  const Player& player() const { return *player_; }

  void expect_in_order() {
    EXPECT_EQ(house_->desk().rebuild(false).value(), std::vector<std::string>{});
    EXPECT_TRUE(house_->store().read([](store::Reader& reader) { return ledger::check(reader); })->empty());
    EXPECT_FALSE(house_->store().read([&](store::Reader& reader) { return house_->journal().verify(reader); })->has_value());
    EXPECT_TRUE(house_->desk().stuck().value().empty());
  }

 private:
  store::TestFolder folder_;
  const std::vector<DemoLogin> logins_;
  Instant instant_;
  std::unique_ptr<House> house_;
  std::optional<Player> player_;
};

inline std::vector<Step> steps_of(const std::string& story) {
  std::vector<Step> steps = walk_steps();
  std::erase_if(steps, [&](const Step& step) { return story_of(step) != story; });
  return steps;
}

inline std::vector<std::string> stories() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kWalks)) {
    if (entry.path().extension() == ".steps") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace koshi::office
