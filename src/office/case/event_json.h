#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "office/case/case.h"
#include "office/case/decide.h"
#include "office/journal/canonical_json.h"

/// The parts of events and cases as JSON and back. Internal to this folder.
namespace koshi::office {

/// Reads the members of one object by their names. The first fault is kept, and everything read after it is empty; `result` tells it.
/// Members that nobody reads are left alone: later programs may write more.
class JsonFields {
 public:
  explicit JsonFields(const journal::Json& json);

  std::string text(std::string_view name);
  std::optional<std::string> maybe_text(std::string_view name);  ///< null: none
  std::string text_if_there(std::string_view name);              ///< missing: empty
  int64_t number(std::string_view name);
  bool flag(std::string_view name);
  bool maybe_flag(std::string_view name);  ///< missing: no
  Date date(std::string_view name);
  std::optional<Date> maybe_date(std::string_view name);

  /// Every item of an array, each by `read`: Json → Result<T>.
  template <typename Read>
  auto list(std::string_view name, Read read) {
    using T = std::invoke_result_t<Read, const journal::Json&>::value_type;
    std::vector<T> items;
    const auto* array = find_array(name);
    for (size_t i = 0; array != nullptr && i < array->size(); ++i) {
      Result<T> item = read((*array)[i]);
      if (!item) {
        fault("\"" + std::string(name) + "\": " + item.error().message);
        return items;
      }
      items.push_back(std::move(*item));
    }
    return items;
  }

  void fault(std::string message) {
    if (!fault_) fault_ = std::move(message);
  }
  template <typename T>
  Result<T> result(T value) const {
    if (fault_) return fail(*fault_);
    return value;
  }
  Result<void> result() const {
    if (fault_) return fail(*fault_);
    return {};
  }

 private:
  const journal::Json* find(std::string_view name);
  const journal::Json::Array* find_array(std::string_view name);

  const journal::Json::Object* object_ = nullptr;
  std::optional<std::string> fault_;
};

template <typename T, typename Write>
journal::Json array_json(const std::vector<T>& items, Write write) {
  journal::Json::Array array;
  array.reserve(items.size());
  for (const T& item : items) array.push_back(write(item));
  return array;
}

journal::Json date_json(Date date);
journal::Json maybe_date_json(const std::optional<Date>& date);

/// What an event says of one fact; no `json`: it is forgotten.
struct FactWord {
  FactEntry entry;
  bool forgotten = false;
};
journal::Json fact_word_json(const FactWord& word);
Result<FactWord> fact_word_of(const journal::Json& json);
journal::Json fact_json(const FactEntry& entry);
Result<FactEntry> fact_of(const journal::Json& json);

/// apply() (event.h) of a payload that is a value already. After an error the case is worth nothing.
Result<void> apply_value(Case& item, std::string_view name, const journal::Json& payload, Date on);

/// Errors: texts that are not UTF-8, more than kJsonMaxBytes.
Result<std::string> write_case(const Case& item);

journal::Json posting_json(const LedgerPosting& posting);
Result<LedgerPosting> posting_of(const journal::Json& json);

journal::Json charge_json(const ChargeEntry& charge);
Result<ChargeEntry> charge_of(const journal::Json& json, Date on);
journal::Json paper_json(const PaperEntry& paper);
Result<PaperEntry> paper_of(const journal::Json& json, Date on);
journal::Json ground_json(const GroundEntry& ground);
Result<GroundEntry> ground_of(const journal::Json& json);

}  // namespace koshi::office
