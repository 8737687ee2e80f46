#include "office/case/paths.h"

#include <algorithm>

#include "ask/ask.h"
#include "ask/writer.h"
#include "base/text.h"

namespace koshi::office {
namespace {

using zan::Corpus;
using zan::kNoId;
using zan::Record;

const zan::Entity& entity_of(const Corpus& corpus, zan::EntityId entity) {
  return corpus.entities[static_cast<size_t>(entity)];
}

std::string_view bare(std::string_view segment) {
  return segment.substr(0, segment.find('['));
}

// Records nest as deeply as they were given; the reader of facts bounds that (ask::kMaxJsonDepth).

void write_record(ask::JsonWriter& json, const Corpus& corpus, const Record& record) {
  const zan::Entity& entity = entity_of(corpus, record.entity);
  json.raw("{");
  for (size_t i = 0; i < entity.facts.size(); ++i) {
    if (!record.facts[i]) continue;
    json.key(entity.facts[i].name);
    ask::write_value(json, corpus, *record.facts[i]);
  }
  for (size_t i = 0; i < entity.links.size(); ++i) {
    if (record.one[i]) {
      json.key(entity.links[i].name);
      write_record(json, corpus, *record.one[i]);
    }
    if (!record.many[i]) continue;
    json.key(entity.links[i].name);
    json.raw("[");
    for (const Record& member : *record.many[i]) {
      json.comma();
      write_record(json, corpus, member);
    }
    json.raw("]");
  }
  json.raw("}");
}

void collect_patterns(const Corpus& corpus, const Record& record, const std::string& prefix, std::vector<std::string>& patterns);

void patterns_of_members(const Corpus& corpus, const std::vector<Record>& members, const std::string& list,
                         std::vector<std::string>& patterns) {
  if (members.empty()) patterns.push_back(list + "[]");
  for (const Record& member : members) collect_patterns(corpus, member, list + "[].", patterns);
}

void collect_patterns(const Corpus& corpus, const Record& record, const std::string& prefix, std::vector<std::string>& patterns) {
  const zan::Entity& entity = entity_of(corpus, record.entity);
  for (size_t i = 0; i < entity.facts.size(); ++i) {
    if (record.facts[i]) patterns.push_back(prefix + entity.facts[i].name);
  }
  for (size_t i = 0; i < entity.links.size(); ++i) {
    const std::string link = prefix + entity.links[i].name;
    if (record.one[i]) collect_patterns(corpus, *record.one[i], link + ".", patterns);
    if (record.many[i]) patterns_of_members(corpus, *record.many[i], link, patterns);
  }
  // A long list says the same of each member.
  std::ranges::sort(patterns);
  const auto [first, last] = std::ranges::unique(patterns);
  patterns.erase(first, last);
}

GivenFact given_list(const Corpus& corpus, const std::vector<Record>& members, const std::string& path) {
  GivenFact given;
  given.path = path;
  given.is_list = true;
  given.members = members.size();
  ask::JsonWriter json(given.json);
  json.raw("[");
  for (const Record& member : members) {
    json.comma();
    write_record(json, corpus, member);
  }
  json.raw("]");
  patterns_of_members(corpus, members, pattern_of(path), given.patterns);
  return given;
}

void collect_given(const Corpus& corpus, const Record& record, const std::string& prefix, std::vector<GivenFact>& found) {
  const zan::Entity& entity = entity_of(corpus, record.entity);
  for (size_t i = 0; i < entity.facts.size(); ++i) {
    if (!record.facts[i]) continue;
    GivenFact given;
    given.path = prefix + entity.facts[i].name;
    given.patterns = {pattern_of(given.path)};
    ask::append_value_json(given.json, corpus, *record.facts[i]);
    found.push_back(std::move(given));
  }
  for (size_t i = 0; i < entity.links.size(); ++i) {
    const std::string link = prefix + entity.links[i].name;
    if (record.one[i]) collect_given(corpus, *record.one[i], link + ".", found);
    if (record.many[i]) found.push_back(given_list(corpus, *record.many[i], link));
  }
}

class Walk {
 public:
  Walk(const Corpus& corpus, std::vector<std::string_view> segments, std::vector<Reached>& found)
      : corpus_(corpus), segments_(std::move(segments)), found_(found) {}

  /// A record of which nothing is known is null.
  void from(zan::EntityId id, const Record* record, size_t at, const std::string& prefix) {
    const zan::Entity& entity = entity_of(corpus_, id);
    const std::string_view name = bare(segments_[at]);
    if (at + 1 == segments_.size()) {
      const int32_t fact = entity.find_fact(name);
      if (fact == kNoId) return;
      found_.push_back({{prefix + std::string(name), id, fact, kNoId}, record != nullptr && record->facts[static_cast<size_t>(fact)]});
      return;
    }
    const int32_t link = entity.find_link(name);
    if (link == kNoId) return;
    const auto index = static_cast<size_t>(link);
    const std::string path = prefix + std::string(name);
    const zan::EntityId target = entity.links[index].target;
    if (!entity.links[index].many) return from(target, record != nullptr ? record->one[index].get() : nullptr, at + 1, path + ".");
    if (record == nullptr || !record->many[index]) {
      found_.push_back({{path, id, kNoId, link}, false});
      return;
    }
    const std::vector<Record>& members = *record->many[index];
    for (size_t i = 0; i < members.size(); ++i) from(target, &members[i], at + 1, path + "[" + std::to_string(i) + "].");
  }

 private:
  const Corpus& corpus_;
  std::vector<std::string_view> segments_;
  std::vector<Reached>& found_;
};

}  // namespace

std::vector<GivenFact> given_facts(const Corpus& corpus, const Record& record) {
  std::vector<GivenFact> found;
  collect_given(corpus, record, "", found);
  std::ranges::sort(found, {}, &GivenFact::path);
  return found;
}

std::vector<GivenFact> facts_of_members(const Corpus& corpus, const Record& record, std::string_view list) {
  std::vector<GivenFact> found;
  Record root = record.clone();
  const Slot slot = find_slot(corpus, root, list);
  if (!slot || slot.link == kNoId || !slot.record->many[static_cast<size_t>(slot.link)]) return found;
  const auto& members = *slot.record->many[static_cast<size_t>(slot.link)];
  for (size_t i = 0; i < members.size(); ++i) {
    collect_given(corpus, members[i], std::string(list) + "[" + std::to_string(i) + "].", found);
  }
  std::ranges::sort(found, {}, &GivenFact::path);
  return found;
}

Slot find_slot(const Corpus& corpus, Record& root, std::string_view path) {
  Record* record = &root;
  const std::vector<std::string_view> segments = split(path, '.');
  for (size_t i = 0; i < segments.size(); ++i) {
    const zan::Entity& entity = entity_of(corpus, record->entity);
    const std::string_view name = bare(segments[i]);
    const int32_t link = entity.find_link(name);
    if (i + 1 == segments.size() && name == segments[i]) {
      const int32_t fact = entity.find_fact(name);
      return fact == kNoId && link == kNoId ? Slot{} : Slot{record, fact, link};
    }
    if (link == kNoId) return {};
    const auto index = static_cast<size_t>(link);
    if (!entity.links[index].many) {
      if (!record->one[index]) record->one[index] = std::make_unique<Record>(Record::blank(corpus, entity.links[index].target));
      record = record->one[index].get();
      continue;
    }
    const std::string_view number = segments[i].substr(name.size());
    const auto member = number.size() > 2 ? parse_whole(number.substr(1, number.size() - 2)) : std::nullopt;
    auto& members = record->many[index];
    if (!member || *member < 0 || !members || static_cast<size_t>(*member) >= members->size()) return {};
    record = &(*members)[static_cast<size_t>(*member)];
  }
  return {};
}

std::string pattern_of(const Corpus& corpus, zan::EntityId root, const zan::FactPath& path) {
  std::string pattern;
  zan::EntityId at = root;
  for (const std::string_view segment : split(path.text, '.')) {
    if (!pattern.empty()) pattern += '.';
    const std::string_view name = bare(segment);
    pattern += name;
    const zan::Entity& entity = entity_of(corpus, at);
    const int32_t link = entity.find_link(name);
    if (link == kNoId) return pattern;
    if (entity.links[static_cast<size_t>(link)].many) pattern += "[]";
    at = entity.links[static_cast<size_t>(link)].target;
  }
  return pattern;
}

std::string pattern_of(std::string_view path) {
  std::string pattern;
  bool in_number = false;
  for (const char c : path) {
    if (c == ']') in_number = false;
    if (!in_number) pattern += c;
    if (c == '[') in_number = true;
  }
  return pattern;
}

std::vector<Reached> reached_by(const Corpus& corpus, const Record& root, const zan::FactPath& path) {
  std::vector<Reached> found;
  Walk(corpus, split(path.text, '.'), found).from(root.entity, &root, 0, "");
  return found;
}

}  // namespace koshi::office
