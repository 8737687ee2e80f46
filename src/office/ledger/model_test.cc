/// The ledger against a model in memory, over random acts: the same answers, the same balances, and a check that finds
/// nothing.
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "office/ledger/test_ledger.h"

namespace koshi::ledger {
namespace {

using store::StoreResult;

enum class Act { kAllot, kWithdraw, kMove, kCorrect, kHold, kCommit, kRelease, kUncommit, kExpire };
constexpr int kActs = 9;

struct Step {
  Act act;
  std::string account;
  std::string other;
  std::string case_id;
  std::string prefix;
  int64_t amount;
  std::optional<Date> date;
};

/// What the ledger should do, said in the plainest way: no postings, no database, no shared code.
class Model {
 public:
  /// One line: what the step answers.
  std::string run(const Step& step) {
    switch (step.act) {
      case Act::kAllot: return add_limit(step.account, step.amount);
      case Act::kWithdraw: return take_limit(step.account, step.amount);
      case Act::kMove: return shift(step.account, step.other, step.amount);
      case Act::kCorrect: return correct(step.account, step.amount);
      case Act::kHold: return hold(step);
      case Act::kCommit: return end(step, HoldState::kHeld, HoldState::kCommitted);
      case Act::kRelease: return end(step, HoldState::kHeld, HoldState::kReleased);
      case Act::kUncommit: return end(step, HoldState::kCommitted, HoldState::kReleased);
      case Act::kExpire: return expire(*step.date);
    }
    return "";
  }

  struct Account {
    int64_t limit = 0;
    int64_t unbacked = 0;  ///< committed by corrections
  };
  int64_t sum(const std::string& account, HoldState state) const {
    int64_t all = 0;
    for (const Hold& hold : holds) all += hold.account == account && hold.state == state ? hold.amount : 0;
    return all;
  }
  Balance balance(const std::string& account) const {
    const auto found = accounts.find(account);
    const Account stored = found == accounts.end() ? Account{} : found->second;
    return {account, stored.limit, sum(account, HoldState::kHeld), stored.unbacked + sum(account, HoldState::kCommitted)};
  }

  std::map<std::string, Account> accounts;
  std::vector<Hold> holds;
  int64_t postings = 0;

 private:
  std::string add_limit(const std::string& account, int64_t amount) {
    accounts[account].limit += amount;
    ++postings;
    return "done";
  }
  std::string take_limit(const std::string& account, int64_t amount) {
    if (balance(account).available() < amount) return "refused";
    accounts[account].limit -= amount;
    ++postings;
    return "done";
  }
  std::string shift(const std::string& from, const std::string& to, int64_t amount) {
    const std::string taken = take_limit(from, amount);
    return taken == "done" ? add_limit(to, amount) : taken;
  }
  std::string correct(const std::string& account, int64_t change) {
    const bool known = accounts.contains(account);
    if (!known || balance(account).available() < change || accounts[account].unbacked + change < 0) return "refused";
    accounts[account].unbacked += change;
    ++postings;
    return "done";
  }
  std::string hold(const Step& step) {
    if (balance(step.account).available() < step.amount) return "refused";
    ++postings;
    holds.push_back({postings, step.account, step.case_id, step.amount, step.date, HoldState::kHeld});
    return std::to_string(postings);
  }
  std::string end(const Step& step, HoldState from, HoldState to) {
    std::string ended;
    for (Hold& hold : holds) {
      const bool below = hold.account == step.prefix || step.prefix.empty() || hold.account.starts_with(step.prefix + "/");
      if (hold.case_id != step.case_id || hold.state != from || !below) continue;
      hold.state = to;
      ++postings;
      ended += std::to_string(hold.id) + " ";
    }
    return ended;
  }
  std::string expire(Date today) {
    std::vector<Hold*> over;
    for (Hold& hold : holds) {
      if (hold.state == HoldState::kHeld && hold.until && *hold.until < today) over.push_back(&hold);
    }
    std::ranges::sort(over, {}, [](const Hold* hold) { return std::pair(*hold->until, hold->id); });
    std::string ended;
    for (Hold* hold : over) {
      hold->state = HoldState::kExpired;
      ++postings;
      ended += std::to_string(hold->id) + " ";
    }
    return ended;
  }
};

std::string line_of(const std::vector<Hold>& holds) {
  std::string ids;
  for (const Hold& hold : holds) ids += std::to_string(hold.id) + " ";
  return ids;
}
std::string line_of(const Balance&) {
  return "done";
}
std::string line_of(const Outcome<Balance>& outcome) {
  return outcome ? "done" : "refused";
}
std::string line_of(const Outcome<int64_t>& id) {
  return id ? std::to_string(id.value()) : "refused";
}

template <typename T>
StoreResult<std::string> line(StoreResult<T> result) {
  if (!result) return std::unexpected(std::move(result.error()));
  return line_of(*result);
}

/// The same line by the ledger.
StoreResult<std::string> run(store::Transaction& t, const Step& step) {
  switch (step.act) {
    case Act::kAllot: return line(allot(t, step.account, step.amount, kWhy));
    case Act::kWithdraw: return line(withdraw(t, step.account, step.amount, kWhy));
    case Act::kMove: return line(move(t, step.account, step.other, step.amount, kWhy));
    case Act::kCorrect: return line(correct(t, step.account, step.amount, kWhy));
    case Act::kHold: return line(hold(t, {step.account, step.case_id, step.amount, step.date}, kWhy));
    case Act::kCommit: return line(commit(t, step.case_id, step.prefix, kWhy));
    case Act::kRelease: return line(release(t, step.case_id, step.prefix, kWhy));
    case Act::kUncommit: return line(uncommit(t, step.case_id, step.prefix, kWhy));
    case Act::kExpire: return line(expire_holds(t, *step.date, kWhy));
  }
  return store::abandon("no such act");
}

const std::vector<std::string> kAccounts{"q/1", "q/1/a", "q/1/b", "q/10"};

Step any_step() {
  const auto account = rc::gen::elementOf(kAccounts);
  Step step{.act = static_cast<Act>(*rc::gen::inRange(0, kActs)),
            .account = *account,
            .other = *account,
            .case_id = "",
            .prefix = "",
            .amount = *rc::gen::inRange<int64_t>(1, 6),
            .date = {}};
  // Holds are the most frequent, or there would be little to end.
  if (*rc::gen::inRange(0, 3) == 0) step.act = Act::kHold;
  step.case_id = "case-" + std::to_string(*rc::gen::inRange(1, 4));
  step.prefix = *rc::gen::element<std::string>("", "q/1", "q/1/a", "q/10", "q");
  if (step.act == Act::kMove && step.other == step.account) step.other = step.account == "q/1" ? "q/10" : "q/1";
  if (step.act == Act::kCorrect && *rc::gen::arbitrary<bool>()) step.amount = -step.amount;
  if (step.act == Act::kExpire || *rc::gen::arbitrary<bool>()) step.date = Date{20000 + *rc::gen::inRange(0, 6)};
  return step;
}

class AgainstModel : public LedgerTest {
 protected:
  void clear() {
    for (const char* table : {"ledger_hold", "ledger_posting", "ledger_account"}) {
      store::must(execute(std::string("DELETE FROM ") + table));
    }
  }

  /// A few steps in one transaction, which is sometimes given up.
  void act(Model& model) {
    std::vector<Step> steps;  // drawn here: rapidcheck knows this thread only, and the work runs on the writer's
    for (int left = *rc::gen::inRange(1, 6); left > 0; --left) steps.push_back(any_step());
    const bool keep = *rc::gen::inRange(0, 4) != 0;
    Model next = model;
    std::vector<std::string> expected;
    for (const Step& step : steps) expected.push_back(next.run(step));
    std::vector<std::string> lines;
    const auto done = write([&](store::Transaction& t) -> StoreResult<void> {
      for (const Step& step : steps) {
        TRY(answer, run(t, step));
        lines.push_back(std::move(answer));
      }
      if (!keep) return store::abandon("given up");
      return {};
    });
    RC_ASSERT(lines == expected);
    RC_ASSERT(done.has_value() == keep);
    if (keep) model = next;
  }

  void compare(const Model& model) {
    for (const std::string& account : kAccounts) {
      const auto stored = store::must(store_->read([&](store::Reader& r) { return balance(r, account); }));
      RC_ASSERT(stored.has_value() == model.accounts.contains(account));
      if (stored) RC_ASSERT(*stored == model.balance(account));
    }
    std::vector<Hold> all;
    for (const char* name : {"case-1", "case-2", "case-3"}) std::ranges::copy(holds_of(name), std::back_inserter(all));
    std::ranges::sort(all, {}, &Hold::id);
    RC_ASSERT(all == model.holds);
    const Total sum = store::must(store_->read([](store::Reader& r) { return total(r, "q/1"); }));
    Total expected;
    for (const auto& [name, stored] : model.accounts) {
      if (name == "q/10") continue;
      const Balance one = model.balance(name);
      expected = {expected.accounts + 1, expected.limit + one.limit, expected.held + one.held, expected.committed + one.committed};
    }
    RC_ASSERT(sum == expected);
    RC_ASSERT(checked() == std::vector<std::string>{});
    RC_ASSERT(number("SELECT coalesce(max(number), 0) FROM ledger_posting") == model.postings);
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, AgainstModel, store::both_engines(), store::engine_name);

TEST_P(AgainstModel, AnyActsAnswerAndAddUpAlike) {
  EXPECT_TRUE(rc::check([this] {
    clear();
    Model model;
    for (int acts = *rc::gen::inRange(0, 16); acts > 0; --acts) act(model);
    compare(model);
  }));
}

}  // namespace
}  // namespace koshi::ledger
