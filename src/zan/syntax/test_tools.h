#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "zan/syntax/parser.h"
#include "zan/syntax/printer.h"

/// What the tests of this folder share.
namespace koshi::zan {

struct Parsed {
  SourceMap sources;
  FileTree tree;
  Diagnostics diagnostics;
  std::string problems() const { return render(sources, diagnostics); }
};

inline Parsed parse_text(std::string text) {
  Parsed out;
  const int32_t file = out.sources.add({.path = "x.zan", .text = std::move(text)});
  out.tree = parse(out.sources, file, out.diagnostics);
  return out;
}

struct ParsedExpression {
  SourceMap sources;
  ExprPtr expr;
  Diagnostics diagnostics;
};

inline ParsedExpression parse_expression_text(std::string text) {
  ParsedExpression out;
  const int32_t file = out.sources.add({.path = "x", .text = std::move(text)});
  out.expr = parse_expression(out.sources, file, out.diagnostics);
  return out;
}

}  // namespace koshi::zan
