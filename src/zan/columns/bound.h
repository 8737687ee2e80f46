#pragma once

#include "zan/columns/kernels.h"

/// A program tied to the memory of one population. Internal to this folder.
namespace koshi::zan::columns {

struct BoundSource {
  const std::byte* data = nullptr;    ///< of a column or a link
  const uint8_t* validity = nullptr;  ///< of a column or a list
  const int64_t* first = nullptr;     ///< of a list
  const int32_t* members = nullptr;   ///< of a list, or null
  int64_t rows = 0;                   ///< of the table
  size_t row_bytes = 0;
};

/// The instructions of a block and of those inside it, with their bodies. Shared by all threads.
struct Bound {
  const Linear* linear = nullptr;
  std::vector<Instruction> code;
  std::vector<std::unique_ptr<Bound>> lists;
  int tile = kTile;  ///< rows
};

/// `streaming`: outputs are written past the cache.
std::unique_ptr<Bound> bind(const Linear& linear, const std::vector<BoundSource>& sources, Body body, bool streaming);

/// One thread's memory for a block and those inside it.
struct Memory {
  const Bound* bound = nullptr;
  const std::vector<BoundSource>* sources = nullptr;
  std::vector<std::byte> arena;
  std::vector<std::byte*> p;  ///< places, those of columns and outputs first
  std::vector<int32_t> rows, lanes;
  std::vector<std::unique_ptr<Memory>> lists;

  static std::unique_ptr<Memory> make(const Bound& bound, const std::vector<BoundSource>& sources);
};

inline void run_tile(const Memory& memory, const Frame& frame) {
  for (const Instruction& instruction : memory.bound->code) instruction.run(instruction, frame);
}

}  // namespace koshi::zan::columns
