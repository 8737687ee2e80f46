#include <fmt/core.h>

#include "ask/comparison.h"
#include "cli/law.h"

/// `koshi compare QUESTION INSTRUMENT INSTRUMENT`: for whom two instruments differ, with both proofs.
namespace koshi::cli {
namespace {

void print_proof(Law& law, words::Language language, const ask::ComparisonQuestion& question, zan::NormId norm,
                 const zan::Profile& profile) {
  const auto answer = zan::ask(law.library, norm, profile.example, question.on, question.reforms);
  const auto program = law.library.on(question.on, question.reforms);
  if (!answer || !program) return;
  fmt::print("{}\n", words::answer_text(*law.words, language, **program, *answer));
}

void print_difference(Law& law, const CompareOptions& options, words::Language language, const ask::ComparisonQuestion& question,
                      const zan::Profile& profile, size_t number) {
  fmt::print("{}. {}\n   {}: {}\n   {}: {}\n", number, ask::profile_text(*law.words, language, profile), options.comparison.a,
             ask::side_text(*law.words, language, profile.a), options.comparison.b, ask::side_text(*law.words, language, profile.b));
  if (!options.proofs) return;
  fmt::print("\n[{}] ", options.comparison.a);
  print_proof(law, language, question, question.a, profile);
  fmt::print("[{}] ", options.comparison.b);
  print_proof(law, language, question, question.b, profile);
}

}  // namespace

int run_compare(const CompareOptions& options) {
  const auto law = load_law(options.folders);
  const auto language = language_or_complain(options.language);
  if (!law || !language) return kBadInput;
  const auto question = ask::resolve_comparison(law->library, options.comparison, today());
  if (!question) {
    for (const ask::Problem& problem : question.error()) complain(problem.message);
    return kBadInput;
  }
  const auto result = zan::compare(law->library, question->a, question->b, question->on, question->reforms);
  if (!result) {
    complain(result.error().message);
    return kBadInput;
  }
  size_t number = 0;
  for (const zan::Profile& profile : result->differences) print_difference(*law, options, *language, *question, profile, ++number);
  fmt::print("{}\n",
             law->words->phrase(*language, "compare.count", {{"n", std::to_string(number)}, {"asked", std::to_string(result->questions)}}));
  if (result->sampled) fmt::print("{}\n", law->words->phrase(*language, "compare.sampled"));
  if (!result->complete) fmt::print("{}\n", law->words->phrase(*language, "compare.incomplete"));
  return kAnswered;
}

}  // namespace koshi::cli
