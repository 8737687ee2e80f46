// Documents of a case: one is attached, or taken back.
#include "base/text.h"
#include "http/office/failure.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/refusal_view.h"
#include "http/office/timeline_view.h"
#include "office/papers/content_type.h"

namespace koshi::http {
namespace {

struct Problem {
  std::string text;
  int status = 200;
};

std::vector<View> attached_views(const OfficeSite& office, const Context& context, const Visitor& visitor, const office::Case& item,
                                 const zan::Procedure& procedure) {
  std::vector<View> views;
  for (const office::DocumentEntry& document : item.documents) {
    View view = link_view("/api/v1/cases/" + percent_encode(item.id) + "/documents/" + document.sha256,
                          document.file_name.empty() ? document.sha256 : document.file_name);
    view.text("kind", document.kind)
        .text("document", document_label(office, context.language, procedure, document.kind))
        .text("sha256", document.sha256)
        .list("hidden", hidden_fields(visitor, item.version));
    views.push_back(std::move(view));
  }
  return views;
}

Response shown(const OfficeSite& office, const Context& context, const Visitor& visitor, const Seen& seen, const std::string& chosen,
               const Problem& problem) {
  const CasePlace place = place_of(office, seen.item);
  if (place.procedure == nullptr) return refused_page(office, context, &visitor, 409, "office.failed.title", "office.failed.old_case");
  const auto view = office.house.desk().view(seen.actor, seen.item);
  if (!view) return failure_page(office, context, &visitor, view.error());
  std::vector<View> kinds;
  for (const office::DocumentView& document : view->documents) {
    View kind;
    kind.text("value", document.kind).text("label", document.label).flag("chosen", document.kind == chosen);
    kinds.push_back(std::move(kind));
  }
  Page page{.name = "office_documents", .title = phrase(office.site, context, "office.documents.title"), .view = {}};
  page.status = problem.status;
  page.view.text("heading", page.title);
  if (!problem.text.empty()) page.title = phrase(office.site, context, "page.ask.error_prefix") + page.title;
  View error;
  error.text("href", "#file").text("text", problem.text);
  auto attached = attached_views(office, context, visitor, seen.item, *place.procedure);
  page.view.text("id", seen.item.id)
      .text("back", case_href(context, seen.item.id))
      .flag("may_fill", view->may_fill && !kinds.empty())
      .text("action", case_href(context, seen.item.id, "/documents"))
      .text("remove", case_href(context, seen.item.id, "/documents/remove"))
      .text("error", problem.text)
      .list("errors", {error})
      .list("hidden", hidden_fields(visitor, seen.item.version))
      .list("kinds", std::move(kinds))
      .flag("has_attached", !attached.empty())
      .list("attached", std::move(attached));
  return office_page(office, context, &visitor, std::move(page));
}

Response after(const OfficeSite& office, const Context& context, const Visitor& visitor, const Seen& seen, const std::string& kind,
               const office::Done& done) {
  if (done) return see_other(case_href(context, seen.item.id));
  const auto* refusal = std::get_if<office::Refusal>(&done.error());
  if (refusal == nullptr) return failure_page(office, context, &visitor, done.error());
  std::string text = refusal->message;
  for (const office::Refusal::Problem& problem : refusal->problems) text += " " + problem.message;
  return shown(office, context, visitor, seen, kind, {std::move(text), status_of(done.error())});
}

}  // namespace

Response documents_page(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto seen = find_case(office, visitor, context.path_parameter("case"), context.language);
  if (!seen) return failure_page(office, context, &visitor, seen.error());
  if (auto failed = record_look(office, *seen, kPagePurpose)) return failure_page(office, context, &visitor, *failed);
  return shown(office, context, visitor, *seen, context.query.get("kind").value_or(""), {});
}

Response attach_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const auto seen = find_case(office, visitor, context.path_parameter("case"), context.language);
  if (!seen) return failure_page(office, context, &visitor, seen.error());
  if (auto failed = note_presence(office, *seen, kPagePurpose)) return failure_page(office, context, &visitor, *failed);
  const std::string kind = sent.fields.get("kind").value_or("");
  const bool has_file = sent.files.size() == 1 && sent.files.front().field == "file" && !sent.files.front().name.empty();
  if (!has_file) return shown(office, context, visitor, *seen, kind, {phrase(office.site, context, "office.documents.none"), 422});
  const FormFile& file = sent.files.front();
  const auto upload = papers::inspect_upload(file.bytes, file.name);
  if (!upload) {
    return shown(office, context, visitor, *seen, kind, {phrase(office.site, context, upload_phrase(upload.error().fault)), 422});
  }
  office::DocumentEntry document;
  document.kind = kind;
  document.file_name = file.name;
  document.media_type = std::string(papers::media_type(upload->type));
  document.sha256 = upload->address;
  document.size_bytes = static_cast<int64_t>(file.bytes.size());
  const auto version = parse_whole(sent.fields.get("version").value_or(""));
  const auto done = office.house.desk().attach_document({seen->actor, sent.fields.get("key").value_or("")}, seen->item.id,
                                                        version.value_or(0), std::move(document), file.bytes);
  return after(office, context, visitor, *seen, kind, done);
}

Response detach_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const auto seen = find_case(office, visitor, context.path_parameter("case"), context.language);
  if (!seen) return failure_page(office, context, &visitor, seen.error());
  if (auto failed = note_presence(office, *seen, kPagePurpose)) return failure_page(office, context, &visitor, *failed);
  const std::string kind = sent.fields.get("kind").value_or("");
  const auto version = parse_whole(sent.fields.get("version").value_or(""));
  const auto done = office.house.desk().remove_document({seen->actor, sent.fields.get("key").value_or("")}, seen->item.id,
                                                        version.value_or(0), kind, sent.fields.get("sha256").value_or(""));
  return after(office, context, visitor, *seen, kind, done);
}

}  // namespace koshi::http
