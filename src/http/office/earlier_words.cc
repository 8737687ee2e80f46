#include "http/office/earlier_words.h"

#include <algorithm>

#include "http/office/case_place.h"
#include "office/case/take.h"
#include "words/procedures.h"

namespace koshi::http {

EarlierWords earlier_words(const OfficeSite& office, const words::Words& words, words::Language language, const office::Case& item,
                           const office::Case& earlier) {
  EarlierWords out{office::source_case(earlier), {}};
  const CasePlace taker = place_of(office, item), giver = place_of(office, earlier);
  if (taker.procedure == nullptr || giver.procedure == nullptr) return out;
  out.title += ": " + words::ProcedureWords(words, language, *giver.procedure).label() + ", " +
               words.date(language, earlier.filed.value_or(earlier.opened));
  const zan::Takes* takes = office::takes_from(office.law.corpus, *taker.procedure, earlier);
  if (takes == nullptr) return out;
  for (FactRow& row : fact_rows(office, words, language, earlier)) {
    if (std::ranges::count(takes->facts, row.path, &zan::FactPath::text) > 0) out.facts.push_back(std::move(row));
  }
  return out;
}

}  // namespace koshi::http
