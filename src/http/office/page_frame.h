#pragma once

#include "http/office/case_place.h"
#include "http/office/visitor.h"
#include "http/page.h"
#include "words/procedures.h"

/// What all pages of the office share.
namespace koshi::http {

/// Why an authority looks at a case on its page, as the journal keeps it.
inline constexpr std::string_view kPagePurpose = "work on the case (page)";

/// The page in the office's frame: who is signed in, and how to sign out. What is for a visitor is private.
Response office_page(const OfficeSite& office, const Context& context, const Visitor* visitor, Page page);

/// On top of the page stands a link that forgets the key and leads to a page that says nothing of the office.
void add_way_out(Page& page);

/// Nothing can be shown: 404 (no such thing, or not for you), 403, 503 and the like, in words.
Response failure_page(const OfficeSite& office, const Context& context, const Visitor* visitor, const office::Failure& failure);
/// The same for a refusal of the page itself: keys of phrases.
Response refused_page(const OfficeSite& office, const Context& context, const Visitor* visitor, int status, std::string_view title_key,
                      std::string_view text_key);

/// {name, value} of the fields that every form of a visitor bears: the CSRF token, the version of the case (where it has one), and a key
/// by which the same form does its act once however often it is sent.
std::vector<View> hidden_fields(const Visitor& visitor, std::optional<int64_t> version);

/// Nobody is signed in: to the sign-in page, and from there back to where it was.
Response sign_in_first(const Context& context);
/// An address within this site to go on to, or the desk.
std::string safe_next(std::string_view next);

/// "Quota of permits: 2026, Almaty, Second": an account of the quota in words, and without the kind before the colon.
std::string account_label(const OfficeSite& office, words::Language language, std::string_view code);
std::string account_keys(const OfficeSite& office, words::Language language, std::string_view code);

/// The label in the reader's language of what an effect of the procedure charged, issued or told; as it was then, where the law has it no
/// longer.
std::string effect_label(const words::ProcedureWords& said, zan::Effect::Kind kind, std::string_view name, const std::string& as_was);

}  // namespace koshi::http
