#pragma once

#include <array>
#include <memory>
#include <vector>

#include "zan/columns/lower.h"

/// A graph as a list of instructions over tiles of rows. An instruction reads and writes whole tiles; conditions lie as bits (row r of a
/// tile is bit r % 64 of word r / 64), numbers in their storage. Internal to this folder.
namespace koshi::zan::columns {

/// Rows. Small enough for the temporaries of a few hundred instructions to stay near the processor, and so many that finding the next
/// instruction costs little beside it: conditions are a bit a row, so that a program of many of them is mostly finding.
inline constexpr int kTile = 1024;
inline constexpr int kTileWords = kTile / 64;
/// Where all bodies heed Frame::rows: fewer rows for programs of few instructions, whose temporaries then stay nearer still, and more for
/// programs of many.
inline constexpr int kSmallTile = 512;
inline constexpr int kLargeTile = 2048;
/// A byte that has other bytes following from it stays below this: one register holds what follows.
inline constexpr size_t kFollowing = 64;

/// What an instruction does; the bodies are in kernels_*.cc. Names end in the storage read (and, where it differs, the storage written).
enum class Code : uint8_t {
  kLogic3,  ///< dst = bit (4a + 2b + c) of k, for each row
  kRangeU8,
  kRangeU16,
  kRangeI32,
  kRangeI64,  ///< dst = k <= a <= k2
  kSetU8,     ///< dst = table8[a] != 0
  kLessI32,
  kLessI64,
  kEqualI32,
  kEqualI64,  ///< a and b
  kAddI32,
  kSubI32,
  kMulI32,
  kMinI32,
  kMaxI32,
  kAddI64,
  kSubI64,
  kMulI64,
  kMinI64,
  kMaxI64,
  kMulWide,  ///< I32 x I32 -> I64, or narrower
  kAddI32K,
  kSubI32K,
  kMulI32K,
  kMinI32K,
  kMaxI32K,
  kAddI64K,
  kSubI64K,
  kMulI64K,
  kMinI64K,
  kMaxI64K,
  kMulWideK,  ///< b is the constant k
  kFromI32K,
  kFromI64K,  ///< k - a
  kMatchU8,   ///< the value of the first condition of a MatchPlan that holds, else b, or k2
  kMuxU8,
  kMuxI32,
  kMuxI32KV,
  kMuxI32VK,
  kMuxI32KK,
  kMuxI64,
  kMuxI64KV,
  kMuxI64VK,
  kMuxI64KK,  ///< c ? a : b; K: the constant k in the place of a, k2 in that of b
  kTableU8U8,
  kTableU8I32,
  kTableU8I64,
  kTableI32U8,
  kTableI32I32,
  kTableI32I64,  ///< dst = table[a - k], 0 past its k2 entries
  kSlopeU8,      ///< kTableI32U8 whose values count years (Slope)
  kYearKeyI32,   ///< of a date (Graph::year_key)
  kShiftI32K,    ///< a >> k
  kConvert,      ///< from the storage k to the storage k2
  kGather,       ///< of the storage k2: dst = source[a], 0 where a is not in 0 … k - 1
  kGatherBit,
  kLaneU8,
  kLaneU16,
  kLaneI32,
  kLaneI64,
  kLaneBit,  ///< dst = the outer block's c at row a of its tile
  kCall,     ///< dst = operation(a, b), dst2 = its faults
  kStore,    ///< to an output, of the storage k
  kList,     ///< an aggregate
  kCount
};

struct Instruction;
struct Frame;
using Kernel = void (*)(const Instruction&, const Frame&);

/// Operands are places of Frame::p.
struct Instruction {
  Kernel run = nullptr;
  int32_t dst = -1, dst2 = -1, a = -1, b = -1, c = -1;
  Code code = Code::kLogic3;
  /// How a and b lie, of codes that compute with 32 or 64 bits: narrower numbers are widened while they are read.
  Storage a_as = Storage::kU8, b_as = Storage::kU8;
  int64_t k = 0, k2 = 0;
  const void* table = nullptr;  ///< values of a table, an Operation, a ListPlan, a MatchPlan
};

struct Linear;

/// One tile being computed.
struct Frame {
  std::byte* const* p = nullptr;
  const Frame* outer = nullptr;
  int64_t row = 0;                ///< of the tile's first row, in the root block
  int rows = kTile;               ///< or kSmallTile or kLargeTile, of bodies that heed it
  const void* context = nullptr;  ///< the thread's memory for the blocks inside (run.cc)
};

/// What a place of Frame::p is.
struct Place64 {
  enum class What : uint8_t { kColumn, kValidity, kOutput, kTemporary, kRows, kLanes } what = What::kTemporary;
  int32_t number = -1;  ///< source or output
  size_t row_bits = 8;  ///< 1 for bits
  size_t offset = 0;    ///< of a temporary, in the arena
};

struct ListPlan {
  std::unique_ptr<Linear> inner;
  int32_t number = 0;  ///< of the list among all lists of the program
  Op op = Op::kCount;
  Kind kind = Kind::kWhole;
  int32_t source = -1;
  int64_t window = 0;
  int32_t rows = -1;    ///< place of the rows whose lists are asked, or -1: the block's own rows
  int32_t listed = -1;  ///< place of a bit, or -1: all
  int32_t today = -1;   ///< place of dates in i32, or -1: `today_k`
  int64_t today_k = 0;
  int32_t parts[kPartCount];  ///< places written in the parent, or -1
  // Places in the inner frame, or -1 with a constant: bit 0 or 1.
  struct Input {
    int32_t place = -1;
    bool value = false;
  };
  Input yes, no, conflict, gap, fault;  ///< of `where`
  Input known, value_conflict, value_gap, value_fault, none;
  Input left_known, left_none;
  int32_t number_place = -1, left_place = -1;  ///< i64
  int64_t number_k = 0, left_k = 0;
};

struct MatchPlan {
  std::vector<int32_t> conditions;  ///< places
  std::vector<uint8_t> values;
  /// Bytes that follow from what is chosen: `values`, 64 of them, at each choice.
  struct Also {
    int32_t place = -1;
    const std::byte* values = nullptr;
  };
  std::vector<Also> also;
};

/// A table of bytes by 32-bit numbers that counts years of 1461 quarters of days: its entry x is (start + step * x) / 1461, cut down.
/// Proven entry by entry when it is made, so that a body may take either.
struct Slope {
  int32_t start = 0, step = 0;
  const std::byte* values = nullptr;
};

struct Linear {
  BlockId block = kRootBlock;
  std::vector<Instruction> code;
  std::vector<Place64> places;
  size_t arena_bytes = 0;
  std::vector<std::unique_ptr<ListPlan>> lists;
  std::vector<std::unique_ptr<MatchPlan>> matches;
  std::vector<std::unique_ptr<Slope>> slopes;
  std::vector<std::unique_ptr<std::vector<std::byte>>> tables;
  std::vector<std::unique_ptr<Operation>> operations;
};

struct OutputNode {
  Num number = kNoNum;
  Storage storage = Storage::kU8;
  /// A byte that follows from another output, of bytes that are chosen between constants: values[that output]. Has no number of its own.
  int32_t by = -1;
  std::array<uint8_t, kFollowing> values = {};
  bool operator==(const OutputNode&) const = default;
};

/// The instructions for these outputs; output i is written to the place of the output i.
Linear emit(Graph& graph, const std::vector<Aggregate>& aggregates, const std::vector<OutputNode>& outputs);

}  // namespace koshi::zan::columns
