#pragma once

#include "ask/ask.h"
#include "zan/compare/compare.h"

/// One question under two instruments: names as people write them, and the differences in words.
namespace koshi::ask {

/// How the norm without `under` is named beside the instruments.
inline constexpr std::string_view kNational = "national";

struct RawComparison {
  std::string norm;
  std::string a, b;  ///< an instrument, or kNational
  std::string on;    ///< ISO date; empty: `today`
  std::vector<std::string> reforms;
};

struct ComparisonQuestion {
  zan::NormId a = zan::kNoId, b = zan::kNoId;
  Date on;
  std::vector<zan::ReformId> reforms;
};

/// Reports every problem: unknown question, an instrument that does not answer it (those that do are listed), dates, reforms.
std::expected<ComparisonQuestion, Problems> resolve_comparison(zan::ProgramLibrary& library, const RawComparison& raw, Date today);

/// The instruments that answer a question, kNational first where there is a plain norm.
std::vector<std::string> instruments(const zan::Corpus& corpus, std::string_view norm);
/// Full names of the questions that more than one instrument answers, in byte order.
std::vector<std::string> comparable_norms(const zan::Corpus& corpus);

/// "Citizenship: Russia, Uzbekistan; Works for pay: yes"; "anybody" when no fact matters.
std::string profile_text(const words::Words& words, words::Language language, const zan::Profile& profile);
/// "yes", or "no rule answers" and the like.
std::string side_text(const words::Words& words, words::Language language, const zan::Side& side);

}  // namespace koshi::ask
