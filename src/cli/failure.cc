#include "http/office/failure.h"

#include <fmt/core.h>

#include "ask/writer.h"
#include "cli/office_place.h"

/// Why nothing was done, for whoever typed the command: what is wrong, what the law says with its proof, and what would change it.
namespace koshi::cli {
namespace {

using office::Refusal;

std::string proof_text(const OpenOffice& office, const zan::Answer& answer) {
  const auto program = office.law->library.on(answer.on, answer.reforms);
  return program ? words::answer_text(*office.law->words, office.language, **program, answer) : program.error().message + "\n";
}

std::string indented(std::string_view text, std::string_view indent) {
  std::string out;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    out.append(indent).append(text.substr(0, end)).append("\n");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

void tell(const OpenOffice& office, const Refusal& refusal) {
  const words::Words& words = *office.law->words;
  fmt::print(stderr, "{}: {}\n", words.phrase(office.language, "command.refused"), refusal.message);
  for (const Refusal::Problem& problem : refusal.problems) {
    fmt::print(stderr, "  {}{}\n", problem.path.empty() ? "" : problem.path + ": ", problem.message);
  }
  for (const Refusal::Failed& failed : refusal.failed) {
    fmt::print(stderr, "  - {}\n{}", failed.label, indented(proof_text(office, failed.answer), "    "));
    for (const zan::FactChange& change : failed.changes) {
      fmt::print(stderr, "    > {}\n", words::change_sentence(words, office.language, change));
    }
  }
}

void write_failed(ask::JsonWriter& json, const OpenOffice& office, const Refusal::Failed& failed) {
  json.comma();
  json.raw("{");
  json.key("label");
  json.text(failed.label);
  json.key("text");
  json.text(proof_text(office, failed.answer));
  json.key("changes");
  json.raw("[");
  for (const zan::FactChange& change : failed.changes) {
    json.comma();
    json.text(words::change_sentence(*office.law->words, office.language, change));
  }
  json.raw("]}");
}

std::string refusal_json(const OpenOffice& office, const Refusal& refusal) {
  std::string out;
  ask::JsonWriter json(out);
  json.raw("{");
  json.key("refusal");
  json.name(http::refusal_name(refusal.kind));
  json.key("message");
  json.text(refusal.message);
  json.key("version");
  json.number(refusal.version);
  json.key("problems");
  json.raw("[");
  for (const Refusal::Problem& problem : refusal.problems) {
    json.comma();
    json.raw("{");
    json.key("path");
    json.text(problem.path);
    json.key("message");
    json.text(problem.message);
    json.raw("}");
  }
  json.raw("]");
  json.key("failed");
  json.raw("[");
  for (const Refusal::Failed& failed : refusal.failed) write_failed(json, office, failed);
  json.raw("]}\n");
  return out;
}

}  // namespace

int tell_failure(const OpenOffice& office, const office::Failure& failure, bool json) {
  const auto* refusal = std::get_if<Refusal>(&failure);
  if (refusal == nullptr) return tell_store_error(std::get<store::StoreError>(failure));
  if (json) {
    fmt::print("{}", refusal_json(office, *refusal));
  } else {
    tell(office, *refusal);
  }
  return refusal->kind == office::RefusalKind::kBadFacts ? kBadInput : kRefused;
}

}  // namespace koshi::cli
