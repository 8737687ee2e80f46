#include "office/demo/script.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/file.h"
#include "base/text.h"

namespace koshi::office {
namespace {

namespace fs = std::filesystem;

struct VerbRow {
  std::string_view word;
  Verb verb;
  bool has_who;
};
constexpr VerbRow kVerbs[] = {
    {"open", Verb::kOpen, true},
    {"facts", Verb::kFacts, true},
    {"attach", Verb::kAttach, true},
    {"act", Verb::kAct, true},
    {"refused", Verb::kRefused, true},
    {"wrong", Verb::kWrong, true},
    {"wrong_facts", Verb::kWrongFacts, true},
    {"wrong_open", Verb::kWrongOpen, true},
    {"state", Verb::kState, false},
    {"due", Verb::kDue, false},
    {"late", Verb::kLate, false},
    {"clock", Verb::kClock, false},
};

/// Takes the next word off the line.
std::string next_word(std::string_view& line) {
  line = trim(line);
  const size_t end = std::min(line.find(' '), line.size());
  std::string word(line.substr(0, end));
  line.remove_prefix(end);
  return word;
}

bool has_right_words(const Step& step) {
  switch (step.verb) {
    case Verb::kFacts:
    case Verb::kWrongFacts: return step.what.empty() && step.facts != "{}";
    case Verb::kAttach: return !step.what.empty();
    case Verb::kLate: return step.what.empty();
    case Verb::kDue: return step.what.size() == 1 && parse_date(step.what[0]);
    default: return step.what.size() == 1;
  }
}

/// Takes what follows the last `because` off the line, unless it stands among the facts.
std::string because_of(std::string_view& line) {
  constexpr std::string_view kBecause = " because ";
  const size_t at = line.rfind(kBecause);
  const size_t facts_end = line.rfind('}');
  if (at == std::string_view::npos || (facts_end != std::string_view::npos && facts_end > at)) return {};
  std::string text(trim(line.substr(at + kBecause.size())));
  line = line.substr(0, at);
  return text;
}

/// Without `day` and `path`.
std::optional<Step> parse_step(std::string_view line, const std::string& story) {
  const std::string word = next_word(line);
  const auto row = std::ranges::find(kVerbs, word, &VerbRow::word);
  if (row == std::end(kVerbs)) return std::nullopt;
  Step step;
  step.verb = row->verb;
  step.item = story + "/" + next_word(line);
  if (row->has_who) step.who = next_word(line);
  step.because = because_of(line);
  if (const size_t facts = line.find('{'); facts != std::string_view::npos) {
    step.facts = std::string(trim(line.substr(facts)));
    line = line.substr(0, facts);
  }
  while (!trim(line).empty()) step.what.push_back(next_word(line));
  return has_right_words(step) ? std::optional(std::move(step)) : std::nullopt;
}

/// Lines with those that they go on in, without comments and empty ones; with the number of the first.
std::vector<std::pair<size_t, std::string>> whole_lines(std::string_view text) {
  std::vector<std::pair<size_t, std::string>> lines;
  bool goes_on = false;
  size_t number = 0;
  for (const std::string_view raw : split(text, '\n')) {
    ++number;
    std::string_view line = trim(raw);
    if (!goes_on && (line.empty() || line.starts_with('#'))) continue;
    if (!goes_on) lines.emplace_back(number, "");
    goes_on = line.ends_with('\\');
    if (goes_on) line = trim(line.substr(0, line.size() - 1));
    lines.back().second.append(lines.back().second.empty() ? "" : " ").append(line);
  }
  return lines;
}

/// Facts by their names in the text, "$you".
using Said = std::map<std::string, std::string, std::less<>>;

/// The line with the facts that it names; none: nobody has said them.
std::optional<std::string> with_said(const std::string& line, const Said& said) {
  const size_t at = line.find(" $");
  if (at == std::string::npos) return line;
  const size_t end = std::min(line.find(' ', at + 1), line.size());
  const auto found = said.find(std::string_view(line).substr(at + 1, end - at - 1));
  if (found == said.end()) return std::nullopt;
  return line.substr(0, at + 1) + found->second + line.substr(end);
}

people::RoleGrant grant_of(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {std::string(text), "", true};
  return {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1)), false};
}

}  // namespace

std::expected<std::vector<Step>, std::string> parse_steps(std::string_view text, const std::string& name) {
  const std::string story = fs::path(name).stem().string();
  std::vector<Step> steps;
  std::optional<Date> day;
  std::string path;
  Said said;
  for (const auto& [number, line] : whole_lines(text)) {
    const std::string place = name + ":" + std::to_string(number);
    if (line.starts_with("day ")) {
      day = parse_date(trim(std::string_view(line).substr(4)));
      if (!day) return std::unexpected(place + ": this is no date");
      continue;
    }
    if (line.starts_with("let ")) {
      std::string_view rest = std::string_view(line).substr(4);
      const std::string word = next_word(rest);
      said["$" + word] = trim(rest);
      continue;
    }
    if (line.starts_with("path ")) {
      path = trim(std::string_view(line).substr(5));
      continue;
    }
    const auto step_text = with_said(line, said);
    auto step = step_text ? parse_step(*step_text, story) : std::nullopt;
    if (!step || !day) return std::unexpected(place + ": " + (day ? "this is no step" : "a step before the first day"));
    if (steps.size() == kScriptStepsMax) return std::unexpected(place + ": more than " + std::to_string(kScriptStepsMax) + " steps");
    step->day = *day;
    step->path = path;
    step->place = place;
    steps.push_back(std::move(*step));
  }
  return steps;
}

std::expected<std::vector<Step>, std::string> read_steps(const fs::path& folder) {
  const auto files = list_files(folder, ".steps", kScriptFilesMax);
  if (!files) return std::unexpected(files.error().message);
  std::vector<Step> all;
  for (const fs::path& file : *files) {
    const auto text = read_file(folder / file);
    if (!text) return std::unexpected(text.error().message);
    auto steps = parse_steps(*text, file.string());
    if (!steps) return std::unexpected(steps.error());
    std::ranges::move(*steps, std::back_inserter(all));
  }
  std::ranges::stable_sort(all, {}, &Step::day);
  return all;
}

std::expected<std::vector<DemoLogin>, std::string> parse_people(std::string_view text) {
  std::vector<DemoLogin> logins;
  for (const auto& [number, line] : whole_lines(text)) {
    const auto fields = split(line, '|');
    if (fields.size() != 5) {
      return std::unexpected("people.txt:" + std::to_string(number) + ": five fields are wanted: login | name | language | roles | about");
    }
    DemoLogin login{.login = std::string(trim(fields[0])),
                    .name = std::string(trim(fields[1])),
                    .language = std::string(trim(fields[2])),
                    .roles = {},
                    .about = std::string(trim(fields[4]))};
    std::string_view roles = trim(fields[3]);
    while (!trim(roles).empty()) login.roles.push_back(grant_of(next_word(roles)));
    logins.push_back(std::move(login));
  }
  if (logins.empty()) return std::unexpected("people.txt names nobody");
  return logins;
}

std::expected<void, std::string> translate_people(std::vector<DemoLogin>& logins, std::string_view language, std::string_view text) {
  const std::string file = "people." + std::string(language) + ".txt";
  size_t told = 0;
  for (const auto& [number, line] : whole_lines(text)) {
    const std::string place = file + ":" + std::to_string(number) + ": ";
    const auto fields = split(line, '|');
    if (fields.size() != 3) return std::unexpected(place + "three fields are wanted: login | name | about");
    const auto login = std::ranges::find(logins, trim(fields[0]), &DemoLogin::login);
    if (login == logins.end()) return std::unexpected(place + "people.txt knows no such login");
    login->translated.push_back({std::string(language), std::string(trim(fields[1])), std::string(trim(fields[2]))});
    ++told;
  }
  if (told != logins.size()) return std::unexpected(file + " does not tell of everybody in people.txt, each once");
  return {};
}

std::expected<std::vector<DemoLogin>, std::string> demo_logins(const fs::path& folder) {
  const auto text = read_file(folder / "people.txt");
  if (!text) return std::unexpected(text.error().message);
  auto logins = parse_people(*text);
  if (!logins) return logins;
  for (const std::string_view language : {"ru", "kk"}) {
    const fs::path file = folder / ("people." + std::string(language) + ".txt");
    if (!fs::exists(file)) continue;  // a folder of a test may speak English alone
    const auto words = read_file(file);
    if (!words) return std::unexpected(words.error().message);
    if (auto wrong = translate_people(*logins, language, *words); !wrong) return std::unexpected(wrong.error());
  }
  return logins;
}

}  // namespace koshi::office
