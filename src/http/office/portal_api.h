#pragma once

#include "http/office/office_api.h"

/// The handlers that the portal needs besides those of the office: forms, checks and cases in words. Internal to this folder.
namespace koshi::http {

// portal_api.cc; public
Response office_api(const OfficeSite& office, const Context& context);

// portal_fields.cc; public
Response fields_api(const OfficeSite& office, const Context& context);

// portal_sheet.cc
Response sheet_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response try_facts_api(const OfficeSite& office, const Context& context, const Visitor& visitor);

const std::vector<NamedSchema>& portal_schemas();

}  // namespace koshi::http
