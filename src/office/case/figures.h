#pragma once

#include <optional>
#include <span>
#include <vector>

#include "office/case/case.h"
#include "office/case/decide.h"

/// What norms come to over a case as it stands, for counting: pure. Nothing is looked up beside the case.
namespace koshi::office {

/// One value for each norm; none where it is unknown, unclear, or where the law no longer has the procedure. Asked under the law of the
/// case, as of `today`.
std::vector<std::optional<zan::Value>> values_of(const Law& law, const Case& item, std::span<const zan::NormId> norms, Date today);

}  // namespace koshi::office
