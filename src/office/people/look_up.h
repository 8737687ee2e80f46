#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "office/people/refusal.h"

/// Every look at a person's record has a purpose, and is journalled with it before the record is shown.
namespace koshi::people {

inline constexpr size_t kPurposeMinLength = 3;    ///< characters, without white space at the ends
inline constexpr size_t kPurposeMaxLength = 200;  ///< characters
inline constexpr std::string_view kPersonViewed = "person.viewed";

/// The purpose without white space at its ends. Refusal: kPurpose, for a wrong length, control characters, bad UTF-8.
std::expected<std::string, Refused> check_purpose(std::string_view purpose);

/// The journal's payload for the action kPersonViewed, as canonical JSON (RFC 8785):
///   {"action":"person.viewed","actor":"account:7","person":"12","purpose":"…"}
/// The person is named by the id of the register, so the journal holds no identity. Refusals as check_purpose().
std::expected<std::string, Refused> person_viewed(std::string_view actor, int64_t person_id, std::string_view purpose);

}  // namespace koshi::people
