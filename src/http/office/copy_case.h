#pragma once

#include <expected>
#include <optional>
#include <string>

#include "http/office/office_pages.h"
#include "http/office/visitor.h"

/// A case that has ended begins anew: with what its party answered and attached, as far as the law of today still asks for it.
namespace koshi::http {

/// Whether the visitor may begin such a copy: the case has ended, he is its party by an account, and the procedure is in force today.
bool may_copy(const OfficeSite& office, const Visitor& visitor, const Seen& seen);

/// Opens the new case and gives it the old answers and documents. Answers that are no longer taken (a choice that is gone, a form that is
/// asked no more) and documents that are no longer wanted are left out. The same key opens one case. Cost: one act for the answers, one for
/// each document.
std::expected<office::Case, office::Failure> copy_case(const OfficeSite& office, const Visitor& visitor, const Seen& seen,
                                                       const std::string& key);

/// The case from which this one was copied, for the account that copied it.
std::optional<std::string> copied_from(const OfficeSite& office, const Visitor& visitor, const std::string& id);

Response copy_case_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response copy_case_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);

}  // namespace koshi::http
