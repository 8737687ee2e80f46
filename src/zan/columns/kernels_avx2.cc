#include <utility>

#include "zan/columns/kernels.h"

// Compiled for AVX2 (src/zan/columns in src/CMakeLists.txt): the plain loops, as wide as the compiler makes them, and some by hand.
#if defined(__AVX2__)
#include <immintrin.h>

#include "zan/columns/kernels_plain.inc"

namespace koshi::zan::columns {

namespace {

constexpr int kBytes = 32;  // of a vector

__m256i load(const void* from) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}

__m256i all_of(int32_t k) {
  return _mm256_set1_epi32(k);
}
__m256i all_of(int64_t k) {
  return _mm256_set1_epi64x(k);
}
__m256i greater(int32_t, __m256i a, __m256i b) {
  return _mm256_cmpgt_epi32(a, b);
}
__m256i greater(int64_t, __m256i a, __m256i b) {
  return _mm256_cmpgt_epi64(a, b);
}
__m256i same(int32_t, __m256i a, __m256i b) {
  return _mm256_cmpeq_epi32(a, b);
}
__m256i same(int64_t, __m256i a, __m256i b) {
  return _mm256_cmpeq_epi64(a, b);
}
unsigned bits_of(int32_t, __m256i lanes) {
  return static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(lanes)));
}
unsigned bits_of(int64_t, __m256i lanes) {
  return static_cast<unsigned>(_mm256_movemask_pd(_mm256_castsi256_pd(lanes)));
}

/// A byte of the mask at a time; `holds` tells the bits of one vector, which begins at the row given.
template <typename T, typename Holds>
void to_bytes(const Instruction& i, const Frame& f, Holds holds) {
  constexpr int kLanes = kBytes / sizeof(T);
  uint8_t* dst = at<uint8_t>(f, i.dst);
  for (int r = 0; r < kTile; r += 8) {
    unsigned bits = holds(r);
    if constexpr (kLanes == 4) bits |= holds(r + 4) << 4;
    dst[r / 8] = static_cast<uint8_t>(bits);
  }
}

template <typename T>
void range_wide(const Instruction& i, const Frame& f) {
  const T* a = at<T>(f, i.a);
  const __m256i least = all_of(static_cast<T>(i.k)), greatest = all_of(static_cast<T>(i.k2));
  constexpr unsigned kAll = (1U << kBytes / sizeof(T)) - 1;
  to_bytes<T>(i, f, [&](int r) {
    const __m256i x = load(a + r);
    return kAll & ~bits_of(T{}, _mm256_or_si256(greater(T{}, least, x), greater(T{}, x, greatest)));
  });
}

template <typename T>
void less_wide(const Instruction& i, const Frame& f) {
  const Operands<T> of(i, f);
  to_bytes<T>(i, f, [&](int r) { return bits_of(T{}, greater(T{}, load(of.b + r), load(of.a + r))); });
}

template <typename T>
void equal_wide(const Instruction& i, const Frame& f) {
  const Operands<T> of(i, f);
  to_bytes<T>(i, f, [&](int r) { return bits_of(T{}, same(T{}, load(of.a + r), load(of.b + r))); });
}

void range_bytes(const Instruction& i, const Frame& f) {
  const uint8_t* a = at<uint8_t>(f, i.a);
  auto* dst = at<uint32_t>(f, i.dst);
  const __m256i least = _mm256_set1_epi8(static_cast<char>(i.k)), greatest = _mm256_set1_epi8(static_cast<char>(i.k2));
  for (int r = 0; r < kTile; r += kBytes) {
    const __m256i x = load(a + r);
    const __m256i inside = _mm256_max_epu8(least, _mm256_min_epu8(x, greatest));
    dst[r / kBytes] = static_cast<uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, inside)));
  }
}

/// 32 bits as bytes of 0 and 255.
__m256i spread(uint32_t bits) {
  const __m256i which = _mm256_setr_epi64x(0, 0x0101'0101'0101'0101, 0x0202'0202'0202'0202, 0x0303'0303'0303'0303);
  const __m256i bit = _mm256_set1_epi64x(static_cast<long long>(0x8040'2010'0804'0201));
  const __m256i bytes = _mm256_shuffle_epi8(_mm256_set1_epi32(static_cast<int>(bits)), which);
  return _mm256_cmpeq_epi8(_mm256_and_si256(bytes, bit), bit);
}

void store_bytes(std::byte* to, __m256i value) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), value);
}

void mux_bytes(const Instruction& i, const Frame& f) {
  const auto* c = at<uint32_t>(f, i.c);
  for (int r = 0; r < kTile; r += kBytes)
    store_bytes(f.p[i.dst] + r, _mm256_blendv_epi8(load(f.p[i.b] + r), load(f.p[i.a] + r), spread(c[r / kBytes])));
}

void match_bytes(const Instruction& i, const Frame& f) {
  const auto& plan = *static_cast<const MatchPlan*>(i.table);
  const __m256i other = _mm256_set1_epi8(static_cast<char>(i.k2));
  for (int r = 0; r < kTile; r += kBytes) {
    __m256i out = i.b < 0 ? other : load(f.p[i.b] + r);
    for (size_t j = plan.values.size(); j-- > 0;) {
      const __m256i holds = spread(at<uint32_t>(f, plan.conditions[j])[r / kBytes]);
      out = _mm256_blendv_epi8(out, _mm256_set1_epi8(static_cast<char>(plan.values[j])), holds);
    }
    store_bytes(f.p[i.dst] + r, out);
  }
  put_following(plan, f, i.dst);
}

}  // namespace

Kernel avx2_logic(int64_t truth) {
  return plain_logic(truth);
}

/// The plain loops, but for what the compiler makes no vectors of: from lanes to bits and back.
Kernels avx2_kernels() {
  Kernels all = plain_kernels();
  const auto set = [&](Code code, Kernel kernel) { all[static_cast<size_t>(code)].fill(kernel); };
  set(Code::kRangeU8, range_bytes);
  set(Code::kRangeI32, range_wide<int32_t>);
  set(Code::kRangeI64, range_wide<int64_t>);
  set(Code::kLessI32, less_wide<int32_t>);
  set(Code::kLessI64, less_wide<int64_t>);
  set(Code::kEqualI32, equal_wide<int32_t>);
  set(Code::kEqualI64, equal_wide<int64_t>);
  set(Code::kMuxU8, mux_bytes);
  set(Code::kMatchU8, match_bytes);
  return all;
}

}  // namespace koshi::zan::columns
#else
namespace koshi::zan::columns {

Kernel avx2_logic(int64_t) {
  return nullptr;
}

Kernels avx2_kernels() {
  return {};
}

}  // namespace koshi::zan::columns
#endif
