#pragma once

#include <string>
#include <vector>

#include "zan/reason/answer.h"

/// The facts of a written case as a record. Internal to this folder.
namespace koshi::zan {

/// Appends an error; "nearest known name" is added where `name` resembles one of `known`.
void report_unknown(Diagnostics& diagnostics, std::string_view kind, const Name& name, const std::vector<std::string>& known);

/// The value that a literal has as a value of the type; no value after a report.
std::optional<Value> literal_value(const Corpus& corpus, const Type& type, const Expr& literal, Diagnostics& diagnostics);

/// The record that the case tells of; what is wrong in it is reported at its place and left out. `list none` is a list without members.
Record case_record(const Corpus& corpus, const Subject& subject, Diagnostics& diagnostics);

}  // namespace koshi::zan
