#pragma once

#include <set>
#include <string>
#include <vector>

#include "model.h"
#include "office/desk/desk.h"
#include "office/journal/journal.h"
#include "store/store.h"

/// What must hold, looked at from outside. Each check answers with sentences, none when all is well; the first word of each is the check's
/// name. A failure of the database is one too: nothing is planned while checks run.
namespace koshi::simulation {

using Findings = std::vector<std::string>;

/// After each commit: held + committed <= limit on every account.
Findings check_not_oversold(store::Store& store);

/// Takes in the events that came since, and says which should not be there.
Findings check_new_events(store::Store& store, const journal::Journal& journal, Model& model, std::vector<std::string>& hashes);

/// What the order's sender was told against what became of it.
Findings check_order(const Order& order);

/// Every event that was ever seen is still where it was, with the same hash.
Findings check_nothing_lost(store::Store& store, const std::vector<std::string>& hashes);
/// Accounts against the model. `latest` as in Model::sums().
Findings check_ledger(store::Store& store, const Model& model, Date latest);
/// What the post has done with notices.
struct Posted {
  std::set<int64_t> tried, sure;
};
/// The outbox against the notices in the events; answered requests against the events that answered them.
Findings check_outbox(store::Store& store, const Model& model, const Posted& posted);
Findings check_requests(store::Store& store);
/// The journal's own chains, signatures and tree; the projections against a rebuild.
Findings check_journal(store::Store& store, const journal::Journal& journal, const std::vector<journal::Checkpoint>& known);
Findings check_projections(office::Desk& desk);
/// After the clock has acted on all that has passed: no case waits for a day before `today`, unless the office says that it is stuck.
Findings check_deadlines(office::Desk& desk, const Model& model, Date today);

}  // namespace koshi::simulation
