#pragma once

#include "model.h"
#include "random.h"

/// Employers, workers, officers, inspectors and the treasury: what they want next, as they see the cases; now and then something that is
/// not theirs to want, or that is out of date.
namespace koshi::simulation {

class Crowd {
 public:
  explicit Crowd(Random random) : random_(random) {}

  /// An order that was not given yet.
  Order wish(const Model& model);
  static constexpr const char* kRegions[] = {"KZ-71", "KZ-75"};

 private:
  Order open_something();
  Order for_case(const ModelCase& item);
  void say(Order& order, const char* who, const char* role, const std::string& scope, const char* action, const std::string& facts = "{}");
  void say_facts(Order& order, const ModelCase& item);
  void on_draft(Order& order, const ModelCase& item);
  void on_permit(Order& order, const ModelCase& item);
  void on_complaint(Order& order, const ModelCase& item);

  Random random_;
};

}  // namespace koshi::simulation
