#include "office/case/entry_record.h"

#include "ask/facts.h"
#include "base/text.h"

namespace koshi::office {

bool read_entry(const zan::Corpus& corpus, std::string_view path, std::string_view json, zan::Record& record) {
  // A value may be longer as we spell it than as it was given.
  const ask::JsonLimits limits{2 * kFactBytesMax, ask::kMaxJsonDepth};
  const auto document = ask::read_json("{" + json_string(path) + ":" + std::string(json) + "}", limits);
  if (!document) return false;
  ask::Problems problems;
  ask::FactReader(corpus, problems).read_object(*document, 0, record);
  return problems.empty();
}

zan::Record record_of(const zan::Corpus& corpus, zan::EntityId entity, const FactEntry& entry) {
  zan::Record record = zan::Record::blank(corpus, entity);
  read_entry(corpus, entry.path, entry.json, record);
  return record;
}

}  // namespace koshi::office
