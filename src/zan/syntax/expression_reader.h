#pragma once

#include <optional>
#include <string_view>

#include "zan/syntax/reader.h"

namespace koshi::zan {

/// Reads expressions by descent, one function for each level of the grammar in read_expression.cc (operators) and
/// read_value.cc (what they join). Null: reported.
class ExpressionReader {
 public:
  explicit ExpressionReader(Reader& reader) : r_(reader) {}

  ExprPtr expression();
  ExprPtr literal();

 private:
  using Level = ExprPtr (ExpressionReader::*)();
  using Operator = std::optional<BinaryOp> (ExpressionReader::*)();

  ExprPtr conditional();
  ExprPtr disjunction() { return chain(&ExpressionReader::conjunction, &ExpressionReader::accept_or); }
  ExprPtr conjunction() { return chain(&ExpressionReader::negation, &ExpressionReader::accept_and); }
  ExprPtr negation();
  ExprPtr comparison();
  ExprPtr membership(ExprPtr left, bool negated, uint32_t begin);
  ExprPtr absence(ExprPtr left, uint32_t begin);
  ExprPtr or_else() { return chain(&ExpressionReader::sum, &ExpressionReader::accept_or_else); }
  ExprPtr sum() { return chain(&ExpressionReader::product, &ExpressionReader::accept_sign); }
  ExprPtr product();
  ExprPtr rounded(ExprPtr left, uint32_t begin);
  ExprPtr unary();
  ExprPtr postfix();
  ExprPtr primary();
  ExprPtr word();
  ExprPtr number();
  ExprPtr bracketed();
  ExprPtr set();
  ExprPtr known();
  ExprPtr path();
  ExprPtr call();
  ExprPtr aggregate(Aggregate kind);
  ExprPtr leaf(ExprKind kind);
  ExprPtr negative_literal();

  ExprPtr chain(Level next, Operator accept);
  std::optional<BinaryOp> accept_or();
  std::optional<BinaryOp> accept_and();
  std::optional<BinaryOp> accept_or_else();
  std::optional<BinaryOp> accept_sign();
  bool at_comparison() const;
  bool at_unit() const;
  std::optional<Aggregate> at_aggregate() const;
  Name read_unit();

  ExprPtr make(ExprKind kind) const;
  ExprPtr finish(ExprPtr expr, uint32_t begin);
  ExprPtr binary(BinaryOp op, ExprPtr left, ExprPtr right, uint32_t begin);
  ExprPtr quantity(ExprPtr amount, uint32_t begin);

  Reader& r_;
  int depth_ = 0;
};

/// One level deeper while alive: brackets, `not` and `-` recurse before there is a tree whose height could be measured.
class Deeper {
 public:
  Deeper(Reader& reader, int& depth) : depth_(depth), good_(reader.check_depth(++depth)) {}
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  explicit operator bool() const { return good_; }

 private:
  int& depth_;
  bool good_;
};

}  // namespace koshi::zan
