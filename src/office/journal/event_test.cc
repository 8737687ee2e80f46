#include "office/journal/event.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace koshi::journal {
namespace {

Event sample() {
  return {.sequence = 258,
          .entry = {.case_id = "case-7",
                    .actor = "officer:12",
                    .action = "grant",
                    .law_date = *parse_date("2025-03-01"),
                    .recorded_at_ms = 1'740'787'200'123,
                    .payload = R"({"fee":1})"},
          .previous = sha256("before")};
}

/// Written by hand from the grammar, so that an accidental change of the encoding cannot go unseen.
TEST(Event, EncodingIsFixed) {
  const std::string expected = std::string("\0\0\0\x15", 4) + "koshi/journal/event/1" + std::string("\0\0\0\0\0\0\x01\x02", 8) +
                               std::string("\0\0\0\x06", 4) + "case-7" + std::string("\0\0\0\x0a", 4) + "officer:12" +
                               std::string("\0\0\0\x05", 4) + "grant" + std::string("\0\0\0\x0a", 4) + "2025-03-01" +
                               std::string("\x00\x00\x01\x95\x4f\x00\xb0\x7b", 8) + std::string("\0\0\0\x09", 4) + R"({"fee":1})" +
                               std::string(bytes_of(sha256("before")));
  EXPECT_EQ(encode_event(sample()), expected);
  EXPECT_EQ(event_hash(sample()), sha256(expected));
}

TEST(Event, EveryFieldIsHashed) {
  const Hash original = event_hash(sample());
  Event changed = sample();
  changed.sequence += 1;
  EXPECT_NE(event_hash(changed), original);
  changed = sample();
  changed.entry.law_date.days += 1;
  EXPECT_NE(event_hash(changed), original);
  changed = sample();
  changed.entry.recorded_at_ms += 1;
  EXPECT_NE(event_hash(changed), original);
  changed = sample();
  changed.previous[31] ^= 1;
  EXPECT_NE(event_hash(changed), original);
  for (std::string Entry::* text : {&Entry::case_id, &Entry::actor, &Entry::action, &Entry::payload}) {
    changed = sample();
    changed.entry.*text += " ";
    EXPECT_NE(event_hash(changed), original);
  }
}

/// Without lengths "ab" + "c" and "a" + "bc" would be one event.
RC_GTEST_PROP(Event, TextCannotWanderBetweenFields, (const std::string& text, const std::string& other)) {
  Event a = sample();
  a.entry.case_id = text;
  a.entry.actor = other;
  Event b = sample();
  const std::string all = text + other;
  const auto cut = *rc::gen::inRange<size_t>(0, all.size() + 1);
  b.entry.case_id = all.substr(0, cut);
  b.entry.actor = all.substr(cut);
  RC_ASSERT((encode_event(a) == encode_event(b)) == (a == b));
}

TEST(Event, ChecksNameTheField) {
  const auto error = [](auto change) {
    Entry entry = sample().entry;
    change(entry);
    const auto checked = check_entry(entry);
    return checked ? std::string("fine") : checked.error().message;
  };
  EXPECT_EQ(error([](Entry&) {}), "fine");
  EXPECT_EQ(error([](Entry& e) { e.case_id.assign(kNameMaxBytes, 'x'); }), "fine");
  EXPECT_EQ(error([](Entry& e) { e.case_id.clear(); }), "the case of an event must have 1 to 256 bytes, not 0");
  EXPECT_EQ(error([](Entry& e) { e.actor.assign(257, 'x'); }), "the actor of an event must have 1 to 256 bytes, not 257");
  EXPECT_EQ(error([](Entry& e) { e.action = "a\nb"; }), "the action of an event must be UTF-8 without control characters: \"a\\nb\"");
  EXPECT_NE(error([](Entry& e) { e.action = "\xFF"; }), "fine");
  EXPECT_NE(error([](Entry& e) { e.law_date.days = kLastDate.days + 1; }), "fine");
  EXPECT_NE(error([](Entry& e) { e.recorded_at_ms = -1; }), "fine");
  EXPECT_NE(error([](Entry& e) { e.recorded_at_ms = kRecordedAtMaxMs + 1; }), "fine");
  EXPECT_EQ(error([](Entry& e) { e.payload = "{\"a\":0.5}"; }),
            "the payload of an event is not canonical JSON: byte 6 makes a number that is no integer; send it as text");
}

}  // namespace
}  // namespace koshi::journal
