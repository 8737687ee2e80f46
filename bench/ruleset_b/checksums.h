#pragma once

#include <array>
#include <string>

#include "zan/columns/columns.h"

/// What the runs of rule set (b) are known by.
namespace koshi::ruleset_b {

inline constexpr const char* kNorms[] = {"person.age",          "person.permit_required",
                                         "person.permit_valid", "person.registration_overdue",
                                         "person.overstay",     "person.social_insurance_eligible",
                                         "person.funds_ok",     "person.required_funds",
                                         "person.permit_fee",   "person.status"};

/// The sum of each output (of yes/no: how often yes; money in tenge), then how often each status occurs.
struct Checksums {
  std::array<int64_t, 9> sums{};
  std::array<int64_t, 9> status{};
  bool operator==(const Checksums&) const = default;
};
std::string format(const Checksums& checksums);

/// For sizes 200,000, 1 million and 5 million, agreed by the engines that ruleset-b was first run on.
enum class Variant : uint8_t { kBase, kDraft, kOwnDays };
const Checksums* expected(Variant run, int64_t rows);

Checksums checksums(const zan::Corpus& corpus, const zan::ColumnProgram& program, const zan::Outputs& outputs, int32_t world);

/// The question of rule set (b); `worlds` without the draft, or with.
zan::ColumnQuestion question(const zan::Corpus& corpus, Variant run, bool both_worlds);

}  // namespace koshi::ruleset_b
