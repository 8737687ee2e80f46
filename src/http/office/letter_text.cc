#include "http/office/letter_text.h"

#include <algorithm>

#include "base/text.h"
#include "http/office/fact_words.h"
#include "http/page.h"
#include "words/procedures.h"
#include "zan/corpus/who_acts.h"

namespace koshi::http {
namespace {

using zan::Effect;
using zan::kNoId;

constexpr std::string_view kUnknown = "…";

struct Letterhead {
  const OfficeSite& office;
  words::Language language;
  const zan::Procedure& procedure;
  const office::Case& item;
  Date on;

  const zan::Corpus& corpus() const { return office.law.corpus; }
  const words::Words& words() const { return office.site.api_words; }
  std::string phrase(const std::string& key) const { return words().phrase(language, key); }
};

std::optional<Issuing> issuing_in(const zan::Procedure& procedure, size_t state, size_t action, std::string_view paper) {
  const auto& effects = procedure.states[state].actions[action].effects;
  for (size_t e = 0; e < effects.size(); ++e) {
    if (effects[e].kind != Effect::Kind::kIssues || effects[e].name != paper) continue;
    return Issuing{static_cast<int32_t>(state), static_cast<int32_t>(action), static_cast<int32_t>(e)};
  }
  return std::nullopt;
}

const Effect& effect_at(const zan::Procedure& procedure, const Issuing& at) {
  return procedure.states[static_cast<size_t>(at.state)].actions[static_cast<size_t>(at.action)].effects[static_cast<size_t>(at.effect)];
}

/// What a hole stands for: a fact of the case, its number, the day of the paper. Nothing for what is not known.
std::optional<std::string> hole_text(const Letterhead& head, std::string_view hole) {
  if (hole == "number") return head.item.number.empty() ? head.item.id : head.item.number;
  if (hole == "date") return head.words().date(head.language, head.on);
  const auto value = fact_value(head.office, head.item, hole);
  if (!value || value->is_none()) return std::nullopt;
  return head.words().value(head.language, *value);
}

std::string filled(const Letterhead& head, std::string_view text, bool& is_whole) {
  std::string out;
  while (!text.empty()) {
    const size_t begin = text.find('{');
    out += text.substr(0, begin);
    const size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
    if (end == std::string_view::npos) break;
    const auto said = hole_text(head, text.substr(begin + 1, end - begin - 1));
    is_whole = is_whole && said.has_value();
    out += said.value_or(std::string(kUnknown));
    text.remove_prefix(end + 1);
  }
  return out;
}

void add_new(std::vector<zan::CitationRef>& all, const std::vector<zan::CitationRef>& more) {
  for (const zan::CitationRef& one : more) {
    if (std::ranges::find(all, one) == all.end()) all.push_back(one);
  }
}

std::string cited(const Letterhead& head, const std::vector<zan::CitationRef>& citations) {
  std::vector<std::string> said;
  for (const zan::CitationRef& one : citations) {
    std::string text = head.words().cite(head.language, one);
    if (one.confidence != zan::Confidence::kRead) {
      text += " (" + head.phrase("page.confidence." + std::string(confidence_code(one.confidence))) + ")";
    }
    said.push_back(std::move(text));
  }
  return join(said, "; ");
}

/// The articles of the act and of what it requires; of an act that cites none, those of the procedure.
std::vector<zan::CitationRef> articles_of(const Letterhead& head, const zan::Action& action) {
  const Date law_date = head.item.law_date(head.on);
  std::vector<zan::CitationRef> all;
  add_new(all, action.by);
  for (const zan::Requirement& requirement : action.requirements) {
    if (requirement.in_force.contains(law_date)) add_new(all, requirement.by);
  }
  if (all.empty()) add_new(all, head.procedure.by);
  return all;
}

/// Whether an expression of the law names a member of a set: written there, or in a set by name.
bool names_member(const zan::Corpus& corpus, zan::NodeId id, int32_t member) {
  const zan::Node& node = corpus.nodes[static_cast<size_t>(id)];
  if (node.op == zan::Op::kConst) {
    const zan::Value& value = corpus.constants[static_cast<size_t>(node.k)];
    if (value.kind() == zan::Kind::kSet) return zan::has_bit(value.bits(), member);
    return value.kind() == zan::Kind::kEnum && value.number() == member;
  }
  bool named = false;
  zan::for_each_operand(node, [&](zan::NodeId operand) { named = named || names_member(corpus, operand, member); });
  return named;
}

/// Of the rules that bring the ground into its set, in force under the law of the case.
std::vector<zan::CitationRef> articles_of_ground(const Letterhead& head, zan::NormId norm, int32_t member) {
  const Date law_date = head.item.law_date(head.on);
  std::vector<zan::CitationRef> all;
  for (const zan::RuleInfo& rule : head.corpus().rules) {
    const bool brings = rule.norm == norm && rule.depth % 2 == 0 && rule.reform == kNoId && rule.value != kNoId;
    if (brings && rule.in_force.contains(law_date) && names_member(head.corpus(), rule.value, member)) add_new(all, rule.by);
  }
  return all;
}

std::vector<papers::LetterGround> grounds_of(const Letterhead& head) {
  std::vector<papers::LetterGround> lines;
  for (const office::GroundEntry& ground : head.item.grounds) {
    const zan::NormId norm = head.corpus().find_norm(ground.norm);
    if (norm == kNoId) continue;
    const int16_t of = head.corpus().norms[static_cast<size_t>(norm)].type.of;
    const zan::Enum& members = head.corpus().enums[static_cast<size_t>(of)];
    const auto found = members.index.find(ground.member);
    if (found == members.index.end()) continue;
    const std::string label = head.words().label(head.language, words::member_key(head.corpus(), of, found->second));
    const std::string question = head.words().label(head.language, words::norm_key(head.corpus(), norm));
    const std::string articles = cited(head, articles_of_ground(head, norm, found->second));
    lines.push_back({label, articles.empty() ? question : articles, articles.empty() ? "" : question});
  }
  return lines;
}

/// "workers[0].person.name" is workers[].person.name of the text.
std::string without_places(std::string_view path) {
  std::string out;
  bool inside = false;
  for (const char c : path) {
    inside = inside && c != ']';
    if (!inside) out.push_back(c);
    inside = inside || c == '[';
  }
  return out;
}

/// The facts that the law has the paper list, in its order; each member of a list on one line.
std::vector<papers::LetterRow> listed_rows(const Letterhead& head, const std::vector<zan::FactPath>& tells) {
  const std::vector<FactRow> known = fact_rows(head.office, head.words(), head.language, head.item);
  std::vector<papers::LetterRow> rows;
  for (const zan::FactPath& fact : tells) {
    for (const FactRow& row : known) {
      if (without_places(row.path) != fact.text) continue;
      const auto line = std::ranges::find(rows, row.of, &papers::LetterRow::label);
      if (row.of.empty() || line == rows.end()) {
        rows.push_back({row.of.empty() ? row.label : row.of, row.value});
      } else {
        line->value += ", " + row.value;
      }
    }
  }
  return rows;
}

std::vector<papers::LetterRow> decided_rows(const Letterhead& head, const Issuing& at, bool tells) {
  const words::ProcedureWords said(head.words(), head.language, head.procedure);
  const zan::Action& action = head.procedure.states[static_cast<size_t>(at.state)].actions[static_cast<size_t>(at.action)];
  std::vector<papers::LetterRow> rows;
  if (!zan::is_by_clock_alone(head.procedure, action)) rows.push_back({head.phrase("office.letter.by"), said.roles(action)});
  if (!tells) {
    rows.push_back({head.phrase("office.letter.act"), said.action(at.state, at.action)});
    rows.push_back({head.phrase("office.letter.state"), said.state(action.target)});
  }
  if (std::string articles = cited(head, articles_of(head, action)); !articles.empty())
    rows.push_back({head.phrase("office.letter.rests_on"), std::move(articles)});
  return rows;
}

}  // namespace

std::optional<Issuing> issuing_of(const zan::Procedure& procedure, std::string_view paper) {
  for (size_t s = 0; s < procedure.states.size(); ++s) {
    for (size_t a = 0; a < procedure.states[s].actions.size(); ++a) {
      if (const auto found = issuing_in(procedure, s, a, paper)) return found;
    }
  }
  return std::nullopt;
}

std::optional<Issuing> issuing_of(const zan::Procedure& procedure, std::string_view state, std::string_view action,
                                  std::string_view paper) {
  const int32_t from = procedure.find_state(state);
  if (from == kNoId) return std::nullopt;
  const auto& actions = procedure.states[static_cast<size_t>(from)].actions;
  for (size_t a = 0; a < actions.size(); ++a) {
    if (actions[a].name != action) continue;
    if (const auto found = issuing_in(procedure, static_cast<size_t>(from), a, paper)) return found;
  }
  return std::nullopt;
}

Issuing text_of(const zan::Procedure& procedure, const Issuing& at) {
  const Effect& own = effect_at(procedure, at);
  if (!own.letter.empty()) return at;
  for (size_t s = 0; s < procedure.states.size(); ++s) {
    for (size_t a = 0; a < procedure.states[s].actions.size(); ++a) {
      const auto found = issuing_in(procedure, s, a, own.name);
      if (found && !effect_at(procedure, *found).letter.empty()) return *found;
    }
  }
  return at;
}

LetterText letter_text(const OfficeSite& office, words::Language language, const zan::Procedure& procedure, const office::Case& item,
                       const Issuing& at, Date on) {
  const Letterhead head{office, language, procedure, item, on};
  const words::ProcedureWords said(head.words(), language, procedure);
  LetterText letter;
  letter.paper = effect_at(procedure, at).name;
  letter.title = said.effect(at.state, at.action, at.effect);
  const Issuing text = text_of(procedure, at);
  const size_t count = effect_at(procedure, text).letter.size();
  for (size_t i = 0; i < count; ++i) {
    const std::string key = words::letter_key(procedure, text.state, text.action, text.effect, static_cast<int32_t>(i));
    letter.paragraphs.push_back(filled(head, head.words().label(language, key), letter.is_whole));
  }
  const std::vector<zan::FactPath>& own = effect_at(procedure, at).tells;
  const std::vector<zan::FactPath>& tells = own.empty() ? effect_at(procedure, text).tells : own;
  letter.tells = !tells.empty();
  letter.decided = listed_rows(head, tells);
  std::ranges::move(decided_rows(head, at, letter.tells), std::back_inserter(letter.decided));
  const auto& effects = procedure.states[static_cast<size_t>(at.state)].actions[static_cast<size_t>(at.action)].effects;
  // The grounds of a case are those of the last act that gave any: a paper of another act does not rest on them.
  const bool gives_grounds = std::ranges::any_of(effects, [](const Effect& effect) { return effect.kind == Effect::Kind::kGrounds; });
  if (gives_grounds) letter.grounds = grounds_of(head);
  return letter;
}

}  // namespace koshi::http
