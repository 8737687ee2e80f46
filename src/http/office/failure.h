#pragma once

#include <string>

#include "http/office/visitor.h"
#include "office/papers/content_type.h"

/// Refusals of the law and failures of the machine as answers for programs (RFC 9457).
namespace koshi::http {

/// {"type","title","status","detail"} and, as the refusal has them: "refusal" (its kind), "version" (of the case as it is),
/// "problems":[{"path","message"}], "failed":[{"label","norm","outcome","text","by":[…],"changes":[…]}].
/// A failure of the database is 503 and may be tried again; what it was stays inside.
Response failure_problem(const OfficeSite& office, words::Language language, const office::Failure& failure);
int status_of(const office::Failure& failure);
/// "not_lawful": the kind's name in the interface.
std::string_view refusal_name(office::RefusalKind kind);

/// The phrase that says why an upload is refused and what to do: a key of words/office.*.toml.
std::string_view upload_phrase(papers::UploadFault fault);

/// A problem in a phrase of words/office.*.toml.
Response office_problem(const OfficeSite& office, const Context& context, int status, std::string_view phrase_key);

}  // namespace koshi::http
