#include "http/office/form_body.h"

#include "base/text.h"

namespace koshi::http {

Result<Query> read_form(std::string_view body) {
  if (body.size() > kMaxFormBytes) return fail("The form is too long.");
  Query fields;
  if (body.empty()) return fields;
  for (const std::string_view item : split(body, '&')) {
    if (item.empty()) continue;
    if (fields.items().size() == kMaxFormItems) return fail("The form has too many fields.");
    const size_t equals = item.find('=');
    auto name = percent_decode(item.substr(0, equals), Plus::kSpace);
    auto value = percent_decode(equals == std::string_view::npos ? std::string_view() : item.substr(equals + 1), Plus::kSpace);
    if (!name || !value) return fail("A field of the form is not written as text.");
    fields.add(std::move(*name), std::move(*value));
  }
  return fields;
}

}  // namespace koshi::http
