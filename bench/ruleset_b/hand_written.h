#pragma once

#include <cstdint>

/// Rule set (b) written by hand in C++, as somebody would who writes nothing but it and wants speed: what the columns reader is measured
/// against. Plain pointers and nothing else, so that it can be compiled by another compiler than the rest.
namespace koshi::ruleset_b {

struct HandInputs {
  const uint8_t *citizenship, *sex, *category, *sector, *residence, *refugee, *n_family, *insured_months;
  const uint16_t* planned_days;
  const int64_t* funds;                                                                                       ///< tiyn
  const int32_t *birth_date, *entry_date, *registration_date, *contract_start, *contract_end, *permit_until;  ///< INT32_MIN: none
};

/// Amount is int64_t, as the rule set has it, or int32_t, in which these amounts have room as well.
template <class Amount>
struct HandOutputs {
  uint8_t *age, *permit_required, *permit_valid, *registration_overdue, *overstay, *insured, *funds_ok, *status;
  Amount *required_funds, *permit_fee;
};

/// The law of one day.
struct HandLaw {
  int32_t day;
  int32_t mci;  ///< tiyn
  int32_t eaeu_days, visa_free_days, other_days;
  int32_t fee_multiple[6];
  bool defence_exception;
};
HandLaw hand_law(int32_t day, bool draft);

/// Ages on the law's day by day of birth, made once for a day.
inline constexpr int32_t kFirstBirth = -36525, kBirths = 65536;
void hand_ages(const HandLaw& law, uint8_t* ages);

/// Rows [begin, end). Made for both amounts.
template <class Amount>
void run_by_hand(const HandLaw& law, const uint8_t* ages, const HandInputs& in, const HandOutputs<Amount>& out, int64_t begin, int64_t end);

}  // namespace koshi::ruleset_b
