#include "zan/sql/sheet.h"

#include <algorithm>

#include "base/check.h"

namespace koshi::zan::sql {

ExprId Sheet::put(Expr expr) {
  Key key(expr.what, expr.block, expr.text, expr.operands, expr.join);
  const auto [it, is_new] = index_.emplace(std::move(key), static_cast<ExprId>(exprs_.size()));
  if (is_new) exprs_.push_back(std::move(expr));
  Expr& known = exprs_[static_cast<size_t>(it->second)];
  known.heavy = known.heavy || expr.heavy;
  return it->second;
}

ExprId Sheet::text(std::string pattern, std::vector<ExprId> operands, bool heavy) {
  BlockId block = kAnyBlock;
  for (const ExprId operand : operands) block = std::max(block, (*this)[operand].block);
  return put({Expr::What::kText, block, std::move(pattern), std::move(operands), -1, heavy});
}

ExprId Sheet::carry(BlockId block, ExprId outer) {
  if ((*this)[outer].block == kAnyBlock || (*this)[outer].block == block) return outer;
  return put({Expr::What::kCarry, block, "", {outer}, -1, false});
}

ExprId Sheet::fetch(Join join, std::string name) {
  const auto known = std::ranges::find(joins_, join);
  const auto number = static_cast<int32_t>(known - joins_.begin());
  const BlockId block = join.block;
  if (known == joins_.end()) joins_.push_back(std::move(join));
  return put({Expr::What::kFetch, block, std::move(name), joins_[static_cast<size_t>(number)].keys, number, false});
}

ExprId Sheet::all(std::vector<ExprId> conditions) {
  if (conditions.empty()) return atom("TRUE");
  ExprId out = conditions.front();
  // Nine at a time, the most that a pattern names beside what there is so far.
  constexpr size_t kAtOnce = 9;
  for (size_t next = 1; next < conditions.size();) {
    std::vector<ExprId> operands = {out};
    std::string pattern = "($0";
    for (; next < conditions.size() && operands.size() <= kAtOnce - 1; ++next) {
      pattern += " AND $" + std::to_string(operands.size());
      operands.push_back(conditions[next]);
    }
    out = text(pattern + ")", std::move(operands));
  }
  return out;
}

}  // namespace koshi::zan::sql
