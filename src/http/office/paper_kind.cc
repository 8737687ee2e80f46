// Which paper of its procedure one is: what it is worth to whoever is shown it.
#include <algorithm>

#include "http/ask_form.h"
#include "http/office/fact_words.h"
#include "http/office/paper.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

using zan::Effect;

constexpr std::string_view kEmployer = "employer.name";

bool leaves_open(const zan::Procedure& procedure, const zan::Action& action) {
  return action.target != zan::kNoId && !procedure.states[static_cast<size_t>(action.target)].is_final;
}

/// The act leaves the case open and says until when something holds.
bool gives_a_term(const zan::Procedure& procedure, const zan::Action& action) {
  return leaves_open(procedure, action) && std::ranges::any_of(action.effects, [](const Effect& effect) {
           return effect.kind == Effect::Kind::kSets && effect.path && effect.path->text == kLastDay;
         });
}

/// The first effect that issues a paper, as `wanted(action, effect)` has it.
template <class Wanted>
std::optional<Issuing> find_issue(const zan::Procedure& procedure, const Wanted& wanted) {
  for (size_t s = 0; s < procedure.states.size(); ++s) {
    for (size_t a = 0; a < procedure.states[s].actions.size(); ++a) {
      const zan::Action& action = procedure.states[s].actions[a];
      for (size_t e = 0; e < action.effects.size(); ++e) {
        if (action.effects[e].kind == Effect::Kind::kIssues && wanted(action, action.effects[e]))
          return Issuing{static_cast<int32_t>(s), static_cast<int32_t>(a), static_cast<int32_t>(e)};
      }
    }
  }
  return std::nullopt;
}

std::vector<std::string> holes_of(const std::vector<std::string>& paragraphs) {
  std::vector<std::string> holes;
  for (const std::string& text : paragraphs) {
    for (size_t begin = text.find('{'); begin != std::string::npos; begin = text.find('{', begin + 1)) {
      const size_t end = text.find('}', begin);
      if (end == std::string::npos) break;
      holes.push_back(text.substr(begin + 1, end - begin - 1));
    }
  }
  return holes;
}

/// Of the case itself, and nothing that somebody wrote in his own words.
bool is_plain(const std::string& hole, const zan::Value& value) {
  return hole.find('.') == std::string::npos && hole != kLastDay && value.kind() != zan::Kind::kText && !value.is_none();
}

}  // namespace

std::optional<Issuing> holding_paper(const zan::Procedure& procedure) {
  return find_issue(procedure, [&](const zan::Action& action, const Effect&) { return gives_a_term(procedure, action); });
}

PaperKind paper_kind(const zan::Procedure& procedure, std::string_view paper) {
  const bool by_term = holding_paper(procedure).has_value();
  const auto holds = find_issue(procedure, [&](const zan::Action& action, const Effect& effect) {
    return effect.name == paper && (by_term ? gives_a_term(procedure, action) : leaves_open(procedure, action));
  });
  return holds ? PaperKind::kHolds : PaperKind::kTells;
}

std::vector<papers::LetterRow> paper_says(const OfficeSite& office, words::Language language, const zan::Procedure& procedure,
                                          const office::Case& item, std::string_view paper) {
  const auto at = issuing_of(procedure, paper);
  if (!at) return {};
  const Issuing text = text_of(procedure, *at);
  const zan::Action& action = procedure.states[static_cast<size_t>(text.state)].actions[static_cast<size_t>(text.action)];
  const std::vector<std::string> holes = holes_of(action.effects[static_cast<size_t>(text.effect)].letter);
  if (std::ranges::find(holes, kEmployer) == holes.end()) return {};
  std::vector<papers::LetterRow> rows;
  for (const std::string& hole : holes) {
    const auto place = find_place(office.law.corpus, procedure.entity, hole);
    const auto value = fact_value(office, item, hole);
    if (!place || place->fact == zan::kNoId || !value || (hole != kEmployer && !is_plain(hole, *value))) continue;
    std::string label = office.site.words.label(language, words::fact_key(office.law.corpus, place->entity, place->fact));
    if (std::ranges::find(rows, label, &papers::LetterRow::label) != rows.end()) continue;
    rows.push_back({std::move(label), office.site.words.value(language, *value)});
  }
  return rows;
}

}  // namespace koshi::http
