#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ask/ask.h"
#include "ask/json.h"

namespace koshi::ask {

/// Fills one record with given facts and collects every problem with its pointer below "/facts". Lives for one question.
class FactReader {
 public:
  FactReader(const zan::Corpus& corpus, Problems& problems) : corpus_(corpus), problems_(problems) {}

  /// Every member of the JSON object `node`.
  void read_object(const JsonDocument& document, int32_t node, zan::Record& record);
  /// One FACT=VALUE, which replaces what the object said.
  void read_pair(std::string_view path, std::string_view text, zan::Record& record);

 private:
  /// A fact, or a link to many, of a record.
  struct Place {
    zan::Record* record = nullptr;
    int32_t fact = zan::kNoId;
    int32_t link = zan::kNoId;
  };
  struct Step {
    std::string_view key;
    int32_t index;  ///< of an array, where key is empty
  };

  void read_member(const JsonDocument& document, const JsonNode& member, zan::Record& record);
  void read_fact(const JsonNode& node, const Place& place);
  void read_link(const JsonDocument& document, const JsonNode& node, const Place& place);
  void read_linked_json(std::string_view text, const Place& place);
  void read_list(const JsonDocument& document, const JsonNode& node, std::vector<zan::Record>& members, zan::EntityId entity);
  bool repeats_earlier_key(const JsonDocument& document, const JsonNode& object);

  bool locate(std::string_view path, zan::Record& record, Place& place);
  zan::Record* enter(zan::Record& record, int32_t link, std::string_view segment);
  zan::Record* enter_member(zan::Record& record, int32_t link, std::string_view segment, size_t open);
  zan::Record make_record(zan::EntityId entity);
  Result<zan::Value> value(const zan::Type& type, const JsonNode& node) const;
  std::string unknown_name(const zan::Entity& entity, std::string_view name) const;
  const zan::Entity& entity(const zan::Record& record) const { return corpus_.entities[static_cast<size_t>(record.entity)]; }
  void problem(ProblemKind kind, std::string message);

  const zan::Corpus& corpus_;
  Problems& problems_;
  std::vector<Step> steps_;  ///< where in "/facts" we are
  size_t records_ = 1;
};

}  // namespace koshi::ask
