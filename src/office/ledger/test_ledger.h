#pragma once

#include <string>
#include <vector>

#include "office/ledger/check.h"
#include "office/ledger/ledger.h"
#include "office/ledger/schema.h"
#include "store/migrate.h"
#include "store/test_store.h"

/// For tests only: an empty ledger on each engine.
namespace koshi::ledger {

inline const Why kWhy{.act = "7", .reason = "for the test", .recorded_at_ms = 1'750'000'000'000};

inline Date day(const char* text) {
  return *parse_date(text);
}

class LedgerTest : public store::BothEngines {
 protected:
  void SetUp() override {
    open();
    migrate_ledger();
  }

  void migrate_ledger() {
    const store::Migration steps[] = {{1, "ledger", kSchema}};
    store::must(store::migrate(*store_, steps));
  }

  /// One function of the ledger in a transaction of its own.
  template <typename Work>
  auto write(Work&& work) {
    return store_->write(std::forward<Work>(work));
  }

  Balance allotted(const std::string& account, int64_t amount) {
    return store::must(write([&](store::Transaction& t) { return allot(t, account, amount, kWhy); }));
  }
  Outcome<int64_t> held(const std::string& account, const std::string& case_id, int64_t amount, std::optional<Date> until = std::nullopt) {
    return store::must(write([&](store::Transaction& t) { return hold(t, {account, case_id, amount, until}, kWhy); }));
  }
  std::vector<Hold> committed(const std::string& case_id, const std::string& prefix = "") {
    return store::must(write([&](store::Transaction& t) { return commit(t, case_id, prefix, kWhy); }));
  }
  std::vector<Hold> released(const std::string& case_id, const std::string& prefix = "") {
    return store::must(write([&](store::Transaction& t) { return release(t, case_id, prefix, kWhy); }));
  }
  std::vector<Hold> uncommitted(const std::string& case_id, const std::string& prefix = "") {
    return store::must(write([&](store::Transaction& t) { return uncommit(t, case_id, prefix, kWhy); }));
  }
  std::vector<Hold> expired(Date today) {
    return store::must(write([&](store::Transaction& t) { return expire_holds(t, today, kWhy); }));
  }

  Balance balance_of(const std::string& account) {
    return store::must(store_->read([&](store::Reader& r) { return balance(r, account); })).value_or(Balance{"none"});
  }
  std::vector<Posting> postings_of(const std::string& account, int64_t after = 0, size_t count = kPageMax) {
    return store::must(store_->read([&](store::Reader& r) { return postings(r, account, after, count); }));
  }
  std::vector<Hold> holds_of(const std::string& case_id) {
    return store::must(store_->read([&](store::Reader& r) { return holds(r, case_id); }));
  }
  /// One line for each difference; empty when all is well.
  std::vector<std::string> checked() {
    std::vector<std::string> lines;
    for (const Difference& found : store::must(store_->read([](store::Reader& r) { return check(r); }))) lines.push_back(describe(found));
    return lines;
  }
};

}  // namespace koshi::ledger
