// The letters of an act that is not done yet.
#include <algorithm>

#include "http/office/letter_text.h"
#include "office/desk/imagine.h"

namespace koshi::http {
namespace {

bool issues(const zan::Effect& effect) {
  return effect.kind == zan::Effect::Kind::kIssues;
}

/// The members of the norms that would become the grounds, where the act cannot be tried to its end.
std::vector<office::GroundEntry> grounds_as_now(const zan::Corpus& corpus, const zan::Action& law,
                                                const std::vector<office::EffectCheck>& checks) {
  std::vector<office::GroundEntry> grounds;
  for (const office::EffectCheck& check : checks) {
    if (check.answer.outcome != zan::Outcome::kValue) continue;
    const zan::NormId norm = law.effects[static_cast<size_t>(check.index)].value;
    const zan::Enum& members = corpus.enums[static_cast<size_t>(check.answer.value.of())];
    for (size_t i = 0; i < members.members.size(); ++i) {
      if (zan::has_bit(check.answer.value.bits(), static_cast<int64_t>(i)))
        grounds.push_back({members.members[i].code, corpus.full_name(norm)});
    }
  }
  return grounds;
}

}  // namespace

std::expected<std::vector<LetterText>, office::Failure> draft_letters(const OfficeSite& office, words::Language language,
                                                                      const office::Actor& actor, const office::Case& item,
                                                                      const zan::Procedure& procedure, const office::ActionCheck& check) {
  const zan::Action& law = procedure.states[static_cast<size_t>(check.state)].actions[static_cast<size_t>(check.action)];
  std::vector<LetterText> letters;
  if (std::ranges::none_of(law.effects, issues)) return letters;
  auto imagined = office::imagine(office.house.store(), office.law, actor, item, law.name, "{}", office.house.today());
  if (!imagined && !std::holds_alternative<office::Refusal>(imagined.error())) return std::unexpected(std::move(imagined.error()));
  office::Case after = imagined ? std::move(imagined->after) : item;
  if (!imagined) after.grounds = grounds_as_now(office.law.corpus, law, check.grounds);
  for (size_t e = 0; e < law.effects.size(); ++e) {
    if (!issues(law.effects[e])) continue;
    const Issuing at{check.state, check.action, static_cast<int32_t>(e)};
    letters.push_back(letter_text(office, language, procedure, after, at, office.house.today()));
    letters.back().is_whole = letters.back().is_whole && imagined.has_value();
  }
  return letters;
}

}  // namespace koshi::http
