#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "office/house/house.h"
#include "office/people/access.h"

/// Made-up people and cases to try the office out. Everything is text in one folder (demo/ of the program): who there is, and what they
/// did day by day, act by act through the desk, so that the journal, the ledger and the cases are what an office would have. No word of
/// it is real but the law and the quota's figures; the numbers of persons and firms are valid in form and belong to nobody we know.
namespace koshi::office {

/// Of all demo accounts. Whoever serves a demo shows it, and nothing else than a demo has it.
inline constexpr char kDemoPassword[] = "koshi-demo-2026";

/// How an account is told to readers of another language.
struct DemoWords {
  std::string language, name, about;
};

struct DemoLogin {
  std::string login, name, language;
  std::vector<people::RoleGrant> roles;
  std::string about;  ///< one English sentence: what one can try with it
  std::vector<DemoWords> translated = {};
};

struct DemoOptions {
  HouseOptions house;            ///< the clock and the random bytes of the seeding are the demo's own; a PostgreSQL URL needs `keys`
  std::filesystem::path folder;  ///< people.txt and *.steps
  std::optional<Date> until;     ///< what happened later is left out, and this is the office's day; none: all
};

struct DemoReport {
  bool was_there = false;  ///< nothing was done: this office is seeded already
  size_t accounts = 0, cases = 0, acts = 0;
  Date day;  ///< on which the office's clock stands (test_clock.h)
};

/// Fills an empty office and gives its folder a test clock, so that the office goes on living on the last of the seeded days. The same
/// text gives the same events. Opens and closes a house of its own: call it before opening the one to be served, and give that one
/// folder_clock(). Takes seconds. Errors are sentences with file and line: an office that has cases but no test clock, a step that was
/// refused or was not refused as the text says.
std::expected<DemoReport, std::string> seed_demo(DemoOptions options, Law law);

/// In the order of people.txt, each in the words of people.ru.txt and people.kk.txt besides.
std::expected<std::vector<DemoLogin>, std::string> demo_logins(const std::filesystem::path& folder);

}  // namespace koshi::office
