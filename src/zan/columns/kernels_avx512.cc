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

constexpr size_t bytes_of(Storage storage) {
  return size_t{1} << static_cast<size_t>(storage);
}

/// The numbers from row r on, as lanes of so many bytes, from where they lie.
template <size_t kWidth, Storage kLies>
__m512i read(const std::byte* from, int r) {
  const std::byte* at = from + static_cast<size_t>(r) * bytes_of(kLies);
  if constexpr (bytes_of(kLies) == kWidth) {
    return load(at);
  } else if constexpr (kWidth == 4 && kLies == Storage::kU8) {
    return _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
  } else if constexpr (kWidth == 4) {
    return _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)));
  } else if constexpr (kLies == Storage::kU8) {
    __m128i eight = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(at));
    __asm__("" : "+x"(eight));  // g++ 12 fails where a mask chooses from a load that widens: the load stands alone
    return _mm512_cvtepu8_epi64(eight);
  } else if constexpr (kLies == Storage::kU16) {
    return _mm512_cvtepu16_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
  } else {
    return _mm512_cvtepi32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)));
  }
}

/// A body for each way in which the operands may lie: those that are not wider than `kWidth`. `make` is asked for the body of one way.
template <size_t kWidth, int kOperands, typename Make>
Variants variants(Make make) {
  return [&]<size_t... kWay>(std::index_sequence<kWay...>) {
    const auto one = [&]<size_t kOf>() -> Kernel {
      constexpr auto kA = static_cast<Storage>(kOf / 4), kB = static_cast<Storage>(kOf % 4);
      if constexpr (bytes_of(kA) <= kWidth && bytes_of(kB) <= kWidth && (kOperands == 2 || kB == Storage::kU8)) {
        return make.template operator()<kA, kB>();
      } else {
        return nullptr;
      }
    };
    return Variants { one.template operator()<kWay>()... };
  }(std::make_index_sequence<kWays>());
}

// Conditions.

static_assert(kSmallTile % 512 == 0, "the bits of a tile are whole vectors");

template <int kTruth>
void logic3(const Instruction& i, const Frame& f) {
  const std::byte *a = f.p[i.a], *b = f.p[i.b], *c = f.p[i.c];
  std::byte* dst = f.p[i.dst];
  for (int o = 0; o < f.rows / 8; o += kBytes) store(dst + o, _mm512_ternarylogic_epi64(load(a + o), load(b + o), load(c + o), kTruth));
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
  for (int w = 0; w < f.rows / 64; ++w) dst[w] = _mm512_cmple_epu8_mask(_mm512_sub_epi8(load(a + 64 * w), least), width);
}

void range_u16(const Instruction& i, const Frame& f) {
  const auto* a = at<uint16_t>(f, i.a);
  auto* dst = at<uint32_t>(f, i.dst);
  const __m512i least = _mm512_set1_epi16(static_cast<short>(i.k)), width = _mm512_set1_epi16(static_cast<short>(i.k2 - i.k));
  for (int w = 0; w < f.rows / 32; ++w) dst[w] = _mm512_cmple_epu16_mask(_mm512_sub_epi16(load(a + 32 * w), least), width);
}

void range_i32(const Instruction& i, const Frame& f) {
  const auto* a = at<int32_t>(f, i.a);
  auto* dst = at<uint16_t>(f, i.dst);
  const __m512i least = _mm512_set1_epi32(static_cast<int>(i.k)), width = _mm512_set1_epi32(static_cast<int>(i.k2 - i.k));
  if (i.k2 == INT32_MAX) {
    for (int w = 0; w < f.rows / kLanes32; ++w) dst[w] = _mm512_cmpge_epi32_mask(load(a + kLanes32 * w), least);
    return;
  }
  for (int w = 0; w < f.rows / kLanes32; ++w) dst[w] = _mm512_cmple_epu32_mask(_mm512_sub_epi32(load(a + kLanes32 * w), least), width);
}

void range_i64(const Instruction& i, const Frame& f) {
  const auto* a = at<int64_t>(f, i.a);
  auto* dst = at<uint8_t>(f, i.dst);
  const auto wide = static_cast<long long>(static_cast<uint64_t>(i.k2) - static_cast<uint64_t>(i.k));
  const __m512i least = _mm512_set1_epi64(i.k), width = _mm512_set1_epi64(wide);
  for (int w = 0; w < f.rows / kLanes64; ++w) dst[w] = _mm512_cmple_epu64_mask(_mm512_sub_epi64(load(a + kLanes64 * w), least), width);
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
  for (int w = 0; w < f.rows / 64; ++w) dst[w] = _mm512_movepi8_mask(table.of(load(a + 64 * w)));
}

template <bool kLess, Storage kA, Storage kB>
void compare_32(const Instruction& i, const Frame& f) {
  const std::byte *a = f.p[i.a], *b = f.p[i.b];
  auto* dst = at<uint16_t>(f, i.dst);
  for (int w = 0; w < f.rows / kLanes32; ++w) {
    const __m512i x = read<4, kA>(a, kLanes32 * w), y = read<4, kB>(b, kLanes32 * w);
    dst[w] = kLess ? _mm512_cmplt_epi32_mask(x, y) : _mm512_cmpeq_epi32_mask(x, y);
  }
}

template <bool kLess, Storage kA, Storage kB>
void compare_64(const Instruction& i, const Frame& f) {
  const std::byte *a = f.p[i.a], *b = f.p[i.b];
  auto* dst = at<uint8_t>(f, i.dst);
  for (int w = 0; w < f.rows / kLanes64; ++w) {
    const __m512i x = read<8, kA>(a, kLanes64 * w), y = read<8, kB>(b, kLanes64 * w);
    dst[w] = kLess ? _mm512_cmplt_epi64_mask(x, y) : _mm512_cmpeq_epi64_mask(x, y);
  }
}

/// Two of bytes need not be widened.
template <bool kLess>
void compare_bytes(const Instruction& i, const Frame& f) {
  auto* dst = at<uint64_t>(f, i.dst);
  for (int w = 0; w < f.rows / 64; ++w) {
    const __m512i x = load(f.p[i.a] + kBytes * w), y = load(f.p[i.b] + kBytes * w);
    dst[w] = kLess ? _mm512_cmplt_epu8_mask(x, y) : _mm512_cmpeq_epu8_mask(x, y);
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

template <typename Do, size_t kWidth, bool kConstant, Storage kA, Storage kB>
void arithmetic(const Instruction& i, const Frame& f) {
  constexpr int kLanes = kBytes / static_cast<int>(kWidth);
  const __m512i k = kWidth == 4 ? _mm512_set1_epi32(static_cast<int>(i.k)) : _mm512_set1_epi64(i.k);
  const std::byte* a = f.p[i.a];
  const std::byte* b = kConstant ? nullptr : f.p[i.b];
  std::byte* dst = f.p[i.dst];
  for (int r = 0; r < f.rows; r += kLanes)
    store(dst + static_cast<size_t>(r) * kWidth, Do::of(read<kWidth, kA>(a, r), kConstant ? k : read<kWidth, kB>(b, r)));
}

template <bool kConstant, Storage kA, Storage kB>
void mul_wide(const Instruction& i, const Frame& f) {
  const __m512i k = _mm512_set1_epi64(i.k);
  auto* dst = at<int64_t>(f, i.dst);
  for (int r = 0; r < f.rows; r += kLanes64)
    store(dst + r, _mm512_mul_epi32(read<8, kA>(f.p[i.a], r), kConstant ? k : read<8, kB>(f.p[i.b], r)));
}

/// Of outputs past the cache only whole lines, one after another: half lines cost many times as much.
template <bool kStream>
void put(std::byte* to, __m512i value) {
  if constexpr (kStream) {
    _mm512_stream_si512(reinterpret_cast<__m512i*>(to), value);
  } else {
    store(to, value);
  }
}

void mux_u8(const Instruction& i, const Frame& f) {
  const auto* c = at<uint64_t>(f, i.c);
  for (int w = 0; w < f.rows / 64; ++w)
    store(f.p[i.dst] + 64 * w, _mm512_mask_mov_epi8(load(f.p[i.b] + 64 * w), c[w], load(f.p[i.a] + 64 * w)));
}

/// Half a tile stands in registers while one condition after another, the last first, overrules it. Every index is a constant: an array
/// that is walked would lie in memory.
template <bool kStream, size_t... kWords>
void match_part(const Instruction& i, const Frame& f, int first, std::index_sequence<kWords...>) {
  const auto& plan = *static_cast<const MatchPlan*>(i.table);
  const __m512i other = _mm512_set1_epi8(static_cast<char>(i.k2));
  const std::byte* rest = i.b < 0 ? nullptr : f.p[i.b] + 64 * first;
  std::byte* dst = f.p[i.dst] + 64 * first;
  __m512i out[] = {rest == nullptr ? other : load(rest + 64 * kWords)...};
  for (size_t j = plan.values.size(); j-- > 0;) {
    const uint64_t* holds = at<uint64_t>(f, plan.conditions[j]) + first;
    const __m512i value = _mm512_set1_epi8(static_cast<char>(plan.values[j]));
    ((out[kWords] = _mm512_mask_mov_epi8(out[kWords], holds[kWords], value)), ...);
  }
  (put<kStream>(dst + 64 * kWords, out[kWords]), ...);
  for (const MatchPlan::Also& also : plan.also) {
    const __m512i values = load(also.values);
    std::byte* to = f.p[also.place] + 64 * first;
    (put<kStream>(to + 64 * kWords, _mm512_permutexvar_epi8(out[kWords], values)), ...);
  }
}

template <bool kStream>
void match_u8(const Instruction& i, const Frame& f) {
  constexpr int kPart = 8;
  for (int w = 0; w < f.rows / 64; w += kPart) match_part<kStream>(i, f, w, std::make_index_sequence<kPart>());
}

/// kYes, kNo: that operand is a constant.
template <bool kYes, bool kNo, bool kStream, Storage kA, Storage kB>
void mux_32(const Instruction& i, const Frame& f) {
  const __m512i yes = _mm512_set1_epi32(static_cast<int>(i.k)), no = _mm512_set1_epi32(static_cast<int>(i.k2));
  const auto* c = at<uint16_t>(f, i.c);
  const std::byte* a = kYes ? nullptr : f.p[i.a];
  const std::byte* b = kNo ? nullptr : f.p[i.b];
  for (int w = 0; w < f.rows / kLanes32; ++w) {
    const __m512i x = kYes ? yes : read<4, kA>(a, kLanes32 * w), y = kNo ? no : read<4, kB>(b, kLanes32 * w);
    put<kStream>(f.p[i.dst] + kBytes * w, _mm512_mask_mov_epi32(y, c[w], x));
  }
}

template <bool kYes, bool kNo, bool kStream, Storage kA, Storage kB>
void mux_64(const Instruction& i, const Frame& f) {
  const __m512i yes = _mm512_set1_epi64(i.k), no = _mm512_set1_epi64(i.k2);
  const auto* c = at<uint8_t>(f, i.c);
  const std::byte* a = kYes ? nullptr : f.p[i.a];
  const std::byte* b = kNo ? nullptr : f.p[i.b];
  for (int w = 0; w < f.rows / kLanes64; ++w) {
    const __m512i x = kYes ? yes : read<8, kA>(a, kLanes64 * w), y = kNo ? no : read<8, kB>(b, kLanes64 * w);
    put<kStream>(f.p[i.dst] + kBytes * w, _mm512_mask_mov_epi64(y, c[w], x));
  }
}

// Tables.

void table_u8_u8(const Instruction& i, const Frame& f) {
  if (i.k2 <= kBytes) {
    const __m512i values = load(i.table), size = _mm512_set1_epi8(static_cast<char>(i.k2));
    for (int w = 0; w < f.rows / 64; ++w) {
      const __m512i codes = load(f.p[i.a] + 64 * w);
      store(f.p[i.dst] + 64 * w, _mm512_maskz_permutexvar_epi8(_mm512_cmplt_epu8_mask(codes, size), codes, values));
    }
    return;
  }
  const ByteTable table(i.table);
  for (int w = 0; w < f.rows / 64; ++w) store(f.p[i.dst] + 64 * w, table.of(load(f.p[i.a] + 64 * w)));
}

void table_u8_i32(const Instruction& i, const Frame& f) {
  const std::byte* a = f.p[i.a];
  auto* dst = at<int32_t>(f, i.dst);
  if (i.k2 <= kRegister32) {
    const __m512i table = load(i.table), size = _mm512_set1_epi32(static_cast<int>(i.k2));
    for (int r = 0; r < f.rows; r += kLanes32) {
      const __m512i codes = read<4, Storage::kU8>(a, r);
      store(dst + r, _mm512_maskz_permutexvar_epi32(_mm512_cmplt_epu32_mask(codes, size), codes, table));
    }
    return;
  }
  for (int r = 0; r < f.rows; r += kLanes32) store(dst + r, _mm512_i32gather_epi32((read<4, Storage::kU8>(a, r)), i.table, 4));
}

void table_u8_i64(const Instruction& i, const Frame& f) {
  const std::byte* a = f.p[i.a];
  auto* dst = at<int64_t>(f, i.dst);
  if (i.k2 <= kRegister64) {
    const __m512i table = load(i.table), size = _mm512_set1_epi64(i.k2);
    for (int r = 0; r < f.rows; r += kLanes64) {
      const __m512i codes = read<8, Storage::kU8>(a, r);
      store(dst + r, _mm512_maskz_permutexvar_epi64(_mm512_cmplt_epu64_mask(codes, size), codes, table));
    }
    return;
  }
  for (int r = 0; r < f.rows; r += kLanes64) store(dst + r, _mm512_i64gather_epi64((read<8, Storage::kU8>(a, r)), i.table, 8));
}

void table_i32_u8(const Instruction& i, const Frame& f) {
  const auto* a = at<int32_t>(f, i.a);
  auto* dst = at<uint8_t>(f, i.dst);
  const __m512i first = _mm512_set1_epi32(static_cast<int>(i.k)), size = _mm512_set1_epi32(static_cast<int>(i.k2));
  for (int r = 0; r < f.rows; r += kLanes32) {
    const __m512i index = _mm512_sub_epi32(load(a + r), first);
    const __mmask16 inside = _mm512_cmplt_epu32_mask(index, size);
    // Reads three bytes too many, for which a table has room.
    const __m512i found = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), inside, index, i.table, 1);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(dst + r), _mm512_cvtepi32_epi8(found));
  }
}

/// The quarters are exact in floats, and half a quarter more makes the quotient so. See Slope.
void slope_u8(const Instruction& i, const Frame& f) {
  const auto& slope = *static_cast<const Slope*>(i.table);
  const auto* a = at<int32_t>(f, i.a);
  auto* dst = at<uint8_t>(f, i.dst);
  const __m512i first = _mm512_set1_epi32(static_cast<int>(i.k)), size = _mm512_set1_epi32(static_cast<int>(i.k2));
  const __m512i start = _mm512_set1_epi32(slope.start), step = _mm512_set1_epi32(slope.step);
  const __m512 half = _mm512_set1_ps(0.5F), inverse = _mm512_set1_ps(1.0F / 1461.0F);
  for (int r = 0; r < f.rows; r += kLanes32) {
    const __m512i index = _mm512_sub_epi32(load(a + r), first);
    const __mmask16 inside = _mm512_cmplt_epu32_mask(index, size);
    const __m512i quarters = _mm512_add_epi32(start, _mm512_mullo_epi32(index, step));
    const __m512i value = _mm512_maskz_cvttps_epi32(inside, _mm512_mul_ps(_mm512_add_ps(_mm512_cvtepi32_ps(quarters), half), inverse));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(dst + r), _mm512_cvtepi32_epi8(value));
  }
}

void table_i32_i32(const Instruction& i, const Frame& f) {
  const auto* a = at<int32_t>(f, i.a);
  auto* dst = at<int32_t>(f, i.dst);
  const __m512i first = _mm512_set1_epi32(static_cast<int>(i.k)), size = _mm512_set1_epi32(static_cast<int>(i.k2));
  for (int r = 0; r < f.rows; r += kLanes32) {
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
  for (int r = 0; r < f.rows; r += kLanes32) {
    const __m512i quarter = _mm512_add_epi32(_mm512_slli_epi32(_mm512_add_epi32(load(a + r), first), 2), three);
    const __m512i year = _mm512_cvttps_epi32(_mm512_mul_ps(_mm512_add_ps(_mm512_cvtepi32_ps(quarter), half), inverse));
    const __m512i rest = _mm512_sub_epi32(quarter, _mm512_mullo_epi32(year, cycle));
    store(dst + r, _mm512_add_epi32(_mm512_slli_epi32(year, 9), _mm512_srli_epi32(rest, 2)));
  }
}

void shift(const Instruction& i, const Frame& f) {
  const __m128i by = _mm_cvtsi64_si128(i.k);
  for (int r = 0; r < f.rows; r += kLanes32) store(at<int32_t>(f, i.dst) + r, _mm512_sra_epi32(load(at<int32_t>(f, i.a) + r), by));
}

// Widths.

template <size_t kWidth, Storage kLies, bool kStream>
void widen(const Instruction& i, const Frame& f) {
  constexpr int kLanes = kBytes / static_cast<int>(kWidth);
  for (int r = 0; r < f.rows; r += kLanes) put<kStream>(f.p[i.dst] + static_cast<size_t>(r) * kWidth, read<kWidth, kLies>(f.p[i.a], r));
}

void i64_to_i32(const Instruction& i, const Frame& f) {
  for (int r = 0; r < f.rows; r += kLanes64) {
    const __m256i to = _mm512_cvtepi64_epi32(load(at<int64_t>(f, i.a) + r));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(at<int32_t>(f, i.dst) + r), to);
  }
}

void i32_to_u8(const Instruction& i, const Frame& f) {
  for (int r = 0; r < f.rows; r += kLanes32) {
    const __m128i to = _mm512_cvtepi32_epi8(load(at<int32_t>(f, i.a) + r));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(at<uint8_t>(f, i.dst) + r), to);
  }
}

constexpr int pair_of(Storage from, Storage to) {
  return 4 * static_cast<int>(from) + static_cast<int>(to);
}

template <bool kStream>
void convert(const Instruction& i, const Frame& f) {
  switch (4 * i.k + i.k2) {
    case pair_of(Storage::kU8, Storage::kI32): return widen<4, Storage::kU8, kStream>(i, f);
    case pair_of(Storage::kU8, Storage::kI64): return widen<8, Storage::kU8, kStream>(i, f);
    case pair_of(Storage::kU16, Storage::kI32): return widen<4, Storage::kU16, kStream>(i, f);
    case pair_of(Storage::kU16, Storage::kI64): return widen<8, Storage::kU16, kStream>(i, f);
    case pair_of(Storage::kI32, Storage::kI64): return widen<8, Storage::kI32, kStream>(i, f);
    case pair_of(Storage::kI64, Storage::kI32): return i64_to_i32(i, f);
    case pair_of(Storage::kI32, Storage::kU8): return i32_to_u8(i, f);
    default: kernels(Body::kScalar)[static_cast<size_t>(Code::kConvert)].front()(i, f);
  }
}

template <bool kStream>
void store_output(const Instruction& i, const Frame& f) {
  constexpr size_t kWidths[] = {1, 2, 4, 8};
  const size_t bytes = static_cast<size_t>(f.rows) * kWidths[i.k];
  const std::byte* from = f.p[i.a];
  std::byte* to = f.p[i.dst];
  for (size_t o = 0; o < bytes; o += kBytes) put<kStream>(to + o, load(from + o));
}

void set(Kernels& all, Code code, Kernel kernel) {
  all[static_cast<size_t>(code)].fill(kernel);
}

Variants& ways(Kernels& all, Code code, int step = 0) {
  return all[static_cast<size_t>(code) + static_cast<size_t>(step)];
}

/// From the code of two operands, and from that of one and a constant.
template <typename Do, size_t kWidth>
void set_arithmetic(Kernels& all, Code code, Code code_k) {
  ways(all, code) = variants<kWidth, 2>([]<Storage kA, Storage kB>() -> Kernel { return arithmetic<Do, kWidth, false, kA, kB>; });
  ways(all, code_k) = variants<kWidth, 1>([]<Storage kA, Storage kB>() -> Kernel { return arithmetic<Do, kWidth, true, kA, kB>; });
}

template <typename Do, size_t kWidth>
void set_from(Kernels& all, Code code) {
  ways(all, code) = variants<kWidth, 1>([]<Storage kA, Storage kB>() -> Kernel { return arithmetic<Do, kWidth, true, kA, kB>; });
}

void set_numbers(Kernels& all) {
  set_arithmetic<Add32, 4>(all, Code::kAddI32, Code::kAddI32K);
  set_arithmetic<Sub32, 4>(all, Code::kSubI32, Code::kSubI32K);
  set_arithmetic<Mul32, 4>(all, Code::kMulI32, Code::kMulI32K);
  set_arithmetic<Min32, 4>(all, Code::kMinI32, Code::kMinI32K);
  set_arithmetic<Max32, 4>(all, Code::kMaxI32, Code::kMaxI32K);
  set_arithmetic<Add64, 8>(all, Code::kAddI64, Code::kAddI64K);
  set_arithmetic<Sub64, 8>(all, Code::kSubI64, Code::kSubI64K);
  set_arithmetic<Mul64, 8>(all, Code::kMulI64, Code::kMulI64K);
  set_arithmetic<Min64, 8>(all, Code::kMinI64, Code::kMinI64K);
  set_arithmetic<Max64, 8>(all, Code::kMaxI64, Code::kMaxI64K);
  set_from<From32, 4>(all, Code::kFromI32K);
  set_from<From64, 8>(all, Code::kFromI64K);
  ways(all, Code::kMulWide) = variants<4, 2>([]<Storage kA, Storage kB>() -> Kernel { return mul_wide<false, kA, kB>; });
  ways(all, Code::kMulWideK) = variants<4, 1>([]<Storage kA, Storage kB>() -> Kernel { return mul_wide<true, kA, kB>; });
}

template <bool kLess>
void set_comparisons(Kernels& all, Code narrow, Code wide) {
  ways(all, narrow) = variants<4, 2>([]<Storage kA, Storage kB>() -> Kernel { return compare_32<kLess, kA, kB>; });
  ways(all, narrow)[way_of(Storage::kU8, Storage::kU8)] = compare_bytes<kLess>;
  ways(all, wide) = variants<8, 2>([]<Storage kA, Storage kB>() -> Kernel { return compare_64<kLess, kA, kB>; });
}

/// What may write to an output.
template <bool kStream>
void set_outputs(Kernels& all) {
  set(all, Code::kMatchU8, match_u8<kStream>);
  const auto muxes = [&]<bool kYes, bool kNo>() {
    constexpr int kStep = (kYes ? 1 : 0) + (kNo ? 2 : 0);
    ways(all, Code::kMuxI32, kStep) = variants<4, 2>([]<Storage kA, Storage kB>() -> Kernel { return mux_32<kYes, kNo, kStream, kA, kB>; });
    ways(all, Code::kMuxI64, kStep) = variants<8, 2>([]<Storage kA, Storage kB>() -> Kernel { return mux_64<kYes, kNo, kStream, kA, kB>; });
  };
  muxes.template operator()<false, false>();
  muxes.template operator()<true, false>();
  muxes.template operator()<false, true>();
  muxes.template operator()<true, true>();
  set(all, Code::kConvert, convert<kStream>);
  set(all, Code::kStore, store_output<kStream>);
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
  set_comparisons<true>(all, Code::kLessI32, Code::kLessI64);
  set_comparisons<false>(all, Code::kEqualI32, Code::kEqualI64);
  set_numbers(all);
  set(all, Code::kMuxU8, mux_u8);
  set(all, Code::kTableU8U8, table_u8_u8);
  set(all, Code::kTableU8I32, table_u8_i32);
  set(all, Code::kTableU8I64, table_u8_i64);
  set(all, Code::kTableI32U8, table_i32_u8);
  set(all, Code::kSlopeU8, slope_u8);
  set(all, Code::kTableI32I32, table_i32_i32);
  set(all, Code::kYearKeyI32, year_key);
  set(all, Code::kShiftI32K, shift);
  set_outputs<false>(all);
  return all;
}

Kernels avx512_streaming_kernels() {
  Kernels all{};
  set_outputs<true>(all);
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

Kernels avx512_streaming_kernels() {
  return {};
}

}  // namespace koshi::zan::columns

#endif
