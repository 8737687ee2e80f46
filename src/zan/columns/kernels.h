#pragma once

#include <array>

#include "zan/columns/linear.h"

/// The bodies of the instructions. All sets give the same bits; the first is what the others are held against. Internal to this folder.
namespace koshi::zan::columns {

using Kernels = std::array<Kernel, static_cast<size_t>(Code::kCount)>;

enum class Body : uint8_t { kScalar, kAvx2, kAvx512 };

/// What this processor can do best.
Body best_body();
const Kernels& kernels(Body body);
/// kLogic3 has a body for each truth table, which is chosen when the program is bound, not for every tile.
Kernel logic_kernel(Body body, int64_t truth);

// Of the two sets for newer processors only what they have; null elsewhere.
Kernels scalar_kernels();
Kernels avx2_kernels();
Kernels avx512_kernels();
Kernel scalar_logic(int64_t truth);
Kernel avx2_logic(int64_t truth);
Kernel avx512_logic(int64_t truth);

void list_kernel(const Instruction& instruction, const Frame& frame);
void call_kernel(const Instruction& instruction, const Frame& frame);

}  // namespace koshi::zan::columns
