// Verifies an exported journal, or a receipt, with no code of Köshi: only SHA-256 and ed25519 from libraries.
//
//   journal_verify KEY[,KEY...] FILE...
//
// KEY is the office's verifying key (name+id+base64), which you have from a better source than the office's server, and behind it are those that
// it had before.
// Each FILE is a journal, a receipt, a checkpoint or a proof that one checkpoint goes on from another. Receipts and checkpoints that you kept bind the journals beside
// them: a journal cut back to an older state is good in itself, and only what was signed later shows the cut.
// Exit: 0 all good, 1 a fault (which event, and why), 2 the question could not be asked.
//
// A journal is a file of lines, each a JSON object in exactly this spelling (RFC 8785; no spaces, this order of names):
//
//   journal    = header *(event / withheld / checkpoint)
//   header     = {"checkpoint":NOTE,"checkpoints":COUNT,"format":"koshi journal 2"}      the last checkpoint of the file
//   event      = {"action":T,"actor":T,"case":T,"hash":HEX,"law_date":T,"payload":JSON,"previous":HEX,
//                 "recorded_at":MS,"sequence":N}                                        N = 1, 2, 3 …
//   withheld   = {"hash":HEX,"sequence":N,"withheld":true}      an event of a sealed case: only its place and its hash can be checked
//   checkpoint = {"checkpoint":NOTE,"number":K}                 K = 1, 2, 3 …; stands after the last event it covers
//
//   hash       = SHA-256(f("koshi/journal/event/1") u64(N) f(case) f(actor) f(action) f(law_date) u64(MS) f(payload) previous)
//                f(x) = u32 length, x; integers big-endian; previous = hash of the case's last event, or 32 zeros
//   leaf       = SHA-256(0x00 hash), node = SHA-256(0x01 left right): the tree of RFC 9162
//   NOTE       = c2sp.org/signed-note with the text: name, size, base64 root
//   receipt    = lines "koshi receipt 1", "sequence N", "event HEX", an empty line; a c2sp.org/tlog-proof
//   consistency = lines "koshi consistency 1", base64 hashes of RFC 9162 section 2.1.4, an empty line; NOTE, an empty line, a later NOTE

#include <openssl/evp.h>
#include <sodium.h>

#include <charconv>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace journal_verify {

using std::optional, std::string, std::string_view;
using Digest = string;  // 32 raw bytes
using Fault = string;   // empty when all is well

const unsigned char* raw(string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* raw(string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

Digest sha256(string_view bytes) {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Digest out(32, '\0');
  if (EVP_Digest(bytes.data(), bytes.size(), raw(out), nullptr, algorithm, nullptr) != 1) std::abort();
  return out;
}

string big_endian(uint64_t value, int bytes) {
  string out;
  while (bytes-- > 0) out += static_cast<char>(value >> (8 * bytes) & 0xFF);
  return out;
}
string field(string_view text) { return big_endian(text.size(), 4) + string(text); }

string to_hex(string_view bytes) {
  string out(2 * bytes.size() + 1, '\0');
  return sodium_bin2hex(out.data(), out.size(), raw(bytes), bytes.size());
}
optional<string> from_base64(string_view text) {
  constexpr int kKind = sodium_base64_VARIANT_ORIGINAL;
  string out(text.size(), '\0');
  size_t size = 0;
  if (sodium_base642bin(raw(out), out.size(), text.data(), text.size(), nullptr, &size, nullptr, kKind) != 0) return std::nullopt;
  out.resize(size);
  string again(sodium_base64_ENCODED_LEN(size, kKind), '\0');  // libsodium 1.0.18 lets some bytes above 0x7F pass
  return sodium_bin2base64(again.data(), again.size(), raw(out), size, kKind) == text ? optional(out) : std::nullopt;
}

/// Decimal without needless zeros.
optional<uint64_t> to_number(string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || std::to_string(value) != text) return std::nullopt;
  return value;
}
/// The text up to `end`; both are taken off `rest`.
optional<string_view> take_until(string_view& rest, string_view end) {
  const size_t at = rest.find(end);
  if (at == string_view::npos) return std::nullopt;
  const string_view out = rest.substr(0, at);
  rest.remove_prefix(at + end.size());
  return out;
}

/// The office's keys, which all bear its name: that of now, and those that were retired.
struct Keys {
  struct One {
    string id, public_key;
  };
  string name;
  std::vector<One> all;

  static optional<Keys> parse(string_view text) {
    Keys keys;
    while (!text.empty()) {
      string_view one = text.substr(0, text.find(','));
      text.remove_prefix(std::min(one.size() + 1, text.size()));
      const auto name = take_until(one, "+");
      const auto id = take_until(one, "+");
      const auto bytes = from_base64(one);
      if (!name || name->empty() || !id || !bytes || bytes->size() != 33 || bytes->front() != 1) return std::nullopt;
      if (!keys.all.empty() && keys.name != *name) return std::nullopt;
      keys.name = string(*name);
      keys.all.push_back({sha256(keys.name + "\n" + *bytes).substr(0, 4), bytes->substr(1)});
      if (to_hex(keys.all.back().id) != *id) return std::nullopt;
    }
    return keys.all.empty() ? std::nullopt : optional(std::move(keys));
  }

  const One* find(string_view signature) const {
    for (const One& one : all) {
      if (signature.starts_with(one.id)) return &one;
    }
    return nullptr;
  }
};

struct Checkpoint {
  uint64_t size = 0;
  Digest root;
};

/// Only a note with a good signature by one of the keys, and their name in its first line, is a checkpoint.
optional<Checkpoint> open_note(string_view note, const Keys& keys) {
  const size_t gap = note.rfind("\n\n");
  if (gap == string_view::npos) return std::nullopt;
  string_view text = note.substr(0, gap + 1);
  string_view rest = note.substr(gap + 2);
  bool good = false;
  while (!rest.empty()) {
    auto line = take_until(rest, "\n");
    if (!line || !line->starts_with("\u2014 ")) return std::nullopt;
    line->remove_prefix(string_view("\u2014 ").size());
    const auto name = take_until(*line, " ");
    const auto bytes = from_base64(*line);
    if (!name || !bytes || bytes->size() < 5) return std::nullopt;
    const Keys::One* key = keys.find(*bytes);
    if (*name != keys.name || key == nullptr) continue;
    good = bytes->size() == 68 &&
           crypto_sign_verify_detached(raw(*bytes) + 4, raw(text), text.size(), raw(key->public_key)) == 0;
    if (!good) return std::nullopt;
  }
  const auto origin = take_until(text, "\n");
  const auto size = take_until(text, "\n");
  const auto root = take_until(text, "\n");
  if (!good || !root || *origin != keys.name || !to_number(*size)) return std::nullopt;
  const Digest digest = from_base64(*root).value_or("");
  return digest.size() == 32 ? optional(Checkpoint{*to_number(*size), digest}) : std::nullopt;
}

/// Reads one line from left to right. After the first thing that is not as expected, `ok` is false for good.
struct Cursor {
  string_view rest;
  bool ok = true;

  void literal(string_view expected) {
    ok = ok && rest.starts_with(expected);
    if (ok) rest.remove_prefix(expected.size());
  }
  bool ends(string_view expected) const { return ok && rest == expected; }
  uint64_t number(string_view before) {
    literal(before);
    const size_t end = std::min(rest.find_first_not_of("0123456789"), rest.size());
    const auto value = to_number(rest.substr(0, end));
    ok = ok && value.has_value();
    rest.remove_prefix(end);
    return value.value_or(0);
  }
  /// A string without its quotes, decoded. Each character has one permitted spelling.
  string text(string_view before) {
    string out;
    literal(before);
    literal("\"");
    while (ok && !rest.empty() && rest.front() != '"') out += character();
    literal("\"");
    return out;
  }
  char character() {
    const char c = rest.front();
    if (c != '\\') {
      ok = ok && static_cast<unsigned char>(c) >= 0x20;
      rest.remove_prefix(1);
      return c;
    }
    constexpr string_view kLetters = "\"\\btnfr", kMeanings = "\"\\\b\t\n\f\r";
    const size_t known = rest.size() < 2 ? string_view::npos : kLetters.find(rest[1]);
    if (known != string_view::npos) {
      rest.remove_prefix(2);
      return kMeanings[known];
    }
    for (char control = 0; control < 0x20; ++control) {
      if (kMeanings.find(control) != string_view::npos || !rest.starts_with("\\u00" + to_hex({&control, 1}))) continue;
      rest.remove_prefix(6);
      return control;
    }
    return static_cast<char>(ok = false);
  }
  Digest digest(string_view before) {
    const string digits = text(before);
    Digest out(32, '\0');
    ok = ok && sodium_hex2bin(raw(out), out.size(), digits.data(), digits.size(), nullptr, nullptr, nullptr) == 0 && to_hex(out) == digits;
    return out;
  }
  /// The bytes of any value: they are hashed as they stand, so only its end must be found.
  string_view value(string_view before) {
    literal(before);
    const string_view begin = rest;
    int depth = 0;
    while (ok && !rest.empty() && (depth > 0 || (rest.front() != ',' && rest.front() != '}'))) {
      const char c = rest.front();
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if (c == '"') text("");
      else rest.remove_prefix(1);
    }
    return begin.substr(0, begin.size() - rest.size());
  }
};

/// Receives a journal line by line. A copy goes on independently.
class Verifier {
 public:
  explicit Verifier(Keys keys) : keys_(std::move(keys)) {}

  /// The journal must have this root at this size, and this event.
  void expect_root(const Checkpoint& known) { roots_.emplace(known.size, known.root); }
  void expect_event(uint64_t sequence, const Digest& hash) { events_.emplace(sequence, hash); }

  Fault feed(string_view line) {
    if (!started_) return header(line);
    if (line.starts_with("{\"hash\":")) return withheld(line);
    return line.starts_with("{\"checkpoint\":") ? checkpoint(line) : event(line);
  }

  Fault finish() {
    if (!started_ || last_note_ != final_note_ || checkpoints_ != checkpoint_count_ || covered_ != size_) {
      return "after event " + std::to_string(size_) + ": the journal does not end where its header says";
    }
    if (Fault fault = check_root(); !fault.empty()) return fault;
    const bool is_cut = !roots_.empty() && roots_.rbegin()->first > size_;
    return is_cut ? "after event " + std::to_string(size_) + ": the journal is shorter than one that you know" : "";
  }

  uint64_t size() const { return size_; }
  string summary() const {
    const string hidden = withheld_ == 0 ? "" : " (" + std::to_string(withheld_) + " of them withheld, by their hashes)";
    return std::to_string(size_) + " events" + hidden + " under " + std::to_string(checkpoints_) + " checkpoints, good";
  }

 private:
  Fault header(string_view line) {
    Cursor at{line};
    final_note_ = at.text("{\"checkpoint\":");
    checkpoint_count_ = at.number(",\"checkpoints\":");
    if (!at.ends(",\"format\":\"koshi journal 2\"}")) return "line 1 is not the header of a journal";
    if (!open_note(final_note_, keys_)) return "line 1: the last checkpoint is not signed by " + keys_.name;
    started_ = true;
    return {};
  }

  Fault event(string_view line) {
    const string where = "event " + std::to_string(size_ + 1) + ": ";
    Cursor at{line};
    const string action = at.text("{\"action\":");
    const string actor = at.text(",\"actor\":");
    const string case_id = at.text(",\"case\":");
    const Digest hash = at.digest(",\"hash\":");
    const string law_date = at.text(",\"law_date\":");
    const string_view payload = at.value(",\"payload\":");
    const Digest previous = at.digest(",\"previous\":");
    const uint64_t recorded_at = at.number(",\"recorded_at\":");
    const uint64_t sequence = at.number(",\"sequence\":");
    if (!at.ends("}")) return where + "the line is no event";
    if (const Fault fault = in_place(sequence, where); !fault.empty()) return fault;
    const string bytes = field("koshi/journal/event/1") + big_endian(sequence, 8) + field(case_id) + field(actor) + field(action) +
                         field(law_date) + big_endian(recorded_at, 8) + field(payload) + previous;
    if (sha256(bytes) != hash) return where + "it does not have the hash that stands with it";
    auto [last, is_first] = last_of_case_.try_emplace(case_id, Digest(32, '\0'));
    if (last->second != previous) return where + "it does not follow the last event of its case";
    last->second = hash;
    return add(sequence, hash, where);
  }

  /// What a withheld event says stays in the office; that it was changed later would show in the root.
  Fault withheld(string_view line) {
    const string where = "event " + std::to_string(size_ + 1) + ": ";
    Cursor at{line};
    const Digest hash = at.digest("{\"hash\":");
    const uint64_t sequence = at.number(",\"sequence\":");
    if (!at.ends(",\"withheld\":true}")) return where + "the line is no event";
    if (const Fault fault = in_place(sequence, where); !fault.empty()) return fault;
    ++withheld_;
    return add(sequence, hash, where);
  }

  Fault in_place(uint64_t sequence, const string& where) const {
    if (sequence != size_ + 1) return where + "event " + std::to_string(sequence) + " stands in its place";
    return check_root();
  }
  Fault add(uint64_t sequence, const Digest& hash, const string& where) {
    for (auto [known, end] = events_.equal_range(sequence); known != end; ++known) {
      if (known->second != hash) return where + "it is not the event of the receipt";
    }
    append(sha256(string(1, '\0') + hash));
    return {};
  }

  Fault checkpoint(string_view line) {
    const string where = "events " + std::to_string(covered_ + 1) + " to " + std::to_string(size_) + ": ";
    Cursor at{line};
    last_note_ = at.text("{\"checkpoint\":");
    if (at.number(",\"number\":") != checkpoints_ + 1 || !at.ends("}")) {
      return where + "no checkpoint " + std::to_string(checkpoints_ + 1) + " follows them";
    }
    const auto signed_root = open_note(last_note_, keys_);
    if (!signed_root) return where + "the checkpoint after them is not signed by " + keys_.name;
    if (signed_root->size != size_ || signed_root->root != root()) return where + "they are not the events that were signed";
    ++checkpoints_;
    covered_ = size_;
    return {};
  }

  Fault check_root() const {
    for (auto [known, end] = roots_.equal_range(size_); known != end; ++known) {
      if (known->second != root()) return "events 1 to " + std::to_string(size_) + ": a checkpoint that you know had others";
    }
    return {};
  }

  void append(Digest node) {
    for (uint64_t rest = size_; (rest & 1) != 0; rest >>= 1, peaks_.pop_back()) node = sha256("\x01" + peaks_.back() + node);
    peaks_.push_back(node);
    ++size_;
  }
  Digest root() const {
    if (peaks_.empty()) return sha256("");
    Digest root = peaks_.back();
    for (size_t i = peaks_.size() - 1; i-- > 0;) root = sha256("\x01" + peaks_[i] + root);
    return root;
  }

  Keys keys_;
  std::multimap<uint64_t, Digest> roots_, events_;  // what the asker knows, by size and by sequence
  bool started_ = false;
  string final_note_, last_note_;
  uint64_t checkpoint_count_ = 0, checkpoints_ = 0, size_ = 0, covered_ = 0, withheld_ = 0;
  std::vector<Digest> peaks_;  // roots of the complete subtrees, largest first
  std::unordered_map<string, Digest> last_of_case_;
};

/// RFC 9162 section 2.1.3.2.
optional<Digest> root_of_proof(Digest r, uint64_t index, uint64_t size, const std::vector<Digest>& proof) {
  uint64_t last = size - 1;
  for (const Digest& p : proof) {
    if (last == 0) return std::nullopt;
    const bool right = (index & 1) != 0 || index == last;
    r = right ? sha256("\x01" + p + r) : sha256("\x01" + r + p);
    while (right && (index & 1) == 0 && index != 0) index >>= 1, last >>= 1;
    index >>= 1;
    last >>= 1;
  }
  return last == 0 ? optional(r) : std::nullopt;
}

Fault verify_receipt(string_view text, const Keys& keys, Verifier& verifier) {
  const auto nothing = take_until(text, "koshi receipt 1\nsequence ");
  const auto sequence_text = take_until(text, "\nevent ");
  const auto event = take_until(text, "\n\nc2sp.org/tlog-proof@v1\nindex ");
  const auto index = take_until(text, "\n");
  const auto sequence = to_number(sequence_text.value_or(""));
  if (nothing != "" || !event || !index || !sequence) return "this is no receipt, and no checkpoint signed by " + keys.name;
  const string quoted = "\"" + string(*event) + "\"";
  Cursor digits{quoted};
  const Digest hash = digits.digest("");
  if (!digits.ends("") || *sequence == 0 || *index != std::to_string(*sequence - 1)) return "the receipt contradicts itself";
  std::vector<Digest> proof;
  for (auto line = take_until(text, "\n"); !line || !line->empty(); line = take_until(text, "\n")) {
    const auto sibling = line ? from_base64(*line) : std::nullopt;
    if (!sibling || sibling->size() != 32) return "the proof of the receipt is malformed";
    proof.push_back(*sibling);
  }
  const auto checkpoint = open_note(text, keys);
  if (!checkpoint) return "the checkpoint of the receipt is not signed by " + keys.name;
  if (*sequence > checkpoint->size) return "the checkpoint of the receipt is older than the event";
  if (root_of_proof(sha256(string(1, '\0') + hash), *sequence - 1, checkpoint->size, proof) != checkpoint->root) {
    return "the proof does not lead from the event to the signed root";
  }
  verifier.expect_event(*sequence, hash);
  verifier.expect_root(*checkpoint);
  return {};
}

/// RFC 9162 section 2.1.4.2: whether the proof leads from the old root to the new one.
bool goes_on(const Checkpoint& old, const Checkpoint& later, std::vector<Digest> proof) {
  if (old.size > later.size) return false;
  if (old.size == 0) return proof.empty();
  if (old.size == later.size) return proof.empty() && old.root == later.root;
  if ((old.size & (old.size - 1)) == 0) proof.insert(proof.begin(), old.root);
  if (proof.empty()) return false;
  uint64_t first = old.size - 1, last = later.size - 1;
  for (; (first & 1) != 0; first >>= 1) last >>= 1;
  Digest from = proof.front(), to = proof.front();
  for (size_t i = 1; i < proof.size(); ++i) {
    if (last == 0) return false;
    const bool right = (first & 1) != 0 || first == last;
    if (right) from = sha256("\x01" + proof[i] + from);
    to = right ? sha256("\x01" + proof[i] + to) : sha256("\x01" + to + proof[i]);
    while (right && (first & 1) == 0 && first != 0) first >>= 1, last >>= 1;
    first >>= 1;
    last >>= 1;
  }
  return last == 0 && from == old.root && to == later.root;
}

Fault verify_consistency(string_view text, const Keys& keys, Verifier& verifier) {
  if (take_until(text, "koshi consistency 1\n") != "") return "this is no proof of consistency";
  std::vector<Digest> proof;
  for (auto line = take_until(text, "\n"); !line || !line->empty(); line = take_until(text, "\n")) {
    const auto hash = line ? from_base64(*line) : std::nullopt;
    if (!hash || hash->size() != 32) return "the proof of consistency is malformed";
    proof.push_back(*hash);
  }
  const size_t body = text.find("\n\n");
  const size_t end = body == string_view::npos ? body : text.find("\n\n", body + 2);
  if (end == string_view::npos) return "the proof of consistency has no two checkpoints";
  const auto old = open_note(text.substr(0, end + 1), keys);
  const auto later = open_note(text.substr(end + 2), keys);
  if (!old || !later) return "a checkpoint of the proof of consistency is not signed by " + keys.name;
  if (!goes_on(*old, *later, std::move(proof))) return "the later checkpoint does not go on from the earlier one";
  verifier.expect_root(*old);
  verifier.expect_root(*later);
  return {};
}

/// A receipt, a checkpoint or a proof of consistency that somebody kept: good in itself, and the journal must agree with it.
Fault keep(string_view text, const Keys& keys, Verifier& verifier) {
  if (text.starts_with("koshi consistency")) return verify_consistency(text, keys, verifier);
  if (const auto checkpoint = open_note(text, keys); checkpoint && !text.starts_with("koshi receipt")) {
    verifier.expect_root(*checkpoint);
    return {};
  }
  return verify_receipt(text, keys, verifier);
}

Fault verify_journal(std::istream& in, Verifier& verifier) {
  for (string line; std::getline(in, line);) {
    if (in.eof()) return "after event " + std::to_string(verifier.size()) + ": the last line is cut off";
    if (Fault fault = verifier.feed(line); !fault.empty()) return fault;
  }
  return verifier.finish();
}

/// What people kept is read before the journals, whatever its place on the command line.
int run(const Keys& keys, const std::vector<string>& paths) {
  Verifier with_kept(keys);
  int code = 0;
  for (const bool journals : {false, true}) {
    for (const string& path : paths) {
      std::ifstream in(path, std::ios::binary);
      if (!in || in.peek() == std::ifstream::traits_type::eof()) return 2;
      if ((in.peek() == '{') != journals) continue;
      Verifier verifier = with_kept;
      Verifier& receiver = journals ? verifier : with_kept;
      const Fault fault = journals ? verify_journal(in, receiver) : keep(string(std::istreambuf_iterator<char>(in), {}), keys, receiver);
      std::cout << path << ": " << (!fault.empty() ? "FAULT: " + fault : journals ? receiver.summary() : "good") << "\n";
      if (!fault.empty()) code = 1;
    }
  }
  return code;
}

}  // namespace journal_verify

#ifndef JOURNAL_VERIFY_WITHOUT_MAIN
int main(int count, char** words) {
  const auto keys = count > 2 ? journal_verify::Keys::parse(words[1]) : std::nullopt;
  const int code = keys && sodium_init() >= 0 ? journal_verify::run(*keys, {words + 2, words + count}) : 2;
  if (code == 2) std::cerr << "usage: journal_verify KEY[,KEY...] FILE...   (a key is malformed, or a file is empty or unreadable)\n";
  return code;
}
#endif
