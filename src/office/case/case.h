#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "office/journal/event.h"

/// A case of a procedure, as its events tell it: a plain value that holds no reference to the law. Facts are kept as JSON, spelt as in
/// src/ask/ask.h, so that a case survives every change of the law text.
namespace koshi::office {

inline constexpr size_t kFactsMax = 2'000;               ///< of one case
inline constexpr size_t kFactBytesMax = 256 * 1024;      ///< of one fact; a list of members is one
inline constexpr size_t kCaseFactBytesMax = 384 * 1024;  ///< of all facts of one case, so that each event fits into the journal
inline constexpr size_t kDocumentsMax = 200;             ///< attached to one case

inline constexpr size_t kFileNameMaxBytes = 255;  ///< of a document's name and of its media type

enum class Source : uint8_t {
  kDeclared,  ///< by a party
  kOffice,    ///< by an authority, or somebody else who acts
  kAccount,   ///< the account of the party that opened the case
  kRegister,  ///< of the office: known from earlier cases
  kEffect,    ///< set by an act, as the procedure says
  kCase,      ///< taken over from an earlier case of the party: `by` is its number, or its id where it has none
};

/// "declared", "office", "account", "register", "effect", "case"
std::string_view source_name(Source source);

/// The last word on one fact of the record. "workers" stands for the whole list; what is said of a member of a list that somebody else
/// gave stands by itself ("workers[0].attested") and is gone when the list is given anew.
struct FactEntry {
  std::string path;  ///< "category", "employer.bin", "workers"
  std::string json;
  Source source = Source::kDeclared;
  std::string by;  ///< role that gave it; empty for kRegister; of kCase the earlier case
  Date on;
  bool operator==(const FactEntry&) const = default;
};

struct DocumentEntry {
  std::string kind;  ///< member of the enum of the procedure's documents
  std::string file_name, media_type;
  std::string sha256;  ///< in hex; where the bytes are (papers)
  int64_t size_bytes = 0;
  std::string by;
  Date on;
};

struct HoldEntry {
  std::string account;  ///< kind: "permits"
  std::string code;     ///< the one: "permits/2026/KZ-75/second"
  int64_t amount = 0;
  std::optional<Date> until;
  bool committed = false;
};

struct ChargeEntry {
  std::string label;
  Money amount;
  Date on;
  std::string to = {};            ///< role that is paid, as the procedure says; empty: not said
  std::optional<Date> paid = {};  ///< by an act that `settles`
};

struct PaperEntry {
  std::string name, label;
  std::string number;  ///< the case's number, a stroke, and the paper's place among those of the case
  Date on;
};

/// Why an act was decided so: a member of a set norm, with the proof of the whole norm kept in the event.
struct GroundEntry {
  std::string member;
  std::string norm;
};

struct Case {
  std::string id;  ///< given when it is opened; unique in the office
  std::string procedure;
  std::string opened_by;  ///< account
  std::string state;
  int64_t version = 0;  ///< events so far
  std::string number;   ///< of the case in its procedure and year, as the law forms it: from its filing on, where the law numbers at all
  Date opened;
  Date entered;                  ///< the state
  std::optional<Date> filed;     ///< from then on the law of this day is applied
  std::optional<Date> late;      ///< since when the state is late; cleared when it is left
  std::vector<FactEntry> facts;  ///< sorted by path
  std::vector<DocumentEntry> documents;
  std::vector<HoldEntry> holds;  ///< held or committed; what was released is gone
  std::vector<ChargeEntry> charges;
  std::vector<PaperEntry> papers;
  std::vector<GroundEntry> grounds;  ///< of the last act that gave any
  std::vector<std::string> stood;    ///< of a sealed case: the states in which it has stood, sorted

  const FactEntry* find_fact(std::string_view path) const;
  Date law_date(Date today) const { return filed ? *filed : today; }
  /// Its number says so: a case that was opened sealed stays sealed, whatever becomes of the text of its procedure.
  bool is_sealed() const { return journal::is_sealed(id); }
};

/// One canonical JSON object and back; for projections, rebuild checks and programs. Two cases are equal if their JSON is.
/// A case that was decided here fits into the limits of canonical_json.h.
std::string case_json(const Case& item);
/// Errors: a text that case_json did not write.
Result<Case> parse_case_json(std::string_view text);

}  // namespace koshi::office
