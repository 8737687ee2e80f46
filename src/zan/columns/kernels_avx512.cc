#include "zan/columns/kernels.h"

// Compiled for AVX-512 (src/zan/columns in src/CMakeLists.txt): F, BW, VL, DQ and VBMI. What has no body here falls to the plain loops.
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512VL__) && defined(__AVX512DQ__) && defined(__AVX512VBMI__)

#include <immintrin.h>

#include <utility>

namespace koshi::zan::columns {
namespace {

constexpr int kBytes = 64;  // of a vector
constexpr int kLanes32 = 16;
constexpr int kLanes64 = 8;
constexpr int64_t kRegister32 = 16;  // entries of a table that stands in one vector
constexpr int64_t kRegister64 = 8;

template <typename T>
T* at(const Frame& f, int32_t place) {
  return reinterpret_cast<T*>(f.p[place]);
}

__m512i load(const void* from) {
  return _mm512_loadu_si512(from);
}

void store(void* to, __m512i value) {
  _mm512_storeu_si512(to, value);
}

__m512i load32_of_bytes(const uint8_t* from) {
  return _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
}

__m512i load64_of_bytes(const uint8_t* from) {
  return _mm512_cvtepu8_epi64(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)));
}

__m512i load64_of_32(const int32_t* from) {
  return _mm512_cvtepi32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
}

// Conditions.

static_assert(kTile % 512 == 0, "the bits of a tile are whole vectors");

template <int kTruth>
void logic3(const Instruction& i, const Frame& f) {
  const std::byte *a = f.p[i.a], *b = f.p[i.b], *c = f.p[i.c];
  std::byte* dst = f.p[i.dst];
  for (int o = 0; o < kTile / 8; o += kBytes) store(dst + o, _mm512_ternarylogic_epi64(load(a + o), load(b + o), load(c + o), kTruth));
}

template <size_t... kTruths>
Kernel logic3_of(int64_t truth, std::index_sequence<kTruths...>) {
  static constexpr Kernel kAll[] = {logic3<static_cast<int>(kTruths)>...};
  return kAll[static_cast<size_t>(truth)];
}

void range_u8(const Instruction& i, const Frame& f) {
  const auto* a = at<uint8_t>(f, i.a);
  auto* dst = at<uint64_t>(f, i.dst);
  const __m512i least = _mm512_set1_epi8(static_cast<char>(i.k)), width = _mm512_set1_epi8(static_cast<char>(i.k2 - i.k));
  for (int w = 0; w < kTileWords; ++w) dst[w] = _mm512_cmple_epu8_mask(_mm512_sub_epi8(load(a + 64 * w), least), width);
}

void range_u16(const Instruction& i, const Frame& f) {
  const auto* a = at<uint16_t>(f, i.a);
  auto* dst = at<uint32_t>(f, i.dst);
  const __m512i least = _mm512_set1_epi16(static_cast<short>(i.k)), width = _mm512_set1_epi16(static_cast<short>(i.k2 - i.k));
  for (int w = 0; w < kTile / 32; ++w) dst[w] = _mm512_cmple_epu16_mask(_mm512_sub_epi16(load(a + 32 * w), least), width);
}

void range_i32(const Instruction& i, const Frame& f) {
  const auto* a = at<int32_t>(f, i.a);
  auto* dst = at<uint16_t>(f, i.dst);
  const __m512i least = _mm512_set1_epi32(static_cast<int>(i.k)), width = _mm512_set1_epi32(static_cast<int>(i.k2 - i.k));
  for (int w = 0; w < kTile / kLanes32; ++w) dst[w] = _mm512_cmple_epu32_mask(_mm512_sub_epi32(load(a + kLanes32 * w), least), width);
}

void range_i64(const Instruction& i, const Frame& f) {
  const auto* a = at<int64_t>(f, i.a);
  auto* dst = at<uint8_t>(f, i.dst);
  const auto wide = static_cast<long long>(static_cast<uint64_t>(i.k2) - static_cast<uint64_t>(i.k));
  const __m512i least = _mm512_set1_epi64(i.k), width = _mm512_set1_epi64(wide);
  for (int w = 0; w < kTile / kLanes64; ++w) dst[w] = _mm512_cmple_epu64_mask(_mm512_sub_epi64(load(a + kLanes64 * w), least), width);
}

/// The entries of a table of 256 bytes for 64 codes.
class ByteTable {
 public:
  explicit ByteTable(const void* table) {
    for (int q = 0; q < 4; ++q) part_[q] = load(static_cast<const uint8_t*>(table) + kBytes * q);
  }
  __m512i of(__m512i codes) const {
    const __m512i low = _mm512_permutex2var_epi8(part_[0], codes, part_[1]);
    const __m512i high = _mm512_permutex2var_epi8(part_[2], codes, part_[3]);
    return _mm512_mask_mov_epi8(low, _mm512_movepi8_mask(codes), high);
  }

 private:
  __m512i part_[4];
};

void set_u8(const Instruction& i, const Frame& f) {
  const ByteTable table(i.table);
  const auto* a = at<uint8_t>(f, i.a);
  auto* dst = at<uint64_t>(f, i.dst);
  for (int w = 0; w < kTileWords; ++w) dst[w] = _mm512_movepi8_mask(table.of(load(a + 64 * w)));
}

template <bool kLess>
void compare_i32(const Instruction& i, const Frame& f) {
  const auto *a = at<int32_t>(f, i.a), *b = at<int32_t>(f, i.b);
  auto* dst = at<uint16_t>(f, i.dst);
  for (int w = 0; w < kTile / kLanes32; ++w) {
    const __m512i x = load(a + kLanes32 * w), y = load(b + kLanes32 * w);
    dst[w] = kLess ? _mm512_cmplt_epi32_mask(x, y) : _mm512_cmpeq_epi32_mask(x, y);
  }
}

template <bool kLess>
void compare_i64(const Instruction& i, const Frame& f) {
  const auto *a = at<int64_t>(f, i.a), *b = at<int64_t>(f, i.b);
  auto* dst = at<uint8_t>(f, i.dst);
  for (int w = 0; w < kTile / kLanes64; ++w) {
    const __m512i x = load(a + kLanes64 * w), y = load(b + kLanes64 * w);
    dst[w] = kLess ? _mm512_cmplt_epi64_mask(x, y) : _mm512_cmpeq_epi64_mask(x, y);
  }
}

// Numbers.

struct Add32 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_add_epi32(a, b); }
};
struct Sub32 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_sub_epi32(a, b); }
};
struct From32 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_sub_epi32(b, a); }
};
struct Mul32 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_mullo_epi32(a, b); }
};
struct Min32 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_min_epi32(a, b); }
};
struct Max32 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_max_epi32(a, b); }
};
struct Add64 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_add_epi64(a, b); }
};
struct Sub64 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_sub_epi64(a, b); }
};
struct From64 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_sub_epi64(b, a); }
};
struct Mul64 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_mullo_epi64(a, b); }
};
struct Min64 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_min_epi64(a, b); }
};
struct Max64 {
  static __m512i of(__m512i a, __m512i b) { return _mm512_max_epi64(a, b); }
};

template <typename Do, size_t kWidth, bool kConstant>
void arithmetic(const Instruction& i, const Frame& f) {
  const __m512i k = kWidth == 4 ? _mm512_set1_epi32(static_cast<int>(i.k)) : _mm512_set1_epi64(i.k);
  const std::byte* a = f.p[i.a];
  const std::byte* b = kConstant ? nullptr : f.p[i.b];
  std::byte* dst = f.p[i.dst];
  for (size_t o = 0; o < kTile * kWidth; o += kBytes) store(dst + o, Do::of(load(a + o), kConstant ? k : load(b + o)));
}

template <bool kConstant>
void mul_wide(const Instruction& i, const Frame& f) {
  const __m512i k = _mm512_set1_epi64(i.k);
  const auto* a = at<int32_t>(f, i.a);
  const auto* b = kConstant ? nullptr : at<int32_t>(f, i.b);
  auto* dst = at<int64_t>(f, i.dst);
  for (int r = 0; r < kTile; r += kLanes64) store(dst + r, _mm512_mul_epi32(load64_of_32(a + r), kConstant ? k : load64_of_32(b + r)));
}

template <bool kA, bool kB>
void mux_u8(const Instruction& i, const Frame& f) {
  const __m512i ka = _mm512_set1_epi8(static_cast<char>(i.k)), kb = _mm512_set1_epi8(static_cast<char>(i.k2));
  const auto* c = at<uint64_t>(f, i.c);
  const std::byte* a = kA ? nullptr : f.p[i.a];
  const std::byte* b = kB ? nullptr : f.p[i.b];
  for (int w = 0; w < kTileWords; ++w)
    store(f.p[i.dst] + 64 * w, _mm512_mask_mov_epi8(kB ? kb : load(b + 64 * w), c[w], kA ? ka : load(a + 64 * w)));
}

template <bool kA, bool kB>
void mux_i32(const Instruction& i, const Frame& f) {
  const __m512i ka = _mm512_set1_epi32(static_cast<int>(i.k)), kb = _mm512_set1_epi32(static_cast<int>(i.k2));
  const auto* c = at<uint16_t>(f, i.c);
  const std::byte* a = kA ? nullptr : f.p[i.a];
  const std::byte* b = kB ? nullptr : f.p[i.b];
  for (int w = 0; w < kTile / kLanes32; ++w)
    store(f.p[i.dst] + kBytes * w, _mm512_mask_mov_epi32(kB ? kb : load(b + kBytes * w), c[w], kA ? ka : load(a + kBytes * w)));
}

template <bool kA, bool kB>
void mux_i64(const Instruction& i, const Frame& f) {
  const __m512i ka = _mm512_set1_epi64(i.k), kb = _mm512_set1_epi64(i.k2);
  const auto* c = at<uint8_t>(f, i.c);
  const std::byte* a = kA ? nullptr : f.p[i.a];
  const std::byte* b = kB ? nullptr : f.p[i.b];
  for (int w = 0; w < kTile / kLanes64; ++w)
    store(f.p[i.dst] + kBytes * w, _mm512_mask_mov_epi64(kB ? kb : load(b + kBytes * w), c[w], kA ? ka : load(a + kBytes * w)));
}

// Tables.

void table_u8_u8(const Instruction& i, const Frame& f) {
  const ByteTable table(i.table);
  for (int w = 0; w < kTileWords; ++w) store(f.p[i.dst] + 64 * w, table.of(load(f.p[i.a] + 64 * w)));
}

void table_u8_i32(const Instruction& i, const Frame& f) {
  const auto* a = at<uint8_t>(f, i.a);
  auto* dst = at<int32_t>(f, i.dst);
  if (i.k2 <= kRegister32) {
    const __m512i table = load(i.table), size = _mm512_set1_epi32(static_cast<int>(i.k2));
    for (int r = 0; r < kTile; r += kLanes32) {
      const __m512i codes = load32_of_bytes(a + r);
      store(dst + r, _mm512_maskz_permutexvar_epi32(_mm512_cmplt_epu32_mask(codes, size), codes, table));
    }
    return;
  }
  for (int r = 0; r < kTile; r += kLanes32) store(dst + r, _mm512_i32gather_epi32(load32_of_bytes(a + r), i.table, 4));
}

void table_u8_i64(const Instruction& i, const Frame& f) {
  const auto* a = at<uint8_t>(f, i.a);
  auto* dst = at<int64_t>(f, i.dst);
  if (i.k2 <= kRegister64) {
    const __m512i table = load(i.table), size = _mm512_set1_epi64(i.k2);
    for (int r = 0; r < kTile; r += kLanes64) {
      const __m512i codes = load64_of_bytes(a + r);
      store(dst + r, _mm512_maskz_permutexvar_epi64(_mm512_cmplt_epu64_mask(codes, size), codes, table));
    }
    return;
  }
  for (int r = 0; r < kTile; r += kLanes64) store(dst + r, _mm512_i64gather_epi64(load64_of_bytes(a + r), i.table, 8));
}

void table_i32_u8(const Instruction& i, const Frame& f) {
  const auto* a = at<int32_t>(f, i.a);
  auto* dst = at<uint8_t>(f, i.dst);
  const __m512i first = _mm512_set1_epi32(static_cast<int>(i.k)), size = _mm512_set1_epi32(static_cast<int>(i.k2));
  for (int r = 0; r < kTile; r += kLanes32) {
    const __m512i index = _mm512_sub_epi32(load(a + r), first);
    const __mmask16 inside = _mm512_cmplt_epu32_mask(index, size);
    // Reads three bytes too many, for which a table has room.
    const __m512i found = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), inside, index, i.table, 1);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(dst + r), _mm512_cvtepi32_epi8(found));
  }
}

void table_i32_i32(const Instruction& i, const Frame& f) {
  const auto* a = at<int32_t>(f, i.a);
  auto* dst = at<int32_t>(f, i.dst);
  const __m512i first = _mm512_set1_epi32(static_cast<int>(i.k)), size = _mm512_set1_epi32(static_cast<int>(i.k2));
  for (int r = 0; r < kTile; r += kLanes32) {
    const __m512i index = _mm512_sub_epi32(load(a + r), first);
    const __mmask16 inside = _mm512_cmplt_epu32_mask(index, size);
    store(dst + r, _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), inside, index, i.table, 4));
  }
}

// Dates.

/// In floats: the quarters of days of two hundred years are exact in them, and half a quarter more makes the quotient so.
void year_key(const Instruction& i, const Frame& f) {
  const auto* a = at<int32_t>(f, i.a);
  auto* dst = at<int32_t>(f, i.dst);
  const __m512i first = _mm512_set1_epi32(25'508), three = _mm512_set1_epi32(3), cycle = _mm512_set1_epi32(1461);
  const __m512 half = _mm512_set1_ps(0.5F), inverse = _mm512_set1_ps(1.0F / 1461.0F);
  for (int r = 0; r < kTile; r += kLanes32) {
    const __m512i quarter = _mm512_add_epi32(_mm512_slli_epi32(_mm512_add_epi32(load(a + r), first), 2), three);
    const __m512i year = _mm512_cvttps_epi32(_mm512_mul_ps(_mm512_add_ps(_mm512_cvtepi32_ps(quarter), half), inverse));
    const __m512i rest = _mm512_sub_epi32(quarter, _mm512_mullo_epi32(year, cycle));
    store(dst + r, _mm512_add_epi32(_mm512_slli_epi32(year, 9), _mm512_srli_epi32(rest, 2)));
  }
}

void shift(const Instruction& i, const Frame& f) {
  const __m128i by = _mm_cvtsi64_si128(i.k);
  for (int r = 0; r < kTile; r += kLanes32) store(at<int32_t>(f, i.dst) + r, _mm512_sra_epi32(load(at<int32_t>(f, i.a) + r), by));
}

// Widths.

void u8_to_i32(const Instruction& i, const Frame& f) {
  for (int r = 0; r < kTile; r += kLanes32) store(at<int32_t>(f, i.dst) + r, load32_of_bytes(at<uint8_t>(f, i.a) + r));
}

void u8_to_i64(const Instruction& i, const Frame& f) {
  for (int r = 0; r < kTile; r += kLanes64) store(at<int64_t>(f, i.dst) + r, load64_of_bytes(at<uint8_t>(f, i.a) + r));
}

void u16_to_i32(const Instruction& i, const Frame& f) {
  for (int r = 0; r < kTile; r += kLanes32) {
    const __m256i from = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at<uint16_t>(f, i.a) + r));
    store(at<int32_t>(f, i.dst) + r, _mm512_cvtepu16_epi32(from));
  }
}

void i32_to_i64(const Instruction& i, const Frame& f) {
  for (int r = 0; r < kTile; r += kLanes64) store(at<int64_t>(f, i.dst) + r, load64_of_32(at<int32_t>(f, i.a) + r));
}

void i64_to_i32(const Instruction& i, const Frame& f) {
  for (int r = 0; r < kTile; r += kLanes64) {
    const __m256i to = _mm512_cvtepi64_epi32(load(at<int64_t>(f, i.a) + r));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(at<int32_t>(f, i.dst) + r), to);
  }
}

void i32_to_u8(const Instruction& i, const Frame& f) {
  for (int r = 0; r < kTile; r += kLanes32) {
    const __m128i to = _mm512_cvtepi32_epi8(load(at<int32_t>(f, i.a) + r));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(at<uint8_t>(f, i.dst) + r), to);
  }
}

constexpr int pair_of(Storage from, Storage to) {
  return 4 * static_cast<int>(from) + static_cast<int>(to);
}

void convert(const Instruction& i, const Frame& f) {
  switch (4 * i.k + i.k2) {
    case pair_of(Storage::kU8, Storage::kI32): return u8_to_i32(i, f);
    case pair_of(Storage::kU8, Storage::kI64): return u8_to_i64(i, f);
    case pair_of(Storage::kU16, Storage::kI32): return u16_to_i32(i, f);
    case pair_of(Storage::kI32, Storage::kI64): return i32_to_i64(i, f);
    case pair_of(Storage::kI64, Storage::kI32): return i64_to_i32(i, f);
    case pair_of(Storage::kI32, Storage::kU8): return i32_to_u8(i, f);
    default: kernels(Body::kScalar)[static_cast<size_t>(Code::kConvert)](i, f);
  }
}

/// Only whole lines, one after another: half lines written past the cache cost many times as much.
void store_output(const Instruction& i, const Frame& f) {
  constexpr size_t kWidths[] = {1, 2, 4, 8};
  const size_t bytes = kTile * kWidths[i.k];
  const std::byte* from = f.p[i.a];
  std::byte* to = f.p[i.dst];
  if (i.k2 != 0) {
    for (size_t o = 0; o < bytes; o += kBytes) _mm512_stream_si512(reinterpret_cast<__m512i*>(to + o), load(from + o));
  } else {
    for (size_t o = 0; o < bytes; o += kBytes) store(to + o, load(from + o));
  }
}

void set(Kernels& all, Code code, Kernel kernel) {
  all[static_cast<size_t>(code)] = kernel;
}

void set_numbers(Kernels& all) {
  set(all, Code::kAddI32, arithmetic<Add32, 4, false>);
  set(all, Code::kSubI32, arithmetic<Sub32, 4, false>);
  set(all, Code::kMulI32, arithmetic<Mul32, 4, false>);
  set(all, Code::kMinI32, arithmetic<Min32, 4, false>);
  set(all, Code::kMaxI32, arithmetic<Max32, 4, false>);
  set(all, Code::kAddI64, arithmetic<Add64, 8, false>);
  set(all, Code::kSubI64, arithmetic<Sub64, 8, false>);
  set(all, Code::kMulI64, arithmetic<Mul64, 8, false>);
  set(all, Code::kMinI64, arithmetic<Min64, 8, false>);
  set(all, Code::kMaxI64, arithmetic<Max64, 8, false>);
  set(all, Code::kMulWide, mul_wide<false>);
  set(all, Code::kAddI32K, arithmetic<Add32, 4, true>);
  set(all, Code::kSubI32K, arithmetic<Sub32, 4, true>);
  set(all, Code::kMulI32K, arithmetic<Mul32, 4, true>);
  set(all, Code::kMinI32K, arithmetic<Min32, 4, true>);
  set(all, Code::kMaxI32K, arithmetic<Max32, 4, true>);
  set(all, Code::kAddI64K, arithmetic<Add64, 8, true>);
  set(all, Code::kSubI64K, arithmetic<Sub64, 8, true>);
  set(all, Code::kMulI64K, arithmetic<Mul64, 8, true>);
  set(all, Code::kMinI64K, arithmetic<Min64, 8, true>);
  set(all, Code::kMaxI64K, arithmetic<Max64, 8, true>);
  set(all, Code::kMulWideK, mul_wide<true>);
  set(all, Code::kFromI32K, arithmetic<From32, 4, true>);
  set(all, Code::kFromI64K, arithmetic<From64, 8, true>);
}

}  // namespace

Kernel avx512_logic(int64_t truth) {
  return logic3_of(truth, std::make_index_sequence<256>());
}

Kernels avx512_kernels() {
  Kernels all{};
  set(all, Code::kRangeU8, range_u8);
  set(all, Code::kRangeU16, range_u16);
  set(all, Code::kRangeI32, range_i32);
  set(all, Code::kRangeI64, range_i64);
  set(all, Code::kSetU8, set_u8);
  set(all, Code::kLessI32, compare_i32<true>);
  set(all, Code::kEqualI32, compare_i32<false>);
  set(all, Code::kLessI64, compare_i64<true>);
  set(all, Code::kEqualI64, compare_i64<false>);
  set_numbers(all);
  set(all, Code::kMuxU8, mux_u8<false, false>);
  set(all, Code::kMuxU8KV, mux_u8<true, false>);
  set(all, Code::kMuxU8VK, mux_u8<false, true>);
  set(all, Code::kMuxU8KK, mux_u8<true, true>);
  set(all, Code::kMuxI32, mux_i32<false, false>);
  set(all, Code::kMuxI32KV, mux_i32<true, false>);
  set(all, Code::kMuxI32VK, mux_i32<false, true>);
  set(all, Code::kMuxI32KK, mux_i32<true, true>);
  set(all, Code::kMuxI64, mux_i64<false, false>);
  set(all, Code::kMuxI64KV, mux_i64<true, false>);
  set(all, Code::kMuxI64VK, mux_i64<false, true>);
  set(all, Code::kMuxI64KK, mux_i64<true, true>);
  set(all, Code::kTableU8U8, table_u8_u8);
  set(all, Code::kTableU8I32, table_u8_i32);
  set(all, Code::kTableU8I64, table_u8_i64);
  set(all, Code::kTableI32U8, table_i32_u8);
  set(all, Code::kTableI32I32, table_i32_i32);
  set(all, Code::kYearKeyI32, year_key);
  set(all, Code::kShiftI32K, shift);
  set(all, Code::kConvert, convert);
  set(all, Code::kStore, store_output);
  return all;
}

}  // namespace koshi::zan::columns

#else

namespace koshi::zan::columns {

Kernel avx512_logic(int64_t) {
  return nullptr;
}

Kernels avx512_kernels() {
  return {};
}

}  // namespace koshi::zan::columns

#endif
