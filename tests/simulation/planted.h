#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "office/journal/journal.h"
#include "store/transaction.h"

/// Bugs that are put into the office on purpose, to show that the simulation finds them. Each stands between the desk and its database, so
/// that the office itself needs no switch for it.
namespace koshi::simulation {

enum class Planted : uint8_t {
  kNone,
  kOversell,         ///< the ledger neither looks for room before it posts, nor does the database hold it to its limit
  kOnlyLook,         ///< only the look is missing: the database's own rule must hold. No simulation may find an oversold account
  kDroppedSync,      ///< the disk says that it has forced what it has not (disk.h)
  kForgottenKey,     ///< idempotency keys are neither kept nor found: a repeated request is done again
  kTwice,            ///< an act is entered twice
  kDeadlineTwice,    ///< a deadline that has passed is entered twice
  kNotJournalled,    ///< an act leaves no event
  kStaleProjection,  ///< a case's row is not brought up to date
  kLostNotice,       ///< a notice is not put into the outbox
  kHalfApplied,      ///< an act's postings are not kept with the act
  kEarlyWord,        ///< an act is acknowledged although its commit failed
};

struct PlantedName {
  Planted bug;
  std::string_view name;
};
inline constexpr std::array<PlantedName, 12> kPlantedNames{{{Planted::kNone, "none"},
                                                            {Planted::kOversell, "oversell"},
                                                            {Planted::kOnlyLook, "only_look"},
                                                            {Planted::kDroppedSync, "dropped_sync"},
                                                            {Planted::kForgottenKey, "forgotten_key"},
                                                            {Planted::kTwice, "twice"},
                                                            {Planted::kDeadlineTwice, "deadline_twice"},
                                                            {Planted::kNotJournalled, "not_journalled"},
                                                            {Planted::kStaleProjection, "stale_projection"},
                                                            {Planted::kLostNotice, "lost_notice"},
                                                            {Planted::kHalfApplied, "half_applied"},
                                                            {Planted::kEarlyWord, "early_word"}}};
std::optional<Planted> planted_by_name(std::string_view name);
std::string_view name_of(Planted bug);

/// A transaction with the bug in it. One thread, as the inner one.
class PlantedTransaction final : public store::Transaction {
 public:
  /// `count` goes on from transaction to transaction: most bugs strike now and then only.
  PlantedTransaction(store::Transaction& inner, Planted bug, int64_t& count) : inner_(inner), bug_(bug), count_(count) {}

  store::StoreResult<int64_t> run(std::string_view sql, store::Params params, store::RowSink* sink) override;
  store::StoreResult<void> run_later(std::string_view sql, store::Params params, std::shared_ptr<store::Rows> rows,
                                     int64_t expected) override;
  store::StoreResult<void> settle() override { return inner_.settle(); }
  store::StoreResult<void> script(std::string_view sql) override;
  store::StoreResult<void> begin_nested() override { return inner_.begin_nested(); }
  store::StoreResult<void> end_nested(bool keep) override { return inner_.end_nested(keep); }

  /// When the work is done: what the bug does after it.
  store::StoreResult<void> finish(const journal::Journal& journal);

 private:
  bool is_swallowed(std::string_view sql);
  std::string text_of(std::string_view sql) const;
  void note(std::string_view sql, store::Params params);

  store::Transaction& inner_;
  const Planted bug_;
  int64_t& count_;
  std::vector<journal::Entry> again_;
};

}  // namespace koshi::simulation
