#include "base/check.h"
#include "zan/reason/needs.h"

namespace koshi::zan {
namespace {

/// The rules of the question's own norm that decided, from its part of the proof.
void collect_deciding(const std::vector<ProofNode>& proof, int32_t parent, std::vector<RuleId>& rules) {
  for (int32_t id = proof[static_cast<size_t>(parent)].first_child; id != kNoId; id = proof[static_cast<size_t>(id)].next_sibling) {
    const ProofNode& node = proof[static_cast<size_t>(id)];
    if (node.kind != ProofKind::kRule) continue;
    if (node.role == RuleRole::kDecides) rules.push_back(node.id);
    collect_deciding(proof, id, rules);
  }
}

void fill_error(Answer& answer, const EvaluationError& error) {
  answer.at = error.at;
  answer.fault = error.fault;
  answer.deciding = error.rules;
}

}  // namespace

Result<Answer> ask(ProgramLibrary& library, NormId norm, const Record& record, Moment on, std::span<const ReformId> reforms) {
  const Corpus& corpus = library.corpus();
  CHECK(norm >= 0 && static_cast<size_t>(norm) < corpus.norms.size());
  const EntityId entity = corpus.norms[static_cast<size_t>(norm)].entity;
  if (entity != kNoId && record.entity != entity) {
    return fail("`" + corpus.full_name(norm) + "` is asked of a record of another entity; give one of `" +
                corpus.entities[static_cast<size_t>(entity)].name + "`");
  }
  TRY(program, library.on(on.law, reforms));
  Evaluation evaluation(library, program->reforms, record, Law{program, on.law, on.today}, true);
  Cell cell = evaluation.ask(norm);
  Answer answer;
  answer.norm = norm;
  answer.on = on.law;
  answer.today = on.today;
  answer.reforms = program->reforms;
  answer.outcome = evaluation.outcome(cell);
  if (cell.is_error()) fill_error(answer, evaluation.error(cell.error));
  if (cell.is_unknown()) answer.needs = NeedCollector(evaluation).collect();
  if (cell.is_known()) answer.value = std::move(cell.value);
  answer.paths = evaluation.paths().texts();
  answer.proof = evaluation.proof().take();
  if (answer.outcome == Outcome::kValue) collect_deciding(answer.proof, 0, answer.deciding);
  return answer;
}

}  // namespace koshi::zan
