#include "zan/sql/levels.h"

#include <algorithm>

#include "base/check.h"

namespace koshi::zan::sql {

namespace {

constexpr size_t kShort = 60;   // bytes of an expression that is written again rather than kept
constexpr size_t kLong = 4000;  // of one that becomes a column although it is read once
constexpr size_t kColumnName = 8;
constexpr int kDeep = 10;  // expressions inside one another; SQLite's parser has a stack of a hundred

std::string column_name(ExprId id) {
  return "c" + std::to_string(id);
}

}  // namespace

void Levels::count(Stack& stack, ExprId id) {
  if (++stack.uses[id] > 1) return;
  const Expr& expr = w_.sheet()[id];
  if (expr.what == Expr::What::kCarry) return;  // a column of the members
  for (const ExprId operand : expr.operands) count(stack, operand);
  if (expr.what == Expr::What::kFetch && w_.sheet().join(expr.join).aggregate >= 0)
    count_aggregate(stack, w_.sheet().join(expr.join).aggregate);
}

/// What an aggregate's members read of this block's rows.
void Levels::count_aggregate(Stack& stack, int32_t aggregate) {
  for (const ExprId id : carried(aggregate)) {
    count(stack, id);
    ++stack.uses[id];
  }
}

bool Levels::is_column(const Stack& stack, ExprId id) {
  const Expr& expr = w_.sheet()[id];
  if (expr.what == Expr::What::kFetch) return true;
  if (expr.what != Expr::What::kText || expr.operands.empty() || expr.block == kAnyBlock) return false;
  const size_t bytes = length(stack, id);
  if (bytes > kLong || depth(stack, id) > kDeep) return true;
  return stack.uses.at(id) > 1 && (expr.heavy || bytes > kShort);
}

/// Written out, without the parts that are columns.
size_t Levels::length(const Stack& stack, ExprId id) {
  const auto key = std::pair(stack.block, id);
  if (const auto known = lengths_.find(key); known != lengths_.end()) return known->second;
  const Expr& expr = w_.sheet()[id];
  size_t bytes = expr.text.size();
  if (expr.what == Expr::What::kText) {
    for (const ExprId operand : expr.operands) {
      const size_t inner = length(stack, operand);
      bytes += is_column(stack, operand) ? kColumnName : inner;
    }
  }
  return lengths_[key] = bytes;
}

int Levels::depth(const Stack& stack, ExprId id) {
  const auto key = std::pair(stack.block, id);
  if (const auto known = depths_.find(key); known != depths_.end()) return known->second;
  int deepest = 0;
  if (w_.sheet()[id].what == Expr::What::kText) {
    for (const ExprId operand : w_.sheet()[id].operands) {
      if (!is_column(stack, operand)) deepest = std::max(deepest, depth(stack, operand));
    }
  }
  return depths_[key] = deepest + 1;
}

/// The lowest level over whose rows the expression can be written.
int Levels::available(Stack& stack, ExprId id) {
  const auto key = std::pair(stack.block, id);
  if (const auto known = available_.find(key); known != available_.end()) return known->second;
  const Expr& expr = w_.sheet()[id];
  int level = 0;
  if (expr.what == Expr::What::kText || expr.what == Expr::What::kFetch) {
    for (const ExprId operand : expr.operands) level = std::max(level, available(stack, operand));
    if (expr.what == Expr::What::kFetch && w_.sheet().join(expr.join).aggregate >= 0) {
      // The members are made of a level below.
      level = std::max(level, 1);
      for (const ExprId outer : carried(w_.sheet().join(expr.join).aggregate)) level = std::max(level, available(stack, outer));
    }
    if (is_column(stack, id)) ++level;
  }
  return available_[key] = level;
}

void Levels::mark_uses(Stack& stack, ExprId id, int at) {
  const Expr& expr = w_.sheet()[id];
  const bool column = expr.what != Expr::What::kText || is_column(stack, id);
  if (column && expr.block != kAnyBlock) {
    int& last = stack.last_use[id];
    last = std::max(last, at);
    if (!stack.defined.emplace(id, available(stack, id)).second) return;
    if (expr.what == Expr::What::kColumn || expr.what == Expr::What::kCarry) return;
    const int own = available(stack, id);
    for (const ExprId operand : expr.operands) mark_uses(stack, operand, own);
    if (expr.what == Expr::What::kFetch && w_.sheet().join(expr.join).aggregate >= 0) {
      for (const ExprId outer : carried(w_.sheet().join(expr.join).aggregate)) mark_uses(stack, outer, own);
    }
    return;
  }
  for (const ExprId operand : expr.operands) mark_uses(stack, operand, at);
}

void Levels::place(Stack& stack) {
  for (const Named& output : stack.outputs) count(stack, output.expr);
  stack.top = 0;
  for (const Named& output : stack.outputs) stack.top = std::max(stack.top, available(stack, output.expr));
  for (const Named& output : stack.outputs) mark_uses(stack, output.expr, stack.top + 1);
  stack.columns.resize(static_cast<size_t>(stack.top) + 1);
  stack.joins.resize(stack.columns.size());
  stack.lists.resize(stack.columns.size());
  for (const auto& [id, level] : stack.defined) {
    if (level == 0) continue;
    stack.columns[static_cast<size_t>(level)].push_back(id);
    const Expr& expr = w_.sheet()[id];
    if (expr.what != Expr::What::kFetch) continue;
    auto& joins = stack.joins[static_cast<size_t>(level)];
    if (std::ranges::find(joins, expr.join) != joins.end()) continue;
    joins.push_back(expr.join);
    const int32_t aggregate = w_.sheet().join(expr.join).aggregate;
    auto& lists = stack.lists[static_cast<size_t>(level - 1)];
    if (aggregate >= 0 && std::ranges::find(lists, aggregate) == lists.end()) lists.push_back(aggregate);
  }
}

/// `level`: over whose rows it is written. `whole`: the expression itself, although it is a column.
std::string Levels::render(const Stack& stack, ExprId id, int level, bool whole) {
  const Expr& expr = w_.sheet()[id];
  const std::string rows = "r" + std::to_string(level) + ".";
  if (expr.block != kAnyBlock && !whole && (expr.what != Expr::What::kText || is_column(stack, id))) {
    if (expr.what == Expr::What::kColumn && level == 0) return rows + expr.text;
    return rows + column_name(id);
  }
  if (expr.what == Expr::What::kFetch) return "j" + std::to_string(expr.join) + "." + expr.text;
  if (expr.operands.empty()) return expr.text;
  std::string out;
  for (size_t i = 0; i < expr.text.size(); ++i) {
    if (expr.text[i] != '$') {
      out += expr.text[i];
      continue;
    }
    const char next = expr.text[++i];
    if (next == '$') {
      out += '$';
    } else {
      out += render(stack, expr.operands[static_cast<size_t>(next - '0')], level);
    }
  }
  return out;
}

std::string Levels::name(const Stack& stack, int level) const {
  const std::string of = stack.block == kRootBlock ? "" : "list" + std::to_string(stack.block) + "_";
  return of + "step" + std::to_string(level);
}

/// The rows of level 0.
std::string Levels::base(const Stack& stack) const {
  if (stack.block != kRootBlock) return "list" + std::to_string(stack.block);
  return q_.table.empty() ? identifier(w_.entity_name(q_.entity)) : w_.table_name();
}

std::string Levels::join_text(const Stack& stack, int32_t id, int level) {
  const Join& join = w_.sheet().join(id);
  const std::string alias = "j" + std::to_string(id);
  std::string out = "\n    LEFT JOIN " + join.table + " AS " + alias + " ON ";
  for (size_t i = 0; i < join.on.size(); ++i) {
    const std::string key = join.aggregate >= 0 ? "r" + std::to_string(level) + "." + join.on[i] : render(stack, join.keys[i], level);
    out += (i == 0 ? "" : " AND ") + alias + "." + join.on[i] + " = " + key;
  }
  return out;
}

void Levels::write_stack(Stack& stack) {
  place(stack);
  if (static_cast<size_t>(stack.top) > kLevelsMax) problems_.insert("the query has more than " + std::to_string(kLevelsMax) + " levels");
  const std::vector<std::string> keys = w_.keys(stack.block);
  for (int level = 1; level <= stack.top && problems_.empty(); ++level) {
    for (const int32_t aggregate : stack.lists[static_cast<size_t>(level - 1)]) write_list(stack, aggregate, level - 1);
    std::string text = name(stack, level) + " AS (\n  SELECT ";
    for (size_t i = 0; i < keys.size(); ++i) {
      const bool own = stack.block == kRootBlock && level == 1;
      text += (i == 0 ? "" : ", ") + ("r" + std::to_string(level - 1) + "." + (own ? identifier(q_.key) + " AS " + keys[i] : keys[i]));
    }
    for (const auto& [id, defined] : stack.defined) {
      if (defined > level || stack.last_use.at(id) <= level) continue;
      const bool here = defined == level || (level == 1 && defined == 0);
      const std::string value =
          here ? render(stack, id, level - 1, defined == level) : "r" + std::to_string(level - 1) + "." + column_name(id);
      text += ",\n    " + value + (value.ends_with("." + column_name(id)) ? "" : " AS " + column_name(id));
    }
    text += "\n  FROM " + (level == 1 ? base(stack) : name(stack, level - 1)) + " AS r" + std::to_string(level - 1);
    for (const int32_t join : stack.joins[static_cast<size_t>(level)]) text += join_text(stack, join, level - 1);
    out_ += text + w_.speech().fence() + "),\n";
    if (out_.size() > kQueryMax) problems_.insert("the query is longer than " + std::to_string(kQueryMax >> 20) + " MiB");
  }
}

std::string Levels::write(const std::vector<Named>& outputs) {
  Stack stack;
  stack.outputs = outputs;
  write_stack(stack);
  if (out_.ends_with(",\n")) out_.resize(out_.size() - 2);
  std::string text = out_ + (out_.empty() ? "" : "\n") + "SELECT ";
  const std::string rows = "r" + std::to_string(stack.top) + ".";
  text += rows + (stack.top == 0 ? identifier(q_.key) : w_.keys(kRootBlock).front() + " AS " + identifier(q_.key));
  for (const Named& output : stack.outputs) text += ",\n  " + render(stack, output.expr, stack.top) + " AS " + identifier(output.name);
  text += "\nFROM " + (stack.top == 0 ? base(stack) : name(stack, stack.top)) + " AS r" + std::to_string(stack.top);
  // Without a limit of its own SQLite would merge the last level into this one.
  return text + (w_.speech().is(Dialect::kSqlite) ? w_.speech().fence() : "") + "\n";
}

}  // namespace koshi::zan::sql
