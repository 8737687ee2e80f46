#pragma once

#include "http/office/multipart.h"
#include "http/office/visitor.h"

/// Everybody's own account, as pages without scripts: password, second factor, sessions. Internal to this folder.
namespace koshi::http {

// page_account.cc
Response account_page(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response account_password_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);
Response account_sessions_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);

// page_factor.cc
Response factor_begin_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);
Response factor_confirm_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);
Response factor_remove_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);

/// What is wrong, and at which field of the page.
struct AccountFault {
  std::string field = {};   ///< its id
  std::string phrase = {};  ///< key; empty: nothing is wrong
  int status = 200;
  int64_t retry_at_ms = 0;
};
/// The account's page with what is wrong on top. Vain tries are noted.
Response account_refused(const OfficeSite& office, const Context& context, const Visitor& visitor, AccountFault fault);
/// The same for what people refused; `password` and `code` are the fields of the form.
AccountFault account_fault(const OfficeSite& office, const Visitor& visitor, const people::Refused& refused, std::string password,
                           std::string code = {});

}  // namespace koshi::http
