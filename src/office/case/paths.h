#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "zan/reason/answer.h"

/// Facts of a record by their paths. Internal to this folder.
namespace koshi::office {

/// What a record says, as one entry of a case: a fact, or the whole list of a link to many.
struct GivenFact {
  std::string path;
  std::string json;
  /// What it tells, members without their numbers: "category"; of a list "workers[].name", "workers[].person.wage", of an empty one
  /// "workers[]". Sorted, each once.
  std::vector<std::string> patterns;
  size_t members = 0;  ///< of a list
  bool is_list = false;
};

/// Everything that the record says; by path.
std::vector<GivenFact> given_facts(const zan::Corpus& corpus, const zan::Record& record);

/// A list told member by member: "workers[0].attested", "workers[1].attested"; links to many inside members stay whole.
std::vector<GivenFact> facts_of_members(const zan::Corpus& corpus, const zan::Record& record, std::string_view list);

/// A fact, or a link, inside a record.
struct Slot {
  zan::Record* record = nullptr;  ///< null: no such fact, or no such member
  int32_t fact = zan::kNoId;
  int32_t link = zan::kNoId;
  explicit operator bool() const { return record != nullptr; }
  std::optional<zan::Value>& value() const { return record->facts[static_cast<size_t>(fact)]; }
};
/// Makes the records of links to one on the way, but no members of lists.
Slot find_slot(const zan::Corpus& corpus, zan::Record& root, std::string_view path);

/// "workers[].person.name", whether or not the text of the path shows which links lead to many.
std::string pattern_of(const zan::Corpus& corpus, zan::EntityId root, const zan::FactPath& path);
/// The pattern of a path of one fact: "workers[3].name" → "workers[].name".
std::string pattern_of(std::string_view path);

/// One place to which a path leads: a fact of the record or of a member of a list, or the list itself where it is not given.
struct Reached {
  zan::Need place;
  bool known = false;
};
std::vector<Reached> reached_by(const zan::Corpus& corpus, const zan::Record& root, const zan::FactPath& path);

}  // namespace koshi::office
