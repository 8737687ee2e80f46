#pragma once

#include <string_view>

#include "office/case/case.h"
#include "office/case/decide.h"

/// Small changes of a case, the same for an act that is being decided and for an event that is applied. Internal to this folder.
namespace koshi::office {

/// Puts the entry in its place, instead of what was said before. A list takes with it what was said of its members.
void keep_fact(Case& item, const FactEntry& entry);
/// No if there is none.
bool forget_fact(Case& item, std::string_view path);

/// What becomes of the case's own holds. Errors: a second hold on one kind of account, a commit or a release of nothing.
Result<void> keep_posting(Case& item, const LedgerPosting& posting);

}  // namespace koshi::office
