// For which open cases of an office a norm holds today: who has stayed too long, whose term has run out. The law says it, case by case,
// from what the case knows; nothing of any norm is known here.
#include <algorithm>

#include "ask/ask.h"
#include "ask/writer.h"
#include "base/text.h"
#include "http/office/case_place.h"
#include "http/office/fact_words.h"
#include "http/office/failure.h"
#include "http/office/people_api.h"
#include "http/problem.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

/// What is asked, and of which record of a case.
struct Watch {
  const OfficeSite& office;
  const Context& context;
  zan::NormId norm = zan::kNoId;
  zan::NormId show = zan::kNoId;
  std::vector<std::string> facts = {};                            ///< shown beside, by path from the norm's record
  std::vector<std::pair<std::string, std::string>> assumed = {};  ///< taken for what the case does not say
  std::string purpose = {};
  office::Actor actor;

  const zan::Corpus& corpus() const { return office.law.corpus; }
  zan::EntityId entity() const { return corpus().norms[static_cast<size_t>(norm)].entity; }
};

/// How the norm's record is reached from that of the procedure: "", or "accused."; no value: it is not there.
std::optional<std::string> way_to(const zan::Corpus& corpus, zan::EntityId from, zan::EntityId to) {
  if (from == to) return "";
  for (const zan::Link& link : corpus.entities[static_cast<size_t>(from)].links) {
    if (!link.many && link.target == to) return link.name + ".";
  }
  return std::nullopt;
}

/// The facts of the case below the way, as one JSON object for the law.
std::string facts_json(const office::Case& item, const std::string& way) {
  std::string out = "{";
  for (const office::FactEntry& fact : item.facts) {
    if (!fact.path.starts_with(way)) continue;
    if (out.size() > 1) out += ',';
    append_json_string(out, std::string_view(fact.path).substr(way.size()));
    out += ':';
    out += fact.json;
  }
  return out + "}";
}

std::optional<zan::Answer> ask_of(const Watch& watch, zan::NormId norm, const std::string& facts,
                                  const std::vector<std::pair<std::string, std::string>>& more) {
  ask::RawQuestion raw;
  raw.norm = watch.corpus().full_name(norm);
  raw.facts_json = facts;
  raw.facts = more;
  const Date today = watch.office.house.today();
  const auto question = ask::resolve(watch.office.law.library, raw, today);
  if (!question) return std::nullopt;
  auto answer = zan::ask(watch.office.law.library, question->norm, question->record, today, {});
  return answer ? std::optional(std::move(*answer)) : std::nullopt;
}

struct Row {
  Seen seen;
  CasePlace place;
  std::string way;
  std::string_view verdict;  ///< yes, assumed, open
  zan::Answer answer;
  std::optional<zan::Answer> shown;
};

/// No value: the norm certainly does not hold, or the case has no such record.
std::optional<Row> row_of(const Watch& watch, office::Case item) {
  Row row{Seen{std::move(item), watch.actor}, {}, {}, {}, {}, {}};
  row.place = place_of(watch.office, row.seen.item);
  if (row.place.state == zan::kNoId) return std::nullopt;
  const auto way = way_to(watch.corpus(), row.place.procedure->entity, watch.entity());
  if (!way) return std::nullopt;
  row.way = *way;
  const std::string facts = facts_json(row.seen.item, row.way);
  auto answer = ask_of(watch, watch.norm, facts, {});
  if (!answer) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> assumed;
  row.verdict = "yes";
  if (answer->outcome == zan::Outcome::kUnknown) {
    for (const auto& one : watch.assumed) {
      if (row.seen.item.find_fact(row.way + one.first) == nullptr) assumed.push_back(one);
    }
    row.verdict = assumed.empty() ? "open" : "assumed";
    if (!assumed.empty()) answer = ask_of(watch, watch.norm, facts, assumed);
    if (!answer) return std::nullopt;
    if (answer->outcome == zan::Outcome::kUnknown) row.verdict = "open";
  }
  const bool is_no = answer->outcome == zan::Outcome::kValue && !answer->value.is_yes();
  if (is_no || answer->outcome == zan::Outcome::kGap) return std::nullopt;
  row.answer = std::move(*answer);
  if (watch.show != zan::kNoId) row.shown = ask_of(watch, watch.show, facts, assumed);
  return row;
}

void write_shown(ask::JsonWriter& json, const Watch& watch, const Row& row) {
  if (!row.shown || row.shown->outcome != zan::Outcome::kValue) return;
  const zan::Value& value = row.shown->value;
  json.key("shown");
  json.text(watch.office.site.api_words.value(watch.context.language, value));
  if (value.kind() != zan::Kind::kDate) return;
  json.key("day");
  json.date(value.as_date());
  json.key("days");
  json.number(watch.office.house.today().days - value.as_date().days);
}

void write_row(ask::JsonWriter& json, const Watch& watch, const Row& row) {
  const words::ProcedureWords said(watch.office.site.api_words, watch.context.language, *row.place.procedure);
  const office::Case& item = row.seen.item;
  json.comma();
  json.raw("{");
  json.key("case");
  json.text(item.id);
  json.key("procedure");
  json.text(item.procedure);
  json.key("label");
  json.text(said.label());
  json.key("state_label");
  json.text(said.state(row.place.state));
  json.key("verdict");
  json.name(row.verdict);
  write_shown(json, watch, row);
  json.key("facts");
  json.raw("[");
  for (const FactRow& fact : fact_rows(watch.office, watch.office.site.api_words, watch.context.language, item)) {
    if (!fact.path.starts_with(row.way)) continue;
    const std::string path = fact.path.substr(row.way.size());
    if (std::ranges::find(watch.facts, path) == watch.facts.end()) continue;
    json.comma();
    json.raw("{");
    json.key("path");
    json.text(path);
    json.key("label");
    json.text(fact.label);
    json.key("value");
    json.text(fact.value);
    json.raw("}");
  }
  json.raw("],");
  json.raw("\"needs\":[");
  for (const zan::Need& need : row.answer.needs) {
    json.comma();
    json.text(words::need_question(watch.office.site.api_words, watch.context.language, need));
  }
  json.raw("]}");
}

std::vector<std::string> names_of(const Context& context, std::string_view parameter) {
  std::vector<std::string> names;
  const std::string list = context.query.get(parameter).value_or("");
  for (const std::string_view one : split(list, ',')) {
    if (!one.empty()) names.emplace_back(one);
  }
  return names;
}

/// The visitor's role that asks: an authority's, with what it is bound to.
std::optional<office::Actor> actor_for(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  const std::string wanted = context.query.get("as").value_or("");
  for (office::Actor& actor : actors_of(office, visitor, context.language)) {
    if (!wanted.empty() && actor.role != wanted) continue;
    for (const zan::Procedure& procedure : office.law.corpus.procedures) {
      const int32_t role = procedure.find_role(actor.role);
      if (role != zan::kNoId && procedure.roles[static_cast<size_t>(role)].kind == zan::Role::Kind::kOffice) return std::move(actor);
    }
  }
  return std::nullopt;
}

struct Found {
  std::vector<Row> rows;
  size_t looked = 0;
  bool more = false;
};

std::expected<Found, office::Failure> find_rows(const Watch& watch) {
  Found found;
  office::CaseFilter filter;
  filter.role = watch.actor.role;
  filter.scope = watch.actor.scope;
  filter.limit = office::kPageMax;
  office::Desk& desk = watch.office.house.desk();
  while (found.looked < kWatchCasesMax) {
    auto page = desk.list(filter);
    if (!page) return std::unexpected(page.error());
    for (const office::CaseRow& listed : page->rows) {
      ++found.looked;
      const int32_t procedure = watch.corpus().find_procedure(listed.procedure);
      if (procedure == zan::kNoId) continue;
      const zan::Procedure& told = watch.corpus().procedures[static_cast<size_t>(procedure)];
      if (told.sealed || !way_to(watch.corpus(), told.entity, watch.entity())) continue;
      auto item = desk.show(watch.actor, listed.id);
      if (!item) continue;  // it moved on, out of the role's sight
      auto row = row_of(watch, std::move(*item));
      if (!row) continue;
      if (found.rows.size() == kWatchRowsMax) {
        found.more = true;
        return found;
      }
      found.rows.push_back(std::move(*row));
    }
    if (page->next.empty()) return found;
    filter.after = page->next;
  }
  found.more = true;
  return found;
}

}  // namespace

Response watch_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto actor = actor_for(office, context, visitor);
  if (!actor) return office_problem(office, context, 403, "office.no_role");
  Watch watch{.office = office, .context = context, .actor = std::move(*actor)};
  watch.norm = watch.corpus().find_norm(context.query.get("norm").value_or(""));
  const bool is_yes_no = watch.norm != zan::kNoId && watch.entity() != zan::kNoId &&
                         watch.corpus().norms[static_cast<size_t>(watch.norm)].type.kind == zan::Kind::kYesNo;
  if (!is_yes_no) return problem(422, "\"norm\" must name a yes/no norm of a record.");
  watch.show = watch.corpus().find_norm(context.query.get("show").value_or(""));
  watch.facts = names_of(context, "facts");
  for (const std::string& one : names_of(context, "assume")) {
    const size_t equals = one.find('=');
    if (equals == std::string::npos) return problem(422, "\"assume\" must be FACT=VALUE,…");
    watch.assumed.emplace_back(one.substr(0, equals), one.substr(equals + 1));
  }
  watch.purpose = std::string(trim(context.query.get("purpose").value_or("")));
  if (watch.purpose.empty() || watch.purpose.size() > office::kPurposeMaxBytes) {
    return problem(
        422, office.site.api_words.phrase(context.language, "desk.no_purpose", {{"bytes", std::to_string(office::kPurposeMaxBytes)}}));
  }
  const auto found = find_rows(watch);
  if (!found) return failure_problem(office, context.language, found.error());
  for (const Row& row : found->rows) {
    if (const auto failed = record_look(office, row.seen, watch.purpose)) return failure_problem(office, context.language, *failed);
  }
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("today");
  json.date(office.house.today());
  json.key("label");
  json.text(office.site.api_words.label(context.language, words::norm_key(watch.corpus(), watch.norm)));
  json.key("looked");
  json.number(static_cast<int64_t>(found->looked));
  json.key("more");
  json.yes_no(found->more);
  json.key("rows");
  json.raw("[");
  for (const Row& row : found->rows) write_row(json, watch, row);
  json.raw("]}\n");
  return office_json(context, std::move(body));
}

}  // namespace koshi::http
