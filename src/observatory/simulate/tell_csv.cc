#include "base/csv.h"
#include "observatory/simulate/tell.h"

namespace koshi::observatory {
namespace {

/// Of one figure: the norm, the world, the group, the measure, the value.
void append_figure(std::string& out, const std::string& norm, const std::string& world, const std::vector<std::string>& group,
                   const std::pair<std::string, std::string>& measure) {
  std::vector<std::string> fields{norm, world};
  fields.insert(fields.end(), group.begin(), group.end());
  fields.insert(fields.end(), {measure.first, measure.second});
  append_csv_record(out, fields);
}

void append_purses(std::string& out, const Told& told) {
  for (size_t world = 0; world < told.simulation.purses.size(); ++world) {
    for (size_t group = 0; group < told.simulation.groups.size(); ++group) {
      for (const auto& measure : purse_measures(told.simulation.purses[world][group])) {
        append_figure(out, kPurse, world_name(told, world), told.simulation.groups[group], measure);
      }
    }
  }
}

}  // namespace

std::string simulation_csv(const Told& told) {
  std::vector<std::string> header{"norm", "world"};
  header.insert(header.end(), told.question.by.begin(), told.question.by.end());
  header.insert(header.end(), {"measure", "value"});
  std::string out;
  append_csv_record(out, header);
  for (const NormResult& norm : told.simulation.norms) {
    for (size_t world = 0; world < norm.counted.size(); ++world) {
      for (size_t group = 0; group < told.simulation.groups.size(); ++group) {
        for (const auto& measure : measures(told, norm, norm.counted[world][group])) {
          append_figure(out, told.corpus.full_name(norm.norm), world_name(told, world), told.simulation.groups[group], measure);
        }
      }
    }
  }
  append_purses(out, told);
  return out;
}

std::string changes_csv(const Told& told) {
  std::string out;
  append_csv_record(out, {"norm", "reform", "before", "after", "rule before", "rule after", "rows", "difference"});
  for (const NormResult& norm : told.simulation.norms) {
    for (size_t reform = 0; reform < norm.changes.size(); ++reform) {
      for (const Change& change : norm.changes[reform]) {
        append_csv_record(out,
                          {told.corpus.full_name(norm.norm), world_name(told, reform + 1), outcome_name(told, norm, change.before),
                           outcome_name(told, norm, change.after), rule_name(told.corpus, change.rule_before),
                           rule_name(told.corpus, change.rule_after), std::to_string(change.rows), amount(norm.type, change.difference)});
      }
    }
  }
  return out;
}

}  // namespace koshi::observatory
