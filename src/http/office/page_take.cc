// Facts taken over from an earlier case, by form.
#include "base/text.h"
#include "http/office/failure.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/refusal_view.h"

namespace koshi::http {

Response take_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const auto seen = find_case(office, visitor, context.path_parameter("case"), context.language);
  if (!seen) return failure_page(office, context, &visitor, seen.error());
  const auto version = parse_whole(sent.fields.get("version").value_or(""));
  const auto done = office.house.desk().take_facts({seen->actor, sent.fields.get("key").value_or("")}, seen->item.id, version.value_or(0),
                                                   sent.fields.get("from").value_or(""));
  if (!done) return failure_page(office, context, &visitor, note_refused(office, *seen, "take", done.error()));
  return see_other(case_href(context, seen->item.id));
}

}  // namespace koshi::http
