#include "observatory/synthesis/report.h"

#include <cmath>
#include <cstdio>
#include <numeric>

namespace koshi::observatory {
namespace {

std::string fixed(double value, int places) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return text;
}

/// Pipes would end a cell of the table.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

int64_t drawn_of(const Model& model, const DrawnPopulation& drawn, const CellSet& cells) {
  int64_t out = 0;
  for (size_t i = 0; i < drawn.people.size(); ++i) {
    if (model.has(cells, i)) out += drawn.people[i];
  }
  return out;
}

void append_margins(const Model& model, const Fit& fit, const DrawnPopulation& drawn, double scale, std::string& out) {
  for (const Margin& margin : model.margins) {
    out += "\n## " + margin.title +
           "\n\n| who | wanted | fitted | drawn | drawn stand for | source | confidence |\n|---|---:|---:|---:|---:|---|---|\n";
    for (const MarginRow& row : margin.rows) {
      const int64_t people = drawn_of(model, drawn, row.cells);
      out += "| " + cell(row.what) + " | " + fixed(row.persons, 0) + " | " + fixed(persons_of(model, fit.weights, row.cells), 1) + " | " +
             std::to_string(people) + " | " + fixed(static_cast<double>(people) * scale, 0) + " | " + cell(row.source) + " | " +
             row.confidence + " |\n";
    }
  }
}

void append_reasons(const std::string& entity, const std::vector<FactRule>& facts, std::string& out) {
  for (const FactRule& rule : facts) out += "- `" + entity + "." + rule.fact + "`: " + rule.because + "\n";
}

}  // namespace

std::string report(const Model& model, const Fit& fit, const DrawnPopulation& drawn, uint64_t seed) {
  const int64_t persons = std::accumulate(drawn.people.begin(), drawn.people.end(), int64_t{0});
  const double total = std::accumulate(fit.weights.begin(), fit.weights.end(), 0.0);
  const double scale = total / static_cast<double>(persons);
  std::string out = "# " + model.title + "\n\nA synthetic population: nobody in it is real. " + std::to_string(persons) +
                    " people drawn with seed " + std::to_string(seed) + " as of " + format_date(model.day) + "; each stands for " +
                    fixed(scale, 3) + ". Weights of " + std::to_string(model.cells()) + " cells were fitted in " +
                    std::to_string(fit.rounds) + " rounds; no row of a margin is off by more than " + fixed(fit.worst * 100, 7) +
                    " per cent. Drawn numbers are whole, so small rows differ by rounding.\n";
  append_margins(model, fit, drawn, scale, out);
  out += "\n## Assumed\n\n";
  for (const std::string& assumption : model.assumptions) out += "- " + assumption + "\n";
  out += "\n## How each fact is drawn\n\n";
  append_reasons(model.people.entity, model.people.facts, out);
  for (const TableRule& rule : model.tables) append_reasons(rule.entity, rule.facts, out);
  for (const GroupRule& rule : model.groups) append_reasons(rule.entity, rule.facts, out);
  return out;
}

}  // namespace koshi::observatory
