#include "zan/sql/writer.h"

#include <algorithm>

#include "base/check.h"

/// Conditions, and the columns of the tables.
namespace koshi::zan::sql {

namespace {

constexpr int64_t kEpochGarbage = 0;  // a day that a date could be

/// A pattern's own characters, so that a `$` in a code is not taken for an operand.
std::string verbatim(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '$') out += '$';
    out += c;
  }
  return out;
}

std::string interval_text(const Interval& i) {
  if (i.least == i.greatest) return "$0 = " + number_literal(i.least);
  if (i.least == INT64_MIN) return "$0 <= " + number_literal(i.greatest);
  if (i.greatest == INT64_MAX) return "$0 >= " + number_literal(i.least);
  return "$0 BETWEEN " + number_literal(i.least) + " AND " + number_literal(i.greatest);
}

std::string intervals_text(const std::vector<Interval>& intervals) {
  const bool points = intervals.size() > 1 && std::ranges::all_of(intervals, [](const Interval& i) { return i.least == i.greatest; });
  if (points) {
    std::string list;
    for (const Interval& i : intervals) list += (list.empty() ? "" : ", ") + number_literal(i.least);
    return "$0 IN (" + list + ")";
  }
  std::string out;
  for (const Interval& i : intervals) out += (out.empty() ? "" : " OR ") + interval_text(i);
  return out;
}

}  // namespace

BlockId Writer::parent(BlockId block) const {
  const auto it = std::ranges::find(aggregates_, block, &columns::Aggregate::block);
  CHECK(it != aggregates_.end());
  return it->parent;
}

std::vector<std::string> Writer::keys(BlockId block) const {
  if (block == kRootBlock) return {"k0"};
  std::vector<std::string> out = keys(parent(block));
  out.push_back("k" + std::to_string(out.size()));
  return out;
}

std::string Writer::table_name() const {
  std::string out, part;
  for (const char c : q_.table + ".") {
    if (c != '.') {
      part += c;
      continue;
    }
    out += (out.empty() ? "" : ".") + identifier(part);
    part.clear();
  }
  return out;
}

ExprId Writer::carry(BlockId block, ExprId expr) {
  const BlockId from = sheet_[expr].block;
  if (from == kAnyBlock || from == block) return expr;
  return sheet_.carry(block, carry(parent(block), expr));
}

ExprId Writer::opposite(ExprId condition) {
  const Expr& expr = sheet_[condition];
  if (expr.text == "NOT $0") return expr.operands.front();
  if (sheet_.is_atom(condition)) return sheet_.atom(expr.text == "TRUE" ? "FALSE" : "TRUE");
  return sheet_.text("NOT $0", {condition});
}

ExprId Writer::bit(Bit wanted) {
  if (wanted.negated()) return opposite(bit(!wanted));
  if (const auto known = bits_.find(wanted.node()); known != bits_.end()) return known->second;
  const BitNode& node = g_.node(wanted);
  ExprId out = kNoExpr;
  switch (node.op) {
    case BitOp::kTrue: out = sheet_.atom("TRUE"); break;
    case BitOp::kValid: out = valid(node); break;
    case BitOp::kIn: out = in(node); break;
    case BitOp::kLess:
    case BitOp::kEqual: out = pair(node); break;
    case BitOp::kFault: out = sheet_.text("($0 IS NULL)", {call(node.a)}); break;
    case BitOp::kOuter: out = carry(node.block, bit(Bit{2 * node.a})); break;
    case BitOp::kPart: out = part(node.a, node.b, node.block); break;
    case BitOp::kAnd: {
      std::vector<ExprId> parts;
      for (const Bit one : node.list) parts.push_back(bit(one));
      out = sheet_.all(std::move(parts));
      break;
    }
  }
  return bits_[wanted.node()] = out;
}

ExprId Writer::raw(int32_t source_id, Num row, BlockId block, const std::string& name) {
  if (row == kNoNum && block == kRootBlock) return sheet_.column(block, identifier(name));
  Join join;
  join.block = block;
  join.table = identifier(c_.entities[static_cast<size_t>(source(source_id).table)].name);
  join.on = {identifier("row")};
  join.keys = {row == kNoNum ? sheet_.column(block, "member") : number(row)};
  return sheet_.fetch(std::move(join), identifier(name));
}

std::optional<Writer::Leaf> Writer::leaf(Num wanted) {
  const NumNode& node = g_.node(wanted);
  if (node.op != NumOp::kLeaf || source(node.extra).what != Source::What::kColumn) return std::nullopt;
  Leaf out;
  out.column = schema_.find(source(node.extra).table)->find(source(node.extra).name);
  out.raw = raw(node.extra, node.a, node.block, out.column->path);
  out.fetched = node.a != kNoNum || node.block != kRootBlock;
  out.never_null = q_.complete && !out.fetched && !out.column->type.or_none;
  check(node.block, *out.column, out.raw, out.fetched);
  return out;
}

/// The column as a number (a yes/no or an enum: as it lies), never NULL.
ExprId Writer::leaf_value(const Leaf& leaf) {
  const Column& column = *leaf.column;
  std::string pattern = "$0", instead = "0";
  switch (column.type.kind) {
    case Kind::kYesNo: instead = "FALSE"; break;
    case Kind::kEnum:
      instead = text_literal(column.type.or_none ? "" : c_.enums[static_cast<size_t>(column.type.of)].members.front().code);
      break;
    case Kind::kDate:
      instead = std::to_string(kEpochGarbage);
      pattern = speech_.is(Dialect::kSqlite) ? "CAST(julianday($0) - 2440587.5 AS INTEGER)" : "($0 - DATE '1970-01-01')";
      break;
    case Kind::kMoney:
      if (speech_.has_decimals()) pattern = "CAST(" + speech_.wide_decimal(2) + " * 100 AS BIGINT)";
      break;
    case Kind::kDecimal:
      if (speech_.has_decimals()) pattern = "CAST(" + speech_.wide_decimal(9) + " * 1000000000 AS BIGINT)";
      break;
    default:
      instead = number_literal(std::clamp<int64_t>(0, column.bounds->least, std::max(column.bounds->least, column.bounds->greatest)));
  }
  const bool heavy = pattern != "$0";
  if (leaf.never_null) return heavy ? sheet_.text(pattern, {leaf.raw}, true) : leaf.raw;
  return sheet_.text("COALESCE(" + pattern + ", " + verbatim(instead) + ")", {leaf.raw}, heavy);
}

ExprId Writer::leaf_number(Num wanted) {
  const auto found = leaf(wanted);
  if (!found) {
    const NumNode& node = g_.node(wanted);
    return sheet_.text("COALESCE($0, -1)", {raw(node.extra, node.a, node.block, source(node.extra).name)});
  }
  const ExprId value = leaf_value(*found);
  if (found->column->type.kind == Kind::kYesNo) return sheet_.text("CASE WHEN $0 THEN 1 ELSE 0 END", {value});
  if (found->column->type.kind != Kind::kEnum) return value;
  const EnumId of = found->column->type.of;
  need_enum(of);
  Join join;
  join.block = g_.node(wanted).block;
  join.table = "enum_" + c_.enums[static_cast<size_t>(of)].name;
  join.on = {"code"};
  join.keys = {value};
  return sheet_.text("COALESCE($0, 0)", {sheet_.fetch(std::move(join), "number")});
}

ExprId Writer::valid(const BitNode& node) {
  const Source& from = source(node.a);
  if (from.what == Source::What::kMany) return sheet_.text("COALESCE($0, FALSE)", {raw(node.a, node.b, node.block, from.name + "_known")});
  const Column& column = *schema_.find(from.table)->find(from.name);
  const ExprId value = raw(node.a, node.b, node.block, column.path);
  check(node.block, column, value, node.b != kNoNum || node.block != kRootBlock);
  if (!column.type.or_none) return sheet_.text("($0 IS NOT NULL)", {value});
  return sheet_.text("NOT COALESCE($0, FALSE)", {raw(node.a, node.b, node.block, column.path + "_unknown")});
}

ExprId Writer::in(const BitNode& node) {
  const NumNode& x = g_.node(Num{node.a});
  if (!x.mark) return in_values(node.a, node.ranges, x.domain);
  const auto found = leaf(node.a);
  CHECK(found.has_value());
  const ExprId none = sheet_.text("($0 IS NULL)", {found->raw});
  const bool takes_none = node.ranges.contains(*x.mark);
  const Ranges domain = g_.proper(node.a), rest = node.ranges & domain;
  if (rest.empty()) return takes_none ? none : sheet_.atom("FALSE");
  if (rest.covers(domain)) return takes_none ? sheet_.atom("TRUE") : opposite(none);
  const ExprId value = in_values(node.a, rest, domain);
  return takes_none ? sheet_.text("($0 OR $1)", {none, value}) : sheet_.text("(NOT $0 AND $1)", {none, value});
}

ExprId Writer::in_values(Num wanted, const Ranges& ranges, const Ranges& domain) {
  if (ranges.empty()) return sheet_.atom("FALSE");
  if (ranges.covers(domain)) return sheet_.atom("TRUE");
  const auto found = leaf(wanted);
  if (found && found->column->type.kind == Kind::kEnum) return in_codes(*found, ranges, domain);
  if (found && found->column->type.kind == Kind::kYesNo) {
    const ExprId value = leaf_value(*found);
    return ranges.contains(1) ? value : opposite(value);
  }
  return in_intervals(number(wanted), ranges, domain);
}

ExprId Writer::in_intervals(ExprId value, const Ranges& ranges, const Ranges& domain) {
  const std::vector<Interval> with = simplest(ranges, domain), without = simplest(domain & ranges.complement(), domain);
  if (without.size() < with.size()) return sheet_.text("NOT (" + intervals_text(without) + ")", {value});
  return sheet_.text("(" + intervals_text(with) + ")", {value});
}

ExprId Writer::in_codes(const Leaf& leaf, const Ranges& ranges, const Ranges& domain) {
  const auto& members = c_.enums[static_cast<size_t>(leaf.column->type.of)].members;
  std::vector<std::string> with, without;
  for (size_t i = 0; i < members.size(); ++i) {
    const auto number = static_cast<int64_t>(i);
    if (domain.contains(number)) (ranges.contains(number) ? with : without).push_back(verbatim(text_literal(members[i].code)));
  }
  const bool negated = without.size() < with.size();
  const std::vector<std::string>& codes = negated ? without : with;
  const ExprId value = leaf_value(leaf);
  if (codes.size() == 1) return sheet_.text(std::string("($0 ") + (negated ? "<> " : "= ") + codes.front() + ")", {value});
  std::string list;
  for (const std::string& code : codes) list += (list.empty() ? "" : ", ") + code;
  return sheet_.text(std::string("($0 ") + (negated ? "NOT IN (" : "IN (") + list + "))", {value});
}

ExprId Writer::pair(const BitNode& node) {
  const std::string pattern = node.op == BitOp::kLess ? "($0 < $1)" : "($0 = $1)";
  const auto a = leaf(node.a), b = leaf(node.b);
  const bool codes = a && b && a->column->type.kind == Kind::kEnum && node.op == BitOp::kEqual;
  if (codes) return sheet_.text(pattern, {leaf_value(*a), leaf_value(*b)});
  return sheet_.text(pattern, {number(node.a), number(node.b)});
}

void Writer::need_enum(EnumId of) {
  const Enum& info = c_.enums[static_cast<size_t>(of)];
  if (!law_names_.insert("enum_" + info.name).second) return;
  std::string rows;
  for (size_t i = 0; i < info.members.size(); ++i)
    rows += (i == 0 ? "" : ", ") + ("(" + text_literal(info.members[i].code) + ", " + std::to_string(i) + ")");
  law_tables_.push_back({"enum_" + info.name + "(code, number)", "VALUES " + rows});
}

ExprId Writer::member_code(ExprId index, EnumId of) {
  constexpr size_t kCasesMax = 12;
  const auto& members = c_.enums[static_cast<size_t>(of)].members;
  if (members.size() <= kCasesMax) {
    std::string pattern = "CASE $0";
    for (size_t i = 0; i < members.size(); ++i)
      pattern += " WHEN " + std::to_string(i) + " THEN " + verbatim(text_literal(members[i].code));
    return sheet_.text(pattern + " END", {index});
  }
  need_enum(of);
  Join join;
  join.block = std::max(sheet_[index].block, kRootBlock);
  join.table = "enum_" + c_.enums[static_cast<size_t>(of)].name;
  join.on = {"number"};
  join.keys = {index};
  return sheet_.fetch(std::move(join), "code");
}

ExprId Writer::code(Num wanted, EnumId of) {
  if (const auto k = g_.constant_of(wanted)) {
    const auto& members = c_.enums[static_cast<size_t>(of)].members;
    const bool there = *k >= 0 && *k < static_cast<int64_t>(members.size());
    return sheet_.atom(there ? text_literal(members[static_cast<size_t>(*k)].code) : "NULL");
  }
  if (const auto found = leaf(wanted)) return leaf_value(*found);
  return member_code(number(wanted), of);
}

/// What a column may hold: NULL, or a value of its type within its bounds.
void Writer::check(BlockId block, const Column& column, ExprId value, bool fetched) {
  if (q_.trusted || !checked_.insert(value).second) return;
  const bool sqlite = speech_.is(Dialect::kSqlite);
  std::string good;
  const std::string least = number_literal(column.bounds->least), greatest = number_literal(column.bounds->greatest);
  const auto scaled = [&](int places, const std::string& scale) {
    if (sqlite) return "typeof($0) = 'integer' AND $0 BETWEEN " + least + " AND " + greatest;
    return "$0 = ROUND($0, " + std::to_string(places) + ") AND " + speech_.wide_decimal(places) + " * " + scale + " BETWEEN " + least +
           " AND " + greatest;
  };
  switch (column.type.kind) {
    case Kind::kYesNo:
      if (!sqlite) good = "";
      if (sqlite) good = "$0 IN (0, 1)";
      break;
    case Kind::kEnum: {
      for (const EnumMemberInfo& member : c_.enums[static_cast<size_t>(column.type.of)].members)
        good += (good.empty() ? "$0 IN (" : ", ") + verbatim(text_literal(member.code));
      good += ")";
      break;
    }
    case Kind::kDate: good = sqlite ? "date($0) = $0 AND $0 >= '0001-01-01'" : "$0 BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"; break;
    case Kind::kMoney: good = scaled(2, "100"); break;
    case Kind::kDecimal: good = scaled(9, "1000000000"); break;
    case Kind::kText: return;
    default:
      good = "$0 BETWEEN " + least + " AND " + greatest;
      if (sqlite) good = "typeof($0) = 'integer' AND " + good;
  }
  const bool may_be_null = fetched || !q_.complete || column.type.or_none;
  if (good.empty()) {
    if (!may_be_null) fits_[block].push_back(sheet_.text("($0 IS NOT NULL)", {value}));
    return;
  }
  fits_[block].push_back(sheet_.text(may_be_null ? "($0 IS NULL OR " + good + ")" : "(" + good + ")", {value}));
}

ExprId Writer::fit(BlockId block) {
  return sheet_.all(fits_[block]);
}

}  // namespace koshi::zan::sql
