#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "office/demo/player.h"
#include "office/demo/script.h"

/// The walks of tests/api/procedures: for each procedure of the law a file of steps (src/office/demo/script.h) that bears its name, told in
/// four paths.
///
///   full      from the draft to a final state
///   refused   what the law refuses, and in which words
///   lapsed    a deadline that passes: the clock acts, or the case counts as late
///   misuse    what is not theirs to do, or not now: refused, and nothing is changed
///
/// What stands before the first path (a quota to take places from) belongs to all of them. The people are those of people.txt there.
namespace koshi::office {

inline const std::filesystem::path kWalks = std::filesystem::path(KOSHI_SOURCE_DIR) / "tests/api/procedures";

/// The law of the country, or a copy of it.
class LoadedLaw {
 public:
  explicit LoadedLaw(const std::filesystem::path& folder) : compiled_(zan::compile_folder(folder).value()), library_(compiled_.corpus) {
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/law/kz/words", compiled_.corpus);
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    words_.emplace(std::move(*loaded));
  }
  /// Read once for all tests.
  static Law real() {
    static LoadedLaw shared(KOSHI_SOURCE_DIR "/law/kz");
    return shared.law();
  }
  Law law() { return {compiled_.corpus, library_, *words_}; }

 private:
  zan::Compilation compiled_;
  zan::ProgramLibrary library_;
  std::optional<words::Words> words_;
};

inline std::vector<DemoLogin> walk_people() {
  auto people = demo_logins(kWalks);
  EXPECT_TRUE(people.has_value()) << people.error();
  return std::move(people).value_or(std::vector<DemoLogin>{});
}

/// All steps, or those of some paths with what stands before the first; by day, within a day by file and line.
inline std::vector<Step> walk_steps(const std::set<std::string>& paths = {}) {
  auto steps = read_steps(kWalks);
  EXPECT_TRUE(steps.has_value()) << steps.error();
  if (!steps) return {};
  if (!paths.empty()) std::erase_if(*steps, [&](const Step& step) { return !step.path.empty() && !paths.contains(step.path); });
  return std::move(*steps);
}

/// "household_permit/A" → "household_permit"
inline std::string story_of(const Step& step) {
  return step.item.substr(0, step.item.find('/'));
}

}  // namespace koshi::office
