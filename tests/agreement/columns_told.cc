#include "columns_told.h"

#include "zan/columns/answer_reader.h"

namespace koshi::agreement {

using zan::Answer;
using zan::ColumnAnswer;
using zan::EntityId;
using zan::Kind;
using zan::NormId;
using zan::Outcome;
using zan::Outputs;
using zan::RowState;

namespace {

RowState state_of(const Answer& answer) {
  switch (answer.outcome) {
    case Outcome::kValue: return answer.value.is_none() ? RowState::kNone : RowState::kValue;
    case Outcome::kUnknown: return RowState::kUnknown;
    case Outcome::kConflict: return RowState::kConflict;
    case Outcome::kGap: return RowState::kGap;
    case Outcome::kFault: return RowState::kFault;
  }
  return RowState::kFault;
}

/// "yes", "conflict", "3 by rule 7", …
std::string told(const zan::Corpus& corpus, RowState state, const std::string& value, zan::RuleId rule) {
  static constexpr const char* kNames[] = {"no", "value", "none", "unknown", "conflict", "gap", "fault"};
  std::string out = state == RowState::kValue ? value : kNames[static_cast<size_t>(state)];
  if (rule != zan::kNoId) out += " by rule " + std::to_string(corpus.rules[static_cast<size_t>(rule)].number);
  return out;
}

zan::Value value_at(const zan::Corpus& corpus, const ColumnAnswer& answer, const Outputs& outputs, int64_t row) {
  const auto at = [&](int32_t column) { return outputs.columns[static_cast<size_t>(column)].at(row); };
  switch (answer.type.kind) {
    case Kind::kYesNo: return zan::Value::yes_no(at(answer.value) == 1);
    case Kind::kWhole: return zan::Value::whole(at(answer.value));
    case Kind::kDecimal: return zan::Value::decimal({at(answer.value)});
    case Kind::kMoney: return zan::Value::money({at(answer.value)});
    case Kind::kDate: return zan::Value::date({static_cast<int32_t>(at(answer.value))});
    case Kind::kDays: return zan::Value::days(at(answer.value));
    case Kind::kEnum: return zan::Value::member(answer.type.of, at(answer.value));
    case Kind::kSet: {
      zan::Bits bits((corpus.enums[static_cast<size_t>(answer.type.of)].members.size() + 63) / 64);
      for (size_t i = 0; i < bits.size(); ++i) bits[i] = static_cast<uint64_t>(at(answer.words[i]));
      return zan::Value::set(answer.type.of, std::move(bits));
    }
    default: return {};
  }
}

}  // namespace

std::string reasoner_told(const zan::Corpus& corpus, const Answer& answer) {
  const bool decided = answer.outcome == Outcome::kValue && !answer.deciding.empty() &&
                       corpus.norms[static_cast<size_t>(answer.norm)].type.kind != Kind::kSet;
  return told(corpus, state_of(answer), format_value(corpus, answer.value), decided ? answer.deciding.front() : zan::kNoId);
}

std::string columns_told(const zan::Corpus& corpus, const ColumnAnswer& answer, const Outputs& outputs, int64_t row) {
  const zan::AnswerReader reader(answer, outputs);
  const RowState state = reader.state(row);
  const std::string value = state == RowState::kValue ? format_value(corpus, value_at(corpus, answer, outputs, row)) : "";
  return told(corpus, state, value, reader.rule(row));
}

std::vector<NormId> norms_of(const zan::Corpus& corpus, EntityId entity) {
  std::vector<NormId> norms;
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    const zan::Norm& norm = corpus.norms[i];
    const bool asked = norm.type.kind != Kind::kText && norm.reform == zan::kNoId && !norm.of_procedure;
    if (asked && (norm.entity == entity || norm.entity == zan::kNoId)) norms.push_back(static_cast<NormId>(i));
  }
  return norms;
}

}  // namespace koshi::agreement
