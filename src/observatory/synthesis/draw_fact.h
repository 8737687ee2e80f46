#pragma once

#include <span>

#include "observatory/synthesis/dice.h"
#include "observatory/synthesis/model.h"
#include "observatory/tables/column_buffer.h"

/// One fact for all rows of a table. Internal to this folder.
namespace koshi::observatory {

struct FactPlace {
  const zan::Corpus& corpus;
  const Model& model;
  const zan::Table& table;          ///< with the columns drawn so far
  std::span<const uint32_t> cells;  ///< of each row; empty: the choices are for all
  Dice dice;
};

/// Errors: no such fact, a value that it cannot have, a cell for which there is no choice.
Result<LoadedColumn> draw_fact(const FactPlace& place, const FactRule& rule);

}  // namespace koshi::observatory
