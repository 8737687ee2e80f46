// A list of a case from a file, or from rows that were copied out of a spreadsheet.
#include "base/text.h"
#include "http/office/access_pages.h"
#include "http/office/failure.h"
#include "http/office/list_table.h"
#include "http/office/office_pages.h"
#include "http/office/page_frame.h"
#include "http/office/refusal_view.h"

namespace koshi::http {
namespace {

struct Opened {
  Seen seen;
  const zan::Procedure* procedure = nullptr;
  ListShape shape;
};

std::expected<Opened, Response> open_list(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language);
  if (!seen) return std::unexpected(failure_page(office, context, &visitor, seen.error()));
  if (auto failed = note_presence(office, *seen, kPagePurpose)) return std::unexpected(failure_page(office, context, &visitor, *failed));
  const CasePlace place = place_of(office, seen->item);
  const auto view = office.house.desk().view(seen->actor, seen->item);
  if (!view) return std::unexpected(failure_page(office, context, &visitor, view.error()));
  auto shape = place.procedure == nullptr
                   ? std::nullopt
                   : list_shape(office, context.language, *place.procedure, open_forms(*view), context.path_parameter("list"));
  if (!shape) return std::unexpected(refused_page(office, context, &visitor, 404, "office.failed.404_title", "office.list.no_list"));
  return Opened{std::move(*seen), place.procedure, std::move(*shape)};
}

struct Outcome {
  std::string error = {};
  ListRead read = {};
  std::string pasted = {};
  int status = 200;
};

std::vector<View> cell_views(const std::vector<CellProblem>& problems) {
  std::vector<View> views;
  for (const CellProblem& problem : problems) {
    View view;
    views.push_back(view.text("cell", problem.cell).text("text", problem.message));
  }
  return views;
}

std::string joined_labels(const ListShape& shape) {
  std::vector<std::string> labels;
  for (const ListColumn& column : shape.columns) labels.push_back(column.label);
  return join(labels, " · ");
}

Response shown(const OfficeSite& office, const Context& context, const Visitor& visitor, const Opened& opened, Outcome outcome) {
  const office::Case& item = opened.seen.item;
  Page page{.name = "office_list",
            .title = phrase(office.site, context, "office.list.title", {{"list", opened.shape.label}}),
            .view = {},
            .status = outcome.status};
  page.view.text("heading", page.title).text("id", item.id).text("back", case_href(context, item.id));
  if (!outcome.error.empty()) page.title = phrase(office.site, context, "page.ask.error_prefix") + page.title;
  View error;
  error.text("href", outcome.read.problems.empty() ? "#file" : "#cells").text("text", outcome.error);
  const std::string file = "/api/v1/cases/" + percent_encode(item.id) + "/lists/" + percent_encode(opened.shape.path) +
                           "?lang=" + std::string(words::code(context.language)) + "&format=";
  const std::string more = outcome.read.problems_left_out == 0
                               ? std::string()
                               : phrase(office.site, context, "office.list.more", {{"n", std::to_string(outcome.read.problems_left_out)}});
  page.view.text("action", href(context, context.request.path))
      .text("columns", joined_labels(opened.shape))
      .text("xlsx", file + "xlsx")
      .text("csv", file + "csv")
      .text("error", outcome.error)
      .list("errors", {error})
      .flag("has_cells", !outcome.read.problems.empty())
      .list("cells", cell_views(outcome.read.problems))
      .text("more", more)
      .text("pasted", std::move(outcome.pasted))
      .list("hidden", hidden_fields(visitor, item.version));
  return office_page(office, context, &visitor, std::move(page));
}

/// What was sent, file or paste; nothing when it is neither or both.
std::optional<std::string_view> sent_bytes(const MultipartForm& sent, const std::string& pasted) {
  const FormFile* file = nullptr;
  for (const FormFile& each : sent.files) {
    if (each.field == "file" && !each.name.empty()) file = &each;
  }
  const bool has_rows = !trim(pasted).empty();
  if ((file != nullptr) == has_rows) return std::nullopt;
  return file != nullptr ? file->bytes : std::string_view(pasted);
}

}  // namespace

Response list_page(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto opened = open_list(office, context, visitor);
  if (!opened) return opened.error();
  return shown(office, context, visitor, *opened, {});
}

Response list_post(const OfficeSite& office, const Context& context, const Visitor& visitor, const MultipartForm& sent) {
  const auto opened = open_list(office, context, visitor);
  if (!opened) return opened.error();
  const std::string pasted = sent.fields.get("rows").value_or("");
  const auto again = [&](std::string error, ListRead read, int status) {
    return shown(office, context, visitor, *opened, {std::move(error), std::move(read), pasted, status});
  };
  const auto bytes = sent_bytes(sent, pasted);
  if (!bytes) return again(phrase(office.site, context, "office.list.nothing"), {}, 422);
  auto read = read_list(office, context.language, opened->shape, *bytes);
  if (!read) return again(read.error(), {}, 422);
  if (!read->problems.empty()) {
    std::string wrong = wrong_text(office.site.words, context.language, *read);
    return again(std::move(wrong), std::move(*read), 422);
  }
  const office::Case& item = opened->seen.item;
  const auto version = parse_whole(sent.fields.get("version").value_or(""));
  const auto done =
      office.house.desk().give_facts({opened->seen.actor, sent.fields.get("key").value_or("")}, item.id, version.value_or(0), read->json);
  if (done) return see_other(case_href(context, item.id));
  const auto* refusal = std::get_if<office::Refusal>(&done.error());
  if (refusal == nullptr) return failure_page(office, context, &visitor, done.error());
  ListRead told;
  for (const office::Refusal::Problem& problem : refusal->problems) told.problems.push_back({"", problem.path, problem.message});
  return again(refusal->message, std::move(told), status_of(done.error()));
}

}  // namespace koshi::http
