#include "office/case/event.h"

#include <algorithm>

#include "office/case/event_json.h"
#include "office/case/keep.h"

/// Events into cases. Nothing here knows the law: what an act meant was decided when it was done.
namespace koshi::office {
namespace {

using journal::Json;

Result<void> lay_facts(Case& item, const std::vector<FactWord>& words) {
  for (const FactWord& word : words) {
    if (!word.forgotten) {
      keep_fact(item, word.entry);
    } else if (!forget_fact(item, word.entry.path)) {
      return fail("`" + word.entry.path + "` is forgotten, which was not there");
    }
  }
  return {};
}

/// Who has had something to do in a sealed case may go on seeing it, so it remembers where it has been.
void enter(Case& item, std::string state, Date on) {
  // Whoever acts within a state does not put off its end.
  if (item.state != state) item.entered = on;
  item.state = std::move(state);
  if (!item.is_sealed()) return;
  const auto at = std::ranges::lower_bound(item.stood, item.state);
  if (at == item.stood.end() || *at != item.state) item.stood.insert(at, item.state);
}

Result<void> apply_opened(Case& item, const Json& payload, Date on) {
  if (item.version != 0) return fail("the case is opened a second time");
  JsonFields fields(payload);
  item.procedure = fields.text("procedure");
  std::string state = fields.text("state");
  item.opened_by = fields.text("by");
  fields.text("role");
  const auto facts = fields.list("facts", fact_word_of);
  TRY_DO(fields.result());
  item.opened = on;
  enter(item, std::move(state), on);
  return lay_facts(item, facts);
}

Result<void> apply_facts(Case& item, const Json& payload) {
  JsonFields fields(payload);
  fields.text("role");
  const auto facts = fields.list("facts", fact_word_of);
  TRY_DO(fields.result());
  return lay_facts(item, facts);
}

Result<void> apply_document(Case& item, const Json& payload, Date on) {
  DocumentEntry document;
  JsonFields fields(payload);
  document.by = fields.text("role");
  document.kind = fields.text("kind");
  document.sha256 = fields.text("sha256");
  document.on = on;
  const auto same = std::ranges::find_if(
      item.documents, [&](const DocumentEntry& other) { return other.kind == document.kind && other.sha256 == document.sha256; });
  if (fields.maybe_flag("removed")) {
    TRY_DO(fields.result());
    if (same == item.documents.end()) return fail("a document is taken away that was not there");
    item.documents.erase(same);
    return {};
  }
  document.file_name = fields.text("file");
  document.media_type = fields.text("type");
  document.size_bytes = fields.number("size");
  TRY_DO(fields.result());
  if (same != item.documents.end()) return fail("a document is attached a second time");
  item.documents.push_back(std::move(document));
  return {};
}

void settle_charges(Case& item, Date on) {
  for (ChargeEntry& charge : item.charges) {
    if (!charge.paid) charge.paid = on;
  }
}

Result<void> apply_acted(Case& item, const Json& payload, Date on) {
  JsonFields fields(payload);
  fields.text("action");
  fields.text("role");
  const std::string from = fields.text("from");
  const std::string to = fields.text("to");
  fields.date("law");
  const bool files = fields.flag("files");
  const auto facts = fields.list("facts", fact_word_of);
  const auto postings = fields.list("postings", posting_of);
  auto charges = fields.list("charges", [&](const Json& json) { return charge_of(json, on); });
  auto papers = fields.list("papers", [&](const Json& json) { return paper_of(json, on); });
  auto grounds = fields.list("grounds", ground_of);
  std::string number = fields.text_if_there("number");
  const bool settles = fields.maybe_flag("settles");
  TRY_DO(fields.result());
  if (!number.empty() && !item.number.empty()) return fail("the case is numbered a second time");
  if (!number.empty()) item.number = std::move(number);
  if (from != item.state) return fail("an act in the state `" + from + "`, while the case stands in `" + item.state + "`");
  if (to.empty()) return fail("an act that leads nowhere");
  TRY_DO(lay_facts(item, facts));
  for (const LedgerPosting& posting : postings) TRY_DO(keep_posting(item, posting));
  if (settles) settle_charges(item, on);
  std::ranges::move(charges, std::back_inserter(item.charges));
  std::ranges::move(papers, std::back_inserter(item.papers));
  if (!grounds.empty()) item.grounds = std::move(grounds);
  if (files) item.filed = on;
  enter(item, to, on);
  item.late.reset();
  return {};
}

Result<void> apply_late(Case& item, const Json& payload) {
  JsonFields fields(payload);
  const std::string state = fields.text("state");
  const Date since = fields.date("since");
  TRY_DO(fields.result());
  if (state != item.state) return fail("late in the state `" + state + "`, while the case stands in `" + item.state + "`");
  if (item.late) return fail("the case is late already");
  item.late = since;
  return {};
}

Result<void> apply_viewed(const Json& payload) {
  JsonFields fields(payload);
  fields.text("purpose");
  return fields.result();
}

Result<void> apply_named(Case& item, std::string_view name, const Json& payload, Date on) {
  if (name == "opened") return apply_opened(item, payload, on);
  if (item.version == 0) return fail("the case begins without being opened");
  if (name == "facts") return apply_facts(item, payload);
  if (name == "document") return apply_document(item, payload, on);
  if (name == "acted") return apply_acted(item, payload, on);
  if (name == "late") return apply_late(item, payload);
  if (name == "viewed") return apply_viewed(payload);
  return fail("no event has this name");
}

}  // namespace

Result<void> apply_value(Case& item, std::string_view name, const Json& payload, Date on) {
  TRY_DO(apply_named(item, name, payload, on));
  item.version += 1;
  return {};
}

Result<void> apply(Case& item, const CaseEvent& event, Date on) {
  const auto told = [&](const Error& error) {
    return fail("event " + std::to_string(item.version + 1) + " (`" + event.name + "`) of case `" + item.id + "`: " + error.message);
  };
  const auto payload = journal::read_canonical_json(event.payload);
  if (!payload) return told(payload.error());
  Case after = item;
  if (const auto applied = apply_value(after, event.name, *payload, on); !applied) return told(applied.error());
  item = std::move(after);
  return {};
}

Result<Case> fold(std::string id, std::span<const DatedEvent> events) {
  Case item;
  item.id = std::move(id);
  for (const DatedEvent& dated : events) TRY_DO(apply(item, dated.event, dated.on));
  if (item.version == 0) return fail("case `" + item.id + "` has no events");
  return item;
}

}  // namespace koshi::office
