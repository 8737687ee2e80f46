#include "zan/columns/kernels.h"

namespace koshi::zan::columns {
namespace {

/// Where a newer set has no body of its own, the next older one's serves.
Kernels over(Kernels base, const Kernels& better) {
  for (size_t i = 0; i < base.size(); ++i) {
    for (size_t way = 0; way < kWays; ++way) {
      if (better[i][way] != nullptr) base[i][way] = better[i][way];
    }
  }
  return base;
}

}  // namespace

Body best_body() {
#if defined(__x86_64__)
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vbmi");
  if (avx512) return Body::kAvx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return Body::kAvx2;
#endif
  return Body::kScalar;
}

const Kernels& kernels(Body body) {
  static const Kernels kScalar = scalar_kernels();
  static const Kernels kAvx2 = best_body() >= Body::kAvx2 ? over(kScalar, avx2_kernels()) : kScalar;
  static const Kernels kAvx512 = best_body() >= Body::kAvx512 ? over(kAvx2, avx512_kernels()) : kAvx2;
  return body == Body::kScalar ? kScalar : body == Body::kAvx2 ? kAvx2 : kAvx512;
}

const Kernels& streaming_kernels(Body body) {
  static const Kernels kAvx512 =
      best_body() >= Body::kAvx512 ? over(kernels(Body::kAvx512), avx512_streaming_kernels()) : kernels(Body::kAvx2);
  return body == Body::kAvx512 ? kAvx512 : kernels(body);
}

bool takes_any_tile(Body body, const Instruction& i) {
  if (body != Body::kAvx512) return false;
  static const Kernels kOwn = avx512_kernels();
  const auto converts = [&](Storage from, Storage to) { return i.k == static_cast<int64_t>(from) && i.k2 == static_cast<int64_t>(to); };
  // To narrower numbers only these; the others are plain loops.
  if (i.code == Code::kConvert) return i.k < i.k2 || converts(Storage::kI64, Storage::kI32) || converts(Storage::kI32, Storage::kU8);
  return i.code == Code::kLogic3 || kOwn[static_cast<size_t>(i.code)][way_of(i.a_as, i.b_as)] != nullptr;
}

Kernel logic_kernel(Body body, int64_t truth) {
  const Kernel better = body == Body::kAvx512 ? avx512_logic(truth) : body == Body::kAvx2 ? avx2_logic(truth) : nullptr;
  return better != nullptr ? better : scalar_logic(truth);
}

}  // namespace koshi::zan::columns
