#pragma once

#include <string>
#include <vector>

#include "office/case/decide.h"
#include "office/case/subjects.h"

/// By what people tell cases of one procedure apart in a list.
namespace koshi::office {

inline constexpr size_t kTitleMaxBytes = 200;
inline constexpr size_t kTitleOthersMax = 2;  ///< named after the party; of the rest their number

/// "Steppe Build LLP · Selin Kaya, Ali Veli +3": the party's name, and after it whom else the case names. The name stands where the law's
/// `identity` says, or beside the key as "name", or in the register; a party that no person or employer is (an office in its region) gives
/// way to those whom the case names. Without any name: the party's key, a region as its code, or the account that opened the case, which
/// readers get in words of their language (http/office/row_title.h). Of a sealed case nothing: what its party is known by opens it.
/// Costs what `around` costs for the party's key.
std::string title_of(const Law& law, const zan::Procedure& procedure, const Case& item, const std::vector<Subject>& subjects,
                     const Surroundings& around);
/// At most kTitleMaxBytes of it, in whole characters.
std::string cut_title(std::string text);

}  // namespace koshi::office
