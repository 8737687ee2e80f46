#pragma once

#include <string_view>

#include "office/case/case.h"
#include "zan/reason/record.h"

/// Entries of a case, which are text, as records of the law. Pure.
namespace koshi::office {

/// Lays the value at the path over what the record says. No: the law text knows no such fact, or not such a value; then the record says
/// what it said, but for the parts of a list that could be read. Costs as much as reading the JSON.
bool read_entry(const zan::Corpus& corpus, std::string_view path, std::string_view json, zan::Record& record);

/// What this entry alone says; blank where it says nothing that the law text knows.
zan::Record record_of(const zan::Corpus& corpus, zan::EntityId entity, const FactEntry& entry);

}  // namespace koshi::office
