#pragma once

#include <string>

#include "observatory/simulate/simulate.h"

/// A simulation told: for reading, for spreadsheets, for programs, as a picture. Same simulation, same bytes.
namespace koshi::observatory {

/// What the worlds are called: "law", then each set of reforms, "a+b".
struct Told {
  const zan::Corpus& corpus;
  const SimulationQuestion& question;
  const Simulation& simulation;
};

inline constexpr size_t kChangesShown = 20;  ///< of each reform; the CSV and the JSON have all
inline constexpr size_t kBarsShown = 24;     ///< groups in a picture, the largest first

/// Tables with bars, for a terminal.
std::string simulation_text(const Told& told);
/// One line a figure: norm, world, the facts of `by`, measure, value. Money in tenge.
std::string simulation_csv(const Told& told);
/// One line a change: norm, reform, before, after, rule before, rule after, rows, difference.
std::string changes_csv(const Told& told);
std::string simulation_json(const Told& told);
/// Bars of the first norm by group, the law beside each reform.
std::string simulation_svg(const Told& told);

// ---- shared by the writers

/// Of one world and group: "paid", "received", "budget" (paid less received), and "unclear" where it is not 0.
std::vector<std::pair<std::string, std::string>> purse_measures(const Purse& purse);
/// "better off", "gain", "worse off", "loss", "unchanged", "unclear", "budget" (loss less gain).
std::vector<std::pair<std::string, std::string>> purse_measures(const PurseChange& change);
inline constexpr const char* kPurse = "households and the budget";  ///< stands where else a norm does

std::string world_name(const Told& told, size_t world);
std::string outcome_name(const Told& told, const NormResult& norm, const Outcome& outcome);
/// "rule 3 (LMP art. 6(4))", or its label; "no rule".
std::string rule_name(const zan::Corpus& corpus, zan::RuleId rule);
/// A sum in the unit in which people write it.
std::string amount(const zan::Type& type, Int128 sum);
/// The measures of one count in a fixed order, without those that are 0: "yes" 17, "sum" 3692, "unknown" 2 …
std::vector<std::pair<std::string, std::string>> measures(const Told& told, const NormResult& norm, const Counted& counted);

}  // namespace koshi::observatory
