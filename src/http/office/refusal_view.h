#pragma once

#include "http/office/visitor.h"
#include "http/page.h"

namespace koshi::http {

/// A refusal for the part `_refusal`: {message, again, problems: [{text, href}], failed: [{label, sentence, found, cites, changes,
/// why}]}.
/// `again` leads to where the case is to be looked at anew, when it has moved on. Each problem leads to the form, document or field
/// (`here`: the action whose page this is) in which it is mended,
/// or to another action of the actor's that asks for it.
View refusal_view(const OfficeSite& office, const Context& context, const Seen& seen, const office::Refusal& refusal,
                  const zan::Action* here);

/// The grounds on which an answer turns (ground_lines.h): [{text, facts, cites}].
std::vector<View> ground_line_views(const OfficeSite& office, const Context& context, const zan::Answer& answer);

/// "/cases/ID" and what is below it.
std::string case_href(const Context& context, std::string_view id, std::string_view below = {}, Query query = {});

}  // namespace koshi::http
