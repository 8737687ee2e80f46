#include <utility>

#include "zan/columns/kernels.h"

// Compiled for AVX2 (src/zan/columns in src/CMakeLists.txt): the plain loops, as wide as the compiler makes them.
#if defined(__AVX2__)
#include <immintrin.h>

#include "zan/columns/kernels_plain.inc"

namespace koshi::zan::columns {

Kernels avx2_kernels() {
  return plain_kernels();
}

}  // namespace koshi::zan::columns
#else
namespace koshi::zan::columns {

Kernels avx2_kernels() {
  return {};
}

}  // namespace koshi::zan::columns
#endif
