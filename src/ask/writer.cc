#include "ask/writer.h"

#include "ask/ask.h"

namespace koshi::ask {
namespace {

using zan::Kind;

void write_set(JsonWriter& json, const zan::Enum& type, const zan::Bits& bits) {
  json.raw("[");
  for (size_t i = 0; i < type.members.size(); ++i) {
    if (!zan::has_bit(bits, static_cast<int64_t>(i))) continue;
    json.comma();
    json.text(type.members[i].code);
  }
  json.raw("]");
}

}  // namespace

std::string_view outcome_name(zan::Outcome outcome) {
  static constexpr std::string_view kNames[] = {"value", "unknown", "conflict", "gap", "fault"};
  return kNames[static_cast<size_t>(outcome)];
}

void write_value(JsonWriter& json, const zan::Corpus& corpus, const zan::Value& value) {
  switch (value.kind()) {
    case Kind::kNone: return json.raw("null");
    case Kind::kYesNo: return json.yes_no(value.is_yes());
    case Kind::kWhole:
    case Kind::kDays: return json.number(value.number());
    case Kind::kDecimal: return json.raw(format_decimal(value.as_decimal()));
    case Kind::kMoney: return json.raw(format_money(value.as_money()));
    case Kind::kDate: return json.date(value.as_date());
    case Kind::kText: return json.text(value.as_text());
    case Kind::kEnum: return json.text(corpus.enums[static_cast<size_t>(value.of())].members[static_cast<size_t>(value.number())].code);
    case Kind::kSet: return write_set(json, corpus.enums[static_cast<size_t>(value.of())], value.bits());
  }
}

void append_value_json(std::string& out, const zan::Corpus& corpus, const zan::Value& value) {
  JsonWriter json(out);
  write_value(json, corpus, value);
}

std::string_view confidence_name(zan::Confidence confidence) {
  static constexpr std::string_view kNames[] = {"read", "reported", "unverified", "sample"};
  return kNames[static_cast<size_t>(confidence)];
}

void write_citations(JsonWriter& json, const zan::Corpus& corpus, const std::vector<zan::CitationRef>& citations) {
  json.raw("[");
  for (const zan::CitationRef& citation : citations) {
    json.comma();
    json.raw("{\"act\":");
    json.name(corpus.acts[static_cast<size_t>(citation.act)].name);
    json.raw(",\"place\":");
    json.text(citation.place);
    json.raw(",\"confidence\":");
    json.name(confidence_name(citation.confidence));
    json.raw("}");
  }
  json.raw("]");
}

void write_range(JsonWriter& json, const zan::DateRange& range) {
  if (range.from > kFirstDate) {
    json.key("from");
    json.date(range.from);
  }
  if (range.until < kLastDate) {
    json.key("until");
    json.date(range.until);
  }
}

void write_type(JsonWriter& json, const zan::Corpus& corpus, zan::Type type) {
  const bool or_none = type.or_none;
  type.or_none = false;
  json.key("type");
  json.name(zan::type_name(corpus, type));
  json.key("or_none");
  json.yes_no(or_none);
}

}  // namespace koshi::ask
