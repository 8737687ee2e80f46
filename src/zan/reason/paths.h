#pragma once

#include <string>
#include <vector>

#include "zan/reason/answer.h"

/// The records that one question touches, each with a small number. Internal to this folder.
namespace koshi::zan {

using PathId = int32_t;
inline constexpr PathId kRootPath = 0;

struct PathEntry {
  PathId parent = kNoId;
  int32_t link = kNoId;    ///< of the parent's entity
  int32_t member = kNoId;  ///< index in a link to many, kNoId in a link to one
  EntityId entity = kNoId;
  const Record* record = nullptr;  ///< null: nothing is known of this record
  PathId first_child = kNoId;
  PathId next_sibling = kNoId;
};

/// Grows only; a record has the same number for as long as the table lives. Not thread-safe.
class Paths {
 public:
  Paths(const Corpus& corpus, const Record& root);
  const PathEntry& operator[](PathId id) const { return entries_[static_cast<size_t>(id)]; }
  /// The record behind a link to one.
  PathId child(PathId parent, int32_t link);
  /// The first of the given list's members, which have consecutive numbers. The list must be given and not empty.
  PathId members(PathId parent, int32_t link);
  size_t size() const { return entries_.size(); }
  /// "employer.staff[2]"; "" for the question's own record.
  std::string text(PathId id) const;
  std::vector<std::string> texts() const;

 private:
  PathId find(PathId parent, int32_t link) const;
  PathId add(PathId parent, int32_t link, int32_t member, EntityId entity, const Record* record);

  const Corpus& corpus_;
  std::vector<PathEntry> entries_;
};

}  // namespace koshi::zan
