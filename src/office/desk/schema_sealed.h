#pragma once

#include "office/journal/event.h"

namespace koshi::office {

static_assert(journal::kSealedNameBytes == 26, "the indexes and the query that uses them (case_line.cc) say so");

/// What came to the desk after schema_late.h, as a step of its own. Never changed once released. By these a sealed case is looked for from
/// the side of who asks: whether it exists does not change what the index does for those to whom it has not come.
inline constexpr char kSealedSchema[] =
    "CREATE INDEX desk_case_sealed_by_account ON desk_case (opened_by, id) WHERE length(id) = 26;"
    "CREATE INDEX desk_scope_sealed ON desk_scope (role, value, case_id) WHERE length(case_id) = 26";

}  // namespace koshi::office
