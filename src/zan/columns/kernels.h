#pragma once

#include <array>

#include "zan/columns/linear.h"

/// The bodies of the instructions. All sets give the same bits; the first is what the others are held against. Internal to this folder.
namespace koshi::zan::columns {

/// By how the operands lie (Instruction::a_as, b_as). What does not depend on it stands in all of them.
inline constexpr size_t kWays = 16;
using Variants = std::array<Kernel, kWays>;
using Kernels = std::array<Variants, static_cast<size_t>(Code::kCount)>;

constexpr size_t way_of(Storage a, Storage b) {
  return 4 * static_cast<size_t>(a) + static_cast<size_t>(b);
}

enum class Body : uint8_t { kScalar, kAvx2, kAvx512 };

/// What this processor can do best.
Body best_body();
const Kernels& kernels(Body body);
/// The same for instructions that write to an output, past the cache where they can.
const Kernels& streaming_kernels(Body body);
/// Whether the body heeds Frame::rows.
bool takes_any_tile(Body body, const Instruction& instruction);
/// kLogic3 has a body for each truth table, which is chosen when the program is bound, not for every tile.
Kernel logic_kernel(Body body, int64_t truth);

// Of the two sets for newer processors only what they have; null elsewhere.
Kernels scalar_kernels();
Kernels avx2_kernels();
Kernels avx512_kernels();
Kernels avx512_streaming_kernels();
Kernel scalar_logic(int64_t truth);
Kernel avx2_logic(int64_t truth);
Kernel avx512_logic(int64_t truth);

void list_kernel(const Instruction& instruction, const Frame& frame);
void call_kernel(const Instruction& instruction, const Frame& frame);

}  // namespace koshi::zan::columns
