#include "zan/columns/cells.h"

#include "base/check.h"

namespace koshi::zan::columns {

Errors Cells::choose(Bit c, const Errors& a, const Errors& b) {
  return {g_.choose(c, a.conflict, b.conflict), g_.choose(c, a.gap, b.gap), g_.choose(c, a.fault, b.fault)};
}

Cell Cells::choose(Bit c, const Cell& a, const Cell& b) {
  if (c == kYes) return a;
  if (c == kNo) return b;
  Cell out;
  out.kind = a.kind == Kind::kNone ? b.kind : a.kind;
  out.known = g_.choose(c, a.known, b.known);
  out.none = g_.choose(c, a.none, b.none);
  out.errors = choose(c, a.errors, b.errors);
  if (out.kind == Kind::kSet) {
    const size_t count = std::max(a.members.size(), b.members.size());
    for (size_t i = 0; i < count; ++i) {
      out.members.push_back(g_.choose(c, i < a.members.size() ? a.members[i] : kNo, i < b.members.size() ? b.members[i] : kNo));
    }
    return out;
  }
  // A value that is never there may as well be the other one.
  const bool only_a = b.known == kNo || b.known == b.none, only_b = a.known == kNo || a.known == a.none;
  if (out.kind == Kind::kYesNo) out.yes = only_a ? a.yes : (only_b ? b.yes : g_.choose(c, a.yes, b.yes));
  if (out.kind == Kind::kYesNo) return out;
  if (a.number == kNoNum || b.number == kNoNum) {
    out.number = a.number == kNoNum ? b.number : a.number;
  } else {
    out.number = only_a ? a.number : (only_b ? b.number : g_.choose(c, a.number, b.number));
  }
  return out;
}

Errors Cells::first(const Errors& a, const Errors& b) {
  const Bit rest = !broken(a);
  return either(a, where(rest, b));
}

Cell Cells::with_value(Cell cell, const Cell& value) {
  cell.yes = value.yes;
  cell.number = value.number;
  return cell;
}

Cell Cells::failed(Kind kind, const Errors& errors) {
  Cell out;
  out.kind = kind;
  out.errors = errors;
  return out;
}

Truth Cells::truth(const Cell& c) {
  const Bit yes = c.kind == Kind::kYesNo ? g_.all({c.known, !c.none, c.yes}) : kNo;
  return {yes, g_.both(c.known, !yes), c.errors};
}

Cell Cells::cell(const Truth& t) {
  Cell out;
  out.kind = Kind::kYesNo;
  out.known = g_.either(t.yes, t.no);
  out.yes = t.yes;
  out.errors = t.errors;
  return out;
}

/// No settles; else unknown; else an error, the first one's before the second's; else yes.
Truth Cells::both(const Truth& a, const Truth& b) {
  Truth out;
  out.yes = g_.both(a.yes, b.yes);
  out.no = g_.either(a.no, b.no);
  const Bit broken_a = broken(a.errors), broken_b = broken(b.errors);
  // Neither settles nor is open.
  const Bit a_counts = g_.both(broken_a, g_.either(b.yes, broken_b));
  const Bit b_counts = g_.both(broken_b, a.yes);
  out.errors = either(where(a_counts, a.errors), where(b_counts, b.errors));
  return out;
}

Bit Cells::same(const Cell& a, const Cell& b) {
  const Bit known = g_.both(a.known, b.known);
  if (known == kNo) return kNo;
  Bit equal = kNo;
  const Kind kind = a.kind == Kind::kNone ? b.kind : a.kind;
  if (kind == Kind::kSet) {
    std::vector<Bit> bits;
    for (size_t i = 0; i < std::max(a.members.size(), b.members.size()); ++i)
      bits.push_back(g_.same(i < a.members.size() ? a.members[i] : kNo, i < b.members.size() ? b.members[i] : kNo));
    equal = g_.all(std::move(bits));
  } else if (kind == Kind::kYesNo) {
    equal = g_.same(a.yes, b.yes);
  } else if (a.number != kNoNum && b.number != kNoNum) {
    equal = g_.equal(a.number, b.number);
  }
  return g_.both(known, g_.either(g_.both(a.none, b.none), g_.all({!a.none, !b.none, equal})));
}

}  // namespace koshi::zan::columns
