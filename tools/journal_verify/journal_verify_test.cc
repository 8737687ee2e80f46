/// Two readers of one journal, the audit of the office and the program that shares no code with it, against the same
/// planted faults: whatever one byte, line or order is changed, both must say so.
#define JOURNAL_VERIFY_WITHOUT_MAIN
#include "journal_verify.cc"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <random>
#include <sstream>

#include "office/journal/audit.h"
#include "office/journal/consistency.h"
#include "office/journal/export.h"
#include "office/journal/receipt.h"

namespace koshi::journal {
namespace {

namespace fs = std::filesystem;
using journal_verify::Verifier;

constexpr const char* kName = "office.example/journal";

/// One event or checkpoint as it is stored, which is what the audit reads; the program reads its line.
struct Row {
  bool is_event = true;
  Event event;
  Hash hash{};
  uint64_t number = 0;
  std::string note;

  std::string line() const { return is_event ? export_event(event, hash) : export_checkpoint(number, note); }
};

/// A journal as an office makes it, in memory: `size` events, a fiftieth as many cases, a checkpoint now and then.
struct Sample {
  SigningKey key = SigningKey::create(kName, Seed{42}).value();
  std::vector<Row> rows;
  MerkleTree tree;
  uint64_t checkpoints = 0;

  explicit Sample(uint64_t size, uint64_t events_per_checkpoint = 20) {
    std::unordered_map<std::string, Hash> last;
    std::mt19937_64 random(size);
    for (uint64_t sequence = 1; sequence <= size; ++sequence) {
      const uint64_t n = random();
      Event event{
          sequence,
          {"case-" + std::to_string(n % (size / 50 + 3)), "officer:" + std::to_string(n % 17),
           n % 3 == 0 ? "grant" : "file \"x\"\\", Date{static_cast<int32_t>(20'000 + n % 300)},
           static_cast<int64_t>(1'750'000'000'000 + sequence * 977),
           "{\"fee\":" + std::to_string(n % 100'000) + ",\"list\":[1,{\"a\":null}],\"note\":\"көші\\n{[\\\"\"}"},
          last[""]};
      event.previous = last[event.entry.case_id];
      const Hash hash = event_hash(event);
      last[event.entry.case_id] = hash;
      tree.append(leaf_hash(bytes_of(hash)));
      rows.push_back({true, event, hash, 0, ""});
      if (sequence % events_per_checkpoint == 0) sign();
    }
    if (rows.empty() || rows.back().is_event) sign();
  }
  void sign() {
    rows.push_back({false, {}, {}, ++checkpoints, sign_checkpoint({kName, tree.size(), tree.root()}, key).value()});
  }

  std::string header() const { return export_header(rows.back().note, checkpoints); }
  std::string text() const {
    std::string out = header();
    for (const Row& row : rows) out += row.line();
    return out;
  }
  journal_verify::Keys public_key() const { return journal_verify::Keys::parse(key.verifying_key().text()).value(); }
  Verifier verifier() const {
    Verifier fresh(public_key());
    EXPECT_EQ(fresh.feed(std::string_view(header()).substr(0, header().size() - 1)), "");
    return fresh;
  }
  Audit audit() const { return Audit({kName, {key.verifying_key()}, {}}); }
  MerkleFrontier edge() const {
    MerkleFrontier frontier;
    for (const Row& row : rows) {
      if (row.is_event) frontier.append(leaf_hash(bytes_of(row.hash)));
    }
    return frontier;
  }
};

std::string verify_text(const Sample& sample, const std::string& text) {
  std::istringstream in(text);
  Verifier verifier(sample.public_key());
  return verify_journal(in, verifier);
}

std::optional<Damage> take(Audit& audit, const Row& row) {
  return row.is_event ? audit.event(row.event, row.hash) : audit.checkpoint(row.number, row.note);
}

/// The state of both readers before each row in turn, so that a fault at row i costs what comes after it only.
class Tamper {
 public:
  explicit Tamper(uint64_t size)
      : sample_(size), verifier_(sample_.verifier()), audit_(sample_.audit()), edge_(sample_.edge()) {}

  const Sample& sample() const { return sample_; }
  void advance_to(size_t row) {
    for (; at_ < row; ++at_) {
      const std::string line = sample_.rows[at_].line();
      ASSERT_EQ(verifier_.feed(std::string_view(line).substr(0, line.size() - 1)), "");
      ASSERT_FALSE(take(audit_, sample_.rows[at_]));
    }
  }
  /// Both readers on `replaced` in place of the rows at_ .. at_+skipped-1, then on the rest, to the first fault.
  void expect_found(const std::vector<Row>& replaced, size_t skipped, const std::string& what) {
    std::vector<std::string> lines;
    for (const Row& row : replaced) lines.push_back(row.line());
    EXPECT_NE(program(lines, skipped), "") << what << " at row " << at_;
    EXPECT_NE(audit(replaced, skipped), "") << what << " at row " << at_;
  }
  /// The control: what was not touched is whole.
  void expect_whole() {
    EXPECT_EQ(program({sample_.rows[at_].line()}, 1), "") << at_;
    EXPECT_EQ(audit({sample_.rows[at_]}, 1), "") << at_;
  }
  void expect_line_found(const std::string& line, const std::string& what) {
    EXPECT_NE(program({line}, 1), "") << what << " at row " << at_ << ": " << line;
  }

 private:
  std::string program(const std::vector<std::string>& lines, size_t skipped) const {
    Verifier verifier = verifier_;
    std::string rest;
    for (const std::string& line : lines) rest += line;
    std::string fault;
    const auto feed_all = [&](std::string_view text) {
      while (fault.empty() && !text.empty()) {
        const size_t end = text.find('\n');
        if (end == std::string_view::npos)
          fault = "cut off";
        else
          fault = verifier.feed(text.substr(0, end));
        text.remove_prefix(std::min(end, text.size() - 1) + 1);
      }
    };
    feed_all(rest);
    for (size_t i = at_ + skipped; i < sample_.rows.size() && fault.empty(); ++i) feed_all(sample_.rows[i].line());
    return fault.empty() ? verifier.finish() : fault;
  }
  std::string audit(const std::vector<Row>& replaced, size_t skipped) const {
    Audit audit = audit_;
    std::optional<Damage> damage;
    for (size_t i = 0; i < replaced.size() && !damage; ++i) damage = take(audit, replaced[i]);
    for (size_t i = at_ + skipped; i < sample_.rows.size() && !damage; ++i) damage = take(audit, sample_.rows[i]);
    const uint64_t nodes = edge_.size() / 16 + edge_.size() / 256 + edge_.size() / 4096 + edge_.size() / 65536;
    if (!damage) damage = audit.finish(edge_, sample_.checkpoints, nodes);
    return damage ? describe(*damage) : "";
  }

  Sample sample_;
  Verifier verifier_;
  Audit audit_;
  MerkleFrontier edge_;
  size_t at_ = 0;
};

Row altered(Row row, uint64_t how) {
  if (!row.is_event) {
    if (how % 2 == 0)
      row.number += 1 + how % 3;
    else
      row.note[how / 2 % row.note.size()] ^= static_cast<char>(1 << how % 7);
    return row;
  }
  Entry& entry = row.event.entry;
  switch (how % 9) {
    case 0:
      entry.case_id += "x";
      break;
    case 1:
      entry.actor[how / 9 % entry.actor.size()] ^= 1;
      break;
    case 2:
      entry.action = "refuse";
      break;
    case 3:
      entry.law_date.days += 1;
      break;
    case 4:
      entry.recorded_at_ms -= 1;
      break;
    case 5:
      entry.payload = "{\"fee\":0}";
      break;
    case 6:
      row.event.previous[how / 9 % 32] ^= static_cast<uint8_t>(1 << how % 8);
      break;
    case 7:
      row.hash[how / 9 % 32] ^= static_cast<uint8_t>(1 << how % 8);
      break;
    default:
      row.event.sequence += 1 + how / 9 % 5;
      break;
  }
  return row;
}

/// The same event with a hash that fits: only the chain, the tree and the signature can tell.
Row resealed(Row row) {
  row.event.entry.actor += "x";
  row.hash = event_hash(row.event);
  return row;
}

void tamper(uint64_t size, int faults) {
  Tamper tamper(size);
  const std::vector<Row>& rows = tamper.sample().rows;
  std::mt19937_64 random(size + static_cast<uint64_t>(faults));
  std::vector<size_t> places;
  for (int i = 0; i < faults; ++i) places.push_back(random() % rows.size());
  std::ranges::sort(places);
  for (size_t i = 0; i < places.size() && !testing::Test::HasFailure(); ++i) {
    const size_t at = places[i];
    const Row& row = rows[at];
    const uint64_t how = random();
    tamper.advance_to(at);
    if (i == 0 || i == places.size() / 2) tamper.expect_whole();
    switch (i % 6) {
      case 0:
        tamper.expect_found({altered(row, how)}, 1, "alteration");
        break;
      case 1:
        tamper.expect_found({}, 1, "removal");
        break;
      case 2:
        tamper.expect_found({row, row}, 1, "repetition");
        break;
      case 3: {
        const size_t other = at + 1 + how % 50;
        if (other >= rows.size()) break;
        std::vector<Row> swapped(rows.begin() + static_cast<ptrdiff_t>(at),
                                 rows.begin() + static_cast<ptrdiff_t>(other) + 1);
        std::swap(swapped.front(), swapped.back());
        tamper.expect_found(swapped, swapped.size(), "swap");
        break;
      }
      case 4:
        tamper.expect_found({row.is_event ? resealed(row) : altered(row, how)}, 1, "resealing");
        break;
      default: {
        std::string line = row.line();
        line[how % line.size()] = static_cast<char>(line[how % line.size()] ^ 1 << (how >> 32) % 8);
        tamper.expect_line_found(line, "turned bit");
      }
    }
  }
}

TEST(JournalVerify, WholeJournalsOfAllSizesAreWhole) {
  for (uint64_t size = 0; size <= 1000; size += 1 + size / 7) {
    const Sample sample(size, 1 + size / 10);
    EXPECT_EQ(verify_text(sample, sample.text()), "") << size;
    Audit audit = sample.audit();
    for (const Row& row : sample.rows) ASSERT_FALSE(take(audit, row));
    EXPECT_EQ(audit.tree().root(), sample.tree.root());
    EXPECT_EQ(audit.signed_size(), size);
  }
}

TEST(JournalVerify, FaultsInSmallJournalsAreFound) {
  for (uint64_t size = 1; size <= 1000; size += 1 + size / 3) tamper(size, 60);
}

TEST(JournalVerify, AThousandFaultsAmongAHundredThousandEvents) {
  tamper(100'000, 1000);
}

TEST(JournalVerifyLong, TenThousandFaultsAmongAHundredThousandEvents) {
  tamper(100'000, 10'000);
}

TEST(JournalVerify, EveryBitOfASmallJournalCounts) {
  const Sample sample(4, 3);
  const std::string text = sample.text();
  for (size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = text;
      changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
      ASSERT_NE(verify_text(sample, changed), "") << i << " " << bit;
    }
    ASSERT_NE(verify_text(sample, text.substr(0, i)), "") << i;
  }
}

TEST(JournalVerify, TruncationAtACheckpointIsFound) {
  const Sample sample(100, 10);
  const std::string text = sample.text();
  for (size_t end = text.find('\n'); end != std::string::npos && end + 1 < text.size();
       end = text.find('\n', end + 1)) {
    EXPECT_NE(verify_text(sample, text.substr(0, end + 1)), "") << end;
  }
}

TEST(JournalVerify, WhatARetiredKeySignedIsBelievedWhereItIsNamed) {
  Sample sample(30, 10);
  const SigningKey fresh = SigningKey::create(kName, Seed{43}).value();
  sample.rows.back().note = sign_checkpoint({kName, sample.tree.size(), sample.tree.root()}, fresh).value();
  const auto verify = [&](const std::string& keys) {
    std::istringstream in(sample.text());
    Verifier verifier(journal_verify::Keys::parse(keys).value());
    return verify_journal(in, verifier);
  };
  const std::string now = fresh.verifying_key().text();
  const std::string old = sample.key.verifying_key().text();
  EXPECT_EQ(verify(now + "," + old), "");
  EXPECT_NE(verify(now), "") << "the checkpoints before are the old key's";
  EXPECT_NE(verify(old), "");
  EXPECT_FALSE(journal_verify::Keys::parse(now + ",," + old));
  EXPECT_FALSE(journal_verify::Keys::parse(now + "," + SigningKey::create("another/journal", Seed{1}).value().verifying_key().text()));
}

TEST(JournalVerify, TakesAWithheldEventByItsHash) {
  const Sample sample(30, 10);
  const std::string text = sample.text();
  const auto is_last_of_case = [&](size_t row) {
    return std::none_of(sample.rows.begin() + static_cast<std::ptrdiff_t>(row) + 1, sample.rows.end(), [&](const Row& later) {
      return later.is_event && later.event.entry.case_id == sample.rows[row].event.entry.case_id;
    });
  };
  const auto with = [&](const Row& row, const std::string& to) {
    std::string changed = text;
    changed.replace(changed.find(row.line()), row.line().size(), to);
    return verify_text(sample, changed);
  };
  int tried = 0;
  for (size_t i = 0; i < sample.rows.size(); ++i) {
    const Row& row = sample.rows[i];
    if (!row.is_event) continue;
    const std::string withheld = export_withheld(row.event.sequence, row.hash);
    // Of a case that is told otherwise nothing can be withheld in the middle.
    EXPECT_EQ(with(row, withheld).empty(), is_last_of_case(i)) << i;
    if (!is_last_of_case(i)) continue;
    ++tried;
    EXPECT_NE(with(row, export_withheld(row.event.sequence, row.event.previous)), "") << "another hash";
    EXPECT_NE(with(row, export_withheld(row.event.sequence + 1, row.hash)), "") << "another place";
    EXPECT_NE(with(row, withheld + withheld), "") << "twice";
    EXPECT_NE(with(row, withheld.substr(0, withheld.size() - 2) + ",\"x\":1}\n"), "") << "with more";
  }
  EXPECT_GE(tried, 2);
}

TEST(JournalVerify, NamesTheEvent) {
  const Sample sample(30, 10);
  const std::string text = sample.text();
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return verify_text(sample, changed);
  };
  EXPECT_EQ(with("\"sequence\":17}", "\"sequence\":18}"), "event 17: event 18 stands in its place");
  const std::string line = sample.rows[17].line();  // after 10 events and a checkpoint: event 17
  EXPECT_EQ(with(line, ""), "event 17: event 18 stands in its place");
  Row changed = sample.rows[17];
  changed.event.entry.payload = "{}";
  EXPECT_EQ(with(line, changed.line()), "event 17: it does not have the hash that stands with it");
  changed.event.entry.case_id = "new";
  changed.event.previous = {};
  changed.hash = event_hash(changed.event);
  EXPECT_EQ(with(line, changed.line()).substr(0, 6), "event ")
      << "a later event of the case has lost its predecessor, or";
}

/// Somebody rewrites everything from event 17 on and has no key: the events of the next signature are named.
TEST(JournalVerify, ANewHistoryFailsAtTheNextSignature) {
  const Sample sample(30, 10);
  Sample forged(30, 10);
  std::unordered_map<std::string, Hash> last;
  std::string text = sample.header();
  for (Row& row : forged.rows) {
    if (row.is_event) {
      if (row.event.sequence == 17) row.event.entry.payload = "{}";
      row.event.previous = last[row.event.entry.case_id];
      row.hash = last[row.event.entry.case_id] = event_hash(row.event);
    }
    text += row.line();
  }
  EXPECT_EQ(verify_text(sample, text), "events 11 to 20: they are not the events that were signed");
}

class JournalVerifyFiles : public testing::Test {
 protected:
  JournalVerifyFiles() {
    std::string name = (fs::temp_directory_path() / "koshi_verify_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~JournalVerifyFiles() override { fs::remove_all(folder_); }
  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  /// The program itself: its exit code and what it prints.
  std::pair<int, std::string> run(const std::string& words) {
    const std::string out = (folder_ / "out").string();
    const int status = ::system((std::string(JOURNAL_VERIFY) + " " + words + " > " + out + " 2>&1").c_str());
    std::ifstream in(out);
    return {WEXITSTATUS(status), std::string(std::istreambuf_iterator<char>(in), {})};
  }

  fs::path folder_;
};

Receipt receipt_of(Sample& sample, uint64_t sequence) {
  const auto row =
      std::ranges::find_if(sample.rows, [&](const Row& r) { return r.is_event && r.event.sequence == sequence; });
  return {sequence, row->hash, inclusion_proof(sequence - 1, sample.tree.size(), sample.tree).value(),
          sample.rows.back().note};
}

TEST_F(JournalVerifyFiles, TheProgramAnswers) {
  Sample sample(100);
  const std::string key = sample.key.verifying_key().text();
  const std::string journal = write("journal", sample.text());
  const std::string receipt = write("receipt", format_receipt(receipt_of(sample, 42)));
  EXPECT_EQ(run(key + " " + journal), std::pair(0, journal + ": 100 events under 5 checkpoints, good\n"));
  EXPECT_EQ(run(key + " " + journal + " " + receipt),
            std::pair(0, receipt + ": good\n" + journal + ": 100 events under 5 checkpoints, good\n"));
  EXPECT_EQ(run(key + " " + write("note", sample.rows.back().note)).first, 0);
  EXPECT_EQ(run(key + " " + (folder_ / "none").string()).first, 2);
  EXPECT_EQ(run(key + " " + write("empty", "")).first, 2);
  EXPECT_EQ(run("nonsense " + journal).first, 2);
  EXPECT_EQ(run(key).first, 2);
  const std::string other = SigningKey::create(kName, Seed{43})->verifying_key().text();
  EXPECT_EQ(run(other + " " + journal),
            std::pair(1, journal + ": FAULT: line 1: the last checkpoint is not signed by office.example/journal\n"));
}

TEST_F(JournalVerifyFiles, WhatWasKeptBindsTheJournal) {
  Sample longer(100);
  const Sample shorter(60);
  const std::string key = longer.key.verifying_key().text();
  const std::string receipt = write("receipt", format_receipt(receipt_of(longer, 42)));
  const std::string old = write("journal", shorter.text());
  EXPECT_EQ(run(key + " " + old).first, 0);
  const auto [code, out] = run(key + " " + old + " " + receipt);
  EXPECT_EQ(code, 1);
  EXPECT_NE(out.find("event 42: it is not the event of the receipt"), std::string::npos) << out;
  EXPECT_NE(run(key + " " + old + " " + write("note", longer.rows.back().note))
                .second.find("after event 60: the journal is shorter than one that you know"),
            std::string::npos);
  const Sample other(100, 7);
  EXPECT_EQ(run(key + " " + write("other", other.text()) + " " + receipt).first, 0);
}

TEST_F(JournalVerifyFiles, NoChangeOfAReceiptIsAccepted) {
  Sample sample(100);
  const std::string text = format_receipt(receipt_of(sample, 42));
  const auto fault = [&](const std::string& changed) {
    Verifier verifier(sample.public_key());
    return journal_verify::keep(changed, sample.public_key(), verifier);
  };
  ASSERT_EQ(fault(text), "");
  for (size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = text;
      changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
      ASSERT_NE(fault(changed), "") << i << " " << bit;
    }
    ASSERT_NE(fault(text.substr(0, i)), "") << i;
    ASSERT_NE(fault(text.substr(0, i) + text.substr(i + 1)), "") << i;
  }
}

std::string consistency_of(Sample& sample, uint64_t old_size) {
  const auto old = std::ranges::find_if(sample.rows, [&](const Row& row) {
    return !row.is_event && parse_checkpoint(parse_note(row.note)->text)->size == old_size;
  });
  Consistency made{old->note, sample.rows.back().note, {}};
  if (old_size < sample.tree.size()) made.proof = consistency_proof(old_size, sample.tree.size(), sample.tree).value();
  return format_consistency(made);
}

TEST_F(JournalVerifyFiles, OneCheckpointGoesOnFromAnother) {
  for (const uint64_t step : {1u, 4u, 7u, 16u}) {
    Sample sample(100, step);
    Verifier verifier(sample.public_key());
    for (uint64_t size = step; size <= 100; size += step) {
      EXPECT_EQ(journal_verify::keep(consistency_of(sample, size), sample.public_key(), verifier), "") << step << " " << size;
    }
  }
  Sample sample(100);
  const std::string key = sample.key.verifying_key().text();
  const std::string proof = write("proof", consistency_of(sample, 40));
  EXPECT_EQ(run(key + " " + proof + " " + write("journal", sample.text())).first, 0);
  // Another history of the same length, well signed: the proof binds the journal.
  Sample other(60);
  EXPECT_EQ(run(key + " " + proof + " " + write("other", other.text())).first, 1);
}

TEST_F(JournalVerifyFiles, NoChangeOfAProofOfConsistencyIsAccepted) {
  Sample sample(100);
  for (const uint64_t old_size : {20u, 60u, 100u}) {
    const std::string text = consistency_of(sample, old_size);
    const auto fault = [&](const std::string& changed) {
      Verifier verifier(sample.public_key());
      return journal_verify::keep(changed, sample.public_key(), verifier);
    };
    ASSERT_EQ(fault(text), "");
    for (size_t i = 0; i < text.size(); ++i) {
      for (int bit = 0; bit < 8; ++bit) {
        std::string changed = text;
        changed[i] = static_cast<char>(changed[i] ^ 1 << bit);
        ASSERT_NE(fault(changed), "") << i << " " << bit;
      }
      ASSERT_NE(fault(text.substr(0, i)), "") << i;
      ASSERT_NE(fault(text.substr(0, i) + text.substr(i + 1)), "") << i;
    }
  }
}

TEST(JournalVerify, ProofsAmongAHundredThousandEventsAreShort) {
  MerkleTree tree;
  for (uint64_t i = 0; i < 100'000; ++i) tree.append(leaf_hash(std::to_string(i)));
  size_t longest = 0;
  for (uint64_t i = 0; i < 100'000; ++i) longest = std::max(longest, inclusion_proof(i, 100'000, tree).value().size());
  EXPECT_EQ(longest, 17u);
  for (uint64_t i = 1; i <= 100'000; i += 37) EXPECT_LE(consistency_proof(i, 100'000, tree).value().size(), 18u);
}

/// Noise must be refused in finite time, not read as something.
TEST(JournalVerify, NoiseIsRefused) {
  const Sample sample(10);
  const std::string text = sample.text();
  std::mt19937_64 random(1);
  for (int i = 0; i < 3000; ++i) {
    std::string noise = text;
    for (uint64_t n = random() % 5 + 1; n > 0; --n) {
      const size_t at = random() % noise.size();
      const size_t from = random() % text.size();
      noise.replace(at, random() % 40, text.substr(from, random() % 40));
    }
    if (noise == text) continue;
    ASSERT_NE(verify_text(sample, noise), "") << noise;
  }
}

}  // namespace
}  // namespace koshi::journal
