#include "office/case/case.h"

#include <algorithm>

#include "base/check.h"
#include "office/case/event_json.h"

namespace koshi::office {
namespace {

using journal::Json;

Json document_json(const DocumentEntry& document) {
  return journal::object({{"kind", document.kind},
                          {"file", document.file_name},
                          {"type", document.media_type},
                          {"sha256", document.sha256},
                          {"size", document.size_bytes},
                          {"by", document.by},
                          {"on", date_json(document.on)}});
}

Result<DocumentEntry> document_of(const Json& json) {
  DocumentEntry document;
  JsonFields fields(json);
  document.kind = fields.text("kind");
  document.file_name = fields.text("file");
  document.media_type = fields.text("type");
  document.sha256 = fields.text("sha256");
  document.size_bytes = fields.number("size");
  document.by = fields.text("by");
  document.on = fields.date("on");
  return fields.result(std::move(document));
}

Json hold_json(const HoldEntry& hold) {
  return journal::object({{"account", hold.account},
                          {"code", hold.code},
                          {"amount", hold.amount},
                          {"until", maybe_date_json(hold.until)},
                          {"committed", hold.committed}});
}

Result<HoldEntry> hold_of(const Json& json) {
  HoldEntry hold;
  JsonFields fields(json);
  hold.account = fields.text("account");
  hold.code = fields.text("code");
  hold.amount = fields.number("amount");
  hold.until = fields.maybe_date("until");
  hold.committed = fields.flag("committed");
  return fields.result(std::move(hold));
}

Json dated(Json json, Date on) {
  std::get<Json::Object>(json.value).push_back({"on", date_json(on)});
  return json;
}

Result<std::string> text_of(const Json& json) {
  const auto* text = std::get_if<std::string>(&json.value);
  if (text == nullptr) return fail("a text was expected");
  return *text;
}

template <typename Entry>
auto dated_by(Result<Entry> (*read)(const Json&, Date)) {
  return [read](const Json& json) -> Result<Entry> {
    JsonFields fields(json);
    TRY(on, fields.result(fields.date("on")));
    return read(json, on);
  };
}

/// What was paid says when; others stand as they always stood.
Json kept_charge(const ChargeEntry& charge) {
  Json json = dated(charge_json(charge), charge.on);
  if (charge.paid) std::get<Json::Object>(json.value).push_back({"paid", date_json(*charge.paid)});
  return json;
}

Result<ChargeEntry> kept_charge_of(const Json& json) {
  TRY(charge, dated_by(charge_of)(json));
  JsonFields fields(json);
  if (!fields.text_if_there("paid").empty()) charge.paid = fields.date("paid");
  return fields.result(std::move(charge));
}

}  // namespace

std::string_view source_name(Source source) {
  static constexpr std::string_view kNames[] = {"declared", "office", "account", "register", "effect", "case"};
  return kNames[static_cast<size_t>(source)];
}

const FactEntry* Case::find_fact(std::string_view path) const {
  const auto at = std::ranges::lower_bound(facts, path, {}, [](const FactEntry& entry) { return std::string_view(entry.path); });
  return at != facts.end() && at->path == path ? &*at : nullptr;
}

Result<std::string> write_case(const Case& item) {
  Json json =
      journal::object({{"id", item.id},
                       {"procedure", item.procedure},
                       {"opened_by", item.opened_by},
                       {"state", item.state},
                       {"version", item.version},
                       {"opened", date_json(item.opened)},
                       {"entered", date_json(item.entered)},
                       {"filed", maybe_date_json(item.filed)},
                       {"late", maybe_date_json(item.late)},
                       {"facts", array_json(item.facts, fact_json)},
                       {"documents", array_json(item.documents, document_json)},
                       {"holds", array_json(item.holds, hold_json)},
                       {"charges", array_json(item.charges, kept_charge)},
                       {"papers", array_json(item.papers, [](const PaperEntry& paper) { return dated(paper_json(paper), paper.on); })},
                       {"grounds", array_json(item.grounds, ground_json)}});
  // Cases without a number stand as they always stood.
  if (!item.number.empty()) std::get<Json::Object>(json.value).push_back({"number", item.number});
  if (item.is_sealed()) {
    std::get<Json::Object>(json.value).push_back({"stood", array_json(item.stood, [](const std::string& state) -> Json { return state; })});
  }
  return journal::write_canonical_json(json);
}

std::string case_json(const Case& item) {
  auto text = write_case(item);
  CHECK(text.has_value());
  return std::move(*text);
}

Result<Case> parse_case_json(std::string_view text) {
  TRY(json, journal::read_canonical_json(text));
  Case item;
  JsonFields fields(json);
  item.id = fields.text("id");
  item.procedure = fields.text("procedure");
  item.opened_by = fields.text("opened_by");
  item.state = fields.text("state");
  item.version = fields.number("version");
  item.number = fields.text_if_there("number");
  item.opened = fields.date("opened");
  item.entered = fields.date("entered");
  item.filed = fields.maybe_date("filed");
  item.late = fields.maybe_date("late");
  item.facts = fields.list("facts", fact_of);
  item.documents = fields.list("documents", document_of);
  item.holds = fields.list("holds", hold_of);
  item.charges = fields.list("charges", kept_charge_of);
  item.papers = fields.list("papers", dated_by(paper_of));
  item.grounds = fields.list("grounds", ground_of);
  if (item.is_sealed()) item.stood = fields.list("stood", text_of);
  return fields.result(std::move(item));
}

}  // namespace koshi::office
