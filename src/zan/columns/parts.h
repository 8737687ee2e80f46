#pragma once

#include "zan/columns/bound.h"
#include "zan/columns/columns.h"

/// What a compiled program consists of. Internal to this folder.
namespace koshi::zan {

struct ColumnProgram::Parts {
  int64_t rows = 0;
  std::vector<ColumnAnswer> answers;
  std::vector<columns::OutputNode> outputs;
  columns::Linear linear;
  std::vector<columns::BoundSource> sources;
  std::vector<std::string> inputs;
  // By Body; null where the processor has it not.
  std::unique_ptr<columns::Bound> bound[3];
  std::unique_ptr<columns::Bound> streaming[3];  ///< that writes past the cache
};

}  // namespace koshi::zan
