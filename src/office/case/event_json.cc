#include "office/case/event_json.h"

#include <algorithm>
#include <array>

#include "ask/ask.h"
#include "ask/json.h"

namespace koshi::office {
namespace {

using journal::Json;

constexpr std::array<std::string_view, 6> kPostingNames = {"hold", "commit", "release", "allot", "withdraw", "move"};

std::optional<Source> source_of(std::string_view name) {
  for (const Source source : {Source::kDeclared, Source::kOffice, Source::kAccount, Source::kRegister, Source::kEffect, Source::kCase}) {
    if (source_name(source) == name) return source;
  }
  return std::nullopt;
}

bool is_json(std::string_view text) {
  return ask::read_json(text, {kFactBytesMax, ask::kMaxJsonDepth}).has_value();
}

}  // namespace

JsonFields::JsonFields(const Json& json) : object_(std::get_if<Json::Object>(&json.value)) {
  if (object_ == nullptr) fault("an object was expected");
}

const Json* JsonFields::find(std::string_view name) {
  if (fault_) return nullptr;
  const auto at = std::ranges::find(*object_, name, &journal::JsonMember::name);
  if (at != object_->end()) return &at->value;
  fault("\"" + std::string(name) + "\" is missing");
  return nullptr;
}

const Json::Array* JsonFields::find_array(std::string_view name) {
  const Json* found = find(name);
  if (found == nullptr) return nullptr;
  const auto* array = std::get_if<Json::Array>(&found->value);
  if (array == nullptr) fault("\"" + std::string(name) + "\" is no array");
  return array;
}

std::string JsonFields::text(std::string_view name) {
  const Json* found = find(name);
  if (found == nullptr) return {};
  if (const auto* text = std::get_if<std::string>(&found->value)) return *text;
  fault("\"" + std::string(name) + "\" is no text");
  return {};
}

std::optional<std::string> JsonFields::maybe_text(std::string_view name) {
  const Json* found = find(name);
  if (found == nullptr || std::holds_alternative<std::nullptr_t>(found->value)) return std::nullopt;
  return text(name);
}

int64_t JsonFields::number(std::string_view name) {
  const Json* found = find(name);
  if (found == nullptr) return 0;
  if (const auto* number = std::get_if<int64_t>(&found->value)) return *number;
  fault("\"" + std::string(name) + "\" is no whole number");
  return 0;
}

bool JsonFields::flag(std::string_view name) {
  const Json* found = find(name);
  if (found == nullptr) return false;
  if (const bool* flag = std::get_if<bool>(&found->value)) return *flag;
  fault("\"" + std::string(name) + "\" is neither true nor false");
  return false;
}

std::string JsonFields::text_if_there(std::string_view name) {
  if (fault_ || std::ranges::count(*object_, name, &journal::JsonMember::name) == 0) return {};
  return text(name);
}

bool JsonFields::maybe_flag(std::string_view name) {
  if (fault_ || std::ranges::count(*object_, name, &journal::JsonMember::name) == 0) return false;
  return flag(name);
}

Date JsonFields::date(std::string_view name) {
  const std::string written = text(name);
  const auto date = parse_date(written);
  if (!date) fault("\"" + std::string(name) + "\" is no day");
  return date.value_or(Date{});
}

std::optional<Date> JsonFields::maybe_date(std::string_view name) {
  if (!maybe_text(name)) return std::nullopt;
  return date(name);
}

Json date_json(Date date) {
  return format_date(date);
}

Json maybe_date_json(const std::optional<Date>& date) {
  return date ? date_json(*date) : Json();
}

Json fact_word_json(const FactWord& word) {
  const FactEntry& entry = word.entry;
  return journal::object({{"path", entry.path},
                          {"json", word.forgotten ? Json() : Json(entry.json)},
                          {"source", source_name(entry.source)},
                          {"by", entry.by},
                          {"on", date_json(entry.on)}});
}

Result<FactWord> fact_word_of(const Json& json) {
  FactWord word;
  JsonFields fields(json);
  word.entry.path = fields.text("path");
  const auto value = fields.maybe_text("json");
  word.forgotten = !value;
  word.entry.json = value.value_or("");
  const auto source = source_of(fields.text("source"));
  word.entry.by = fields.text("by");
  word.entry.on = fields.date("on");
  TRY_DO(fields.result());
  if (word.entry.path.empty()) return fail("a fact without a path");
  if (!source) return fail("`" + word.entry.path + "` has a source that is none");
  if (value && !is_json(*value)) return fail("the value of `" + word.entry.path + "` is no JSON");
  word.entry.source = *source;
  return word;
}

Json fact_json(const FactEntry& entry) {
  return fact_word_json({entry, false});
}

Result<FactEntry> fact_of(const Json& json) {
  TRY(word, fact_word_of(json));
  if (word.forgotten) return fail("`" + word.entry.path + "` has no value");
  return std::move(word.entry);
}

Json posting_json(const LedgerPosting& posting) {
  using Kind = LedgerPosting::Kind;
  Json::Object json{{"kind", kPostingNames[static_cast<size_t>(posting.kind)]}};
  const bool names_code = posting.kind != Kind::kCommit && posting.kind != Kind::kRelease;
  if (!names_code || posting.kind == Kind::kHold) json.push_back({"account", posting.account});
  if (names_code) {
    json.push_back({"code", posting.code});
    json.push_back({"amount", posting.amount});
  }
  if (posting.kind == Kind::kHold) json.push_back({"until", maybe_date_json(posting.until)});
  if (posting.kind == Kind::kMove) json.push_back({"to_code", posting.to_code});
  return json;
}

Result<LedgerPosting> posting_of(const Json& json) {
  using Kind = LedgerPosting::Kind;
  LedgerPosting posting;
  JsonFields fields(json);
  const auto name = std::ranges::find(kPostingNames, fields.text("kind"));
  TRY_DO(fields.result());
  if (name == kPostingNames.end()) return fail("a posting of a kind that is none");
  posting.kind = static_cast<Kind>(name - kPostingNames.begin());
  const bool names_code = posting.kind != Kind::kCommit && posting.kind != Kind::kRelease;
  if (!names_code || posting.kind == Kind::kHold) posting.account = fields.text("account");
  if (names_code) {
    posting.code = fields.text("code");
    posting.amount = fields.number("amount");
    if (posting.amount <= 0) fields.fault("a posting of nothing");
  }
  if (posting.kind == Kind::kHold) posting.until = fields.maybe_date("until");
  if (posting.kind == Kind::kMove) posting.to_code = fields.text("to_code");
  return fields.result(std::move(posting));
}

Json charge_json(const ChargeEntry& charge) {
  Json json = journal::object({{"label", charge.label}, {"tiyn", charge.amount.tiyn}});
  // Charges of which the procedure does not say who is paid stand as they always stood.
  if (!charge.to.empty()) std::get<Json::Object>(json.value).push_back({"to", charge.to});
  return json;
}

Result<ChargeEntry> charge_of(const Json& json, Date on) {
  JsonFields fields(json);
  ChargeEntry charge{fields.text("label"), Money{fields.number("tiyn")}, on, fields.text_if_there("to")};
  return fields.result(std::move(charge));
}

Json paper_json(const PaperEntry& paper) {
  return journal::object({{"name", paper.name}, {"label", paper.label}, {"number", paper.number}});
}

Result<PaperEntry> paper_of(const Json& json, Date on) {
  JsonFields fields(json);
  PaperEntry paper{fields.text("name"), fields.text("label"), fields.text("number"), on};
  return fields.result(std::move(paper));
}

Json ground_json(const GroundEntry& ground) {
  return journal::object({{"member", ground.member}, {"norm", ground.norm}});
}

Result<GroundEntry> ground_of(const Json& json) {
  JsonFields fields(json);
  GroundEntry ground{fields.text("member"), fields.text("norm")};
  return fields.result(std::move(ground));
}

}  // namespace koshi::office
