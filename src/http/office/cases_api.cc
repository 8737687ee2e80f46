// Cases for programs: open, fill in, act, look.
#include <algorithm>
#include <charconv>

#include "ask/writer.h"
#include "http/office/body.h"
#include "http/office/case_place.h"
#include "http/office/charge_words.h"
#include "http/office/failure.h"
#include "http/office/office_api.h"
#include "http/office/timeline_view.h"
#include "http/problem.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

constexpr std::string_view kPurpose = "work on the case (program)";
constexpr std::string_view kIdempotencyHeader = "Idempotency-Key";

std::string wanted_role(const Context& context) {
  return context.query.get("as").value_or("");
}

}  // namespace

office::Request request_of(const Context& context, office::Actor actor) {
  return {std::move(actor), std::string(context.request.header(kIdempotencyHeader))};
}

Response done_json(const OfficeSite& office, const Context& context, const office::Actor& actor, office::Done done, int status) {
  if (!done) return failure_problem(office, context.language, done.error());
  Seen seen{std::move(done->item), actor};
  auto view = office.house.desk().view(actor, seen.item);
  if (!view) return failure_problem(office, context.language, view.error());
  Response response = office_json(context, seen_json(office, context, seen, *view), status);
  response.headers.push_back({"Koshi-Receipt", std::to_string(done->sequence)});
  if (done->repeated) response.headers.push_back({"Koshi-Repeated", "true"});
  return response;
}

std::optional<office::Failure> note_look(const OfficeSite& office, const Context& context, const Seen& seen) {
  return record_look(office, seen, context.query.get("purpose").value_or(std::string(kPurpose)));
}

Response open_case_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  Body body = Body::read(context.request.body, {"procedure"});
  const std::string name = body.text("procedure");
  if (body.error()) return problem(400, *body.error());
  const int32_t procedure = office.law.corpus.find_procedure(name);
  if (procedure == zan::kNoId) return office_problem(office, context, 404, "office.no_procedure");
  auto actor = party_for(office, visitor, office.law.corpus.procedures[static_cast<size_t>(procedure)], context.language);
  if (!actor) return office_problem(office, context, 403, "office.not_a_party");
  return done_json(office, context, *actor, office.house.desk().open_case(request_of(context, *actor), name), 201);
}

Response case_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, wanted_role(context));
  if (!seen) return failure_problem(office, context.language, seen.error());
  if (auto failed = note_look(office, context, *seen)) return failure_problem(office, context.language, *failed);
  auto view = office.house.desk().view(seen->actor, seen->item);
  if (!view) return failure_problem(office, context.language, view.error());
  return office_json(context, seen_json(office, context, *seen, *view));
}

Response facts_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  Body body = Body::read(context.request.body, {"version", "facts", "remove"});
  const int64_t version = body.whole("version");
  const std::string facts = body.object("facts");
  const std::vector<std::string> remove = body.texts("remove");
  if (body.error()) return problem(400, *body.error());
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, wanted_role(context));
  if (!seen) return failure_problem(office, context.language, seen.error());
  auto done = office.house.desk().give_facts(request_of(context, seen->actor), seen->item.id, version, facts, remove);
  if (!done) done = std::unexpected(note_refused(office, *seen, "facts", std::move(done.error())));
  return done_json(office, context, seen->actor, std::move(done), 200);
}

Response take_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  Body body = Body::read(context.request.body, {"version", "from"});
  const int64_t version = body.whole("version");
  const std::string from = body.text("from");
  if (body.error()) return problem(400, *body.error());
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, wanted_role(context));
  if (!seen) return failure_problem(office, context.language, seen.error());
  auto done = office.house.desk().take_facts(request_of(context, seen->actor), seen->item.id, version, from);
  if (!done) done = std::unexpected(note_refused(office, *seen, "take", std::move(done.error())));
  return done_json(office, context, seen->actor, std::move(done), 200);
}

Response act_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  Body body = Body::read(context.request.body, {"version", "facts"});
  const int64_t version = body.whole("version");
  const std::string facts = body.object("facts");
  if (body.error()) return problem(400, *body.error());
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, wanted_role(context));
  if (!seen) return failure_problem(office, context.language, seen.error());
  const std::string action = context.path_parameter("action");
  auto done = office.house.desk().act(request_of(context, seen->actor), seen->item.id, version, action, facts);
  if (!done) done = std::unexpected(note_refused(office, *seen, action, std::move(done.error())));
  return done_json(office, context, seen->actor, std::move(done), 200);
}

namespace {

/// What the act told the visitor's role; nothing where it told nothing.
void write_notices(ask::JsonWriter& json, const OfficeSite& office, words::Language language, const Seen& seen,
                   const office::TimelineEntry& entry) {
  const std::vector<std::string> notices = notices_to(entry, seen.actor.role);
  const CasePlace place = place_of(office, seen.item);
  if (notices.empty() || place.procedure == nullptr) return;
  const words::ProcedureWords said(office.site.api_words, language, *place.procedure);
  json.key("notices");
  json.raw("[");
  for (const std::string& text : notices) {
    json.comma();
    std::string told = effect_label(said, zan::Effect::Kind::kNotice, "", text);
    for (const office::ChargeEntry& charge : charges_of(seen.item, entry)) {
      told += " " + charge_words(office.site.api_words, language, said, charge).sentence();
    }
    json.text(told);
  }
  json.raw("]");
}

}  // namespace

Response timeline_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, wanted_role(context));
  if (!seen) return failure_problem(office, context.language, seen.error());
  uint64_t after = 0;
  if (const auto text = context.query.get("after")) {
    const auto read = std::from_chars(text->data(), text->data() + text->size(), after);
    if (read.ec != std::errc() || read.ptr != text->data() + text->size()) return problem(400, "\"after\" must be a number.");
  }
  if (auto failed = note_look(office, context, *seen)) return failure_problem(office, context.language, *failed);
  auto timeline = office.house.desk().timeline(seen->actor, seen->item.id, after);
  if (!timeline) return failure_problem(office, context.language, timeline.error());
  std::string body;
  ask::JsonWriter json(body);
  json.raw("[");
  for (const office::TimelineEntry& entry : *timeline) {
    json.comma();
    json.raw("{");
    json.key("sequence");
    json.number(static_cast<int64_t>(entry.sequence));
    json.key("actor");
    json.text(entry.actor);
    json.key("name");
    json.text(entry.name);
    json.key("law_date");
    json.date(entry.law_date);
    json.key("recorded_at_ms");
    json.number(entry.recorded_at_ms);
    json.key("event");
    json.raw(entry.payload);
    write_notices(json, office, context.language, *seen, entry);
    json.raw("}");
  }
  json.raw("]\n");
  return office_json(context, std::move(body));
}

/// Only for who may see the case of the event: the sequence is found in its timeline.
Response receipt_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, wanted_role(context));
  if (!seen) return failure_problem(office, context.language, seen.error());
  const std::string text = context.path_parameter("sequence");
  uint64_t sequence = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), sequence);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || sequence == 0) {
    return office_problem(office, context, 404, "desk.no_such_receipt");
  }
  auto timeline = office.house.desk().timeline(seen->actor, seen->item.id, sequence - 1);
  if (!timeline) return failure_problem(office, context.language, timeline.error());
  if (timeline->empty() || timeline->front().sequence != sequence) return office_problem(office, context, 404, "desk.no_such_receipt");
  auto receipt = office.house.desk().receipt(sequence);
  if (!receipt) return failure_problem(office, context.language, receipt.error());
  Response response = reply(200, "text/plain; charset=utf-8", journal::format_receipt(*receipt));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace koshi::http
