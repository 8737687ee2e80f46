#pragma once

#include <string_view>

#include "zan/reason/answer.h"

/// Finding a record inside another by its path. Internal to this folder.
namespace koshi::zan {

/// The record at "employer" or "staff[2].person" ("" is the record itself); null when the path leads to no given record.
Record* find_record(const Corpus& corpus, Record& root, std::string_view path);

}  // namespace koshi::zan
