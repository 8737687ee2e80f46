#include "checks.h"

#include <algorithm>
#include <set>
#include <variant>

#include "base/result.h"

namespace koshi::simulation {
namespace {

using store::StoreResult;

std::string text_of(const office::Failure& failure) {
  const auto* error = std::get_if<store::StoreError>(&failure);
  return error != nullptr ? error->message : std::get<office::Refusal>(failure).message;
}

/// Reads, and names the check in what it found; also when it could not read.
template <typename Work>
Findings reading(store::Store& store, std::string_view name, const Work& work) {
  Findings found;
  auto done = store.read([&](store::Reader& reader) -> StoreResult<void> { return work(reader, found); });
  if (!done) found.push_back("the database: " + done.error().message);
  for (std::string& one : found) one.insert(0, std::string(name) + ": ");
  return found;
}

std::string shown(const std::string& account, int64_t limit, int64_t held, int64_t committed) {
  return account + " has a limit of " + std::to_string(limit) + ", " + std::to_string(held) + " held and " + std::to_string(committed) +
         " committed";
}

}  // namespace

Findings check_not_oversold(store::Store& store) {
  return reading(store, "oversold", [](store::Reader& reader, Findings& found) -> StoreResult<void> {
    TRY(rows, reader.query("SELECT code, limit_now, held, committed FROM ledger_account WHERE held + committed > limit_now OR held < 0"
                           " OR committed < 0 ORDER BY code"));
    for (const store::Row row : rows) found.push_back(shown(std::string(row.text(0)), row.integer(1), row.integer(2), row.integer(3)));
    return {};
  });
}

Findings check_new_events(store::Store& store, const journal::Journal& journal, Model& model, std::vector<std::string>& hashes) {
  return reading(store, "model", [&](store::Reader& reader, Findings& found) -> StoreResult<void> {
    while (true) {
      TRY(events, journal.events(reader, "", model.learnt()));
      if (events.empty()) break;
      for (const journal::Event& event : events) {
        if (auto wrong = model.learn(event)) found.push_back(*wrong);
      }
      if (!found.empty()) return {};
    }
    TRY(rows, reader.query("SELECT hash FROM journal_event WHERE sequence > $1 ORDER BY sequence", {static_cast<int64_t>(hashes.size())}));
    for (const store::Row row : rows) hashes.emplace_back(row.blob(0));
    return {};
  });
}

Findings check_order(const Order& order) {
  const std::string name = "acknowledged: order " + std::to_string(order.number) + " (" + order.account() + ", " + order.action + ") ";
  Findings found;
  if (order.acknowledged != 0 && order.event != order.acknowledged) {
    found.push_back(name + "was acknowledged as event " + std::to_string(order.acknowledged) + ", but the journal has it as " +
                    std::to_string(order.event));
  }
  if (order.acknowledged != 0 && order.kind != OrderKind::kOpen && order.acknowledged_case != order.case_id) {
    found.push_back(name + "was acknowledged for another case");
  }
  if (order.acknowledged == 0 && order.unknown == 0 && order.event != 0) {
    found.push_back(name + "was said to have left nothing, but it is event " + std::to_string(order.event));
  }
  if (order.refused_after_done) found.push_back(name + "was refused when it was asked for again, although it was done");
  return found;
}

Findings check_nothing_lost(store::Store& store, const std::vector<std::string>& hashes) {
  return reading(store, "lost", [&](store::Reader& reader, Findings& found) -> StoreResult<void> {
    TRY(rows, reader.query("SELECT sequence, hash FROM journal_event ORDER BY sequence"));
    if (rows.size() < hashes.size())
      found.push_back("of " + std::to_string(hashes.size()) + " events " + std::to_string(rows.size()) + " are left");
    for (size_t i = 0; i < std::min(rows.size(), hashes.size()); ++i) {
      if (rows[i].blob(1) == hashes[i]) continue;
      found.push_back("event " + std::to_string(i + 1) + " is another one now");
      break;
    }
    return {};
  });
}

Findings check_ledger(store::Store& store, const Model& model, Date latest) {
  return reading(store, "ledger", [&](store::Reader& reader, Findings& found) -> StoreResult<void> {
    const auto sums = model.sums(latest);
    TRY(rows, reader.query("SELECT code, limit_now, held, committed FROM ledger_account ORDER BY code"));
    size_t known = 0;
    for (const store::Row row : rows) {
      const std::string account(row.text(0));
      const auto sum = sums.find(account);
      const auto limit = model.limits().find(account);
      if (sum == sums.end() || limit == model.limits().end()) {
        found.push_back("nobody has made " + account);
        continue;
      }
      ++known;
      const int64_t held = row.integer(2);
      const bool fits = row.integer(1) == limit->second && held >= sum->second.held_least && held <= sum->second.held_most &&
                        row.integer(3) == sum->second.committed;
      if (fits) continue;
      found.push_back(shown(account, row.integer(1), held, row.integer(3)) + ", but should have: a limit of " +
                      std::to_string(limit->second) + ", " + std::to_string(sum->second.held_least) + " to " +
                      std::to_string(sum->second.held_most) + " held and " + std::to_string(sum->second.committed) + " committed");
    }
    if (known != sums.size()) found.push_back("an account is missing");
    return {};
  });
}

Findings check_outbox(store::Store& store, const Model& model, const Posted& posted) {
  return reading(store, "outbox", [&](store::Reader& reader, Findings& found) -> StoreResult<void> {
    TRY(rows, reader.query("SELECT number, role, is_sent FROM desk_notice ORDER BY number"));
    auto expected = model.notices().begin();
    for (const store::Row row : rows) {
      if (expected == model.notices().end() || row.integer(0) != expected->first || row.text(1) != expected->second) {
        found.push_back("notice " + std::to_string(row.integer(0)) + " is not the one that the events tell of");
        return {};
      }
      const bool is_sent = row.integer(2) == 1;
      if (is_sent ? !posted.tried.contains(expected->first) : posted.sure.contains(expected->first)) {
        found.push_back("notice " + std::to_string(expected->first) +
                        (is_sent ? " was not sent by anybody" : " was sent, and waits again"));
      }
      ++expected;
    }
    if (expected != model.notices().end()) found.push_back("notice " + std::to_string(expected->first) + " is missing");
    return {};
  });
}

Findings check_requests(store::Store& store) {
  return reading(store, "requests", [&](store::Reader& reader, Findings& found) -> StoreResult<void> {
    TRY(rows, reader.query("SELECT account, request_key FROM desk_request r WHERE NOT EXISTS"
                           " (SELECT 1 FROM journal_event e WHERE e.sequence = r.sequence AND e.case_id = r.case_id) ORDER BY account"));
    for (const store::Row row : rows) found.push_back("the answer to " + std::string(row.text(0)) + " points to no event");
    return {};
  });
}

Findings check_journal(store::Store& store, const journal::Journal& journal, const std::vector<journal::Checkpoint>& known) {
  return reading(store, "journal", [&](store::Reader& reader, Findings& found) -> StoreResult<void> {
    TRY(damage, journal.verify(reader, known));
    if (damage) found.push_back(journal::describe(*damage));
    return {};
  });
}

Findings check_projections(office::Desk& desk) {
  auto differing = desk.rebuild(false);
  if (!differing) return {"projections: " + text_of(differing.error())};
  for (std::string& one : *differing) one.insert(0, "projections: ");
  return std::move(*differing);
}

Findings check_deadlines(office::Desk& desk, const Model& model, Date today) {
  std::set<std::string> excused;
  for (std::string after;;) {
    const auto stuck = desk.stuck(after);
    if (!stuck) return {"deadlines: " + text_of(stuck.error())};
    if (stuck->empty()) break;
    for (const auto& one : *stuck) excused.insert(one.id);
    after = stuck->back().id;
  }
  Findings found;
  for (const auto& [id, item] : model.cases()) {
    const auto due = item.due();
    if (!due || *due >= today || excused.contains(id)) continue;
    found.push_back("deadlines: case " + id + " stands in " + item.state + " since " + format_date(item.entered) + ", although it is " +
                    format_date(today));
  }
  return found;
}

}  // namespace koshi::simulation
