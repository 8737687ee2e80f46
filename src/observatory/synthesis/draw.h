#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "observatory/synthesis/fit.h"
#include "observatory/synthesis/model.h"
#include "zan/columns/table.h"

/// People drawn from a fitted model.
namespace koshi::observatory {

struct DrawnPopulation {
  zan::Population population;
  std::vector<int64_t> people;  ///< of each cell
  std::vector<std::shared_ptr<const void>> memory;
};

inline constexpr int64_t kPersonsMax = 500'000'000;

/// `persons` of them, whole numbers of each cell within one of what the fit asks; the same model, number and seed give the same bytes.
/// Problems, all of them: entities, facts, links and values that the law does not know, facts that cannot be drawn so. Cost: linear;
/// memory: the population and 8 bytes a person.
std::expected<DrawnPopulation, std::vector<std::string>> draw(const zan::Corpus& corpus, const Model& model, const Fit& fit,
                                                              int64_t persons, uint64_t seed);

}  // namespace koshi::observatory
