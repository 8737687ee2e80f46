#pragma once

#include "http/office/office_api.h"

/// The quota's ledger for programs: for everybody its kinds of accounts and how they were used week by week; for who keeps an account its
/// postings and holds. Internal to this folder.
namespace koshi::http {

Response quota_kinds_api(const OfficeSite& office, const Context& context);
Response quota_weeks_api(const OfficeSite& office, const Context& context);
Response quota_postings_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
Response quota_holds_api(const OfficeSite& office, const Context& context, const Visitor& visitor);
/// Origin and verifying keys, by which anybody checks a checkpoint or a receipt without the office.
Response journal_keys_api(const OfficeSite& office, const Context& context);

const std::vector<NamedSchema>& ledger_schemas();

}  // namespace koshi::http
