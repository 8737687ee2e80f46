// The bytes of an event, version 1. What is signed for ever may never be read in two ways: every field of open length
// carries its length, the order is fixed, and the first field says what the bytes are and in which version, so that no
// other hashed text of this program can be mistaken for an event.
//
//   event    = field("koshi/journal/event/1")
//              number(sequence)
//              field(case) field(actor) field(action)
//              field(law date as YYYY-MM-DD)
//              number(recorded at, milliseconds of UTC since 1970, two's complement)
//              field(payload, canonical JSON)
//              32 bytes: hash of the previous event of the case, zeros if there is none
//   field(x) = 4 bytes: length of x, big-endian; x
//   number   = 8 bytes, big-endian
//
//   event hash = SHA-256(event)
//   leaf hash  = SHA-256(0x00 event-hash)                                          RFC 9162, see merkle.h

#include "office/journal/event.h"

#include <algorithm>

#include "base/crockford.h"
#include "base/text.h"
#include "office/journal/canonical_json.h"

namespace koshi::journal {
namespace {

constexpr std::string_view kDomain = "koshi/journal/event/1";

void append_big_endian(std::string& out, uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

void append_field(std::string& out, std::string_view text) {
  append_big_endian(out, text.size(), 4);
  out += text;
}

Result<void> check_name(std::string_view what, std::string_view name) {
  if (name.empty() || name.size() > kNameMaxBytes) {
    return fail("the " + std::string(what) + " of an event must have 1 to " + std::to_string(kNameMaxBytes) + " bytes, not " +
                std::to_string(name.size()));
  }
  const bool has_control = std::ranges::any_of(name, [](char c) { return static_cast<uint8_t>(c) < 0x20 || c == 0x7F; });
  if (has_control || !is_valid_utf8(name)) {
    return fail("the " + std::string(what) + " of an event must be UTF-8 without control characters: " + json_string(name));
  }
  return {};
}

}  // namespace

bool is_sealed(std::string_view case_id) {
  return is_crockford(case_id.substr(case_id.rfind('/') + 1), kSealedNameBytes);
}

Result<void> check_entry(const Entry& entry) {
  TRY_DO(check_name("case", entry.case_id));
  TRY_DO(check_name("actor", entry.actor));
  TRY_DO(check_name("action", entry.action));
  if (entry.law_date < kFirstDate || entry.law_date > kLastDate) return fail("the law date of an event is out of range");
  if (entry.recorded_at_ms < 0 || entry.recorded_at_ms > kRecordedAtMaxMs) {
    return fail("the time of an event must lie between 1970 and 9999: " + std::to_string(entry.recorded_at_ms) + " ms");
  }
  if (auto checked = check_canonical_json(entry.payload); !checked) {
    return fail("the payload of an event is " + checked.error().message);
  }
  return {};
}

Result<CheckedEntry> CheckedEntry::create(Entry entry) {
  TRY_DO(check_entry(entry));
  return CheckedEntry(std::move(entry));
}

namespace {

std::string encode(uint64_t sequence, const Entry& entry, const Hash& previous) {
  std::string out;
  out.reserve(160 + entry.case_id.size() + entry.actor.size() + entry.action.size() + entry.payload.size());
  append_field(out, kDomain);
  append_big_endian(out, sequence, 8);
  append_field(out, entry.case_id);
  append_field(out, entry.actor);
  append_field(out, entry.action);
  append_field(out, format_date(entry.law_date));
  append_big_endian(out, static_cast<uint64_t>(entry.recorded_at_ms), 8);
  append_field(out, entry.payload);
  out += bytes_of(previous);
  return out;
}

}  // namespace

std::string encode_event(const Event& event) {
  return encode(event.sequence, event.entry, event.previous);
}

Hash event_hash(const Event& event) {
  return event_hash(event.sequence, event.entry, event.previous);
}

Hash event_hash(uint64_t sequence, const Entry& entry, const Hash& previous) {
  return sha256(encode(sequence, entry, previous));
}

}  // namespace koshi::journal
