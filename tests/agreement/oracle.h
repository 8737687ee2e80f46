#pragma once

#include <optional>
#include <vector>

#include "zan/reason/answer.h"

/// The meaning of the law, as plainly as it can be said: straight from the corpus, rule dates and reforms looked at in every
/// evaluation, nothing remembered, nothing folded. What is unknown in a decision is tried out in full. Slow, and shares no code with the
/// readers that it checks.
namespace koshi::agreement {

struct Told {
  enum class What : uint8_t { kUnknown, kValue, kError } what = What::kUnknown;
  zan::Value value;
  bool has_member = false;  ///< a set, known or not, that has a certain member

  static Told unknown() { return {}; }
  static Told error() { return {What::kError, {}, false}; }
  static Told known(zan::Value value) { return {What::kValue, std::move(value), false}; }
  static Told yes_no(bool yes) { return known(zan::Value::yes_no(yes)); }
  bool is_unknown() const { return what == What::kUnknown; }
  bool is_error() const { return what == What::kError; }
  bool is_value() const { return what == What::kValue; }
  bool yes() const { return is_value() && value.is_yes(); }
  bool no() const { return is_value() && value.kind() == zan::Kind::kYesNo && !value.is_yes(); }
  bool none() const { return is_value() && value.is_none(); }
  bool operator==(const Told& other) const { return what == other.what && value == other.value; }
};

/// A rule in force with what its condition and value come to.
struct RuleTree {
  Told speaks;
  Told value;
  std::vector<RuleTree> exceptions;
};

struct NormTree {
  std::vector<RuleTree> prevailing, rules, exceptions;
};

/// The outcome that all ways of settling what is unknown have in common, else unknown. No value when there are more than kMaxWays.
inline constexpr size_t kMaxWays = 60'000;
std::optional<Told> decide_by_trying(const NormTree& norm);

class Oracle {
 public:
  Oracle(const zan::Corpus& corpus, std::vector<zan::ReformId> reforms) : c_(corpus), reforms_(std::move(reforms)) {}

  Told ask(zan::NormId norm, const zan::Record* record, Date on);
  /// Some decision was too large to try out; the answer means nothing.
  bool gave_up() const { return gave_up_; }

 private:
  /// Where an expression stands.
  struct At {
    const zan::Record* record;
    Date on;
    const At* outer;
  };
  struct Standing {
    zan::RuleId written;
    zan::RuleId rule;
  };

  // oracle.cc
  std::vector<Standing> in_force(const std::vector<zan::RuleId>& rules, Date on) const;
  std::optional<zan::RuleId> standing(zan::RuleId rule, Date on) const;
  std::vector<zan::RuleId> brought(zan::NormId norm, zan::Change::Kind kind, zan::RuleId under) const;
  std::vector<zan::RuleId> exceptions_of(const Standing& rule) const;
  std::vector<RuleTree> trees(const std::vector<zan::RuleId>& rules, const At& at);
  std::optional<RuleTree> tree(const Standing& rule, const At& at);
  Told decide_set(const NormTree& norm, int16_t of) const;
  static Told includes(const std::vector<RuleTree>& rules, int64_t member);

  // oracle_expression.cc
  Told named_set(const zan::Node& node, const At& at) const;
  Told make_set(const zan::Node& node, const At& at);
  Told eval(zan::NodeId id, const At& at);
  Told compare(const zan::Node& node, const At& at);
  Told number(const zan::Node& node, const At& at);
  Told date(const zan::Node& node, const At& at);
  Told aggregate(const zan::Node& node, const At& at);
  Told sum(const zan::Node& node, const At& at, const std::vector<zan::Record>& members);
  Told norm(const zan::Node& node, const At& at, Date on);
  Told fact(const zan::Address& address, const At& at);
  static const zan::Record* follow(const zan::Address& address, const At& at, size_t links);

  const zan::Corpus& c_;
  std::vector<zan::ReformId> reforms_;
  bool gave_up_ = false;
};

Told and_of(const Told& a, const Told& b);
Told or_of(const Told& a, const Told& b);
Told not_of(const Told& a);

}  // namespace koshi::agreement
