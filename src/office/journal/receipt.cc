// A receipt is three lines of ours, an empty line, and a proof in the form of c2sp.org/tlog-proof, which tools that
// know nothing of Köshi verify with the event hash as the log entry:
//
//   receipt    = "koshi receipt 1" newline
//                "sequence " sequence newline                    from 1, no leading zeros
//                "event " 64 lower-case hex digits newline
//                newline
//                "c2sp.org/tlog-proof@v1" newline
//                "index " (sequence - 1) newline
//                *(base64(hash[32]) newline)                     from the leaf's sibling up
//                newline
//                checkpoint                                      a signed note, see note.cc

#include "office/journal/receipt.h"

#include "base/text.h"
#include "office/journal/event.h"
#include "office/journal/merkle.h"

namespace koshi::journal {
namespace {

constexpr std::string_view kTitle = "koshi receipt 1";
constexpr std::string_view kProofTitle = "c2sp.org/tlog-proof@v1";

std::unexpected<Error> malformed(std::string_view what) {
  return fail("malformed receipt: " + std::string(what));
}

class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> next() {
    const size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }
  /// The next line without this beginning.
  std::optional<std::string_view> next(std::string_view prefix) {
    const auto line = next();
    if (!line || !line->starts_with(prefix)) return std::nullopt;
    return line->substr(prefix.size());
  }
  bool next_is(std::string_view expected) { return next() == expected; }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace

std::string format_receipt(const Receipt& receipt) {
  std::string out(kTitle);
  out += "\nsequence " + std::to_string(receipt.sequence) + "\nevent " + hex(receipt.event) + "\n\n";
  out += kProofTitle;
  out += "\nindex " + std::to_string(receipt.sequence - 1) + "\n";
  for (const Hash& hash : receipt.proof) out += base64(bytes_of(hash)) + "\n";
  return out + "\n" + receipt.checkpoint;
}

Result<Receipt> parse_receipt(std::string_view text) {
  if (text.size() > kReceiptMaxBytes) return malformed("it is longer than " + std::to_string(kReceiptMaxBytes) + " bytes");
  Lines lines(text);
  if (!lines.next_is(kTitle)) return malformed("it does not begin with \"" + std::string(kTitle) + "\"");
  Receipt receipt;
  const auto sequence_text = lines.next("sequence ");
  const auto sequence = sequence_text ? parse_whole(*sequence_text) : std::nullopt;
  if (!sequence || *sequence < 1 || static_cast<uint64_t>(*sequence) > kSequenceMax || std::to_string(*sequence) != *sequence_text) {
    return malformed("its second line is no sequence");
  }
  receipt.sequence = static_cast<uint64_t>(*sequence);
  const auto event = lines.next("event ");
  const auto event_hash = event ? hash_from_hex(*event) : std::nullopt;
  if (!event_hash) return malformed("its third line is no event hash");
  receipt.event = *event_hash;
  if (!lines.next_is("")) return malformed("its fourth line is not empty");
  if (!lines.next_is(kProofTitle)) return malformed("its proof does not begin with \"" + std::string(kProofTitle) + "\"");
  if (!lines.next_is("index " + std::to_string(*sequence - 1))) return malformed("its index is not its sequence less one");
  while (true) {
    const auto line = lines.next();
    if (!line) return malformed("its proof does not end");
    if (line->empty()) break;
    const auto hash = hash_from_base64(*line);
    if (!hash) return malformed("a line of its proof is no hash");
    if (receipt.proof.size() == kMerkleMaxLevels) return malformed("its proof is too long");
    receipt.proof.push_back(*hash);
  }
  receipt.checkpoint = lines.rest();
  return receipt;
}

Result<Checkpoint> verify_receipt(const Receipt& receipt, std::string_view origin, std::span<const VerifyingKey> keys) {
  TRY(checkpoint, open_checkpoint(receipt.checkpoint, origin, keys));
  if (receipt.sequence < 1 || receipt.sequence > checkpoint.size) {
    return fail("the checkpoint has " + std::to_string(checkpoint.size) + " events, so it cannot hold event " +
                std::to_string(receipt.sequence));
  }
  TRY(root, root_from_inclusion(leaf_hash(bytes_of(receipt.event)), receipt.sequence - 1, checkpoint.size, receipt.proof));
  if (root != checkpoint.root) {
    return fail("the proof does not lead from event " + std::to_string(receipt.sequence) + " to the root of the checkpoint");
  }
  return checkpoint;
}

}  // namespace koshi::journal
