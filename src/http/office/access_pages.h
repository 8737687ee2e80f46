#pragma once

#include "http/office/multipart.h"
#include "http/office/visitor.h"

/// Ways into the office, and of lists into a case. Internal to this folder.
namespace koshi::http {

// page_oidc.cc: for everybody; there is no such page where no provider is set up
/// A page with a button: that somebody is known to the provider opens no session here before he has said that he wants one.
Response oidc_page(const OfficeSite& office, const Context& context);
Response oidc_begin(const OfficeSite& office, const Context& context);
Response oidc_callback(const OfficeSite& office, const Context& context);

// list_api.cc: lists of a case as files, for programs
Response list_file_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response put_list_api(const OfficeSite& office, const Context& context, const Visitor& visitor);

// page_list.cc
Response list_page(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response list_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent);

}  // namespace koshi::http
