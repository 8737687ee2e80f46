// Documents of a case, for programs: the body is the file.
#include <algorithm>
#include <charconv>

#include "http/office/failure.h"
#include "http/office/office_api.h"
#include "http/office/paper.h"
#include "http/problem.h"
#include "office/papers/content_type.h"

namespace koshi::http {
namespace {

std::optional<int64_t> version_of(const Context& context) {
  const std::string text = context.query.get("version").value_or("");
  int64_t version = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return version;
}

}  // namespace

Response attach_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto version = version_of(context);
  if (!version) return problem(400, "\"version\" must be the version of the case.");
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  auto upload = papers::inspect_upload(context.request.body, context.query.get("name").value_or(""));
  if (!upload) return office_problem(office, context, 422, upload_phrase(upload.error().fault));
  office::DocumentEntry document;
  document.kind = context.query.get("kind").value_or("");
  document.file_name = context.query.get("name").value_or("");
  document.media_type = std::string(papers::media_type(upload->type));
  document.sha256 = upload->address;
  document.size_bytes = static_cast<int64_t>(context.request.body.size());
  auto done = office.house.desk().attach_document(request_of(context, seen->actor), seen->item.id, *version, std::move(document),
                                                  context.request.body);
  return done_json(office, context, seen->actor, std::move(done), 200);
}

Response detach_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto version = version_of(context);
  if (!version) return problem(400, "\"version\" must be the version of the case.");
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  auto done = office.house.desk().remove_document(request_of(context, seen->actor), seen->item.id, *version,
                                                  context.query.get("kind").value_or(""), context.path_parameter("sha256"));
  return done_json(office, context, seen->actor, std::move(done), 200);
}

/// The file as it came. It is handed out to be kept, never to be shown inside the page: what strangers sent stays outside.
Response document_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  const std::string sha256 = context.path_parameter("sha256");
  for (const office::DocumentEntry& document : seen->item.documents) {
    if (document.sha256 != sha256) continue;
    if (auto failed = note_look(office, context, *seen)) return failure_problem(office, context.language, *failed);
    auto bytes = office.house.desk().document_bytes(seen->actor, seen->item.id, sha256);
    if (!bytes) return failure_problem(office, context.language, bytes.error());
    Response response = reply(200, document.media_type, std::move(*bytes));
    response.headers.push_back({"Content-Disposition", "attachment; filename*=UTF-8''" + percent_encode(document.file_name)});
    response.headers.push_back({"Cache-Control", "no-store"});
    return response;
  }
  return office_problem(office, context, 404, "desk.no_such_document");
}

/// "WN8SG3GMSN-2.pdf": two papers of one person do not overwrite each other.
std::string file_name(const office::PaperEntry& paper) {
  std::string name = paper.number + ".pdf";
  std::ranges::replace(name, '/', '-');
  return name;
}

Response paper_pdf_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  const std::string place = context.path_parameter("number");
  for (size_t i = 0; i < seen->item.papers.size(); ++i) {
    if (place != std::to_string(i + 1)) continue;
    if (auto failed = note_look(office, context, *seen)) return failure_problem(office, context.language, *failed);
    auto pdf = render_paper(office, context.language, seen->actor, seen->item, seen->item.papers[i]);
    if (!pdf) return office_problem(office, context, 500, "office.letter.failed");
    Response response = reply(200, "application/pdf", std::move(*pdf));
    response.headers.push_back({"Content-Disposition", "inline; filename=\"" + file_name(seen->item.papers[i]) + "\""});
    response.headers.push_back({"Cache-Control", "no-store"});
    return response;
  }
  return office_problem(office, context, 404, "office.no_paper");
}

}  // namespace koshi::http
