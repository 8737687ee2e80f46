#include <algorithm>

#include "base/check.h"
#include "zan/reason/evaluate.h"

/// Expressions over links to many. A list that is not given is unknown as a whole.
namespace koshi::zan {

std::optional<Evaluation::Members> Evaluation::members(const Address& address, const Scope& scope, Scope& holder) {
  // The last link leads to many; those before it to the record that has the list.
  const Scope* at = &scope;
  for (int up = address.up; up > 0; --up) {
    CHECK(at->outer != nullptr);
    at = at->outer;
  }
  PathId path = at->path;
  for (size_t i = 0; i + 1 < address.links.size(); ++i) path = paths_.child(path, address.links[i]);
  holder.path = path;
  const Record* record = paths_[path].record;
  const int32_t link = address.links.back();
  if (record == nullptr || !record->many[static_cast<size_t>(link)]) return std::nullopt;
  Members list;
  list.count = static_cast<int32_t>(record->many[static_cast<size_t>(link)]->size());
  list.outer = &scope;
  if (list.count > 0) list.first = paths_.members(path, link);
  return list;
}

Cell Evaluation::eval_aggregate(const Node& node, const Scope& scope) {
  Scope holder;
  const auto list = members(corpus_.addresses[static_cast<size_t>(node.a)], scope, holder);
  if (!list) return Cell::unknown();
  return node.op == Op::kCount || node.op == Op::kShare ? eval_count(node, *list) : eval_sum(node, *list);
}

Truth Evaluation::truth_any(const Node& node, const Scope& scope) {
  Scope holder;
  const auto list = members(corpus_.addresses[static_cast<size_t>(node.a)], scope, holder);
  return list ? truth_any_member(node, *list) : Truth{};
}

/// `any` is an `or` over the members, `all` an `and`.
Truth Evaluation::truth_any_member(const Node& node, const Members& list) {
  const Speaks settling = node.op == Op::kAny ? Speaks::kYes : Speaks::kNo;
  Truth result = Truth::of(settling == Speaks::kNo);
  for (int32_t i = 0; i < list.count; ++i) {
    const Truth holds = where(node, Scope{list.first + i, list.outer});
    if (holds == settling) return holds;
    if (holds == Speaks::kOpen || (holds == Speaks::kError && !(result == Speaks::kOpen) && !(result == Speaks::kError))) result = holds;
  }
  return result;
}

Cell Evaluation::eval_count(const Node& node, const Members& list) {
  int64_t count = 0;
  bool unknown = false;
  for (int32_t i = 0; i < list.count; ++i) {
    const Truth holds = where(node, Scope{list.first + i, list.outer});
    if (holds == Speaks::kError) return Cell::failed(holds.error);
    unknown = unknown || holds == Speaks::kOpen;
    count += holds == Speaks::kYes ? 1 : 0;
  }
  if (unknown) return Cell::unknown();
  return Cell::known(node.op == Op::kShare ? share(count, list.count) : Value::whole(count));
}

/// The sum, the largest or the smallest; over no members 0, none and none.
Cell Evaluation::eval_sum(const Node& node, const Members& list) {
  Node step = node;
  step.op = node.op == Op::kSum ? Op::kAdd : (node.op == Op::kMaxOf ? Op::kMax : Op::kMin);
  Cell total;
  Cell overflow;
  bool unknown = false;
  bool first = true;
  for (int32_t i = 0; i < list.count; ++i) {
    const Scope member{list.first + i, list.outer};
    const Truth holds = where(node, member);
    if (holds == Speaks::kNo) continue;
    if (holds == Speaks::kError) return Cell::failed(holds.error);
    Cell value = eval(node.c, member);
    // Whether a member counts that is not known to count decides whether its error does.
    if (value.is_error() && holds == Speaks::kYes) return value;
    unknown = unknown || holds == Speaks::kOpen || !value.is_known();
    if (unknown || overflow.is_error()) continue;
    const Computed sum = first ? Computed(value.value) : compute_number(step, total.value, value.value);
    first = false;
    if (!sum) {
      overflow = fault(sum.error());
    } else {
      total = Cell::known(*sum);
    }
  }
  if (unknown) return Cell::unknown();
  if (overflow.is_error()) return overflow;
  if (!first) return total;
  if (node.op != Op::kSum) return Cell::known(Value::none());
  return Cell::known(node.type.kind == Kind::kMoney     ? Value::money({0})
                     : node.type.kind == Kind::kDecimal ? Value::decimal({0})
                     : node.type.kind == Kind::kDays    ? Value::days(0)
                                                        : Value::whole(0));
}

/// Days of presence in the window of `k` days that ends today. The day of entry and the day of exit count; a stay whose exit is none
/// lasts; days of overlapping stays count once; a stay that ends before it begins, or begins after today, has none.
Cell Evaluation::eval_days_present(const Node& node, const Scope& scope) {
  Scope holder;
  const auto list = members(corpus_.addresses[static_cast<size_t>(node.a)], scope, holder);
  if (!list) return Cell::unknown();
  const int64_t today = eval_today().value.number();
  const int64_t window = today - node.k + 1;
  std::vector<std::pair<int64_t, int64_t>> stays;
  bool unknown = false;
  for (int32_t i = 0; i < list->count; ++i) {
    const Scope member{list->first + i, list->outer};
    const Value* entered = read_fact(corpus_.addresses[static_cast<size_t>(node.list[0])], member);
    const Value* left = read_fact(corpus_.addresses[static_cast<size_t>(node.list[1])], member);
    unknown = unknown || entered == nullptr || left == nullptr;
    if (unknown || entered->is_none()) continue;
    const int64_t from = std::max(entered->number(), window);
    const int64_t until = left->is_none() ? today : std::min(left->number(), today);
    if (from <= until) stays.emplace_back(from, until);
  }
  if (unknown) return Cell::unknown();
  std::ranges::sort(stays);
  int64_t days = 0;
  int64_t counted = window - 1;  // the last day already counted
  for (const auto& [from, until] : stays) {
    days += std::max<int64_t>(0, until - std::max(from, counted + 1) + 1);
    counted = std::max(counted, until);
  }
  return Cell::known(Value::whole(days));
}

}  // namespace koshi::zan
