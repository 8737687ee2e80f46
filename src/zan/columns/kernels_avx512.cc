#include "zan/columns/kernels.h"

namespace koshi::zan::columns {

Kernels avx512_kernels() {
  return {};
}

}  // namespace koshi::zan::columns
