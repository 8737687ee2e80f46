#include <utility>

#include "zan/columns/kernels.h"
#include "zan/columns/kernels_plain.inc"

namespace koshi::zan::columns {

Kernels scalar_kernels() {
  return plain_kernels();
}

Kernel scalar_logic(int64_t truth) {
  return plain_logic(truth);
}

void call_kernel(const Instruction& i, const Frame& f) {
  const auto& operation = *static_cast<const Operation*>(i.table);
  const int64_t* a = at<int64_t>(f, i.a);
  const int64_t* b = i.b < 0 ? nullptr : at<int64_t>(f, i.b);
  int64_t* dst = at<int64_t>(f, i.dst);
  Word* faults = at<Word>(f, i.dst2);
  for (int w = 0; w < kTileWords; ++w) {
    Word out = 0;
    for (int r = 64 * w; r < 64 * w + 64; ++r) {
      const auto value = compute(operation, a[r], b == nullptr ? 0 : b[r]);
      dst[r] = value.value_or(0);
      out |= static_cast<Word>(!value) << (r % 64);
    }
    faults[w] = out;
  }
}

}  // namespace koshi::zan::columns
