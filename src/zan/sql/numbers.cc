#include <algorithm>

#include "base/check.h"
#include "zan/sql/writer.h"

/// Numbers that cannot fail: their range has been proven to fit (zan/columns/numbers.cc).
namespace koshi::zan::sql {

namespace {

constexpr size_t kCasesMax = 24;  // of a function written as a choice; more are a table to be joined

bool fits_32(const Interval& hull) {
  return hull.least >= INT32_MIN && hull.greatest <= INT32_MAX;
}

/// A stretch of numbers with one value.
struct Piece {
  Interval where;
  int64_t value;
};

std::vector<Piece> pieces_of(const std::vector<int64_t>& values, int64_t first) {
  std::vector<Piece> out;
  for (size_t i = 0; i < values.size(); ++i) {
    const int64_t at = first + static_cast<int64_t>(i);
    if (!out.empty() && out.back().value == values[i]) {
      out.back().where.greatest = at;
    } else {
      out.push_back({{at, at}, values[i]});
    }
  }
  return out;
}

}  // namespace

ExprId Writer::number(Num wanted) {
  CHECK(wanted != kNoNum);
  if (const auto known = numbers_.find(wanted); known != numbers_.end()) return known->second;
  const NumNode& node = g_.node(wanted);
  ExprId out = kNoExpr;
  switch (node.op) {
    case NumOp::kConst: out = sheet_.atom(number_literal(node.k)); break;
    case NumOp::kLeaf: out = leaf_number(wanted); break;
    case NumOp::kMux: {
      const ExprId condition = bit(node.c);
      out = sheet_.text("CASE WHEN $0 THEN $1 ELSE $2 END", {condition, number(node.a), number(node.b)});
      break;
    }
    case NumOp::kTable: out = table(node); break;
    case NumOp::kCall: out = sheet_.text("COALESCE($0, 0)", {call(wanted)}); break;
    case NumOp::kOuter: out = carry(node.block, number(node.a)); break;
    case NumOp::kPart: out = part(node.a, node.b, node.block); break;
    case NumOp::kYearKey: out = year_key(number(node.a)); break;
    case NumOp::kShift: {
      // Towards minus infinity, by way of numbers that are not negative.
      const int64_t size = int64_t{1} << node.k;
      const int64_t lift = std::max<int64_t>(0, -(g_.node(node.a).domain.hull().least / size) + 1);
      const std::string raised = "($0 + " + std::to_string(lift * size) + ")";
      out = sheet_.text("($0 - " + std::to_string(lift) + ")", {divided(sheet_.text(raised, {number(node.a)}), size)});
      break;
    }
    default: out = arithmetic(node);
  }
  return numbers_[wanted] = out;
}

ExprId Writer::arithmetic(const NumNode& node) {
  const ExprId a = number(node.a), b = number(node.b);
  if (node.op == NumOp::kMin) return sheet_.text(speech_.least(), {a, b});
  if (node.op == NumOp::kMax) return sheet_.text(speech_.greatest(), {a, b});
  const std::string sign = node.op == NumOp::kAdd ? " + " : node.op == NumOp::kSub ? " - " : " * ";
  // Two numbers of 32 bits stay in 32 bits where an engine is not told otherwise.
  const bool widen = !fits_32(node.domain.hull()) && !speech_.is(Dialect::kSqlite);
  return sheet_.text(widen ? "(CAST($0 AS BIGINT)" + sign + "$1)" : "($0" + sign + "$1)", {a, b});
}

ExprId Writer::table(const NumNode& node) {
  const auto found = leaf(node.a);
  const bool codes = found && (found->column->type.kind == Kind::kEnum || found->column->type.kind == Kind::kYesNo);
  return codes ? table_by_codes(node, *found) : table_by_intervals(node);
}

/// What follows from a yes/no or from the member of an enum.
ExprId Writer::table_by_codes(const NumNode& node, const Leaf& leaf) {
  const std::vector<int64_t>& values = g_.table(node.extra);
  const NumNode& x = g_.node(node.a);
  const auto at = [&](int64_t number) {
    const int64_t index = number - node.k;
    return index >= 0 && index < static_cast<int64_t>(values.size()) ? values[static_cast<size_t>(index)] : 0;
  };
  const ExprId value = leaf_value(leaf);
  ExprId out = kNoExpr;
  if (leaf.column->type.kind == Kind::kYesNo) {
    out = sheet_.text("CASE WHEN $0 THEN " + number_literal(at(1)) + " ELSE " + number_literal(at(0)) + " END", {value});
  } else {
    const auto& members = c_.enums[static_cast<size_t>(leaf.column->type.of)].members;
    std::map<int64_t, std::vector<std::string>> by_value;
    std::vector<std::pair<std::string, int64_t>> rows;
    for (size_t i = 0; i < members.size(); ++i) {
      if (!x.domain.contains(static_cast<int64_t>(i))) continue;
      by_value[at(static_cast<int64_t>(i))].push_back(text_literal(members[i].code));
      rows.emplace_back(text_literal(members[i].code), at(static_cast<int64_t>(i)));
    }
    if (by_value.size() > kCasesMax) {
      out = lookup(rows, value, "by_" + c_.enums[static_cast<size_t>(leaf.column->type.of)].name);
    } else {
      const auto most = std::ranges::max_element(by_value, {}, [](const auto& entry) { return entry.second.size(); })->first;
      std::string pattern = "CASE";
      for (const auto& [result, codes] : by_value) {
        if (result == most) continue;
        std::string list;
        for (const std::string& code : codes) list += (list.empty() ? "" : ", ") + code;
        size_t dollar = 0;
        while ((dollar = list.find('$', dollar)) != std::string::npos) list.insert(dollar, "$"), dollar += 2;
        pattern += " WHEN $0 " + (codes.size() == 1 ? "= " + list : "IN (" + list + ")") + " THEN " + number_literal(result);
      }
      out = by_value.size() == 1 ? sheet_.atom(number_literal(most))
                                 : sheet_.text(pattern + " ELSE " + number_literal(most) + " END", {value});
    }
  }
  if (!x.mark) return out;
  const ExprId none = sheet_.text("($0 IS NULL)", {leaf.raw});
  return sheet_.text("CASE WHEN $0 THEN " + number_literal(at(*x.mark)) + " ELSE $1 END", {none, out});
}

ExprId Writer::table_by_intervals(const NumNode& node) {
  const std::vector<Piece> pieces = pieces_of(g_.table(node.extra), node.k);
  const ExprId x = number(node.a);
  if (pieces.size() > kCasesMax) {
    std::vector<std::pair<std::string, int64_t>> rows;
    const std::vector<int64_t>& values = g_.table(node.extra);
    for (size_t i = 0; i < values.size(); ++i) rows.emplace_back(number_literal(node.k + static_cast<int64_t>(i)), values[i]);
    return lookup(rows, x, "by_number");
  }
  std::string pattern = "CASE";
  for (size_t i = 0; i + 1 < pieces.size(); ++i)
    pattern += " WHEN $0 <= " + number_literal(pieces[i].where.greatest) + " THEN " + number_literal(pieces[i].value);
  return sheet_.text(pattern + " ELSE " + number_literal(pieces.back().value) + " END", {x});
}

/// A function of many values as a table of the query.
ExprId Writer::lookup(const std::vector<std::pair<std::string, int64_t>>& rows, ExprId key, const std::string& what) {
  std::string body;
  for (const auto& [at, value] : rows) body += (body.empty() ? "VALUES (" : ", (") + at + ", " + number_literal(value) + ")";
  const auto same = std::ranges::find(law_tables_, body, &LawTable::body);
  std::string name = same != law_tables_.end() ? same->name : "law_" + std::to_string(law_tables_.size() + 1) + "_" + what + "(key, value)";
  if (same == law_tables_.end()) law_tables_.push_back({name, body});
  Join join;
  join.block = sheet_[key].block;
  join.table = name.substr(0, name.find('('));
  join.on = {"key"};
  join.keys = {key};
  return sheet_.text("COALESCE($0, 0)", {sheet_.fetch(std::move(join), "value")});
}

/// Years that begin on 1 March, and the days since (zan/columns/numbers.cc).
ExprId Writer::year_key(ExprId days) {
  const ExprId quarter = sheet_.text("(4 * ($0 + 25508) + 3)", {days});
  return sheet_.text("(512 * $0 + $1)", {divided(quarter, 1461), divided(sheet_.text("($0 % 1461)", {quarter}), 4)});
}

}  // namespace koshi::zan::sql
