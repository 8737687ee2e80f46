#pragma once

#include <memory>

#include "office/desk/desk.h"

namespace koshi::simulation {

/// The small law of the desk's own tests, which the model knows by heart (model.h).
class SimulatedLaw {
 public:
  SimulatedLaw();
  SimulatedLaw(const SimulatedLaw&) = delete;
  SimulatedLaw& operator=(const SimulatedLaw&) = delete;
  ~SimulatedLaw();
  office::Law law() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace koshi::simulation
