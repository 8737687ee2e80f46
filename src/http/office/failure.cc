#include "http/office/failure.h"

#include "ask/writer.h"
#include "http/office/ground_lines.h"
#include "http/problem.h"

namespace koshi::http {
namespace {

using office::RefusalKind;

struct KindRow {
  RefusalKind kind;
  std::string_view name;
  int status;
};
constexpr KindRow kKinds[] = {
    {RefusalKind::kNoSuchThing, "no_such_thing", 404},
    {RefusalKind::kForbidden, "forbidden", 403},
    {RefusalKind::kWrongState, "wrong_state", 409},
    {RefusalKind::kStale, "stale", 409},
    {RefusalKind::kBadFacts, "bad_facts", 422},
    {RefusalKind::kFactsMissing, "facts_missing", 422},
    {RefusalKind::kDocumentsMissing, "documents_missing", 422},
    {RefusalKind::kNotLawful, "not_lawful", 422},
    {RefusalKind::kNoPlaces, "no_places", 409},
    {RefusalKind::kLawUnclear, "law_unclear", 500},
    {RefusalKind::kTooMuch, "too_much", 413},
};

const KindRow& row_of(RefusalKind kind) {
  for (const KindRow& row : kKinds) {
    if (row.kind == kind) return row;
  }
  return kKinds[0];
}

void write_failed(ask::JsonWriter& json, const OfficeSite& office, words::Language language, const office::Refusal::Failed& failed) {
  const zan::Corpus& corpus = office.law.corpus;
  json.raw("{");
  json.key("label");
  json.text(failed.label);
  json.key("outcome");
  json.name(ask::outcome_name(failed.answer.outcome));
  if (const auto program = office.law.library.on(failed.answer.on, failed.answer.reforms)) {
    json.key("text");
    json.text(words::answer_text(office.site.api_words, language, **program, failed.answer));
  }
  json.key("by");
  json.raw("[");
  for (const zan::RuleId rule : failed.answer.deciding) {
    for (const zan::CitationRef& citation : corpus.rules[static_cast<size_t>(rule)].by) {
      json.comma();
      json.text(office.site.api_words.cite(language, citation));
    }
  }
  json.raw("]");
  json.key("changes");
  json.raw("[");
  for (const zan::FactChange& change : failed.changes) {
    json.comma();
    json.text(words::change_sentence(office.site.api_words, language, change));
  }
  json.raw("]");
  json.key("grounds");
  json.raw("[");
  for (const GroundLine& line : ground_lines(office.site.api_words, language, failed.answer)) {
    json.comma();
    json.text(ground_sentence(office.site.api_words, language, line));
  }
  json.raw("]}");
}

void write_refusal(ask::JsonWriter& json, const OfficeSite& office, words::Language language, const office::Refusal& refusal) {
  json.key("refusal");
  json.name(refusal_name(refusal.kind));
  if (refusal.version > 0) {
    json.key("version");
    json.number(refusal.version);
  }
  json.key("problems");
  json.raw("[");
  for (const office::Refusal::Problem& problem : refusal.problems) {
    json.comma();
    json.raw("{");
    json.key("path");
    json.text(problem.path);
    json.key("message");
    json.text(problem.message);
    json.raw("}");
  }
  json.raw("]");
  json.key("failed");
  json.raw("[");
  for (const office::Refusal::Failed& failed : refusal.failed) {
    json.comma();
    write_failed(json, office, language, failed);
  }
  json.raw("]");
}

}  // namespace

std::string_view refusal_name(RefusalKind kind) {
  return row_of(kind).name;
}

int status_of(const office::Failure& failure) {
  const auto* refusal = std::get_if<office::Refusal>(&failure);
  return refusal == nullptr ? 503 : row_of(refusal->kind).status;
}

Response failure_problem(const OfficeSite& office, words::Language language, const office::Failure& failure) {
  const auto* refusal = std::get_if<office::Refusal>(&failure);
  if (refusal == nullptr) {
    Response busy = problem(503, office.site.api_words.phrase(language, "office.unavailable"));
    busy.headers.push_back({"Retry-After", "2"});
    return busy;
  }
  const int status = status_of(failure);
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("type");
  json.text("about:blank");
  json.key("title");
  json.text(reason_phrase(status));
  json.key("status");
  json.number(status);
  json.key("detail");
  json.text(refusal->message);
  write_refusal(json, office, language, *refusal);
  json.raw("}\n");
  Response response = reply(status, kProblemType, std::move(body));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

std::string_view upload_phrase(papers::UploadFault fault) {
  switch (fault) {
    case papers::UploadFault::kEmpty: return "office.documents.empty";
    case papers::UploadFault::kTooLarge: return "office.documents.too_large";
    case papers::UploadFault::kUnknownType: return "office.documents.unknown_type";
    case papers::UploadFault::kActiveContent: return "office.documents.active";
    case papers::UploadFault::kLocked: return "office.documents.locked";
    case papers::UploadFault::kOtherEnding: return "office.documents.other_ending";
    case papers::UploadFault::kDamaged: break;
  }
  return "office.documents.damaged";
}

Response office_problem(const OfficeSite& office, const Context& context, int status, std::string_view phrase_key) {
  return problem(status, office.site.api_words.phrase(context.language, phrase_key));
}

}  // namespace koshi::http
