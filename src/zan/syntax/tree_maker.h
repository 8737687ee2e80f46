#pragma once

#include <random>
#include <string>
#include <vector>

#include "zan/syntax/tree.h"

/// Random trees for tests: any tree that the parser could give, and no other. The same seed makes the same trees.
namespace koshi::zan {

class TreeMaker {
 public:
  explicit TreeMaker(uint32_t seed) : random_(seed) {}

  ExprPtr expression(int depth);
  ExprPtr literal();
  FileTree file();

 private:
  bool chance(int percent);
  size_t below(size_t count);
  template <typename T>
  T one_of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }

  ExprPtr make(ExprKind kind);
  ExprPtr with(ExprKind kind, ExprPtr first, ExprPtr second = nullptr);
  ExprPtr leaf();
  ExprPtr number();
  ExprPtr path();
  ExprPtr set();
  ExprPtr call(int depth);
  ExprPtr aggregate(int depth);
  ExprPtr quantity(int depth);
  ExprPtr rounded(int depth);
  ExprPtr conditional(int depth);

  Name name();
  Name code();
  std::string text();
  Date date();
  std::optional<Date> maybe_date();
  Comments comments();
  std::vector<Citation> citations();
  Citation citation(bool confidence);
  TypeRef type();
  Rule rule(int depth);
  std::vector<Rule> rules(int depth, size_t most);
  MissingDecl missing();
  NormDecl norm();
  EnumDecl enumeration();
  SetDecl set_of();
  EntityDecl entity();
  ReformDecl reform();
  Change change();
  Dated dated();
  KeyedDecl keyed();
  AskDecl ask();
  EffectDecl effect();
  ActionDecl action();
  StateDecl state();
  FormDecl form();
  ProcedureDecl procedure();
  FigureDecl figure();
  ReturnDecl returned();
  AccountDecl account();
  CaseDecl example();
  Subject subject(int depth);
  Expect expect();

  std::mt19937 random_;
};

}  // namespace koshi::zan
