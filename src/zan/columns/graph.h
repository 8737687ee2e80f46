#pragma once

#include <compare>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "zan/columns/compute.h"
#include "zan/columns/ranges.h"
#include "zan/columns/table.h"

/// What a program computes for a row, as two kinds of nodes: bits (conditions) and numbers (values). Equal nodes are one node, so that
/// norms, worlds and epochs share what they have in common. Everything unknown, none or in error has been turned into bits of its own
/// before (cell.h); here a row has every number and every bit, and under a bit that says "unknown" a number may be anything. Internal to
/// this folder and to zan/sql, which writes the same graph as a query.
namespace koshi::zan::columns {

/// A bit node or its opposite.
struct Bit {
  int32_t code = 1;
  int32_t node() const { return code >> 1; }
  bool negated() const { return (code & 1) != 0; }
  Bit operator!() const { return {code ^ 1}; }
  auto operator<=>(const Bit&) const = default;
};
inline constexpr Bit kYes{0}, kNo{1};

using Num = int32_t;
inline constexpr Num kNoNum = -1;

/// Where a node is computed: for the rows of the question (0), or for the members of a list (an aggregate's inner expressions). A block
/// has a greater number than the one around it. Constants stand anywhere.
using BlockId = int32_t;
inline constexpr BlockId kAnyBlock = -1;
inline constexpr BlockId kRootBlock = 0;

enum class BitOp : uint8_t {
  kTrue,
  kValid,  ///< a = source; row b or the block's own
  kIn,     ///< number a lies in `ranges`
  kLess,   ///< a < b
  kEqual,  ///< a = b
  kAnd,    ///< of `list`
  kFault,  ///< of the call a
  kOuter,  ///< bit node a of the block around
  kPart,   ///< of aggregate a, part b
};

struct BitNode {
  BitOp op = BitOp::kTrue;
  BlockId block = kAnyBlock;
  int32_t a = -1, b = -1;
  Ranges ranges;
  std::vector<Bit> list;
};

enum class NumOp : uint8_t {
  kConst,  ///< k
  kLeaf,   ///< extra = source; row a or the block's own
  kAdd,
  kSub,
  kMul,
  kMin,
  kMax,
  kMux,      ///< c ? a : b
  kTable,    ///< tables[extra][a - k]
  kCall,     ///< operations[extra] of a and b
  kOuter,    ///< number a of the block around
  kPart,     ///< of aggregate a, part b
  kYearKey,  ///< of a date a: 512 * years since 1 March 1900 + days since the last 1 March (see numbers.cc)
  kShift,    ///< a / 2^k, cut down
};

struct NumNode {
  NumOp op = NumOp::kConst;
  BlockId block = kAnyBlock;
  Storage type = Storage::kI64;
  Num a = kNoNum, b = kNoNum;
  Bit c;
  int64_t k = 0;
  int32_t extra = -1;
  Ranges domain;                ///< every value a row may have, the mark of none among them; rows that are unknown may leave it
  std::optional<int64_t> mark;  /// of a leaf that may be none
};

/// A column, a link or a list of the population.
struct Source {
  enum class What : uint8_t { kColumn, kLink, kMany } what = What::kColumn;
  EntityId table = kNoId;
  std::string name;
  bool operator==(const Source&) const = default;
};

struct Checked {
  Num number = kNoNum;
  Bit fault = kNo;
};

inline constexpr int64_t kTableMax = 65'536;           ///< entries of one table of a function
inline constexpr int64_t kProofStepsMax = 20'000'000;  ///< of all proofs of one graph; what comes later is taken as it is

/// Which functions are worked out in advance as tables: of any column with few enough values, or only of codes (yes/no and enums), because
/// whoever reads the graph computes better than it looks up (zan/sql).
enum class Tabulate : uint8_t { kAnything, kCodes };

class Graph {
 public:
  explicit Graph(Tabulate tabulate = Tabulate::kAnything);

  // bits.cc
  Bit all(std::vector<Bit> bits);
  Bit any(std::vector<Bit> bits);
  Bit both(Bit a, Bit b) { return all({a, b}); }
  Bit either(Bit a, Bit b) { return any({a, b}); }
  Bit choose(Bit c, Bit yes, Bit no);
  Bit same(Bit a, Bit b) { return choose(a, b, !b); }
  /// A condition that is read only where `care` holds: what holds there anyway falls away.
  Bit given(Bit bit, Bit care);
  Bit valid(int32_t source, Num row, BlockId block);
  Bit outer(Bit bit, BlockId block);
  Bit part(int32_t aggregate, int32_t part, BlockId block);

  // prove.cc
  /// The condition, or yes or no where it is one of them in every case. Cost: up to some milliseconds; all proofs of one graph share a
  /// bound.
  Bit proved(Bit bit);

  // compare.cc
  Bit in(Num x, const Ranges& ranges);
  Bit less(Num a, Num b);
  Bit equal(Num a, Num b);

  // numbers.cc
  Num constant(int64_t k);
  Num leaf(int32_t source, Num row, BlockId block, Storage storage, const Bounds& bounds, bool or_none);
  Num choose(Bit c, Num yes, Num no);
  Checked compute(const Operation& operation, Num a, Num b);
  /// Of numbers that have no bit in common; the sum may use all 64.
  Num add_bits(Num a, Num b);
  Num number_part(int32_t aggregate, int32_t part, BlockId block, const Ranges& domain);
  Num lift(Num number, BlockId to);
  Bit lift(Bit bit, BlockId to);

  int32_t source(const Source& source);

  const BitNode& node(Bit bit) const { return bits_[static_cast<size_t>(bit.node())]; }
  const NumNode& node(Num number) const { return numbers_[static_cast<size_t>(number)]; }
  const std::vector<int64_t>& table(int32_t id) const { return tables_[static_cast<size_t>(id)]; }
  const Operation& operation(int32_t id) const { return operations_[static_cast<size_t>(id)]; }
  const std::vector<Source>& sources() const { return sources_; }
  std::optional<int64_t> constant_of(Num number) const;
  /// The values without the mark of none.
  Ranges proper(Num number) const;
  size_t bits() const { return bits_.size(); }
  size_t numbers() const { return numbers_.size(); }
  BlockId block_of(Num number) const { return node(number).block; }
  BlockId block_of(Bit bit) const { return node(bit).block; }

 private:
  friend class Conjunction;
  struct KeyHash {
    size_t operator()(const std::vector<int64_t>& key) const;
  };
  using Index = std::unordered_map<std::vector<int64_t>, int32_t, KeyHash>;

  Bit given(Bit bit, const std::vector<Bit>& holds, int depth);
  Bit add(BitNode node);
  Num add(NumNode node);
  Num add_operation(NumOp op, Num a, Num b, const Ranges& domain);
  /// A table of x that stands for the number, over the numbers of x: a constant or a table of x itself. Nothing if it is neither.
  std::optional<std::vector<int64_t>> as_table(Num number, Num x) const;
  Num lookup(Num x, std::vector<int64_t> values);
  std::optional<Num> factored(const Operation& multiply, Num a, Num b);
  Num year_key(Num date);
  Num years_between(Num from, Num to);
  Checked tabulate(const Operation& operation, Num x, bool first, int64_t other);
  Checked tabulate_table(const Operation& operation, const NumNode& x, bool first, int64_t other);
  bool is_small(Num x) const;
  Interval table_hull(Num x) const;
  std::optional<Num> choose_table(Bit c, Num yes, Num no);
  Bit in_table(Num x, const Ranges& ranges);
  std::optional<Bit> in_operation(const NumNode& number, const Ranges& ranges);
  std::optional<Bit> less_by_values(Num a, Num b);
  BlockId join(Num& a, Num& b);

  Tabulate tabulate_;
  int conjunctions_ = 0;  ///< being made, one for another
  int64_t steps_ = 0;     ///< that are left to all of them
  int64_t proof_steps_ = kProofStepsMax;
  std::vector<BitNode> bits_;
  std::vector<NumNode> numbers_;
  Index bit_index_, number_index_;
  std::vector<std::vector<int64_t>> tables_;
  std::unordered_map<std::vector<int64_t>, int32_t, KeyHash> table_index_;
  std::vector<Operation> operations_;
  std::vector<Source> sources_;
};

}  // namespace koshi::zan::columns
