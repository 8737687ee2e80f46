#pragma once

#include <string>

#include "observatory/synthesis/draw.h"

namespace koshi::observatory {

/// How a population was drawn, as Markdown: margins with what was wanted and drawn and where they come from, the fit, and every assumption.
/// A drawn person stands for `people of the model / persons` of them.
std::string report(const Model& model, const Fit& fit, const DrawnPopulation& drawn, uint64_t seed);

}  // namespace koshi::observatory
