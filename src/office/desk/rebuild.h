#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "office/case/case.h"
#include "office/case/decide.h"
#include "office/desk/case_line.h"
#include "office/journal/journal.h"

/// One case, folded anew from the journal, against what stands in the tables. Internal to this folder.
namespace koshi::office {

/// A case as its events tell it, with what it left outside of itself.
struct Folded {
  Case item;
  int64_t first_sequence = 0, last_sequence = 0;
  struct Record {
    RegisterEntry entry;
    int64_t sequence = 0;
  };
  std::vector<Record> records;        ///< in the order of the events
  std::vector<StepRow> steps;         ///< of a case that is not sealed
  std::optional<std::string> damage;  ///< an event that does not follow; what is after it was not looked at
};
/// Constant memory but for the case and its records.
store::StoreResult<Folded> fold_case(store::Reader& reader, const journal::Journal& journal, const std::string& id);

/// Each as one sentence that names the case; `line` is what the events amount to.
store::StoreResult<std::vector<std::string>> differences(store::Reader& reader, const Folded& folded, const CaseLine& line);

/// A row of the register whose act does not say so.
struct WrongRecord {
  std::string path, key, fact, what;
};
store::StoreResult<std::vector<WrongRecord>> wrong_records(store::Reader& reader, const journal::Journal& journal);

}  // namespace koshi::office
