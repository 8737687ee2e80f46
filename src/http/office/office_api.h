#pragma once

#include <string>
#include <string_view>

#include "http/office/visitor.h"

/// The handlers of the office's interface for programs, and what they share. Internal to this folder.
namespace koshi::http {

Response office_json(const Context& context, std::string body, int status = 200);

struct SignInRefusal {
  int status;
  std::string_view phrase;
};
/// What to tell of a sign-in that failed. Wrong password and unknown login are one and the same.
SignInRefusal say_refusal(people::Refusal why);
Response sign_in_problem(const OfficeSite& office, const Context& context, const people::Refused& refused);

// session_api.cc
Response sign_in_api(const OfficeSite& office, const Context& context);
Response session_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response sign_out_api(const OfficeSite& office, const Context& context, const Visitor& visitor);

/// In this role, with the key by which the request does its act once.
office::Request request_of(const Context& context, office::Actor actor);
/// What was done, as the actor sees the case now. Koshi-Receipt is the sequence by which the receipt is to be had; Koshi-Repeated says that
/// the same key came before.
Response done_json(const OfficeSite& office, const Context& context, const office::Actor& actor, office::Done done, int status);

/// An authority's look at a case stands in the journal, with its purpose (`?purpose=`); a party looks at its own.
std::optional<office::Failure> note_look(const OfficeSite& office, const Context& context, const Seen& seen);

// lists_api.cc; procedures are public
Response procedures_api(const OfficeSite& office, const Context& context);
Response procedure_api(const OfficeSite& office, const Context& context);
Response cases_api(const OfficeSite& office, const Context& context, const Visitor& visitor);

// cases_api.cc
Response open_case_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response case_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response facts_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response take_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response act_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response timeline_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response receipt_api(const OfficeSite& office, const Context& context, const Visitor& visitor);

// keyed_api.cc; for everybody
Response open_keyed_api(const OfficeSite& office, const Context& context);

// documents_api.cc
Response attach_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response detach_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response document_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response paper_pdf_api(const OfficeSite& office, const Context& context, const Visitor& visitor);

// drafts_api.cc
Response draft_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response save_draft_api(const OfficeSite& office, const Context& context, const Visitor& visitor);

// public_api.cc
Response quota_api(const OfficeSite& office, const Context& context);
Response checkpoint_api(const OfficeSite& office, const Context& context);
Response paper_api(const OfficeSite& office, const Context& context);

// state_api.cc; for everybody
Response ready_api(const OfficeSite& office, const Context& context);
Response consistency_api(const OfficeSite& office, const Context& context);

/// The case as the visitor sees it, as JSON: {"case":{…},"view":{"forms","documents","actions","due"},"role"}.
std::string seen_json(const OfficeSite& office, const Context& context, const Seen& seen, const office::CaseView& view);

}  // namespace koshi::http
