#pragma once

#include "zan/columns/table.h"

/// The people of rule set (b): every value follows from its row by one hash, so that any engine can make the same ones.
namespace koshi::ruleset_b {

/// In the order of law.zan.
enum Input : size_t {
  kCitizenship,
  kSex,
  kBirthDate,
  kEntryDate,
  kRegistrationDate,
  kContractStart,
  kContractEnd,
  kPermitUntil,
  kCategory,
  kSector,
  kResidence,
  kRefugee,
  kFamily,
  kPlannedDays,
  kFunds,
  kInsuredMonths,
  kJudgedOn,
  kInputs
};

/// A day of the law for everybody, and how each row's own day follows from its entry.
inline constexpr Date kDay{20527};  // 2026-03-15
inline constexpr int32_t kOwnDayAfterEntry = 30;

struct People {
  int64_t rows = 0;
  std::vector<zan::Buffer> columns;            ///< by Input
  std::vector<std::vector<uint8_t>> validity;  ///< by Input; empty: every row is known

  template <typename T>
  const T* column(Input input) const {
    return columns[input].as<T>();
  }
  /// The people as a table of the law's entity `person`. They must outlive it.
  zan::Population population(const zan::Corpus& corpus) const;
};

/// Errors: out of memory. Money is in tiyn; the mark of none is INT32_MIN.
Result<People> make_people(int64_t rows);
/// Makes about one row in twenty of every column unknown.
void forget_some(People& people);

/// law.zan, compiled. Errors: it cannot be read; problems in it are a bug.
Result<zan::Corpus> read_law(const std::string& folder);

}  // namespace koshi::ruleset_b
