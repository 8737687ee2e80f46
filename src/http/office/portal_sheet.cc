// A case in words, for the portal: what is known and from where, what the law asks of each action, what it costs and takes.
#include <algorithm>

#include "ask/writer.h"
#include "http/office/body.h"
#include "http/office/case_place.h"
#include "http/office/charge_words.h"
#include "http/office/earlier_words.h"
#include "http/office/fact_words.h"
#include "http/office/failure.h"
#include "http/office/ground_lines.h"
#include "http/office/leads_to.h"
#include "http/office/letter_text.h"
#include "http/office/page_frame.h"
#include "http/office/portal_api.h"
#include "http/page.h"
#include "http/problem.h"
#include "zan/corpus/who_acts.h"

namespace koshi::http {
namespace {

constexpr std::string_view kTrialPurpose = "trying facts out (program)";
constexpr size_t kProofLinesMax = 400;  ///< of one sheet; the rest is left out of the tree

struct Sheet {
  const OfficeSite& office;
  const Context& context;
  const office::Case& item;
  const std::string& role;  ///< of the visitor
  CasePlace place;
  words::ProcedureWords said;

  const words::Words& words() const { return office.site.api_words; }
  words::Language language() const { return context.language; }
};

class SheetWriter {
 public:
  SheetWriter(const Sheet& sheet, ask::JsonWriter& json) : sheet_(sheet), json_(json) {}

  void facts() {
    list("facts", fact_rows(sheet_.office, sheet_.words(), sheet_.language(), sheet_.item), [&](const FactRow& row) {
      text("path", row.path);
      text("label", row.label);
      text("value", row.value);
      text("source", office::source_name(row.source));
      text("source_label", source_words(sheet_.office, sheet_.language(), row.source));
      const int32_t role = sheet_.said.procedure().find_role(row.by);
      text("by", row.source == office::Source::kCase ? row.by : role == zan::kNoId ? std::string() : sheet_.said.role(role));
      day("on", row.on);
    });
  }

  /// Earlier cases of the visitor, with what would be taken over from each.
  void earlier(const std::vector<office::Case>& cases) {
    if (cases.empty()) return;
    list("earlier", cases, [&](const office::Case& one) {
      const EarlierWords said = earlier_words(sheet_.office, sheet_.words(), sheet_.language(), sheet_.item, one);
      text("case", one.id);
      text("title", said.title);
      list("facts", said.facts, [&](const FactRow& row) {
        text("label", row.label);
        text("value", row.value);
      });
    });
  }

  void past() {
    const words::ProcedureWords said(sheet_.office.site.words, sheet_.language(), sheet_.said.procedure());
    list("charges", sheet_.item.charges, [&](const office::ChargeEntry& charge) {
      const ChargeWords told = charge_words(sheet_.words(), sheet_.language(), said, charge);
      text("label", told.label);
      text("text", told.amount);
      text("state", told.state);
      if (charge.paid) day("paid", *charge.paid);
      day("on", charge.on);
    });
    int64_t place = 0;
    list("papers", sheet_.item.papers, [&](const office::PaperEntry& paper) {
      text("label", effect_label(said, zan::Effect::Kind::kIssues, paper.name, paper.label));
      text("number", paper.number);
      number("place", ++place);
      day("on", paper.on);
    });
    list("grounds", sheet_.item.grounds, [&](const office::GroundEntry& ground) {
      const zan::NormId norm = corpus().find_norm(ground.norm);
      text("norm", ground.norm);
      text("label", norm == zan::kNoId ? ground.member : member_label(corpus().norms[static_cast<size_t>(norm)].type.of, ground.member));
    });
  }

  /// Each hold with its account as it stands now.
  void holds(const std::vector<std::optional<office::Balance>>& balances) {
    size_t at = 0;
    list("holds", sheet_.item.holds, [&](const office::HoldEntry& hold) {
      text("account", hold.code);
      text("label", account_label(sheet_.office, sheet_.language(), hold.code));
      number("amount", hold.amount);
      json_.key("committed");
      json_.yes_no(hold.committed);
      if (hold.until) day("until", *hold.until);
      const auto& balance = balances[at++];
      if (!balance) return;
      number("limit", balance->limit);
      number("held", balance->held);
      number("used", balance->committed);
    });
  }

  /// Of each action with the letters that it would issue.
  void checks(const std::vector<office::ActionCheck>& checks, const std::vector<std::vector<LetterText>>& letters) {
    size_t at = 0;
    list("checks", checks, [&](const office::ActionCheck& check) {
      action(check);
      list("letters", letters[at++], [&](const LetterText& one) { letter(one); });
    });
  }

  /// Of a state, whose clock may have an act of its own.
  void due(std::string_view key, const std::optional<office::Due>& due, int32_t state) {
    if (!due) return;
    json_.key(key);
    json_.raw("{");
    day("last_day", due->last_day);
    if (!due->action.empty()) text("then", action_label(state, due->action));
    citations("by", due->by);
    json_.raw("}");
  }

 private:
  const zan::Corpus& corpus() const { return sheet_.office.law.corpus; }

  void text(std::string_view key, std::string_view value) {
    json_.key(key);
    json_.text(value);
  }
  void number(std::string_view key, int64_t value) {
    json_.key(key);
    json_.number(value);
  }
  void texts(std::string_view key, const std::vector<std::string>& values) {
    json_.key(key);
    json_.raw("[");
    for (const std::string& value : values) {
      json_.comma();
      json_.text(value);
    }
    json_.raw("]");
  }
  void day(std::string_view key, Date value) {
    json_.key(key);
    json_.date(value);
  }
  template <typename Items, typename Write>
  void list(std::string_view key, const Items& items, Write write) {
    json_.key(key);
    json_.raw("[");
    for (const auto& item : items) {
      json_.comma();
      json_.raw("{");
      write(item);
      json_.raw("}");
    }
    json_.raw("]");
  }

  std::string member_label(int16_t of, const std::string& code) const {
    const auto& index = corpus().enums[static_cast<size_t>(of)].index;
    const auto found = index.find(code);
    return found == index.end() ? code : sheet_.words().label(sheet_.language(), words::member_key(corpus(), of, found->second));
  }

  std::string action_label(int32_t state, const std::string& name) const {
    const auto& actions = sheet_.said.procedure().states[static_cast<size_t>(state)].actions;
    for (size_t i = 0; i < actions.size(); ++i) {
      if (actions[i].name == name) return sheet_.said.action(state, static_cast<int32_t>(i));
    }
    return name;
  }

  void citations(std::string_view key, const std::vector<zan::CitationRef>& by) {
    list(key, by, [&](const zan::CitationRef& citation) {
      text("text", sheet_.words().cite(sheet_.language(), citation));
      text("act", corpus().acts[static_cast<size_t>(citation.act)].name);
      text("confidence", confidence_code(citation.confidence));
    });
  }

  static std::string_view state_of(const zan::Answer& answer) {
    switch (answer.outcome) {
      case zan::Outcome::kValue: return answer.value.kind() != zan::Kind::kYesNo ? "known" : answer.value.is_yes() ? "met" : "unmet";
      case zan::Outcome::kUnknown: return "open";
      default: return "unclear";
    }
  }

  void answer(const zan::Answer& answer) {
    text("state", state_of(answer));
    list("needs", answer.needs, [&](const zan::Need& need) {
      text("path", need.path);
      text("question", words::need_question(sheet_.words(), sheet_.language(), need));
    });
    const auto program = sheet_.office.law.library.on(answer.on, answer.reforms);
    if (!program) return;
    text("text", words::answer_sentence(sheet_.words(), sheet_.language(), **program, answer));
    const words::ProofLine proof = words::proof_lines(sheet_.words(), sheet_.language(), **program, answer);
    list("why", proof.children, [&](const words::ProofLine& line) { proof_line(line); });
  }

  /// A rule in a few words: what it adds to a list of grounds, else on what it depends.
  std::string rule_title(const words::ProofLine& line) const {
    const zan::RuleInfo& rule = corpus().rules[static_cast<size_t>(line.rule)];
    const zan::Norm& norm = corpus().norms[static_cast<size_t>(rule.norm)];
    if (norm.type.kind != zan::Kind::kSet || rule.value == zan::kNoId) return line.condition;
    return words::expression_text(sheet_.words(), sheet_.language(), norm.entity, rule.value);
  }

  void proof_line(const words::ProofLine& line) {
    ++lines_;
    static constexpr std::string_view kKinds[] = {"norm", "rule", "fact", "today"};
    text("text", line.text);
    text("kind", kKinds[static_cast<size_t>(line.kind)]);
    text("state", line.state);
    if (line.norm != zan::kNoId) text("norm", corpus().full_name(line.norm));
    if (line.rule != zan::kNoId) text("title", rule_title(line));
    citations("by", line.by);
    list("children", lines_ < kProofLinesMax ? line.children : std::vector<words::ProofLine>(),
         [&](const words::ProofLine& child) { proof_line(child); });
  }

  /// The grounds on which an answer turns.
  void found(std::string_view key, const zan::Answer& answer) {
    list(key, ground_lines(sheet_.words(), sheet_.language(), answer), [&](const GroundLine& line) {
      text("label", line.label);
      texts("facts", line.facts);
      citations("by", line.by);
    });
  }

  void requirement(const office::ActionCheck& check, const office::RequirementCheck& one, const zan::Requirement& requirement) {
    text("label", sheet_.said.requirement(check.state, check.action, one.index));
    citations("by", requirement.by);
    answer(one.answer);
    if (one.first_day) day("from", *one.first_day);
    if (state_of(one.answer) == "unmet") found("found", one.answer);
    list("changes", one.changes,
         [&](const zan::FactChange& change) { text("text", words::change_sentence(sheet_.words(), sheet_.language(), change)); });
  }

  /// What others would find against the case where the action leads, each ground once.
  void foreseen(const office::ActionCheck& check) {
    std::vector<GroundLine> lines;
    for (const office::ForeseenCheck& one : check.foreseen) {
      for (GroundLine& line : ground_lines(sheet_.words(), sheet_.language(), one.answer)) {
        if (std::ranges::count(lines, line.code, &GroundLine::code) == 0) lines.push_back(std::move(line));
      }
    }
    list("foreseen", lines, [&](const GroundLine& line) {
      text("label", line.label);
      texts("facts", line.facts);
      citations("by", line.by);
    });
  }

  /// What could be begun with what the visitor's own act leads to.
  void leads(const office::ActionCheck& check, const zan::Action& action) {
    std::vector<const zan::Procedure*> found;
    const zan::Procedure& own = sheet_.said.procedure();
    const std::string& target = own.states[static_cast<size_t>(action.target)].name;
    if (check.is_own) found = leads_to(corpus(), own.name, target, sheet_.role, sheet_.office.house.today());
    list("leads_to", found, [&](const zan::Procedure* procedure) {
      text("procedure", procedure->name);
      text("label", words::ProcedureWords(sheet_.words(), sheet_.language(), *procedure).label());
    });
  }

  void action(const office::ActionCheck& check) {
    const zan::ProcedureState& state = sheet_.said.procedure().states[static_cast<size_t>(check.state)];
    const zan::Action& action = state.actions[static_cast<size_t>(check.action)];
    text("action", action.name);
    text("state", state.name);
    text("label", sheet_.said.action(check.state, check.action));
    text("help", sheet_.said.action_help(check.state, check.action));
    text("roles", sheet_.said.roles(action));
    text("to", sheet_.said.state(action.target));
    json_.key("own");
    json_.yes_no(check.is_own);
    citations("by", action.by);
    if (check.first_day) day("possible_from", *check.first_day);
    list("requirements", check.requirements,
         [&](const office::RequirementCheck& one) { requirement(check, one, action.requirements[static_cast<size_t>(one.index)]); });
    foreseen(check);
    due("due_then", check.due_then, action.target);
    leads(check, action);
    list("reserves", check.reserves, [&](const office::ReserveCheck& one) {
      if (one.code) text("account", *one.code);
      if (one.code) text("label", account_label(sheet_.office, sheet_.language(), *one.code));
      if (one.amount) number("amount", *one.amount);
      number("free", one.free);
    });
    list("charges", check.charges, [&](const office::EffectCheck& one) {
      text("label", sheet_.said.effect(check.state, check.action, one.index));
      if (one.answer.outcome == zan::Outcome::kValue) text("amount", sheet_.words().value(sheet_.language(), one.answer.value));
      answer(one.answer);
    });
    list("grounds", check.grounds, [&](const office::EffectCheck& one) { grounds(action, one); });
  }

  void letter(const LetterText& letter) {
    text("paper", letter.paper);
    text("title", letter.title);
    json_.key("whole");
    json_.yes_no(letter.is_whole);
    texts("paragraphs", letter.paragraphs);
    list("decided", letter.decided, [&](const papers::LetterRow& row) {
      text("label", row.label);
      text("value", row.value);
    });
    list("grounds", letter.grounds, [&](const papers::LetterGround& ground) {
      text("ground", ground.ground);
      text("article", ground.article);
    });
  }

  void grounds(const zan::Action& action, const office::EffectCheck& check) {
    const zan::NormId norm = action.effects[static_cast<size_t>(check.index)].value;
    text("label", sheet_.words().label(sheet_.language(), words::norm_key(corpus(), norm)));
    std::vector<std::string> members;
    if (check.answer.outcome == zan::Outcome::kValue) {
      const zan::Enum& info = corpus().enums[static_cast<size_t>(check.answer.value.of())];
      for (size_t i = 0; i < info.members.size(); ++i) {
        if (zan::has_bit(check.answer.value.bits(), static_cast<int64_t>(i))) members.push_back(info.members[i].code);
      }
    }
    const int16_t of = corpus().norms[static_cast<size_t>(norm)].type.of;
    list("members", members, [&](const std::string& code) {
      text("code", code);
      text("label", member_label(of, code));
    });
    answer(check.answer);
  }

  const Sheet& sheet_;
  ask::JsonWriter& json_;
  size_t lines_ = 0;
};

/// The account of each hold, as it stands now.
std::expected<std::vector<std::optional<office::Balance>>, office::Failure> balances_of(const OfficeSite& office,
                                                                                        const office::Case& item) {
  std::vector<std::optional<office::Balance>> balances;
  for (const office::HoldEntry& hold : item.holds) {
    auto found = office.house.desk().balances(hold.code, "", 1);
    if (!found) return std::unexpected(found.error());
    const bool is_it = !found->empty() && found->front().code == hold.code;
    balances.push_back(is_it ? std::optional(found->front()) : std::nullopt);
  }
  return balances;
}

/// Of each action that is the visitor's to do now.
std::expected<std::vector<std::vector<LetterText>>, office::Failure> letters_of(const Sheet& sheet, const office::Actor& actor,
                                                                                const std::vector<office::ActionCheck>& checks) {
  std::vector<std::vector<LetterText>> all;
  for (const office::ActionCheck& check : checks) {
    std::vector<LetterText> letters;
    if (check.is_own) {
      auto drafted = draft_letters(sheet.office, sheet.language(), actor, sheet.item, *sheet.place.procedure, check);
      if (!drafted) return std::unexpected(std::move(drafted.error()));
      letters = std::move(*drafted);
    }
    all.push_back(std::move(letters));
  }
  return all;
}

Response sheet_response(const OfficeSite& office, const Context& context, const office::Actor& actor, const office::Case& item,
                        const std::vector<office::Case>& earlier) {
  const CasePlace place = place_of(office, item);
  if (place.state == zan::kNoId) return office_problem(office, context, 409, "office.failed.old_case");
  const Sheet sheet{office, context, item, actor.role, place, {office.site.api_words, context.language, *place.procedure}};
  office::Desk& desk = office.house.desk();
  const auto checks = desk.checks(actor, item);
  if (!checks) return failure_problem(office, context.language, checks.error());
  const auto view = desk.view(actor, item);
  if (!view) return failure_problem(office, context.language, view.error());
  const auto queue = desk.queue_place(item);
  if (!queue) return failure_problem(office, context.language, queue.error());
  const auto letters = letters_of(sheet, actor, *checks);
  if (!letters) return failure_problem(office, context.language, letters.error());
  const auto balances = balances_of(office, item);
  if (!balances) return failure_problem(office, context.language, balances.error());
  std::string body;
  ask::JsonWriter json(body);
  json.raw("{");
  json.key("version");
  json.number(item.version);
  json.key("today");
  json.date(office.house.today());
  json.key("final");
  const zan::ProcedureState& state = place.procedure->states[static_cast<size_t>(place.state)];
  json.yes_no(state.is_final);
  json.key("rests");
  json.yes_no(zan::rests_in(state));
  SheetWriter writer(sheet, json);
  writer.due("due", view->due, place.state);
  if (*queue) {
    json.key("queue");
    json.raw("{");
    json.key("place");
    json.number((*queue)->place);
    json.key("of");
    json.number((*queue)->of);
    json.raw("}");
  }
  writer.facts();
  writer.earlier(earlier);
  writer.past();
  writer.holds(*balances);
  writer.checks(*checks, *letters);
  json.raw("}\n");
  return office_json(context, std::move(body));
}

}  // namespace

Response sheet_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  if (auto failed = note_look(office, context, *seen)) return failure_problem(office, context.language, *failed);
  const auto earlier = office.house.desk().earlier_cases(seen->actor, seen->item);
  if (!earlier) return failure_problem(office, context.language, earlier.error());
  return sheet_response(office, context, seen->actor, seen->item, *earlier);
}

/// What would be, if these facts were given: nothing is kept.
Response try_facts_api(const OfficeSite& office, const Context& context, const Visitor& visitor) {
  Body body = Body::read(context.request.body, {"facts", "remove"});
  const std::string facts = body.object("facts");
  const std::vector<std::string> remove = body.texts("remove");
  if (body.error()) return problem(400, *body.error());
  auto seen = find_case(office, visitor, context.path_parameter("case"), context.language, context.query.get("as").value_or(""));
  if (!seen) return failure_problem(office, context.language, seen.error());
  // A trial tells the whole case: of nothing and of what was not asked as well.
  if (auto failed = note_presence(office, *seen, kTrialPurpose)) return failure_problem(office, context.language, *failed);
  const auto imagined = office::give_facts(office.law, seen->item, seen->actor, seen->item.version, facts, remove, office.house.today());
  if (!imagined) return failure_problem(office, context.language, office::Failure(imagined.error()));
  return sheet_response(office, context, seen->actor, imagined->after, {});
}

}  // namespace koshi::http
