#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "office/case/case.h"

/// What happened to a case, as the journal keeps it: a name and a canonical JSON object. Events are never changed once released;
/// a field may be added.
///
///   opened    {"procedure","state","by","role","facts":[entry]}                 "by" is the account
///   facts     {"role","facts":[entry]}                                          given in forms; an entry with "json":null forgets the fact
///   document  {"role","kind","file","type","sha256","size"} or {"role","kind","removed":true,"sha256"}
///   acted     {"action","role","from","to","law","files","facts":[entry],"read":[entry],"postings":[posting],
///              "charges":[{"label","tiyn",["to"]}],"papers":[{"name","label","number"}],"grounds":[{"member","norm"}],
///              "number" (of the case, where the act gave it one), "settles" (true, where the case has paid what it owed),
///              "notices":[{"role","text"}],"records":[{"key_path","key","fact","json"}],"proofs":[{"what","label","answer"}]}
///   late      {"state","since"}
///   viewed    {"purpose"}                                                       changes nothing but the version
///
///   entry     {"path","json","source","by","on"}; "json" is a text that holds the value as src/ask spells it, so that no digit is lost
///   posting   {"kind":"hold","account","code","amount","until"}, {"kind":"commit","account"}, {"kind":"release","account"},
///             {"kind":"allot","code","amount"}, {"kind":"withdraw","code","amount"}, {"kind":"move","code","to_code","amount"};
///             in the order in which they were made. "until" is a day or null
///
/// "source" is source_name(); "by" of what was taken over from an earlier case is that case (case.h).
///
/// "facts" of an act are those that it set or was given; "read" are all that its proofs read, as they were then: those of the register,
/// looked-up ones and those of the case. "law" is the day whose law was applied. "what" of a proof is when, documents, requires, sets,
/// records, amount, until, key, charges or grounds; "answer" is the answer as JSON text (ask::append_answer_json). The "why" of all proofs
/// is null when they would not fit into one entry of the journal.
namespace koshi::office {

struct CaseEvent {
  std::string name;
  std::string payload;  ///< canonical JSON
};

/// The case after the event. Errors: a payload that is none of this grammar, or does not follow from the case (a journal that was damaged).
Result<void> apply(Case& item, const CaseEvent& event, Date on);

/// All events of one case, folded from nothing.
struct DatedEvent {
  CaseEvent event;
  Date on;
};
Result<Case> fold(std::string id, std::span<const DatedEvent> events);

}  // namespace koshi::office
