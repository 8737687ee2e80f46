#pragma once

#include "observatory/simulate/simulate.h"

/// Internal to this folder.
namespace koshi::observatory {

/// The columns of one norm in one world, row by row.
class AnswerColumns {
 public:
  AnswerColumns(const zan::ColumnAnswer& answer, const zan::Outputs& outputs) : answer_(answer) {
    const auto column = [&](int32_t i) { return i == zan::kNoColumn ? nullptr : &outputs.columns[static_cast<size_t>(i)]; };
    value_ = column(answer.value);
    state_ = column(answer.state);
    deciding_ = column(answer.deciding);
    is_yes_no_ = answer.type.kind == zan::Kind::kYesNo;
  }

  zan::RowState state(int64_t row) const {
    if (is_yes_no_) {
      const auto state = static_cast<zan::RowState>(value_->at(row));
      return state == zan::RowState::kNo || state == zan::RowState::kYes ? zan::RowState::kValue : state;
    }
    return state_ == nullptr ? zan::RowState::kValue : static_cast<zan::RowState>(state_->at(row));
  }
  int64_t value(int64_t row) const { return value_->at(row); }
  /// Of a yes/no or an enum the value, of a number that there is one.
  Outcome outcome(int64_t row, bool counts_values) const {
    const zan::RowState at = state(row);
    return {at, at == zan::RowState::kValue && counts_values ? value(row) : 0};
  }
  zan::RuleId rule(int64_t row) const {
    if (deciding_ == nullptr) return answer_.rules.size() == 1 ? answer_.rules[0] : zan::kNoId;
    const int64_t code = deciding_->at(row);
    return code == 0 ? zan::kNoId : answer_.rules[static_cast<size_t>(code) - 1];
  }

 private:
  const zan::ColumnAnswer& answer_;
  const zan::OutputColumn* value_ = nullptr;
  const zan::OutputColumn* state_ = nullptr;
  const zan::OutputColumn* deciding_ = nullptr;
  bool is_yes_no_ = false;
};

}  // namespace koshi::observatory
