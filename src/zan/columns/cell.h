#pragma once

#include "zan/columns/graph.h"

/// What an expression comes to, for all rows at once: the reasoner's cell (zan/reason/evaluate.h) with each of its states as a bit.
/// Internal to this folder.
namespace koshi::zan::columns {

/// The kinds of error, disjoint: conflict, gap, fault.
struct Errors {
  Bit conflict = kNo, gap = kNo, fault = kNo;
};

/// A condition. In none of its bits: unknown.
struct Truth {
  Bit yes = kNo, no = kNo;
  Errors errors;
};

/// A value. `known` and the errors are disjoint; in none of them: unknown.
struct Cell {
  Kind kind = Kind::kNone;
  Bit known = kNo;
  Bit none = kNo;  ///< of what is known
  Errors errors;
  Bit yes = kNo;             ///< kYesNo: where known and not none
  Num number = kNoNum;       ///< numbers, dates and enums: where known and not none
  std::vector<Bit> members;  ///< kSet: certain members, also where the set as a whole is unknown
};

}  // namespace koshi::zan::columns
