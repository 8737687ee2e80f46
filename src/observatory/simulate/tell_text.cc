#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "observatory/simulate/bars.h"
#include "observatory/simulate/tell.h"

namespace koshi::observatory {
namespace {

constexpr size_t kBarWidth = 30;

void append_groups(std::string& out, const Told& told, const NormResult& norm) {
  for (const Bar& bar : bars(told, norm)) {
    out += fmt::format("  {}\n", bar.label.empty() ? "all" : bar.label);
    for (size_t world = 0; world < bar.shares.size(); ++world) {
      const size_t full = static_cast<size_t>(bar.shares[world] * kBarWidth + 0.5);
      std::string line;
      for (size_t i = 0; i < kBarWidth; ++i) line += i < full ? "█" : "·";
      out += fmt::format("    {:<24} {} {}\n", world_name(told, world), line, bar.texts[world]);
    }
  }
}

void append_measures(std::string& out, const Told& told, const NormResult& norm) {
  for (size_t world = 0; world < norm.counted.size(); ++world) {
    Counted all;
    for (const Counted& group : norm.counted[world]) add(all, group);
    out += fmt::format("  {:<24}", world_name(told, world));
    for (const auto& [measure, value] : measures(told, norm, all)) out += fmt::format("  {} {}", measure, value);
    out += '\n';
  }
}

void append_changes(std::string& out, const Told& told, const NormResult& norm) {
  for (size_t reform = 0; reform < norm.changes.size(); ++reform) {
    const std::vector<Change>& changes = norm.changes[reform];
    int64_t rows = 0;
    for (const Change& change : changes) rows += change.rows;
    out += fmt::format("  {}: {} of {} change\n", world_name(told, reform + 1), rows, told.simulation.rows);
    for (size_t i = 0; i < std::min(changes.size(), kChangesShown); ++i) {
      const Change& change = changes[i];
      out +=
          fmt::format("    {:>12}  {} -> {}", change.rows, outcome_name(told, norm, change.before), outcome_name(told, norm, change.after));
      if (change.difference != 0) out += fmt::format("  {}", amount(norm.type, change.difference));
      out += fmt::format("    {} -> {}\n", rule_name(told.corpus, change.rule_before), rule_name(told.corpus, change.rule_after));
    }
    if (changes.size() > kChangesShown) out += fmt::format("    and {} more kinds of change\n", changes.size() - kChangesShown);
  }
}

void append_line(std::string& out, const std::string& name, const std::vector<std::pair<std::string, std::string>>& measures) {
  out += fmt::format("  {:<24}", name);
  for (const auto& [measure, value] : measures) out += fmt::format("  {} {}", measure, value);
  out += '\n';
}

/// Tenge that the rows pay to the budget and receive from it, and who gains by a reform.
void append_purses(std::string& out, const Told& told) {
  if (told.simulation.purses.empty()) return;
  out += fmt::format("\n{}\n", kPurse);
  for (size_t world = 0; world < told.simulation.purses.size(); ++world) {
    Purse all;
    for (const Purse& group : told.simulation.purses[world]) {
      all.paid += group.paid;
      all.received += group.received;
      all.unclear += group.unclear;
    }
    append_line(out, world_name(told, world), purse_measures(all));
  }
  for (size_t reform = 0; reform < told.simulation.purse_changes.size(); ++reform) {
    append_line(out, world_name(told, reform + 1) + " changes", purse_measures(told.simulation.purse_changes[reform]));
  }
}

}  // namespace

std::string simulation_text(const Told& told) {
  std::string out = fmt::format("{} rows of {} on {}\n", told.simulation.rows,
                                told.corpus.entities[static_cast<size_t>(told.question.entity)].name, format_date(told.question.on));
  for (const NormResult& norm : told.simulation.norms) {
    out += fmt::format("\n{}  {}\n", told.corpus.full_name(norm.norm), told.corpus.norms[static_cast<size_t>(norm.norm)].label);
    append_measures(out, told, norm);
    if (!told.question.by.empty()) append_groups(out, told, norm);
    append_changes(out, told, norm);
  }
  append_purses(out, told);
  return out;
}

}  // namespace koshi::observatory
