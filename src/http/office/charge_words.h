#pragma once

#include <string>
#include <vector>

#include "office/desk/desk.h"
#include "words/procedures.h"

namespace koshi::http {

/// What a case was charged: for what, how much, and whether it is paid, or to whom it is to be paid.
struct ChargeWords {
  std::string label, amount;
  std::string state;  ///< "paid on 3 October 2026", "to be paid to: Treasury", "to be paid"
  /// "Fee for the permit: 250,000 ₸, to be paid to: Treasury."
  std::string sentence() const { return label + ": " + amount + ", " + state + "."; }
};
ChargeWords charge_words(const words::Words& words, words::Language language, const words::ProcedureWords& said,
                         const office::ChargeEntry& charge);

/// What the act of this entry charged, as it stands now.
std::vector<office::ChargeEntry> charges_of(const office::Case& item, const office::TimelineEntry& entry);

}  // namespace koshi::http
