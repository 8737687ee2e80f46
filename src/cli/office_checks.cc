#include <fmt/core.h>

#include "cli/office_place.h"
#include "office/ledger/check.h"

/// What `koshi office verify`, `rebuild` and `drill` read.
namespace koshi::cli {
namespace {

/// Tells each, and gives the status of a check.
int tell_differences(std::string_view heading, const std::vector<std::string>& differences) {
  for (const std::string& difference : differences) fmt::print("{}: {}\n", heading, difference);
  if (differences.empty()) fmt::print("{}: in order\n", heading);
  return differences.empty() ? kAnswered : kFound;
}

}  // namespace

int check_journal(const OpenOffice& office, std::vector<journal::Checkpoint> known) {
  const auto damage =
      office.house->store().read([&](store::Reader& reader) { return office.house->journal().verify(reader, std::move(known)); });
  if (!damage) return tell_store_error(damage.error());
  std::vector<std::string> found;
  if (*damage) found.push_back(journal::describe(**damage));
  return tell_differences("journal", found);
}

int check_ledger(const OpenOffice& office) {
  const auto differences = office.house->store().read([](store::Reader& reader) { return ledger::check(reader); });
  if (!differences) return tell_store_error(differences.error());
  std::vector<std::string> found;
  for (const ledger::Difference& difference : *differences) found.push_back(ledger::describe(difference));
  return tell_differences("ledger", found);
}

int check_cases(const OpenOffice& office, bool repair) {
  const auto differences = office.desk().rebuild(repair);
  if (!differences) return tell_failure(office, differences.error(), false);
  const int status = tell_differences(repair ? "put right" : "cases", *differences);
  return repair ? kAnswered : status;
}

}  // namespace koshi::cli
