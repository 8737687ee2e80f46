#include <fmt/core.h>

#include <iostream>
#include <iterator>

#include "base/file.h"
#include "base/text.h"
#include "cli/law.h"

/// `koshi ask NORM …`: the answer and its proof.
namespace koshi::cli {
namespace {

/// Splits FACT=VALUE. What has no "=" is a problem.
bool add_pairs(AskOptions& options) {
  for (const std::string& fact : options.facts) {
    const size_t equals = fact.find('=');
    if (equals == std::string::npos || equals == 0) {
      complain(fmt::format("`{}` is no fact; write FACT=VALUE, such as nationality=UZ", fact));
      return false;
    }
    options.question.facts.emplace_back(fact.substr(0, equals), fact.substr(equals + 1));
  }
  return true;
}

bool add_facts_file(AskOptions& options) {
  if (options.facts_file.empty()) return true;
  if (options.facts_file == "-") {
    std::string& text = options.question.facts_json;
    // One byte more than allowed is enough to be told that it is too long.
    for (std::istreambuf_iterator<char> it(std::cin), end; it != end && text.size() <= ask::kMaxRequestBytes; ++it) text += *it;
    return true;
  }
  auto text = read_file(options.facts_file, ask::kMaxRequestBytes);
  if (!text) {
    complain(text.error().message);
    return false;
  }
  options.question.facts_json = std::move(*text);
  return true;
}

/// "employer.size" for "/facts/employer/size"; other pointers without their slash.
std::string place(const std::string& pointer) {
  if (!pointer.starts_with("/facts/")) return pointer.empty() ? "request" : pointer.substr(1);
  std::string path = pointer.substr(7);
  for (char& c : path) c = c == '/' ? '.' : c;
  return path;
}

int tell_problems(const ask::Problems& problems, bool json) {
  if (json) {
    std::string out = "{\"problems\":";
    ask::append_problems_json(out, problems);
    fmt::print("{}}}\n", out);
    return kBadInput;
  }
  for (const ask::Problem& problem : problems) complain(place(problem.pointer) + ": " + problem.message);
  return kBadInput;
}

void print_changes(const Law& law, words::Language language, const std::vector<zan::FactChange>& changes) {
  const words::Words& words = *law.words;
  if (changes.empty()) {
    fmt::print("{}\n", words.phrase(language, "change.nothing"));
    return;
  }
  fmt::print("{}\n", words.phrase(language, "change.heading"));
  for (const zan::FactChange& change : changes) {
    fmt::print("  {}\n", words::change_sentence(words, language, change));
  }
}

int answer(Law& law, const AskOptions& options, const ask::Question& question) {
  const auto answer = zan::ask(law.library, question.norm, question.record, question.on, question.reforms);
  const auto program = law.library.on(question.on, question.reforms);
  if (!answer || !program) {
    complain(answer ? program.error().message : answer.error().message);
    return kBadInput;
  }
  if (options.json) {
    std::string out;
    ask::append_answer_json(out, *law.words, law.library, question, *answer, options.show);
    fmt::print("{}\n", out);
    return ask::exit_status(*answer);
  }
  fmt::print("{}", words::answer_text(*law.words, question.language, **program, *answer));
  if (options.show.changes && answer->outcome == zan::Outcome::kValue) {
    const auto changes = zan::what_would_change(law.library, question.record, *answer);
    if (changes) print_changes(law, question.language, *changes);
  }
  return ask::exit_status(*answer);
}

}  // namespace

int run_ask(AskOptions options) {
  if (!add_pairs(options) || !add_facts_file(options)) return kBadInput;
  const auto law = load_law(options.folders);
  if (!law) return kBadInput;
  const auto question = ask::resolve(law->library, options.question, today());
  if (!question) return tell_problems(question.error(), options.json);
  return answer(*law, options, *question);
}

}  // namespace koshi::cli
