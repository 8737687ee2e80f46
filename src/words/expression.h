#pragma once

#include <string>
#include <vector>

#include "words/words.h"

namespace koshi::words {

/// The typed expressions of the corpus in words: labels for facts, norms, sets and members; a phrase ("expr.…") for every operator. What
/// binds less tightly than the place it stands in is put in brackets.
class Expressions {
 public:
  Expressions(const Words& words, Language language, zan::EntityId self)
      : words_(words), language_(language), corpus_(words.corpus()), entities_{self} {}

  std::string text(zan::NodeId node);

 private:
  /// From loose to tight.
  enum class Level : uint8_t { kChoice, kOr, kAnd, kNot, kCompare, kSum, kProduct, kAtom };
  struct Piece {
    std::string text;
    Level level = Level::kAtom;
  };

  Piece piece(zan::NodeId node);
  Piece logic(const zan::Node& node);
  Piece negation(const zan::Node& operand);
  Piece comparison(const zan::Node& node);
  Piece membership(const zan::Node& node, bool negated);
  Piece arithmetic(const zan::Node& node);
  Piece dates(const zan::Node& node);
  Piece function(const zan::Node& node);
  Piece aggregate(const zan::Node& node);
  std::string condition_of_members(const zan::Node& node);
  struct Count {
    std::string sign;
    std::optional<int64_t> number;
    std::string text;  ///< where it is no constant
    bool in_years = false;
  };
  Count count(zan::NodeId node);
  std::string shifted(const std::string& key, const zan::Node& node, const Count& by);
  std::string rounding(const zan::Node& node);

  std::string inside(zan::NodeId node, Level least);
  std::string fact(const zan::Node& node);
  std::string norm(const zan::Node& node);
  std::string constant(const zan::Node& node);
  std::string set_text(const zan::Node& node);
  /// "Worker, Employer": the labels of the links on the way, or empty.
  std::string owner(const zan::Address& address);
  std::string labelled(const std::string& label, const std::string& owner, bool quoted);
  Piece filled(std::string_view key, const zan::Node& node, Level level, Level left, Level right);
  std::string phrase(std::string_view key, const Holes& holes = {}) { return words_.phrase(language_, key, holes); }
  const zan::Node& node_at(zan::NodeId id) const { return corpus_.nodes[static_cast<size_t>(id)]; }
  bool is_whole_constant(zan::NodeId id, int64_t n) const;
  bool is_yes_no_constant(zan::NodeId id, bool yes) const;

  const Words& words_;
  Language language_;
  const zan::Corpus& corpus_;
  std::vector<zan::EntityId> entities_;  ///< the norm's own, then those of the enclosing aggregates
};

}  // namespace koshi::words
