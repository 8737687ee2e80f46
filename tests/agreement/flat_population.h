#pragma once

#include <map>

#include "zan/columns/table.h"
#include "zan/reason/answer.h"

namespace koshi::agreement {

/// Records of one entity, with all that they are linked to, as tables. Row i of their own table is record i. Facts of text are left out.
struct FlatPopulation {
  zan::Population tables;
  std::vector<std::vector<std::byte>> memory;
  std::map<zan::EntityId, std::vector<const zan::Record*>> rows;  ///< the record of each row; they must outlive this
};

/// Takes the facts of text away, which no column holds.
void forget_texts(const zan::Corpus& corpus, zan::Record& record);

FlatPopulation flatten(const zan::Corpus& corpus, const std::vector<zan::Record>& records);

}  // namespace koshi::agreement
