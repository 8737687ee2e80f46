#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "office/demo/demo.h"

/// What the demo's folder says. Internal to this folder.
///
/// people.txt: one account a line, `#` begins a comment
///
///   login | name | language | role:scope … (or role alone: everywhere) | what one can try with it
///
/// *.steps: what happened. A line that ends with `\` goes on in the next. CASE is a name of the file's own, WHO is LOGIN or LOGIN/ROLE,
/// FACTS a JSON object. Each file tells its own story; all are played together, day by day.
///
///   day YYYY-MM-DD
///   open CASE WHO PROCEDURE
///   facts CASE WHO FACTS
///   attach CASE WHO KIND …
///   act CASE WHO ACTION [FACTS]
///   refused CASE WHO ACTION [FACTS]      the law must refuse it
///   state CASE STATE                     in which the case must be now
namespace koshi::office {

inline constexpr size_t kScriptFilesMax = 200;
inline constexpr size_t kScriptStepsMax = 20'000;

enum class Verb : uint8_t { kOpen, kFacts, kAttach, kAct, kRefused, kState };

struct Step {
  Date day;
  Verb verb = Verb::kOpen;
  std::string item;  ///< of the file: "work_permit/A"
  std::string who;
  std::vector<std::string> what;  ///< procedure, kinds, action or state
  std::string facts = "{}";
  std::string place;  ///< "work_permit.steps:12"
};

/// One file. Errors: sentences with the line.
std::expected<std::vector<Step>, std::string> parse_steps(std::string_view text, const std::string& name);
/// All files of the folder, by day; within a day by file and line.
std::expected<std::vector<Step>, std::string> read_steps(const std::filesystem::path& folder);

std::expected<std::vector<DemoLogin>, std::string> parse_people(std::string_view text);

}  // namespace koshi::office
