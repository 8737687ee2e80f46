// An exported journal is a text file of lines; each line is one canonical JSON object (canonical_json.cc) and a
// newline.
//
//   journal    = header *(event / withheld / checkpoint)
//   header     = {"checkpoint":note,"checkpoints":count,"format":"koshi journal 2"}
//   event      = {"action":text,"actor":text,"case":text,"hash":hex,"law_date":text,"payload":value,"previous":hex,
//                 "recorded_at":milliseconds,"sequence":number}                       1, 2, 3 …
//   withheld   = {"hash":hex,"sequence":number,"withheld":true}                          an event of a sealed case
//   checkpoint = {"checkpoint":note,"number":number}      1, 2, 3 …; after the last event that it covers
//
// The last line is a checkpoint over all events, and the header repeats its note: a file that lost its end shows it.

#include "office/journal/export.h"

#include "office/journal/canonical_json.h"

namespace koshi::journal {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out += name;
  append_canonical_string(out, text);
}

}  // namespace

std::string export_header(std::string_view note, uint64_t checkpoints) {
  std::string out;
  append_member(out, "{\"checkpoint\":", note);
  return out + ",\"checkpoints\":" + std::to_string(checkpoints) + ",\"format\":\"koshi journal 2\"}\n";
}

std::string export_event(const Event& event, const Hash& hash) {
  std::string out;
  append_member(out, "{\"action\":", event.entry.action);
  append_member(out, ",\"actor\":", event.entry.actor);
  append_member(out, ",\"case\":", event.entry.case_id);
  append_member(out, ",\"hash\":", hex(hash));
  append_member(out, ",\"law_date\":", format_date(event.entry.law_date));
  out += ",\"payload\":" + event.entry.payload;
  append_member(out, ",\"previous\":", hex(event.previous));
  out += ",\"recorded_at\":" + std::to_string(event.entry.recorded_at_ms);
  out += ",\"sequence\":" + std::to_string(event.sequence);
  return out + "}\n";
}

std::string export_withheld(uint64_t sequence, const Hash& hash) {
  std::string out;
  append_member(out, "{\"hash\":", hex(hash));
  return out + ",\"sequence\":" + std::to_string(sequence) + ",\"withheld\":true}\n";
}

std::string export_checkpoint(uint64_t number, std::string_view note) {
  std::string out;
  append_member(out, "{\"checkpoint\":", note);
  return out + ",\"number\":" + std::to_string(number) + "}\n";
}

}  // namespace koshi::journal
