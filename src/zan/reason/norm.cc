#include <optional>

#include "base/check.h"
#include "zan/reason/evaluate.h"

/// Norms within one question: each is decided once for each record and date.
namespace koshi::zan {
namespace {

constexpr int kLawBits = 12, kNormBits = 20;

uint64_t memo_key(NormId norm, LawId law, PathId path) {
  return (static_cast<uint64_t>(static_cast<uint32_t>(path)) << (kLawBits + kNormBits)) | (static_cast<uint64_t>(norm) << kLawBits) |
         static_cast<uint64_t>(law);
}

}  // namespace

Cell Evaluation::ask(NormId norm) {
  const PathId path = kRootPath;
  ProofNode root;
  root.kind = ProofKind::kNorm;
  const int32_t node = proof_.add_root(root);
  NormEntry entry;
  entry.norm = norm;
  entry.path = path;
  entry.node = node;
  entries_.push_back(entry);
  memo_.add(memo_key(norm, 0, path), 0);
  evaluate_entry(0);
  return entries_[0].cell;
}

int32_t Evaluation::find_entry(NormId norm, LawId law, PathId path) const {
  return memo_.find(memo_key(norm, law, path));
}

Cell Evaluation::eval_norm(NormId norm, LawId law, PathId path) {
  ProofNode read;
  read.kind = ProofKind::kNorm;
  read.id = norm;
  read.path = path;
  read.on = laws_[static_cast<size_t>(law)].on;
  read.today = laws_[static_cast<size_t>(law)].today;
  const int32_t known = find_entry(norm, law, path);
  if (known != kNoId) {
    const NormEntry& entry = entries_[static_cast<size_t>(known)];
    if (!entry.done) return fault(Fault::kCircle);
    const size_t before = proof_.nodes().size();
    const int32_t node = proof_.add_read(*frame_, std::move(read));
    if (node != kNoId && static_cast<size_t>(node) == before) {
      fill_norm_node(entry, node);
      proof_.at(node)->same_as = entry.node;
    }
    return entry.cell;
  }
  const auto number = static_cast<int32_t>(entries_.size());
  NormEntry entry;
  entry.norm = norm;
  entry.law = law;
  entry.path = path;
  entry.node = proof_.add_read(*frame_, std::move(read));
  entries_.push_back(std::move(entry));
  memo_.add(memo_key(norm, law, path), number);
  evaluate_entry(number);
  return entries_[static_cast<size_t>(number)].cell;
}

void Evaluation::evaluate_entry(int32_t number) {
  const NormEntry entry = entries_[static_cast<size_t>(number)];
  const Pool pool = pool_;
  Frame* const frame = frame_;
  const NormId norm = norm_;
  const SetContext set = set_;
  const Program& law = program(entry.law);
  pool_ = {law.nodes, law.constants, entry.law};
  norm_ = entry.norm;
  ++depth_;
  const size_t states = states_.size();
  const size_t set_states = set_states_.size();
  const size_t words = words_.size();
  const Frame own{entry.node, kNoId, kNoId};
  Cell cell;
  if (depth_ > kMaxEvaluationDepth) {
    cell = fault(Fault::kDepth);
  } else if (corpus_.norms[static_cast<size_t>(entry.norm)].type.kind == Kind::kSet) {
    const SetDecision decision = decide_set(entry, own);
    if (proof_.recording()) mark_sets(decision);
    cell = decision.outcome;
  } else {
    const Decision decision = decide(entry, own);
    if (proof_.recording()) mark_decision(decision);
    cell = decision.outcome;
  }
  states_.resize(states);
  set_states_.resize(set_states);
  words_.resize(words);
  --depth_;
  pool_ = pool;
  frame_ = frame;
  norm_ = norm;
  set_ = set;
  NormEntry& settled = entries_[static_cast<size_t>(number)];
  settled.cell = std::move(cell);
  settled.done = true;
  completed_.push_back(number);
  if (settled.node != kNoId) fill_norm_node(settled, settled.node);
}

void Evaluation::fill_norm_node(const NormEntry& entry, int32_t number) {
  ProofNode& node = *proof_.at(number);
  node.id = entry.norm;
  node.path = entry.path;
  node.entity = corpus_.norms[static_cast<size_t>(entry.norm)].entity;
  node.on = laws_[static_cast<size_t>(entry.law)].on;
  node.today = laws_[static_cast<size_t>(entry.law)].today;
  node.outcome = outcome(entry.cell);
  node.value = entry.cell.is_known() ? entry.cell.value : Value();
}

/// A parameter is the same for every record, so it stands at the root.
PathId Evaluation::norm_path(const Node& node, const Scope& scope) {
  const Norm& norm = corpus_.norms[static_cast<size_t>(node.a)];
  if (norm.entity == kNoId) return kRootPath;
  return node.b == kNoId ? scope.path : follow(corpus_.addresses[static_cast<size_t>(node.b)], scope);
}

Cell Evaluation::eval_norm_node(const Node& node, const Scope& scope) {
  return eval_norm(node.a, pool_.law, norm_path(node, scope));
}

std::expected<LawId, Fault> Evaluation::law_on(Date date) {
  for (size_t i = 0; i < laws_.size(); ++i) {
    if (laws_[i].on == date && laws_[i].today == date) return static_cast<LawId>(i);
  }
  if (laws_.size() >= (size_t{1} << kLawBits)) return std::unexpected(Fault::kDepth);
  const auto law = library_.on(date, reforms_);
  if (!law) return std::unexpected(Fault::kDrafts);
  laws_.push_back({*law, date, date});
  return static_cast<LawId>(laws_.size() - 1);
}

Cell Evaluation::eval_on_date(const Node& node, const Scope& scope) {
  Cell date = eval(node.b, scope);
  if (!date.is_known() || date.is_none()) return date;
  const auto law = law_on(date.value.as_date());
  if (!law) return fault(law.error());
  const Node& asked = this->node(node.a);
  return eval_norm(asked.a, *law, norm_path(asked, scope));
}

}  // namespace koshi::zan
