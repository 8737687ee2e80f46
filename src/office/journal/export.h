#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "office/journal/event.h"

/// The lines of an exported journal, each with its newline. What stands in which order is in export.cc; who reads it is
/// tools/journal_verify, which has a reader of its own.
namespace koshi::journal {

/// `note` is the last checkpoint of the file, `checkpoints` their number.
std::string export_header(std::string_view note, uint64_t checkpoints);
std::string export_event(const Event& event, const Hash& hash);
/// Of an event of a sealed case: that there is one, and its hash, by which it can be held against the event if a court ever opens it.
std::string export_withheld(uint64_t sequence, const Hash& hash);
std::string export_checkpoint(uint64_t number, std::string_view note);

}  // namespace koshi::journal
