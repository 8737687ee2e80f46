#pragma once

#include <expected>
#include <string>

#include "office/papers/records.h"

namespace koshi::papers {

struct ValueFault {
  RecordFault fault;
  std::string message;
};

/// The value of a cell in the form that its column wants. The text has been trimmed and is not empty.
std::expected<std::string, ValueFault> read_value(const Cell& cell, const Column& column);

}  // namespace koshi::papers
