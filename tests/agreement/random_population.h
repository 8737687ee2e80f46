#pragma once

#include "dice.h"
#include "zan/columns/table.h"
#include "zan/reason/answer.h"

namespace koshi::agreement {

/// Persons and firms of the random laws (random_law.cc) as tables, with the memory that holds them. Persons of one level work at firms of
/// it, whose staff are persons of the next, so that a record ends somewhere.
struct RandomPopulation {
  zan::Population tables;
  std::vector<std::vector<std::byte>> memory;
  std::vector<std::vector<std::optional<zan::Value>>> persons, firms;  ///< facts by row
  std::vector<int32_t> firm_of;                                        ///< of a person: row or kNoRow
  std::vector<std::optional<std::vector<int32_t>>> staff_of;           ///< of a firm

  /// The record that the row of the person (or firm) stands for.
  zan::Record record(const zan::Corpus& corpus, zan::EntityId entity, int64_t row) const;
};

/// About `given` per cent of the facts and links are given. 92 persons and 20 firms, times `scale`.
RandomPopulation random_population(Dice& dice, const zan::Corpus& corpus, size_t given, size_t scale = 1);

}  // namespace koshi::agreement
