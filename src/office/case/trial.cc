#include "office/case/trial.h"

#include <algorithm>

#include "base/check.h"
#include "office/case/labels.h"
#include "office/case/paths.h"

namespace koshi::office {
namespace {

using zan::kNoId;
using zan::Outcome;

/// Whether the parties are asked for the fact: what they can change comes first among what would change an answer.
bool is_of_parties(const zan::Corpus& corpus, const zan::Procedure& procedure, const std::string& path) {
  const std::string pattern = pattern_of(path);
  return std::ranges::any_of(procedure.forms, [&](const zan::Form& form) {
    return std::ranges::any_of(form.asks, [&](const zan::FactPath& fact) { return pattern_of(corpus, procedure.entity, fact) == pattern; });
  });
}

void add_problem(std::vector<Refusal::Problem>& problems, Refusal::Problem problem) {
  const bool known = std::ranges::any_of(problems, [&](const Refusal::Problem& other) { return other.path == problem.path; });
  if (!known && problems.size() < ask::kMaxProblems) problems.push_back(std::move(problem));
}

}  // namespace

Trial::Trial(const Refuser& refuser, const Situation& situation, const zan::Action& action, const Case& item, const Surroundings& around,
             Date today, Asks asks)
    : refuser_(refuser),
      situation_(situation),
      action_(action),
      item_(item),
      look_(refuser.law(), *situation.procedure, item, around, today),
      asks_(asks) {}

std::optional<Refusal> Trial::run() {
  when();
  if (hindered()) return refusal();
  if (asks_ == Asks::kGiven) asked_facts();
  if (action_.needs_forms) forms();
  if (action_.needs_documents) documents();
  requirements();
  if (hindered()) return refusal();
  for (const zan::Effect& step : action_.effects) {
    if (!effect(step)) return refusal();
  }
  return std::nullopt;
}

void Trial::when() {
  if (action_.when == kNoId) return;
  const auto value = settle(action_.when, "when", action_.label);
  if (!value || value->is_yes()) return;
  const std::string label = action_label(refuser_.law(), refuser_.actor().language, *situation_.procedure, action_);
  refusal_ = refuser_.refuse(RefusalKind::kWrongState, "not_now", {{"action", label}});
}

void Trial::asked_facts() {
  for (const zan::FactPath& path : action_.asks) {
    for (const Reached& reached : reached_by(refuser_.law().corpus, look_.record(), path)) {
      if (!reached.known) missing(reached.place);
    }
  }
}

void Trial::forms() {
  for (const zan::Form& each : situation_.procedure->forms) {
    if (look_.in_force(each.in_force)) form(each);
  }
}

void Trial::form(const zan::Form& form) {
  const Law& law = refuser_.law();
  if (form.when != kNoId) {
    const zan::Answer answer = look_.ask(form.when);
    if (answer.outcome == Outcome::kUnknown) {
      for (const zan::Need& need : answer.needs) {
        const words::Language language = refuser_.actor().language;
        add_problem(facts_, {need.path, refuser_.text("decides_form", {{"question", question(law, language, need)},
                                                                       {"form", form_label(law, language, *situation_.procedure, form)}})});
      }
      return;
    }
    const auto wanted = judge(answer, "when", form.label);
    if (!wanted || !wanted->is_yes()) return;
  }
  for (const zan::FactPath& path : form.asks) {
    for (const Reached& reached : reached_by(law.corpus, look_.record(), path)) {
      if (!reached.known) missing(reached.place);
    }
  }
}

void Trial::documents() {
  const zan::NormId norm = situation_.procedure->documents;
  const auto wanted = settle(norm, "documents", refuser_.law().corpus.norms[static_cast<size_t>(norm)].label);
  if (!wanted) return;
  const zan::Enum& kinds = refuser_.law().corpus.enums[static_cast<size_t>(wanted->of())];
  for (size_t i = 0; i < kinds.members.size(); ++i) {
    const std::string& code = kinds.members[i].code;
    if (!zan::has_bit(wanted->bits(), static_cast<int64_t>(i))) continue;
    if (std::ranges::count(item_.documents, code, &DocumentEntry::kind) > 0) continue;
    const std::string key = words::member_key(refuser_.law().corpus, wanted->of(), static_cast<int64_t>(i));
    add_problem(documents_, {code, refuser_.law().words.label(refuser_.actor().language, key)});
  }
}

void Trial::requirements() {
  for (const zan::Requirement& requirement : action_.requirements) {
    if (!look_.in_force(requirement.in_force)) continue;
    zan::Answer answer = look_.ask(requirement.condition);
    const auto value = judge(answer, "requires", requirement.label);
    if (!value || value->is_yes()) continue;
    const words::Language language = refuser_.actor().language;
    not_lawful(std::move(answer), requirement_label(refuser_.law(), language, *situation_.procedure, action_, requirement));
  }
}

bool Trial::is_asked(const zan::Need& need) const {
  const zan::Corpus& corpus = refuser_.law().corpus;
  const std::string pattern = pattern_of(need.path);
  return std::ranges::any_of(action_.asks, [&](const zan::FactPath& fact) {
    const std::string asked = pattern_of(corpus, situation_.procedure->entity, fact);
    return asked == pattern || asked.starts_with(pattern + "[]");
  });
}

void Trial::missing(const zan::Need& need) {
  add_problem(facts_, {need.path, question(refuser_.law(), refuser_.actor().language, need)});
}

void Trial::keep(std::string_view what, const std::string& label, const zan::Answer& answer) {
  look_.note_read(answer, deed_.read);
  deed_.proofs.push_back({what, label, answer});
}

std::optional<zan::Value> Trial::settle(zan::NormId norm, std::string_view what, const std::string& label) {
  return judge(look_.ask(norm), what, label);
}

std::optional<zan::Value> Trial::judge(const zan::Answer& answer, std::string_view what, const std::string& label) {
  switch (answer.outcome) {
    case Outcome::kValue: keep(what, label, answer); return answer.value;
    case Outcome::kUnknown:
      for (const zan::Need& need : answer.needs) {
        if (asks_ == Asks::kGiven || !is_asked(need)) missing(need);
      }
      return std::nullopt;
    case Outcome::kConflict:
    case Outcome::kGap:
    case Outcome::kFault: unclear_.push_back({answer, label, {}}); return std::nullopt;
  }
  return std::nullopt;
}

void Trial::not_lawful(zan::Answer answer, const std::string& label) {
  auto would_change = changes(answer);
  failed_.push_back({std::move(answer), label, std::move(would_change)});
}

std::vector<zan::FactChange> Trial::changes(const zan::Answer& answer) const {
  // A page shows what hinders; what would change it is looked for when somebody tries.
  if (asks_ == Asks::kOpen) return {};
  auto found = zan::what_would_change(refuser_.law().library, look_.record(), answer);
  CHECK(found.has_value());
  std::erase_if(*found, [](const zan::FactChange& change) { return change.outcome != Outcome::kValue || !change.answer.is_yes(); });
  std::ranges::stable_partition(
      *found, [&](const zan::FactChange& change) { return is_of_parties(refuser_.law().corpus, *situation_.procedure, change.path); });
  return std::move(*found);
}

/// What the law denies comes before what is still missing: nobody shall gather papers for nothing.
std::optional<Refusal> Trial::refusal() const {
  if (refusal_) return refusal_;
  if (!hindered()) return std::nullopt;
  Refusal out;
  if (!unclear_.empty()) {
    out = refuser_.refuse(RefusalKind::kLawUnclear, "law_unclear");
  } else if (!failed_.empty()) {
    out = refuser_.refuse(RefusalKind::kNotLawful, "not_lawful");
  } else if (!facts_.empty()) {
    out = refuser_.refuse(RefusalKind::kFactsMissing, "facts_missing");
  } else {
    out = refuser_.refuse(RefusalKind::kDocumentsMissing, "documents_missing");
  }
  out.problems = facts_;
  out.problems.insert(out.problems.end(), documents_.begin(), documents_.end());
  out.failed = unclear_;
  out.failed.insert(out.failed.end(), failed_.begin(), failed_.end());
  return out;
}

}  // namespace koshi::office
