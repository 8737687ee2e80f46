#include "zan/reason/record.h"

#include "base/text.h"

namespace koshi::zan {
namespace {

Record* step(const Corpus& corpus, Record& record, std::string_view part) {
  const size_t bracket = part.find('[');
  const int32_t link = corpus.entities[static_cast<size_t>(record.entity)].find_link(part.substr(0, bracket));
  if (link == kNoId) return nullptr;
  const auto index = static_cast<size_t>(link);
  if (bracket == std::string_view::npos) return record.one[index].get();
  const auto member = parse_whole(part.substr(bracket + 1, part.size() - bracket - 2));
  auto& members = record.many[index];
  if (!member || !members || *member < 0 || static_cast<size_t>(*member) >= members->size()) return nullptr;
  return &(*members)[static_cast<size_t>(*member)];
}

}  // namespace

Record Record::blank(const Corpus& corpus, EntityId entity) {
  Record record;
  record.entity = entity;
  if (entity == kNoId) return record;
  const Entity& info = corpus.entities[static_cast<size_t>(entity)];
  record.facts.resize(info.facts.size());
  record.one.resize(info.links.size());
  record.many.resize(info.links.size());
  return record;
}

Record Record::clone() const {
  Record copy;
  copy.entity = entity;
  copy.facts = facts;
  copy.one.reserve(one.size());
  for (const auto& linked : one) copy.one.push_back(linked ? std::make_unique<Record>(linked->clone()) : nullptr);
  copy.many.resize(many.size());
  for (size_t i = 0; i < many.size(); ++i) {
    if (!many[i]) continue;
    auto& members = copy.many[i].emplace();
    members.reserve(many[i]->size());
    for (const Record& member : *many[i]) members.push_back(member.clone());
  }
  return copy;
}

Record* find_record(const Corpus& corpus, Record& root, std::string_view path) {
  Record* record = &root;
  if (path.empty()) return record;
  for (const std::string_view part : split(path, '.')) {
    if (record == nullptr || record->entity == kNoId) return nullptr;
    record = step(corpus, *record, part);
  }
  return record;
}

}  // namespace koshi::zan
