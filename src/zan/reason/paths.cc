#include "zan/reason/paths.h"

namespace koshi::zan {

Paths::Paths(const Corpus& corpus, const Record& root) : corpus_(corpus) {
  entries_.reserve(16);
  PathEntry entry;
  entry.entity = root.entity;
  entry.record = &root;
  entries_.push_back(entry);
}

PathId Paths::find(PathId parent, int32_t link) const {
  PathId id = (*this)[parent].first_child;
  while (id != kNoId && (*this)[id].link != link) id = (*this)[id].next_sibling;
  return id;
}

PathId Paths::add(PathId parent, int32_t link, int32_t member, EntityId entity, const Record* record) {
  const auto id = static_cast<PathId>(entries_.size());
  PathEntry entry;
  entry.parent = parent;
  entry.link = link;
  entry.member = member;
  entry.entity = entity;
  entry.record = record;
  entries_.push_back(entry);
  return id;
}

PathId Paths::child(PathId parent, int32_t link) {
  if (const PathId known = find(parent, link); known != kNoId) return known;
  const PathEntry& from = (*this)[parent];
  const EntityId target = corpus_.entities[static_cast<size_t>(from.entity)].links[static_cast<size_t>(link)].target;
  const Record* record = from.record == nullptr ? nullptr : from.record->one[static_cast<size_t>(link)].get();
  const PathId id = add(parent, link, kNoId, target, record);
  entries_[static_cast<size_t>(id)].next_sibling = (*this)[parent].first_child;
  entries_[static_cast<size_t>(parent)].first_child = id;
  return id;
}

PathId Paths::members(PathId parent, int32_t link) {
  if (const PathId known = find(parent, link); known != kNoId) return known;
  const PathEntry& from = (*this)[parent];
  const EntityId target = corpus_.entities[static_cast<size_t>(from.entity)].links[static_cast<size_t>(link)].target;
  const std::vector<Record>& list = *from.record->many[static_cast<size_t>(link)];
  const auto first = static_cast<PathId>(entries_.size());
  for (size_t i = 0; i < list.size(); ++i) add(parent, link, static_cast<int32_t>(i), target, &list[i]);
  // Only the first member is chained: the others follow it in the table.
  entries_[static_cast<size_t>(first)].next_sibling = (*this)[parent].first_child;
  entries_[static_cast<size_t>(parent)].first_child = first;
  return first;
}

std::string Paths::text(PathId id) const {
  const PathEntry& entry = (*this)[id];
  if (entry.parent == kNoId) return {};
  std::string text = this->text(entry.parent);
  if (!text.empty()) text += '.';
  const EntityId entity = (*this)[entry.parent].entity;
  text += corpus_.entities[static_cast<size_t>(entity)].links[static_cast<size_t>(entry.link)].name;
  if (entry.member != kNoId) text += "[" + std::to_string(entry.member) + "]";
  return text;
}

std::vector<std::string> Paths::texts() const {
  std::vector<std::string> texts;
  texts.reserve(entries_.size());
  for (size_t i = 0; i < entries_.size(); ++i) texts.push_back(text(static_cast<PathId>(i)));
  return texts;
}

}  // namespace koshi::zan
