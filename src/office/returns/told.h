#pragma once

#include <string>
#include <vector>

#include "office/returns/returns.h"

/// Returns for people and programs: who sees which, and how they are told.
namespace koshi::office {

/// Whether one of the actors sees the return, and how much of it: an actor without a scope all, else what his scope is. None: not for them.
struct ReturnView {
  int32_t within = zan::kNoId;
  std::optional<zan::Value> scope;
};
std::optional<ReturnView> return_view(const zan::Corpus& corpus, const zan::Return& item, const std::vector<Actor>& actors);
/// The value of the row by which the reader is bound, from its code.
std::optional<zan::Value> scope_value(const zan::Corpus& corpus, const zan::Return& item, int32_t within, std::string_view code);

struct ToldReturn {
  std::string label, help, period;
  std::vector<std::string> headings;            ///< of the rows, then of the figures
  std::vector<std::vector<std::string>> lines;  ///< as long as the headings
  std::vector<std::string> total;               ///< of the figures only
};
ToldReturn tell_return(const words::Words& words, words::Language language, const zan::Return& item, const ReturnTable& table);
/// RFC 4180, with the headings of the language; CRLF line ends, a byte-order mark first.
std::string return_csv(const ToldReturn& told);
/// One JSON object: {"name","label","help","by","period","first","last","columns":[{"name","label","kind":"row"|"figure"}],
/// "lines":[{"keys":[{"code","label"}|null],"figures":[whole]}],"total":[whole],"cases","unclear"}. Sums of money are in tiyn.
std::string return_json(const words::Words& words, words::Language language, const zan::Return& item, const ReturnTable& table);
/// "1 May 2026 – 31 May 2026".
std::string period_words(const words::Words& words, words::Language language, const Period& period);

}  // namespace koshi::office
