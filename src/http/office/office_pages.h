#pragma once

#include "http/office/multipart.h"
#include "http/office/visitor.h"

/// The handlers of the office's pages, one file for each part. No page needs a script.
namespace koshi::http {

// page_sign_in.cc
Response sign_in_page(const OfficeSite& office, const Context& context);
Response sign_in_post(const OfficeSite& office, const Context& context);
Response sign_out_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);

// page_key.cc: cases without an account
Response without_account_page(const OfficeSite& office, const Context& context);
Response without_account_post(const OfficeSite& office, const Context& context);
Response key_page(const OfficeSite& office, const Context& context);
Response key_post(const OfficeSite& office, const Context& context);
Response leave_page(const OfficeSite& office, const Context& context);

/// A form of another site may not sign anybody in: who was led here would work in a stranger's name. Browsers that say nothing of where a
/// request comes from are let through.
bool is_foreign(const Request& request);

// page_desk.cc
Response desk_page(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response open_case_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);

// page_case.cc
Response case_page(const OfficeSite& office, const Context& context, const Visitor& visitor);

// page_related.cc
Response related_page(const OfficeSite& office, const Context& context, const Visitor& visitor);

// page_form.cc
Response form_page(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response form_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);

// page_take.cc
Response take_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);

// page_documents.cc
Response documents_page(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response attach_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);
Response detach_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);

// page_action.cc
Response action_page(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response action_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);

// page_public.cc: for everybody
Response quota_page(const OfficeSite& office, const Context& context);
Response journal_page(const OfficeSite& office, const Context& context);

// page_procedure.cc
Response procedures_page(const OfficeSite& office, const Context& context);
Response procedure_page(const OfficeSite& office, const Context& context);
Response diagram_file(const OfficeSite& office, const Context& context);

// page_verify.cc
Response verify_page(const OfficeSite& office, const Context& context);
Response verify_paper_page(const OfficeSite& office, const Context& context);

}  // namespace koshi::http
