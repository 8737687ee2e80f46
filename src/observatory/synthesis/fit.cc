#include "observatory/synthesis/fit.h"

#include <algorithm>
#include <cmath>

namespace koshi::observatory {
namespace {

/// The cells of each row, found once.
struct RowCells {
  const MarginRow* row;
  std::vector<uint32_t> cells;
};

std::vector<double> starting_weights(const Model& model) {
  std::vector<double> weights(model.cells(), 1);
  for (const Odds& odds : model.odds) {
    for (size_t cell = 0; cell < weights.size(); ++cell) {
      if (model.has(odds.cells, cell)) weights[cell] *= odds.weight;
    }
  }
  return weights;
}

std::vector<RowCells> rows_of(const Model& model) {
  std::vector<RowCells> out;
  for (const Margin& margin : model.margins) {
    for (const MarginRow& row : margin.rows) {
      RowCells next{&row, {}};
      for (size_t cell = 0; cell < model.cells(); ++cell) {
        if (model.has(row.cells, cell)) next.cells.push_back(static_cast<uint32_t>(cell));
      }
      out.push_back(std::move(next));
    }
  }
  return out;
}

double sum(const std::vector<double>& weights, const std::vector<uint32_t>& cells) {
  double total = 0;
  for (const uint32_t cell : cells) total += weights[cell];
  return total;
}

double distance(double is, double wanted) {
  return wanted == 0 ? is : std::abs(is - wanted) / wanted;
}

}  // namespace

double persons_of(const Model& model, const std::vector<double>& weights, const CellSet& cells) {
  double total = 0;
  for (size_t cell = 0; cell < weights.size(); ++cell) {
    if (model.has(cells, cell)) total += weights[cell];
  }
  return total;
}

Result<Fit> fit(const Model& model) {
  Fit out{.weights = starting_weights(model)};
  const std::vector<RowCells> rows = rows_of(model);
  for (const RowCells& row : rows) {
    if (row.row->persons > 0 && sum(out.weights, row.cells) == 0) {
      return fail("the margin's row `" + row.row->what + "` has persons, but the odds leave no cell for them");
    }
  }
  const RowCells* farthest = nullptr;
  for (; out.rounds < kFitRoundsMax; ++out.rounds) {
    out.worst = 0;
    for (const RowCells& row : rows) {
      const double is = sum(out.weights, row.cells);
      if (const double off = distance(is, row.row->persons); off > out.worst) {
        out.worst = off;
        farthest = &row;
      }
      if (is == 0) continue;
      const double factor = row.row->persons / is;
      for (const uint32_t cell : row.cells) out.weights[cell] *= factor;
    }
    if (out.worst <= kFitTolerance) return out;
  }
  return fail("the margins contradict each other: after " + std::to_string(kFitRoundsMax) + " rounds the row `" + farthest->row->what +
              "` is off by " + std::to_string(out.worst * 100) + " per cent");
}

}  // namespace koshi::observatory
