#pragma once

#include <string>
#include <vector>

#include "http/office/fact_words.h"

namespace koshi::http {

/// An earlier case as it is offered: what would be taken over from it.
struct EarlierWords {
  std::string title;  ///< "KZ-75/MT/2016/000001: Search on the domestic labour market, 29 September 2016"
  std::vector<FactRow> facts;
};
EarlierWords earlier_words(const OfficeSite& office, const words::Words& words, words::Language language, const office::Case& item,
                           const office::Case& earlier);

}  // namespace koshi::http
