#pragma once

#include "zan/columns/cell.h"

/// Operations on cells and truths, as the reasoner has them. Internal to this folder.
namespace koshi::zan::columns {

class Cells {
 public:
  explicit Cells(Graph& graph) : g_(graph) {}

  Bit broken(const Errors& e) { return g_.any({e.conflict, e.gap, e.fault}); }
  Bit open(const Truth& t) { return !g_.any({t.yes, t.no, t.errors.conflict, t.errors.gap, t.errors.fault}); }
  Bit unknown(const Cell& c) { return !g_.any({c.known, c.errors.conflict, c.errors.gap, c.errors.fault}); }

  Errors choose(Bit c, const Errors& a, const Errors& b);
  Cell choose(Bit c, const Cell& a, const Cell& b);
  /// a, but where it has no error b.
  Errors first(const Errors& a, const Errors& b);
  Errors where(Bit c, const Errors& e) { return {g_.both(c, e.conflict), g_.both(c, e.gap), g_.both(c, e.fault)}; }
  Errors either(const Errors& a, const Errors& b) {
    return {g_.either(a.conflict, b.conflict), g_.either(a.gap, b.gap), g_.either(a.fault, b.fault)};
  }
  /// The same cell with the value of another one, which it has wherever it has one. Sets keep their members.
  Cell with_value(Cell cell, const Cell& value);
  Cell failed(Kind kind, const Errors& errors);
  Cell unknown_cell(Kind kind) { return failed(kind, {}); }

  Truth truth(const Cell& cell);
  Cell cell(const Truth& truth);
  Truth negate(const Truth& t) { return {t.no, t.yes, t.errors}; }
  Truth both(const Truth& a, const Truth& b);
  Truth either(const Truth& a, const Truth& b) { return negate(both(negate(a), negate(b))); }
  /// The value, if it is one and the same in every row: of yes/no 1 or 0.
  std::optional<int64_t> fixed(const Cell& cell) const {
    if (cell.known != kYes || cell.none != kNo) return std::nullopt;
    if (cell.kind != Kind::kYesNo) return cell.number == kNoNum ? std::nullopt : g_.constant_of(cell.number);
    return cell.yes == kYes ? std::optional<int64_t>(1) : cell.yes == kNo ? std::optional<int64_t>(0) : std::nullopt;
  }
  /// Both known and the same.
  Bit same(const Cell& a, const Cell& b);

 private:
  Graph& g_;
};

}  // namespace koshi::zan::columns
