#pragma once

#include "zan/syntax/diagnostic.h"
#include "zan/syntax/tree.h"

namespace koshi::zan {

inline constexpr int kMaxNesting = 200;              ///< of expressions, exceptions and subjects
inline constexpr size_t kMaxSourceBytes = 4u << 20;  ///< of one file
inline constexpr size_t kMaxProblemsPerFile = 100;   ///< then "too many problems" once, and the rest of the file is skipped

/// Reads one file. Always gives a tree: what could not be read is left out and stands in `diagnostics`, with its place, what was
/// expected and the nearest known word. After a problem reading goes on at the next rule or declaration, so that one mistake gives one
/// message. Never throws, never recurses beyond kMaxNesting. O(length).
FileTree parse(const SourceMap& sources, int32_t file, Diagnostics& diagnostics);

/// Reads one expression alone (a fact's value given as text). Null with diagnostics when it is not one.
ExprPtr parse_expression(const SourceMap& sources, int32_t file, Diagnostics& diagnostics);

}  // namespace koshi::zan
