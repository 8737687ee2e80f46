#pragma once

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "random_facts.h"
#include "random_law.h"

/// Random laws, facts and questions for rapidcheck.
namespace koshi::agreement {

inline constexpr size_t kChoices = 900;

inline Dice any_dice() {
  return Dice(*rc::gen::container<std::vector<uint16_t>>(kChoices, rc::gen::inRange<uint16_t>(0, 1000)));
}

struct Law {
  LawText text;
  zan::Corpus corpus;
};

inline Law any_law(Dice& dice, LawOptions options = {}) {
  Law law;
  law.text = LawWriter(dice, options).write();
  auto compilation = compile_law(law.text.text());
  RC_PRE(!zan::has_errors(compilation.diagnostics));
  law.corpus = std::move(compilation.corpus);
  return law;
}

/// Reforms that can be combined on any date.
inline std::vector<zan::ReformId> any_reforms(Dice& dice, const zan::Corpus& corpus) {
  std::vector<zan::ReformId> chosen;
  for (size_t i = 0; i < corpus.reforms.size(); ++i) {
    if (dice.percent(40)) chosen.push_back(static_cast<zan::ReformId>(i));
  }
  return zan::specialise(corpus, *make_date(2018, 5, 5), chosen) ? chosen : std::vector<zan::ReformId>();
}

inline zan::Record any_record(Dice& dice, const zan::Corpus& corpus, zan::NormId norm, size_t given) {
  return random_record(dice, corpus, corpus.norms[static_cast<size_t>(norm)].entity, given);
}

inline std::string told(const zan::Corpus& corpus, const zan::Answer& answer) {
  switch (answer.outcome) {
    case zan::Outcome::kValue: return format_value(corpus, answer.value);
    case zan::Outcome::kUnknown: return "unknown";
    default: return "error";
  }
}

}  // namespace koshi::agreement
