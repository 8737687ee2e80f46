#include "office/returns/told.h"

#include <algorithm>

#include "ask/writer.h"
#include "base/csv.h"
#include "words/procedures.h"

namespace koshi::office {
namespace {

using words::Language;
using words::Words;

std::string figure_text(const Words& words, Language language, const zan::Figure& figure, int64_t amount) {
  const bool money = figure.amount != zan::kNoId && words.corpus().norms[static_cast<size_t>(figure.amount)].type.kind == zan::Kind::kMoney;
  return words.value(language, money ? zan::Value::money({amount}) : zan::Value::whole(amount));
}

std::string key_text(const Words& words, Language language, const std::optional<zan::Value>& key) {
  return key ? words.value(language, *key) : words.phrase(language, "desk.return_not_told");
}

void csv_line(std::string& out, std::vector<std::string> fields) {
  for (std::string& field : fields) field = without_formula(field);
  append_csv_record(out, fields, "\r\n");
}

void write_column(ask::JsonWriter& json, const std::string& name, const std::string& label, std::string_view kind) {
  json.comma();
  json.raw("{");
  json.key("name");
  json.text(name);
  json.key("label");
  json.text(label);
  json.key("kind");
  json.name(kind);
  json.raw("}");
}

void write_figures(ask::JsonWriter& json, const std::vector<int64_t>& figures) {
  json.raw("[");
  for (const int64_t figure : figures) {
    json.comma();
    json.number(figure);
  }
  json.raw("]");
}

void write_line(ask::JsonWriter& json, const Words& words, Language language, const ReturnLine& line) {
  json.comma();
  json.raw("{");
  json.key("keys");
  json.raw("[");
  for (const auto& key : line.keys) {
    json.comma();
    if (!key) {
      json.raw("null");
      continue;
    }
    json.raw("{");
    json.key("code");
    json.text(key->kind() == zan::Kind::kText ? key->as_text() : zan::format_value(words.corpus(), *key));
    json.key("label");
    json.text(words.value(language, *key));
    json.raw("}");
  }
  json.raw("]");
  json.key("figures");
  write_figures(json, line.figures);
  json.raw("}");
}

}  // namespace

std::optional<zan::Value> scope_value(const zan::Corpus& corpus, const zan::Return& item, int32_t within, std::string_view code) {
  const zan::ReturnRow& row = item.rows[static_cast<size_t>(within)];
  zan::Type type = corpus.norms[static_cast<size_t>(row.value)].type;
  type.or_none = false;
  auto value = zan::parse_value(corpus, type, code);
  return value ? std::optional(std::move(*value)) : std::nullopt;
}

std::optional<ReturnView> return_view(const zan::Corpus& corpus, const zan::Return& item, const std::vector<Actor>& actors) {
  std::optional<ReturnView> found;
  for (const Actor& actor : actors) {
    for (const zan::ReturnReader& reader : item.readers) {
      if (reader.role != actor.role) continue;
      if (!actor.scope) return ReturnView{};
      if (found || reader.within == zan::kNoId) continue;  // bound, but by what the return does not tell
      std::string_view code = *actor.scope;
      if (code.size() >= 2 && code.front() == '"') code = code.substr(1, code.size() - 2);
      if (auto scope = scope_value(corpus, item, reader.within, code)) found = ReturnView{reader.within, std::move(scope)};
    }
  }
  return found;
}

std::string period_words(const Words& words, Language language, const Period& period) {
  return words.date(language, period.first) + " – " + words.date(language, period.last);
}

ToldReturn tell_return(const Words& words, Language language, const zan::Return& item, const ReturnTable& table) {
  ToldReturn told;
  const std::string key = words::return_key(item);
  told.label = words.label(language, key);
  told.help = item.help.empty() ? "" : words.label(language, key + ".help");
  told.period = period_words(words, language, table.period);
  for (size_t i = 0; i < item.rows.size(); ++i)
    told.headings.push_back(words.label(language, words::return_row_key(item, static_cast<int32_t>(i))));
  for (size_t i = 0; i < item.figures.size(); ++i)
    told.headings.push_back(words.label(language, words::figure_key(item, static_cast<int32_t>(i))));
  for (const ReturnLine& line : table.lines) {
    std::vector<std::string> cells;
    for (const auto& value : line.keys) cells.push_back(key_text(words, language, value));
    for (size_t i = 0; i < line.figures.size(); ++i) cells.push_back(figure_text(words, language, item.figures[i], line.figures[i]));
    told.lines.push_back(std::move(cells));
  }
  for (size_t i = 0; i < item.figures.size(); ++i)
    told.total.push_back(figure_text(words, language, item.figures[i], table.total.figures[i]));
  return told;
}

std::string return_csv(const ToldReturn& told) {
  std::string out = "\xEF\xBB\xBF";
  csv_line(out, told.headings);
  for (const auto& line : told.lines) csv_line(out, line);
  return out;
}

std::string return_json(const Words& words, Language language, const zan::Return& item, const ReturnTable& table) {
  const ToldReturn told = tell_return(words, language, item, table);
  std::string out;
  ask::JsonWriter json(out);
  json.raw("{");
  json.key("name");
  json.text(item.name);
  json.key("label");
  json.text(told.label);
  json.key("help");
  json.text(told.help);
  json.key("by");
  ask::write_citations(json, words.corpus(), item.by);
  json.key("period");
  json.text(format_period(table.period));
  json.key("first");
  json.date(table.period.first);
  json.key("last");
  json.date(table.period.last);
  json.key("columns");
  json.raw("[");
  for (size_t i = 0; i < item.rows.size(); ++i) write_column(json, item.rows[i].name, told.headings[i], "row");
  for (size_t i = 0; i < item.figures.size(); ++i) write_column(json, item.figures[i].name, told.headings[item.rows.size() + i], "figure");
  json.raw("]");
  json.key("lines");
  json.raw("[");
  for (const ReturnLine& line : table.lines) write_line(json, words, language, line);
  json.raw("]");
  json.key("total");
  write_figures(json, table.total.figures);
  json.key("cases");
  json.number(table.cases);
  json.key("unclear");
  json.number(table.unclear);
  json.raw("}\n");
  return out;
}

}  // namespace koshi::office
