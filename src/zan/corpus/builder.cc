#include "zan/corpus/builder.h"

#include <algorithm>

#include "base/text.h"

namespace koshi::zan {
namespace {

/// "fees.csv" named in "permits/fee.zan" is "permits/fees.csv"; "../tables/x.csv" climbs.
std::string beside(const std::string& file, const std::string& name) {
  const auto folder = std::filesystem::path(file).parent_path();
  return (folder / name).lexically_normal().generic_string();
}

std::optional<Kind> base_kind(const std::string& name) {
  static const std::pair<std::string_view, Kind> kKinds[] = {{"yes/no", Kind::kYesNo}, {"whole", Kind::kWhole}, {"decimal", Kind::kDecimal},
                                                             {"money", Kind::kMoney},  {"date", Kind::kDate},   {"days", Kind::kDays},
                                                             {"text", Kind::kText}};
  for (const auto& [text, kind] : kKinds) {
    if (text == name) return kind;
  }
  return std::nullopt;
}

}  // namespace

void Builder::unknown(std::string_view kind, const Name& name, const std::vector<std::string>& known) {
  std::vector<Note> notes;
  if (const auto near = nearest(name.text, known)) notes.push_back({{}, "nearest known name: `" + *near + "`"});
  error(name.span, "unknown " + std::string(kind) + " `" + name.text + "`", std::move(notes));
}

NodeId Builder::add_const(Value value, Type type, Span span) {
  corpus.constants.push_back(std::move(value));
  Node node;
  node.op = Op::kConst;
  node.type = type;
  node.k = static_cast<int64_t>(corpus.constants.size() - 1);
  node.span = span;
  return add(std::move(node));
}

int32_t Builder::add_address(const Address& address) {
  std::string key = std::to_string(address.up) + ":" + std::to_string(address.entity) + ":" + std::to_string(address.fact);
  for (const int32_t link : address.links) key += "." + std::to_string(link);
  const auto [it, is_new] = address_index.emplace(std::move(key), static_cast<int32_t>(corpus.addresses.size()));
  if (is_new) corpus.addresses.push_back(address);
  return it->second;
}

std::vector<CitationRef> Builder::citations(const std::vector<Citation>& by) {
  std::vector<CitationRef> refs;
  for (const Citation& citation : by) {
    const ActId act = corpus.find_act(citation.act.text);
    if (act == kNoId) {
      unknown("act", citation.act, names_of(corpus.acts));
      continue;
    }
    refs.push_back({act, citation.place, citation.confidence.value_or(Confidence::kUnverified)});
  }
  return refs;
}

std::optional<Type> Builder::type(const TypeRef& ref) {
  Type type;
  type.or_none = ref.or_none;
  if (const auto kind = base_kind(ref.name.text); kind && !ref.is_set) {
    type.kind = *kind;
    return type;
  }
  const auto it = std::ranges::find_if(corpus.enums, [&](const Enum& e) { return e.name == ref.name.text; });
  if (it == corpus.enums.end()) {
    std::vector<std::string> known = names_of(corpus.enums);
    if (!ref.is_set) known.insert(known.end(), {"yes/no", "whole", "decimal", "money", "date", "days", "text"});
    unknown(ref.is_set ? "enum" : "type", ref.name, known);
    return std::nullopt;
  }
  type.kind = ref.is_set ? Kind::kSet : Kind::kEnum;
  type.of = static_cast<int16_t>(it - corpus.enums.begin());
  if (ref.is_set && ref.or_none) {
    error(ref.span, "a set cannot be none", {{{}, "an empty set is written {}"}});
    return std::nullopt;
  }
  return type;
}

std::optional<Builder::CsvSource> Builder::csv(const std::string& name, Span span) {
  const std::string path = beside(corpus.sources.file(span.file).path, name);
  const auto it = tables.find(path);
  if (it == tables.end()) {
    std::vector<std::string> known;
    for (const auto& [known_path, text] : tables) known.push_back(known_path);
    unknown("file", Name{path, span}, known);
    return std::nullopt;
  }
  const int32_t file = corpus.sources.add({path, it->second});
  return CsvSource{file, path, it->second};
}

bool is_new(Builder& builder, std::map<std::string, Span>& seen, const Name& name, std::string_view kind) {
  const auto [it, inserted] = seen.emplace(name.text, name.span);
  if (inserted) return true;
  builder.error(name.span, std::string(kind) + " `" + name.text + "` is declared twice", {{it->second, "first declared here"}});
  return false;
}

void need_label(Builder& builder, const std::string& label, const Name& name) {
  if (trim(label).empty())
    builder.error(name.span, "`" + name.text + "` has no label", {{{}, "write what it means between double quotes"}});
}

Span csv_span(const SourceMap& sources, int32_t file, int line, int column, size_t length) {
  const std::string& text = sources.file(file).text;
  size_t offset = 0;
  for (int i = 1; i < line; ++i) {
    const size_t end = text.find('\n', offset);
    if (end == std::string::npos) break;
    offset = end + 1;
  }
  offset += static_cast<size_t>(std::max(0, column - 1));
  const size_t end = std::min(text.size(), offset + length);
  return {file, static_cast<uint32_t>(std::min(offset, text.size())), static_cast<uint32_t>(end)};
}

}  // namespace koshi::zan
