#pragma once

#include "office/desk/desk.h"

/// Persons and employers whom cases name, in the registers of people.
namespace koshi::office {

/// Files each once: by IIN, BIN or passport. What a case says never overwrites what a register knows; what cannot be filed (a name that is
/// none, a passport of somebody else) is left alone, since a case does not wait for it. For Desk::Parts::file_subjects.
store::StoreResult<void> file_subjects(const zan::Corpus& corpus, store::Transaction& transaction, const std::vector<Subject>& subjects,
                                       const Case& item, int64_t now_ms);

/// The keys of all whom the case names, also those by which the register knows them beside: a passport where the case has the IIN.
store::StoreResult<std::vector<std::string>> related_keys(const Law& law, store::Reader& reader, const Case& item);

}  // namespace koshi::office
