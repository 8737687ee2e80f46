#pragma once

#include <string>

#include "zan/syntax/tree.h"

namespace koshi::zan {

/// The one canonical form of a file without errors. parse(print(tree)) is the same tree (places aside), and printing it again gives the
/// same bytes. Comments stay with what they stood above or beside.
std::string print(const FileTree& tree);

/// One expression on one line, with as few brackets as its meaning allows.
std::string print(const Expr& expression);
std::string print(const Citation& citation);

/// Equality of trees, places and comments aside.
bool same(const Expr& a, const Expr& b);
bool same(const FileTree& a, const FileTree& b);

}  // namespace koshi::zan
