// Whether the office can work now, and that its journal only grew: for whoever watches it.
#include <charconv>

#include "http/office/failure.h"
#include "http/office/office_api.h"

namespace koshi::http {

Response ready_api(const OfficeSite& office, const Context& context) {
  const auto size = office.house.store().read([&](store::Reader& reader) { return office.house.journal().size(reader); });
  if (!size) return failure_problem(office, context.language, size.error());
  Response response = office_json(context, "{\"status\":\"ok\"}\n");
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

Response consistency_api(const OfficeSite& office, const Context& context) {
  const std::string given = context.query.get("size").value_or("");
  uint64_t size = 0;
  const auto read = std::from_chars(given.data(), given.data() + given.size(), size);
  const bool good = !given.empty() && read.ec == std::errc() && read.ptr == given.data() + given.size();
  if (!good) return office_problem(office, context, 422, "office.no_such_size");
  const auto made = office.house.journal().consistency_since(office.house.store(), size);
  if (!made && made.error().fault == store::Fault::kProgramming) return office_problem(office, context, 422, "office.no_such_size");
  if (!made) return failure_problem(office, context.language, made.error());
  Response response = reply(200, "text/plain; charset=utf-8", journal::format_consistency(*made));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace koshi::http
