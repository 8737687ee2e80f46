#pragma once

#include "zan/columns/columns.h"

namespace koshi::zan {

/// One norm's answers in one world, row by row, whichever columns it took to hold them. Answer and outputs must outlive it.
class AnswerReader {
 public:
  AnswerReader(const ColumnAnswer& answer, const Outputs& outputs) : answer_(answer) {
    const auto column = [&](int32_t i) { return i == kNoColumn ? nullptr : &outputs.columns[static_cast<size_t>(i)]; };
    value_ = column(answer.value);
    state_ = column(answer.state);
    deciding_ = column(answer.deciding);
  }

  /// kValue also of yes/no.
  RowState state(int64_t row) const {
    if (answer_.type.kind == Kind::kYesNo) {
      const auto state = static_cast<RowState>(value_->at(row));
      return state == RowState::kNo ? RowState::kValue : state;
    }
    if (state_ != nullptr) return static_cast<RowState>(state_->at(row));
    const bool is_absent = answer_.absent != RowState::kValue && value_->at(row) == none_mark(value_->storage);
    return is_absent ? answer_.absent : RowState::kValue;
  }

  /// Not of a set. Where the state is kValue.
  int64_t value(int64_t row) const { return value_->at(row); }

  /// The first deciding rule in the order of the law; kNoId where none decides.
  RuleId rule(int64_t row) const {
    if (deciding_ == nullptr) return answer_.rules.size() == 1 && is_answered(row) ? answer_.rules[0] : kNoId;
    const int64_t code = deciding_->at(row);
    return code == 0 ? kNoId : answer_.rules[static_cast<size_t>(code) - 1];
  }

 private:
  bool is_answered(int64_t row) const { return state(row) == RowState::kValue || state(row) == RowState::kNone; }

  const ColumnAnswer& answer_;
  const OutputColumn* value_ = nullptr;
  const OutputColumn* state_ = nullptr;
  const OutputColumn* deciding_ = nullptr;
};

}  // namespace koshi::zan
