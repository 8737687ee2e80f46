#include "hand_written.h"

#include <cstddef>

#if defined(__clang__)
#define RULESET_B_LOOP _Pragma("clang loop vectorize(assume_safety)")
#else
#define RULESET_B_LOOP _Pragma("GCC ivdep")
#endif

namespace koshi::ruleset_b {
namespace {

constexpr int64_t kChunk = 2048;  // rows whose intermediate columns stay in the first cache
constexpr int32_t kNone = INT32_MIN;
constexpr int32_t kTiyn = 100;

struct YearDay {
  int32_t year, month_day;
};

YearDay civil(int32_t days) {
  const auto z = static_cast<uint32_t>(days + 719468);
  const uint32_t era = z / 146097, of_era = z % 146097;
  const uint32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const uint32_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const uint32_t march = (5 * of_year + 2) / 153;
  const uint32_t day = of_year - (153 * march + 2) / 5 + 1, month = march < 10 ? march + 3 : march - 9;
  return {static_cast<int32_t>(year + era * 400 + (month <= 2 ? 1 : 0)), static_cast<int32_t>(month * 32 + day)};
}

/// Columns between the inputs and the outputs, for one chunk.
struct Between {
  alignas(64) uint8_t eaeu[kChunk], visa_free[kChunk], national[kChunk], active[kChunk];
  alignas(64) int16_t stay[kChunk];
  alignas(64) int32_t fee[kChunk];
};

template <class Amount>
void groups_and_dates(const HandLaw& law, const HandInputs& in, const HandOutputs<Amount>& out, Between& m, int64_t b, int64_t n) {
  const uint8_t* __restrict c = in.citizenship + b;
  const int32_t* __restrict start = in.contract_start + b, * __restrict end = in.contract_end + b, * __restrict entry = in.entry_date + b;
  const int32_t* __restrict permit = in.permit_until + b;
  uint8_t* __restrict valid = out.permit_valid + b;
  const int32_t day = law.day;
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) {
    m.national[i] = c[i] == 0;
    m.eaeu[i] = static_cast<uint8_t>(c[i] - 1) < 4;
    m.visa_free[i] = static_cast<uint8_t>(c[i] - 5) < 6;
  }
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) {
    m.active[i] = (start[i] != kNone) & (start[i] <= day) & ((end[i] == kNone) | (end[i] >= day));
  }
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) {
    int32_t stay = day - entry[i] + 1;
    stay = stay < 0 ? 0 : stay;
    m.stay[i] = static_cast<int16_t>(stay > INT16_MAX ? INT16_MAX : stay);
  }
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) valid[i] = permit[i] >= day;
}

template <class Amount>
void permits_and_stay(const HandLaw& law, const HandInputs& in, const HandOutputs<Amount>& out, const Between& m, int64_t b, int64_t n) {
  const uint8_t* __restrict residence = in.residence + b, * __restrict refugee = in.refugee + b, * __restrict sector = in.sector + b;
  const uint8_t* __restrict category = in.category + b;
  const int32_t* __restrict entry = in.entry_date + b, * __restrict registered = in.registration_date + b;
  uint8_t* __restrict required = out.permit_required + b, * __restrict overdue = out.registration_overdue + b;
  uint8_t* __restrict overstay = out.overstay + b, * __restrict valid = out.permit_valid + b;
  const uint8_t exception = law.defence_exception ? 1 : 0;
  const int32_t day = law.day, eaeu_days = law.eaeu_days, free_days = law.visa_free_days, other_days = law.other_days;
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) {
    const uint8_t plain = (residence[i] | refugee[i]) ^ 1;
    const uint8_t by_union = m.eaeu[i] & static_cast<uint8_t>((static_cast<uint8_t>(sector[i] == 6) & exception) ^ 1);
    const uint8_t short_transfer = static_cast<uint8_t>(category[i] == 5) & static_cast<uint8_t>(m.stay[i] <= 90);
    required[i] = (m.national[i] ^ 1) & m.active[i] & plain & (by_union ^ 1) & (short_transfer ^ 1);
  }
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) {
    int32_t days = other_days;
    days = m.visa_free[i] ? free_days : days;
    days = m.eaeu[i] ? eaeu_days : days;
    const int32_t on = registered[i] == kNone ? day : registered[i];
    overdue[i] = static_cast<uint8_t>(on > entry[i] + days) & (m.national[i] ^ 1) & (residence[i] ^ 1);
  }
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) {
    const int16_t longest = (m.eaeu[i] | m.visa_free[i]) ? 90 : 30;
    const uint8_t over = static_cast<uint8_t>(m.stay[i] > longest);
    overstay[i] = over & (m.national[i] ^ 1) & (residence[i] ^ 1) & (refugee[i] ^ 1) & (valid[i] ^ 1) & ((m.eaeu[i] & m.active[i]) ^ 1);
  }
}

template <class Amount>
void money(const HandLaw& law, const HandInputs& in, const HandOutputs<Amount>& out, Between& m, int64_t b, int64_t n) {
  const uint16_t* __restrict days = in.planned_days + b;
  const uint8_t* __restrict family = in.n_family + b, * __restrict category = in.category + b;
  const int64_t* __restrict funds = in.funds + b;
  Amount* __restrict wanted = out.required_funds + b, * __restrict fee = out.permit_fee + b;
  uint8_t* __restrict ok = out.funds_ok + b, * __restrict required = out.permit_required + b;
  const int32_t twice = 2 * law.mci;
  // One variable each: choosing among the elements of an array keeps clang from making vectors of the loop, which then takes
  // twice the time of all others together.
  const int32_t fee0 = law.fee_multiple[0] * law.mci, fee1 = law.fee_multiple[1] * law.mci, fee2 = law.fee_multiple[2] * law.mci;
  const int32_t fee3 = law.fee_multiple[3] * law.mci, fee4 = law.fee_multiple[4] * law.mci, fee5 = law.fee_multiple[5] * law.mci;
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) {
    const int32_t value = twice * static_cast<int32_t>(days[i]) * static_cast<int32_t>(family[i]);
    wanted[i] = value;
  }
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) ok[i] = funds[i] >= wanted[i];
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) {
    const uint8_t k = category[i];
    int32_t f = fee5;
    f = k == 0 ? fee0 : f;
    f = k == 1 ? fee1 : f;
    f = k == 2 ? fee2 : f;
    f = k == 3 ? fee3 : f;
    f = k == 4 ? fee4 : f;
    m.fee[i] = required[i] ? f : 0;
  }
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) fee[i] = m.fee[i];
}

template <class Amount>
void insurance_and_status(const uint8_t* ages, const HandInputs& in, const HandOutputs<Amount>& out, const Between& m, int64_t b,
                          int64_t n) {
  const uint8_t* __restrict sex = in.sex + b, * __restrict months = in.insured_months + b;
  const uint8_t* __restrict residence = in.residence + b, * __restrict refugee = in.refugee + b;
  const int32_t* __restrict birth = in.birth_date + b;
  uint8_t* __restrict age = out.age + b, * __restrict insured = out.insured + b, * __restrict status = out.status + b;
  const uint8_t* __restrict required = out.permit_required + b, * __restrict valid = out.permit_valid + b;
  const uint8_t* __restrict overdue = out.registration_overdue + b, * __restrict overstay = out.overstay + b;
  for (int64_t i = 0; i < n; ++i) age[i] = ages[birth[i] - kFirstBirth];
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) {
    const auto limit = static_cast<uint8_t>(63 - (sex[i] ? 2 : 0));
    const uint8_t at_work = static_cast<uint8_t>(age[i] >= 18) & static_cast<uint8_t>(age[i] < limit);
    insured[i] = m.active[i] & at_work & (m.national[i] | m.eaeu[i] | residence[i]) & static_cast<uint8_t>(months[i] >= 6);
  }
  RULESET_B_LOOP for (int64_t i = 0; i < n; ++i) {
    uint8_t s = 8;
    s = (m.active[i] & valid[i]) ? 7 : s;
    s = (m.eaeu[i] & m.active[i]) ? 6 : s;
    s = overdue[i] ? 5 : s;
    s = overstay[i] ? 4 : s;
    s = (required[i] & (valid[i] ^ 1)) ? 3 : s;
    s = refugee[i] ? 2 : s;
    s = residence[i] ? 1 : s;
    s = m.national[i] ? 0 : s;
    status[i] = s;
  }
}

}  // namespace

HandLaw hand_law(int32_t day, bool draft) {
  constexpr int32_t kBefore[] = {250, 200, 170, 40, 10, 250}, kSince[] = {300, 220, 180, 45, 12, 300};
  constexpr int32_t k2023 = 19358, k2024 = 19723, k2025 = 20089, kJuly2025 = 20270, k2026 = 20454;
  HandLaw law{};
  law.day = day;
  law.mci = day >= k2026 ? (draft ? 5000 : 4325) : day >= k2025 ? 3932 : day >= k2024 ? 3692 : day >= k2023 ? 3450 : 3063;
  law.mci *= kTiyn;
  law.eaeu_days = 30;
  law.visa_free_days = draft && day >= k2026 ? 10 : day >= kJuly2025 ? 5 : 10;
  law.other_days = 3;
  for (int k = 0; k < 6; ++k) law.fee_multiple[k] = day >= kJuly2025 ? kSince[k] : kBefore[k];
  law.defence_exception = day >= k2025;
  return law;
}

void hand_ages(const HandLaw& law, uint8_t* ages) {
  const YearDay today = civil(law.day);
  for (int32_t i = 0; i < kBirths; ++i) {
    const YearDay born = civil(kFirstBirth + i);
    const int32_t age = today.year - born.year - (today.month_day < born.month_day ? 1 : 0);
    ages[i] = static_cast<uint8_t>(age < 0 ? 0 : age);
  }
}

template <class Amount>
void run_by_hand(const HandLaw& law, const uint8_t* ages, const HandInputs& in, const HandOutputs<Amount>& out, int64_t begin,
                 int64_t end) {
  Between between;
  for (int64_t b = begin; b < end; b += kChunk) {
    const int64_t n = end - b < kChunk ? end - b : kChunk;
    groups_and_dates(law, in, out, between, b, n);
    permits_and_stay(law, in, out, between, b, n);
    money(law, in, out, between, b, n);
    insurance_and_status(ages, in, out, between, b, n);
  }
}

template void run_by_hand(const HandLaw&, const uint8_t*, const HandInputs&, const HandOutputs<int32_t>&, int64_t, int64_t);
template void run_by_hand(const HandLaw&, const uint8_t*, const HandInputs&, const HandOutputs<int64_t>&, int64_t, int64_t);

}  // namespace koshi::ruleset_b
