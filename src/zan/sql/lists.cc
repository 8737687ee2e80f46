#include <algorithm>

#include "zan/sql/levels.h"

/// Aggregates over links to many: the members of all rows as rows of their own, then folded by the row that has them. The rules of folding
/// are those of zan/columns/kernels_list.cc; the order of a list is that of its column `position`.
namespace koshi::zan::sql {

using columns::Aggregate;

namespace {

std::string list_name(BlockId block) {
  return "list" + std::to_string(block);
}

std::string joined(const std::vector<std::string>& parts, const std::string& prefix = "") {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + prefix + part;
  return out;
}

/// The first error in the order of the list: position * 4 + kind.
std::string first_broken(const std::string& position, bool of_values) {
  std::string out = "MIN(CASE WHEN conflict = 1 THEN " + position + " * 4 + 1 WHEN gap = 1 THEN " + position +
                    " * 4 + 2 WHEN fault = 1 THEN " + position + " * 4 + 3";
  if (of_values) {
    out += " WHEN yes = 1 AND value_conflict = 1 THEN " + position + " * 4 + 1 WHEN yes = 1 AND value_gap = 1 THEN " + position +
           " * 4 + 2 WHEN yes = 1 AND value_fault = 1 THEN " + position + " * 4 + 3";
  }
  return out + " END)";
}

constexpr const char* kOpen = "MAX(CASE WHEN yes = 0 AND no = 0 AND conflict = 0 AND gap = 0 AND fault = 0 THEN 1 ELSE 0 END)";

/// What follows from whether the list is broken, open, settled or has overflowed.
constexpr const char* kNumberStates =
    "CASE WHEN broken IS NULL AND open = 0 AND overflow = 0 THEN 1 ELSE 0 END AS known, "
    "CASE WHEN broken % 4 = 1 THEN 1 ELSE 0 END AS conflict, CASE WHEN broken % 4 = 2 THEN 1 ELSE 0 END AS gap, "
    "CASE WHEN broken % 4 = 3 OR (broken IS NULL AND open = 0 AND overflow = 1) THEN 1 ELSE 0 END AS fault";
constexpr const char* kTruthStates =
    "CASE WHEN settled = 1 OR (open = 0 AND broken IS NULL) THEN 1 ELSE 0 END AS known, "
    "CASE WHEN settled = 0 AND open = 0 AND broken % 4 = 1 THEN 1 ELSE 0 END AS conflict, "
    "CASE WHEN settled = 0 AND open = 0 AND broken % 4 = 2 THEN 1 ELSE 0 END AS gap, "
    "CASE WHEN settled = 0 AND open = 0 AND broken % 4 = 3 THEN 1 ELSE 0 END AS fault";

}  // namespace

ExprId Writer::part(int32_t id, int32_t which, BlockId block) {
  constexpr const char* kNames[] = {"yes", "known", "none", "conflict", "gap", "fault", "number"};
  const Aggregate& of = aggregate(id);
  Join join;
  join.block = block;
  join.table = list_name(of.block) + "_fold";
  join.on = keys(block);
  join.aggregate = id;
  if (!q_.trusted) {
    const ExprId fit = sheet_.text("COALESCE($0 = 1, TRUE)", {sheet_.fetch(join, "fit")});
    if (checked_.insert(fit).second) fits_[block].push_back(fit);
  }
  const ExprId value = sheet_.fetch(std::move(join), kNames[which]);
  if (which == columns::kPartNumber) return sheet_.text("COALESCE($0, 0)", {value});
  // A list without members has no row.
  const bool empty = which == columns::kPartKnown || (which == columns::kPartYes && of.op == Op::kAll) ||
                     (which == columns::kPartNone && (of.op == Op::kMaxOf || of.op == Op::kMinOf));
  return sheet_.text(empty ? "COALESCE($0 = 1, TRUE)" : "COALESCE($0 = 1, FALSE)", {value});
}

const Levels::Members& Levels::members(int32_t id) {
  const auto known = members_.find(id);
  if (known != members_.end()) return known->second;
  const Aggregate& of = w_.aggregate(id);
  Members out;
  const auto bit = [&](const char* name, columns::Bit wanted) {
    out.columns.push_back({name, w_.sheet().text("CASE WHEN $0 THEN 1 ELSE 0 END", {w_.bit(wanted)})});
  };
  const auto number = [&](const char* name, Num wanted) {
    if (wanted != kNoNum) out.columns.push_back({name, w_.number(wanted)});
  };
  bit("yes", of.where.yes);
  bit("no", of.where.no);
  bit("conflict", of.where.errors.conflict);
  bit("gap", of.where.errors.gap);
  bit("fault", of.where.errors.fault);
  if (of.op == Op::kSum || of.op == Op::kMaxOf || of.op == Op::kMinOf) {
    bit("known", of.value.known);
    bit("value_conflict", of.value.errors.conflict);
    bit("value_gap", of.value.errors.gap);
    bit("value_fault", of.value.errors.fault);
    if (of.value.number == kNoNum) out.columns.push_back({"number", w_.sheet().atom("0")});
    number("number", of.value.number);
  }
  if (of.op == Op::kDaysPresent) {
    bit("known", of.value.known);
    bit("none", of.value.none);
    bit("left_known", of.left.known);
    bit("left_none", of.left.none);
    if (of.value.number == kNoNum) out.columns.push_back({"number", w_.sheet().atom("0")});
    if (of.left.number == kNoNum) out.columns.push_back({"left_number", w_.sheet().atom("0")});
    number("number", of.value.number);
    number("left_number", of.left.number);
    out.columns.push_back({"today", w_.carried(of.block, w_.number(of.today))});
  }
  out.columns.push_back({"fit", w_.sheet().text("CASE WHEN $0 THEN 1 ELSE 0 END", {w_.fit(of.block)})});
  std::set<ExprId> seen;
  for (const Named& column : out.columns) find_carries(column.expr, of.block, seen, out.carries);
  const bool own = of.row == kNoNum;
  out.row = !own ? w_.number(of.row) : w_.sheet().column(of.parent, of.parent == kRootBlock ? identifier("row") : std::string("member"));
  out.listed = w_.bit(of.listed);
  return members_[id] = std::move(out);
}

void Levels::find_carries(ExprId id, BlockId block, std::set<ExprId>& seen, std::vector<ExprId>& found) {
  if (!seen.insert(id).second) return;
  const Expr expr = w_.sheet()[id];
  if (expr.what == Expr::What::kCarry) {
    if (expr.block == block) found.push_back(id);
    return;
  }
  for (const ExprId operand : expr.operands) find_carries(operand, block, seen, found);
  if (expr.what != Expr::What::kFetch || w_.sheet().join(expr.join).aggregate < 0) return;
  for (const ExprId outer : carried(w_.sheet().join(expr.join).aggregate)) find_carries(outer, block, seen, found);
}

std::vector<ExprId> Levels::carried(int32_t aggregate) {
  const Members& of = members(aggregate);
  std::vector<ExprId> out = {of.row, of.listed};
  for (const ExprId carry : of.carries) out.push_back(w_.sheet()[carry].operands.front());
  return out;
}

void Levels::write_list(const Stack& outer, int32_t id, int level) {
  const Aggregate& of = w_.aggregate(id);
  const Members& inner = members(id);
  const Source& source = w_.source(of.source);
  const std::string rows = "r" + std::to_string(level) + ".";
  std::string text = list_name(of.block) + " AS (\n  SELECT " + joined(w_.keys(of.parent), rows) + ", m." + identifier("position") +
                     " AS " + w_.keys(of.block).back() + ", m." + identifier("member") + " AS member";
  for (const ExprId carry : inner.carries)
    text += ", " + render(outer, w_.sheet()[carry].operands.front(), level) + " AS c" + std::to_string(carry);
  text += "\n  FROM " + name(outer, level) + " AS r" + std::to_string(level) + "\n    JOIN " +
          identifier(w_.entity_name(source.table) + "." + source.name) + " AS m ON m." + identifier("row") + " = " +
          render(outer, inner.row, level);
  text += "\n  WHERE " + render(outer, inner.listed, level) + "),\n";
  out_ += text;
  Stack stack;
  stack.block = of.block;
  stack.outputs = inner.columns;
  write_stack(stack);
  const std::string members = member_rows(stack);
  out_ += list_name(of.block) + "_fold AS (\n  " + (of.op == Op::kDaysPresent ? fold_days(of, members) : fold(of, members)) + "),\n";
}

std::string Levels::member_rows(const Stack& stack) {
  std::string text = "SELECT " + joined(w_.keys(stack.block));
  for (const Named& column : stack.outputs) text += ", " + render(stack, column.expr, stack.top) + " AS " + column.name;
  return text + " FROM " + (stack.top == 0 ? base(stack) : name(stack, stack.top)) + " AS r" + std::to_string(stack.top);
}

std::string Levels::fold(const Aggregate& of, const std::string& rows) const {
  const std::string keys = joined(w_.keys(of.parent)), position = w_.keys(of.block).back();
  std::string inner = "SELECT " + keys + ", MIN(fit) AS fit";
  std::string outer = "SELECT " + keys + ", fit, ";
  std::string from = rows;
  const bool value = of.op == Op::kSum || of.op == Op::kMaxOf || of.op == Op::kMinOf;
  inner += ", " + first_broken(position, value) + " AS broken";
  if (of.op == Op::kAny || of.op == Op::kAll) {
    inner += std::string(", ") + kOpen + " AS open, MAX(" + (of.op == Op::kAny ? "yes" : "no") + ") AS settled";
    outer += std::string(kTruthStates) + (of.op == Op::kAny ? ", settled AS yes" : ", 1 - settled AS yes");
  } else if (!value) {
    inner += std::string(", ") + kOpen + " AS open, 0 AS overflow, CAST(SUM(yes) AS BIGINT) AS total, COUNT(*) AS members";
    const std::string share = w_.speech().is(Dialect::kDuckdb) ? "(total * 1000000000) // members" : "(total * 1000000000) / members";
    outer += std::string(kNumberStates) + ", " + (of.op == Op::kCount ? "total" : share) + " AS number";
  } else {
    inner +=
        ", MAX(CASE WHEN no = 0 AND conflict = 0 AND gap = 0 AND fault = 0 AND (yes = 0 OR known = 0) THEN 1 ELSE 0 END) AS open, "
        "MAX(yes) AS counted" +
        fold_sum(of);
    outer += std::string(kNumberStates) + ", " + (of.op == Op::kSum ? "0" : "1 - counted") +
             " AS none, CASE WHEN overflow = 0 THEN total ELSE 0 END AS number";
    from = running_rows(of, rows);
  }
  return outer + "\n  FROM (" + inner + "\n    FROM (" + from + ") AS m GROUP BY " + keys + ") AS f";
}

std::string Levels::fold_sum(const Aggregate& of) const {
  const std::string counted = "CASE WHEN yes = 1 AND known = 1 THEN number END";
  if (of.op != Op::kSum) return std::string(", 0 AS overflow, ") + (of.op == Op::kMaxOf ? "MAX(" : "MIN(") + counted + ") AS total";
  if (w_.speech().is(Dialect::kSqlite))
    return ", MAX(beyond) AS overflow, CASE WHEN MAX(beyond) = 0 THEN COALESCE(SUM(high) * 2147483648 + SUM(low), 0) END AS total";
  return ", MAX(beyond) AS overflow, CASE WHEN MAX(beyond) = 0 THEN CAST(COALESCE(SUM(" + counted + "), 0) AS BIGINT) END AS total";
}

/// Whether the sum so far, in the order of the list, has left 64 bits. SQLite has no wider numbers: it adds the halves apart.
std::string Levels::running_rows(const Aggregate& of, const std::string& rows) const {
  if (of.op != Op::kSum) return rows;
  const std::string window = " OVER (PARTITION BY " + joined(w_.keys(of.parent)) + " ORDER BY " + w_.keys(of.block).back() + ")";
  const std::string counted = "CASE WHEN yes = 1 AND known = 1 THEN number ELSE 0 END";
  if (!w_.speech().is(Dialect::kSqlite)) {
    return "SELECT s.*, CASE WHEN SUM(" + counted + ")" + window +
           " BETWEEN -9223372036854775808 AND 9223372036854775807 THEN 0 ELSE 1 END AS beyond FROM (" + rows + ") AS s";
  }
  return "SELECT h.*, CASE WHEN typeof(SUM(high)" + window + " * 2147483648 + SUM(low)" + window +
         ") = 'integer' THEN 0 ELSE 1 END AS beyond FROM (SELECT s.*, (" + counted + ") / 2147483648 AS high, (" + counted +
         ") % 2147483648 AS low FROM (" + rows + ") AS s) AS h";
}

/// Days of presence in the window that ends today; those of overlapping stays count once.
std::string Levels::fold_days(const Aggregate& of, const std::string& rows) const {
  const std::string keys = joined(w_.keys(of.parent)), position = w_.keys(of.block).back();
  const bool sqlite = w_.speech().is(Dialect::kSqlite);
  const std::string least = sqlite ? "min(" : "LEAST(", greatest = sqlite ? "max(" : "GREATEST(";
  const std::string begins = greatest + "number, today - " + std::to_string(of.window) + " + 1)";
  const std::string ends = "CASE WHEN left_none = 1 THEN today ELSE " + least + "left_number, today) END";
  const std::string stays =
      "SELECT s.*, CASE WHEN none = 0 THEN " + begins + " END AS begins, " + ends + " AS ends FROM (" + rows + ") AS s";
  const std::string real =
      "SELECT t.*, CASE WHEN begins <= ends THEN begins END AS first, CASE WHEN begins <= ends THEN ends END AS last FROM (" + stays +
      ") AS t";
  const std::string before = "SELECT u.*, MAX(last) OVER (PARTITION BY " + keys + " ORDER BY COALESCE(first, 0), COALESCE(last, 0), " +
                             position + " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS counted FROM (" + real + ") AS u";
  const std::string days = "COALESCE(" + greatest + "0, last - " + greatest + "first, COALESCE(counted + 1, first)) + 1), 0)";
  return "SELECT " + keys +
         ", MIN(fit) AS fit, CASE WHEN MIN(known) = 1 AND MIN(left_known) = 1 THEN 1 ELSE 0 END AS known, 0 AS none, 0 AS conflict, " +
         "0 AS gap, 0 AS fault, CAST(SUM(CASE WHEN first IS NULL THEN 0 ELSE " + days + " END) AS BIGINT) AS number\n  FROM (" + before +
         ") AS v GROUP BY " + keys;
}

}  // namespace koshi::zan::sql
