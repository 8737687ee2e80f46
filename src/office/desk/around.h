#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "office/case/decide.h"
#include "store/transaction.h"

/// What the law reads beside the case, and a note of everything that it read: a decision that was made on one state of the database holds
/// on a later one if the case and all that was read are the same.
namespace koshi::office {

inline constexpr size_t kRegisterKeyMaxBytes = 400;  ///< a longer one is nobody's

struct Readings {
  using Facts = std::vector<std::pair<std::string, std::string>>;
  std::map<std::string, int64_t> balances;                         ///< on which something rests, by account code
  std::map<std::pair<std::string, std::string>, Facts> registers;  ///< by path and key
};

/// The running number that comes next in a series: asked for now, answered when the reader has settled.
store::StoreResult<store::LaterRows> ask_last_number(store::Reader& reader, std::string_view series);
int64_t next_number_of(const store::Rows& last);

/// Whether the same would be read now. One statement for each reading.
store::StoreResult<bool> still_reads(store::Reader& reader, const Readings& readings);

/// Lives no longer than the reader. One thread.
class Around {
 public:
  explicit Around(store::Reader& reader);
  Around(const Around&) = delete;
  Around& operator=(const Around&) = delete;

  const Surroundings& surroundings() const { return surroundings_; }
  Readings take_readings() { return std::move(readings_); }
  /// A failure of the database while the law was reading: what was decided is then worth nothing.
  store::StoreResult<void> checked() const;

 private:
  store::Reader& reader_;
  std::map<std::string, int64_t> balances_;  ///< all that were read: what is said twice is the same
  Readings readings_;
  std::optional<store::StoreError> error_;
  Surroundings surroundings_;
};

}  // namespace koshi::office
