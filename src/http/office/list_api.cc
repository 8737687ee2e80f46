// Lists of a case as files, for programs.
#include "ask/writer.h"
#include "base/text.h"
#include "http/office/access_pages.h"
#include "http/office/case_place.h"
#include "http/office/failure.h"
#include "http/office/list_table.h"
#include "http/office/office_api.h"
#include "http/problem.h"

namespace koshi::http {
namespace {

void write_problem(ask::JsonWriter& json, const CellProblem& problem) {
  json.comma();
  json.raw("{");
  json.key("path");
  json.text(problem.path);
  json.key("cell");
  json.text(problem.cell);
  json.key("message");
  json.text(problem.message);
  json.raw("}");
}

/// As any refusal of facts, with the cell besides.
Response wrong_cells(const OfficeSite& office, const Context& context, const ListRead& read) {
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("type");
  json.text("about:blank");
  json.key("title");
  json.text(reason_phrase(422));
  json.key("status");
  json.number(422);
  json.key("detail");
  json.text(wrong_text(office.site.api_words, context.language, read));
  json.key("refusal");
  json.name(refusal_name(office::RefusalKind::kBadFacts));
  json.key("problems");
  json.raw("[");
  for (const CellProblem& problem : read.problems) write_problem(json, problem);
  json.raw("]");
  json.key("left_out");
  json.number(static_cast<int64_t>(read.problems_left_out));
  json.raw("}\n");
  Response response = reply(422, kProblemType, std::move(body));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace

Response list_file_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const std::string format = context.query.get("format").value_or("csv");
  if (format != "csv" && format != "xlsx") return problem(400, "\"format\" must be csv or xlsx.");
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  const CasePlace place = place_of(office, seen->item);
  if (place.procedure == nullptr) return office_problem(office, context, 409, "office.failed.old_case");
  const auto shape = list_shape(office, context.language, *place.procedure, all_forms(office, *place.procedure, seen->item),
                                context.path_parameter("list"));
  if (!shape) return office_problem(office, context, 404, "office.list.no_list");
  if (auto failed = note_look(office, context, *seen)) return failure_problem(office, context.language, *failed);
  auto file = list_file(office, *shape, list_sheet(office, context.language, *place.procedure, *shape, seen->item),
                        format == "csv" ? ListFormat::kCsv : ListFormat::kXlsx);
  if (!file) return problem(500, file.error().message);
  Response response = reply(200, file->media_type, std::move(file->bytes));
  const std::string name = seen->item.id + "-" + shape->path + "." + std::string(file->extension);
  response.headers.push_back({"Content-Disposition", "attachment; filename*=UTF-8''" + percent_encode(name)});
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

Response put_list_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const auto version = parse_whole(context.query.get("version").value_or(""));
  if (!version) return problem(400, "\"version\" must be the version of the case.");
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  const auto view = office.house.desk().view(seen->actor, seen->item);
  if (!view) return failure_problem(office, context.language, view.error());
  const CasePlace place = place_of(office, seen->item);
  if (place.procedure == nullptr) return office_problem(office, context, 409, "office.failed.old_case");
  const auto shape = list_shape(office, context.language, *place.procedure, open_forms(*view), context.path_parameter("list"));
  if (!shape) return office_problem(office, context, 404, "office.list.no_list");
  const auto read = read_list(office, context.language, *shape, context.request.body);
  if (!read) return problem(422, read.error());
  if (!read->problems.empty()) return wrong_cells(office, context, *read);
  auto done = office.house.desk().give_facts(request_of(context, seen->actor), seen->item.id, *version, read->json);
  return done_json(office, context, seen->actor, std::move(done), 200);
}

}  // namespace koshi::http
