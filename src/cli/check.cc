#include <fmt/core.h>

#include <chrono>

#include "cli/law.h"
#include "zan/reason/cases.h"

/// `koshi check [--coverage]`: every diagnostic, every case, and which rules no case has exercised.
namespace koshi::cli {
namespace {

using Clock = std::chrono::steady_clock;

int64_t ms_since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
}

std::string counted(size_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

void print_counts(const zan::Corpus& corpus, int64_t ms) {
  size_t rows = 0;
  size_t rules = 0;
  size_t norms = 0;
  size_t questions = 0;
  for (const zan::RuleInfo& rule : corpus.rules) {
    if (corpus.norms[static_cast<size_t>(rule.norm)].of_procedure) continue;
    ++(rule.table_row.empty() ? rules : rows);
  }
  for (const zan::Norm& norm : corpus.norms) {
    norms += norm.of_procedure ? 0 : 1;
    questions += norm.is_definition ? 0 : 1;
  }
  fmt::print("{}, {} ({}), {}, {}, {}: compiled in {} ms\n", counted(corpus.acts.size(), "act", "acts"), counted(norms, "norm", "norms"),
             counted(questions, "question", "questions"), counted(rules, "rule", "rules"), counted(rows, "table row", "table rows"),
             counted(corpus.procedures.size(), "procedure", "procedures"), ms);
}

/// "stay/registration.zan:12: person.registration_due, rule "eaeu"".
std::string rule_place(const zan::Corpus& corpus, const zan::RuleInfo& rule) {
  std::string name = rule.label.empty() ? fmt::format("rule no. {}", rule.number) : fmt::format("rule `{}`", rule.label);
  if (!rule.table_row.empty()) name = fmt::format("the whole table (first row: {})", rule.table_row);
  std::string place;
  if (rule.span.file >= 0) {
    place = fmt::format("{}:{}: ", corpus.sources.file(rule.span.file).path, corpus.sources.locate(rule.span.file, rule.span.begin).line);
  }
  const std::string reform = rule.reform == zan::kNoId ? "" : " of reform " + corpus.reforms[static_cast<size_t>(rule.reform)].name;
  return fmt::format("{}{}, {}{}", place, corpus.full_name(rule.norm), name, reform);
}

bool print_coverage(const zan::Corpus& corpus, const zan::CaseReport& report) {
  const zan::Coverage coverage = zan::coverage(corpus, report);
  for (const zan::RuleId id : coverage.missing) {
    fmt::print("not exercised: {}\n", rule_place(corpus, corpus.rules[static_cast<size_t>(id)]));
  }
  // Tenths rounded down, so that 100 % means all.
  const size_t permille = coverage.rules == 0 ? 1000 : coverage.exercised * 1000 / coverage.rules;
  fmt::print("coverage: {}.{} % ({} of {} rules decide in some case)\n", permille / 10, permille % 10, coverage.exercised, coverage.rules);
  return coverage.missing.empty();
}

bool run_all_cases(const zan::Corpus& corpus, bool with_coverage) {
  zan::ProgramLibrary library(corpus);
  const auto start = Clock::now();
  const zan::CaseReport report = zan::run_cases(library);
  const int64_t ms = ms_since(start);
  fmt::print(stderr, "{}", zan::render(corpus.sources, report.failures));
  fmt::print("{} with {}: run in {} ms, {}\n", counted(report.cases, "case", "cases"),
             counted(report.expectations, "expectation", "expectations"), ms,
             report.failures.empty() ? "all hold" : counted(report.failures.size(), "fails", "fail"));
  const bool covered = !with_coverage || print_coverage(corpus, report);
  return report.failures.empty() && covered;
}

}  // namespace

int run_check(const CheckOptions& options) {
  const std::filesystem::path folder = law_folder(options.folders);
  const auto start = Clock::now();
  const auto compiled = zan::compile_folder(folder);
  if (!compiled) {
    complain(compiled.error().message + "; name the law's folder with --law, or set KOSHI_HOME to the folder that holds law/kz");
    return kBadInput;
  }
  const int64_t ms = ms_since(start);
  const zan::Corpus& corpus = compiled->corpus;
  fmt::print(stderr, "{}", zan::render(corpus.sources, compiled->diagnostics));
  size_t errors = 0;
  for (const zan::Diagnostic& diagnostic : compiled->diagnostics) errors += diagnostic.severity == zan::Severity::kError ? 1 : 0;
  print_counts(corpus, ms);
  if (!compiled->diagnostics.empty()) {
    fmt::print("{}, {}\n", counted(errors, "error", "errors"), counted(compiled->diagnostics.size() - errors, "warning", "warnings"));
  }
  if (errors > 0) {
    fmt::print("cases were not run: the law has errors\n");
    return kFound;
  }
  return run_all_cases(corpus, options.coverage) ? kAnswered : kFound;
}

}  // namespace koshi::cli
