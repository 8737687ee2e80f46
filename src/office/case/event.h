#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "office/case/case.h"

/// What happened to a case, as the journal keeps it: a name and a canonical JSON object. Events are never changed once released;
/// a field may be added.
///
///   opened    {"procedure","state","by","role","facts":[…]}
///   facts     {"role","facts":[{"path","json","source","on"}]}                  given in a form; null removes
///   document  {"role","kind","file","type","sha256","size"} or {"role","kind","removed":true,"sha256"}
///   acted     {"action","role","from","to","facts","files","holds":[{"account","code","amount","until"}],"commits":[…],"releases":[…],
///              "postings":[…],"charges","papers","grounds","notices","records","proofs":[…]}
///   late      {"state"}
///   viewed    {"purpose"}                                                       changes nothing but the version
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
