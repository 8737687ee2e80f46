#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "words/words.h"
#include "zan/reason/answer.h"

/// One question from end to end: names and facts as people and programs write them → answer → JSON or words. What the command line and the
/// HTTP interface share; neither knows more of the law than this.
namespace koshi::ask {

/// A problem with what was asked, told to who asked. `pointer` is a JSON Pointer into the request ("/facts/nationality") or "".
struct Problem {
  std::string pointer;
  std::string message;
};
using Problems = std::vector<Problem>;

struct Question {
  zan::NormId norm = zan::kNoId;
  Date on;
  std::vector<zan::ReformId> reforms;
  zan::Record record;
  words::Language language = words::Language::kEn;
};

/// The request as given, before names are resolved.
struct RawQuestion {
  std::string norm;
  std::string on;     ///< ISO date; empty: `today`
  std::string under;  ///< may be empty
  std::vector<std::string> reforms;
  std::string facts_json;                                     ///< a JSON object, may be empty
  std::vector<std::pair<std::string, std::string>> facts;     ///< FACT=VALUE, dotted paths; added to the object
  std::string language = "en";
};

inline constexpr size_t kMaxRequestBytes = 1u << 20;
inline constexpr int kMaxJsonDepth = 32;
inline constexpr size_t kMaxMembers = 10'000;  ///< in one list

/// Resolves everything and reports every problem: unknown norm, instrument, reform or fact (with nearest names), ill-typed values, impossible
/// dates, duplicate keys, too deep, facts that contradict each other.
std::expected<Question, Problems> resolve(zan::ProgramLibrary& library, const RawQuestion& raw, Date today);
/// The same from the body of POST /api/v1/ask: {"norm", "on", "under", "reforms", "facts", "lang"}; unknown members are problems.
std::expected<Question, Problems> resolve_json(zan::ProgramLibrary& library, std::string_view body, Date today);

/// {"norm","under","on","reforms","value","unknown","outcome","needs":[{"fact","label","ask","type","choices"}],"rules":[…],"why":{…}} and, where asked
/// for, "changes":[…]. Appends; no pretty printing; same input, same bytes.
struct JsonOptions {
  bool changes = false;
};
void append_answer_json(std::string& out, const words::Words& words, zan::ProgramLibrary& library, const Question& question, const zan::Answer& answer,
                        const JsonOptions& options);

/// Exit status of the command line: 0 answered, 3 unknown, 4 conflict, gap or fault.
int exit_status(const zan::Answer& answer);

/// Lists for `koshi norms|acts|reforms --json` and GET /api/v1/….
std::string norms_json(const words::Words& words, words::Language language, const zan::Corpus& corpus);
std::string acts_json(const words::Words& words, words::Language language, const zan::Corpus& corpus);
std::string reforms_json(const words::Words& words, words::Language language, const zan::Corpus& corpus);

}  // namespace koshi::ask
