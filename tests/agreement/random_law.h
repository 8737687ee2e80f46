#pragma once

#include <string>
#include <vector>

#include "dice.h"
#include "zan/corpus/corpus.h"

/// Small well-typed laws as text: a few norms with rules, exceptions, dates, sets, reinstatements and reforms, over persons and firms.
namespace koshi::agreement {

struct LawOptions {
  bool known = true;  ///< may ask `known FACT`, which is not monotone
};

struct LawText {
  std::string head;                ///< acts, enums, entities
  std::vector<std::string> norms;  ///< each a declaration
  std::vector<std::string> reforms;
  /// The declarations in the order written, or backwards.
  std::string text(bool backwards = false) const;
};

/// What a rule of a norm may be made of. Norms refer only to norms before them, so that there are no circles.
struct NormSketch {
  std::string name;
  std::string entity;  ///< "person", "firm" or "" for a parameter
  std::string type;    ///< as written: "yes/no", "whole", "whole or none", "money", "date", "color", "set of paper"
  std::vector<std::string> labels;
};

class LawWriter {
 public:
  LawWriter(Dice& dice, LawOptions options) : dice_(dice), options_(options) {}
  LawText write();

 private:
  // random_law.cc
  void norm(LawText& law, size_t number);
  std::string level(NormSketch& norm, size_t known, size_t depth, bool exceptions, const std::string& indent);
  std::string rule(NormSketch& norm, size_t known, size_t depth, bool always, const std::string& indent);
  std::string dates(bool rarely);
  std::string by();
  std::string reform(size_t number);
  std::string change(NormSketch& norm, size_t known);

  // random_expression.cc
  std::string value(const std::string& type, const std::string& entity, size_t known, size_t depth);
  std::string condition(const std::string& entity, size_t known, size_t depth);
  std::string simple_condition(const std::string& entity, size_t known);
  std::string whole(const std::string& entity, size_t known, size_t depth);
  std::string whole_or_none(const std::string& entity, size_t known, size_t depth);
  std::string money(const std::string& entity, size_t known, size_t depth);
  std::string date(const std::string& entity, size_t known, size_t depth);
  std::string color(const std::string& entity, size_t known, size_t depth);
  std::string papers(const std::string& entity, size_t known, size_t depth);
  std::string staff(const std::string& entity);
  /// A norm of the type that may be named here, perhaps `on` another date; empty when there is none.
  std::string norm_of(const std::string& type, const std::string& entity, size_t known);

  Dice& dice_;
  LawOptions options_;
  std::vector<NormSketch> norms_;
  size_t labels_ = 0;
};

/// Files for compile(): the law and its calendar.
zan::Compilation compile_law(const std::string& text);

}  // namespace koshi::agreement
