#pragma once

#include <cstdint>
#include <vector>

#include "zan/corpus/value.h"
#include "zan/syntax/source.h"

/// Typed expressions: nodes in a pool, operands by index. The corpus holds those of every date; a program those of one.
namespace koshi::zan {

using NodeId = int32_t;
inline constexpr int32_t kNoId = -1;

enum class Op : uint8_t {
  kConst,  ///< k = index into constants
  kFact,   ///< a = address (with a fact)
  kToday,
  kNorm,    ///< a = norm, b = address of the record (without a fact)
  kOnDate,  ///< a = kNorm node, b = date
  kNot,     ///< a
  kAnd,
  kOr,  ///< a, b; Kleene
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,        ///< a, b of one kind; a comparison with none is no (kNe: yes, unless both are none)
  kIn,        ///< a = member, b = set-valued node
  kNamedSet,  ///< a = set; the members on the date of the question. Not in programs: folded to kConst
  kMakeSet,   ///< list: members of one enum
  kIsNone,    ///< a
  kIsEmpty,   ///< a, a set
  kKnown,     ///< a = address (with a fact)
  kOrElse,    ///< a, b: b where a is none
  kIf,        ///< a ? b : c
  kNegate,    ///< a: whole, decimal, money, days
  kAdd,
  kSub,             ///< a, b of one kind: whole, decimal, money, days
  kToDecimal,       ///< a whole
  kMulWhole,        ///< a: whole, money or days; b whole
  kMulDecimal,      ///< a: decimal or money; b decimal; rounding, unit
  kDiv,             ///< whole/whole -> decimal (kDown); decimal/decimal; money/whole; rounding, unit
  kRound,           ///< a money, to a multiple of unit
  kAddDays,         ///< a date, b days
  kAddWorkingDays,  ///< a date, b whole
  kAddMonths,       ///< a date, b whole (months), rounding: kDown or kUp
  kDateDiff,        ///< a - b in days
  kMin,
  kMax,  ///< a, b
  kCompletedYears,
  kCompletedMonths,     ///< a from, b to, rounding
  kWorkingDaysBetween,  ///< a, b
  kYearOf,              ///< a
  kCount,
  kAny,
  kAll,
  kShare,
  kSum,
  kMaxOf,
  kMinOf,        ///< a = address of a link to many; b = where or kNoId; c = value (sum, max, min)
  kDaysPresent,  ///< a = address of a link to many; list = {fact entered, fact left} as addresses; k = window in days
};

struct Node {
  Op op = Op::kConst;
  Type type;
  Rounding rounding = Rounding::kDown;
  int32_t unit = 1;  ///< tiyn, for money
  int32_t a = kNoId, b = kNoId, c = kNoId;
  int64_t k = 0;
  std::vector<int32_t> list;
  Span span;
};

/// Calls `visit` with each operand that is a node (addresses, norms and sets are none).
template <typename Visit>
void for_each_operand(const Node& node, Visit visit) {
  switch (node.op) {
    case Op::kConst:
    case Op::kFact:
    case Op::kToday:
    case Op::kNorm:
    case Op::kNamedSet:
    case Op::kKnown:
    case Op::kDaysPresent: return;
    case Op::kMakeSet:
      for (const NodeId member : node.list) visit(member);
      return;
    case Op::kCount:
    case Op::kAny:
    case Op::kAll:
    case Op::kShare:
    case Op::kSum:
    case Op::kMaxOf:
    case Op::kMinOf: break;
    default:
      if (node.a != kNoId) visit(node.a);
  }
  if (node.b != kNoId) visit(node.b);
  if (node.c != kNoId) visit(node.c);
}

/// How to reach a record, or a fact of it, from where an expression stands. `up` leaves so many enclosing aggregates; then `links` (indices
/// into Entity::links of each entity on the way, all to one, except the last of an aggregate's own address) are followed.
struct Address {
  uint8_t up = 0;
  std::vector<int32_t> links;
  int32_t fact = kNoId;    ///< index into Entity::facts of the entity reached
  int32_t entity = kNoId;  ///< the entity reached
  bool operator==(const Address&) const = default;
};

}  // namespace koshi::zan
