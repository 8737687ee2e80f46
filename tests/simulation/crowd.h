#pragma once

#include <vector>

#include "model.h"
#include "random.h"

/// Employers, workers, officers, inspectors and the treasury: what they want next, as they see the cases; now and then something that is
/// not theirs to want, or that is out of date.
///
/// In some seeds there is a rush: all want the same quota, also those who take places back from it, and who is ready to apply waits until
/// others are, so that they meet on its last places.
namespace koshi::simulation {

class Crowd {
 public:
  explicit Crowd(Random random) : random_(random), is_rush_(random_.chance(kRushPermille)) {}

  /// An order that was not given yet.
  Order wish(const Model& model);
  bool is_rush() const { return is_rush_; }
  /// Once a round: whether those who waited for each other apply now.
  bool storms(const Model& model);
  static constexpr const char* kRegions[] = {"KZ-71", "KZ-75"};
  static constexpr int kRushPermille = 500;

 private:
  /// Of the cases that are open, the one that is acted on next; null: none.
  const ModelCase* choose(const std::vector<const ModelCase*>& open);
  Order open_something();
  Order for_case(const ModelCase& item);
  void say(Order& order, const char* who, const char* role, const std::string& scope, const char* action, const std::string& facts = "{}");
  void say_facts(Order& order, const ModelCase& item);
  void on_draft(Order& order, const ModelCase& item);
  void on_permit(Order& order, const ModelCase& item);
  void on_complaint(Order& order, const ModelCase& item);

  Random random_;
  const bool is_rush_;
  bool is_storming_ = false;  ///< those who were ready are applying
  size_t next_ = 0;           ///< of them
};

}  // namespace koshi::simulation
