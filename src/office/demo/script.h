#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "office/demo/demo.h"

/// What the demo's folder says, and the walks of tests/api/procedures.
///
/// people.txt: one account a line, `#` begins a comment
///
///   login | name | language | role:scope … (or role alone: everywhere) | what one can try with it
///
/// people.ru.txt, people.kk.txt: the same people, all of them, in that language
///
///   login | name | what one can try with it
///
/// *.steps: what happened. A line that ends with `\` goes on in the next. CASE is a name of the file's own, WHO is LOGIN or LOGIN/ROLE,
/// FACTS a JSON object, or `$NAME` of one that was said before. Each file tells its own story; all are played together, day by day.
///
///   let NAME FACTS
///   path NAME                            what follows is told under this name (tests/api/procedures)
///   day YYYY-MM-DD
///   open CASE WHO PROCEDURE
///   facts CASE WHO FACTS
///   attach CASE WHO KIND …
///   act CASE WHO ACTION [FACTS]
///   refused CASE WHO ACTION [FACTS] [because TEXT]       the law must refuse it, and say TEXT
///   wrong CASE WHO ACTION [FACTS] [because TEXT]         it is not theirs to do, or not now: refused, and nothing is changed
///   wrong_facts CASE WHO FACTS [because TEXT]            the same of facts
///   wrong_open CASE WHO PROCEDURE [because TEXT]         the same of a new case
///   state CASE STATE                     in which the case must be now
///   due CASE YYYY-MM-DD                  the last day of the state's next deadline
///   late CASE                            a deadline has passed, and the case must count as late
///   clock CASE STATE                     the clock must have brought the case into this state
namespace koshi::office {

inline constexpr size_t kScriptFilesMax = 200;
inline constexpr size_t kScriptStepsMax = 20'000;

enum class Verb : uint8_t { kOpen, kFacts, kAttach, kAct, kRefused, kWrong, kWrongFacts, kWrongOpen, kState, kDue, kLate, kClock };

struct Step {
  Date day;
  Verb verb = Verb::kOpen;
  std::string item;  ///< of the file: "work_permit/A"
  std::string who;
  std::vector<std::string> what;  ///< procedure, kinds, action, state or day
  std::string facts = "{}";
  std::string because;  ///< empty: whatever is said
  std::string path;     ///< empty before the first one is named
  std::string place;    ///< "work_permit.steps:12"
};

/// One file. Errors: sentences with the line.
std::expected<std::vector<Step>, std::string> parse_steps(std::string_view text, const std::string& name);
/// All files of the folder, by day; within a day by file and line.
std::expected<std::vector<Step>, std::string> read_steps(const std::filesystem::path& folder);

std::expected<std::vector<DemoLogin>, std::string> parse_people(std::string_view text);
/// Adds the words of one language to each login.
std::expected<void, std::string> translate_people(std::vector<DemoLogin>& logins, std::string_view language, std::string_view text);

}  // namespace koshi::office
