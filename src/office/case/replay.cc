#include "office/case/replay.h"

#include <algorithm>

#include "base/check.h"
#include "office/case/event_json.h"
#include "office/case/keep.h"
#include "office/case/labels.h"
#include "office/case/look.h"
#include "words/procedures.h"

namespace koshi::office {
namespace {

using zan::kNoId;
using zan::Outcome;

/// What the journal says of the act.
struct Recorded {
  std::string action;
  std::vector<FactWord> facts;
  std::vector<FactEntry> read;
  std::vector<ChargeEntry> charges;
  std::vector<GroundEntry> grounds;
};

Result<Recorded> read_act(std::string_view payload, Date on) {
  TRY(json, journal::read_canonical_json(payload));
  JsonFields fields(json);
  Recorded recorded;
  recorded.action = fields.text("action");
  recorded.facts = fields.list("facts", fact_word_of);
  recorded.read = fields.list("read", fact_of);
  recorded.charges = fields.list("charges", [&](const journal::Json& charge) { return charge_of(charge, on); });
  recorded.grounds = fields.list("grounds", ground_of);
  return fields.result(std::move(recorded));
}

/// The case with what was given with the act, but without what the act itself set.
Case with_given_facts(const Case& before, const Recorded& recorded) {
  Case given = before;
  for (const FactWord& word : recorded.facts) {
    if (word.entry.source == Source::kEffect) continue;
    if (word.forgotten) {
      forget_fact(given, word.entry.path);
    } else {
      keep_fact(given, word.entry);
    }
  }
  return given;
}

/// Nothing is known but what was read then.
Surroundings frozen_surroundings(const std::vector<FactEntry>& read) {
  Surroundings around;
  around.register_facts = [&read](const std::string& path, const std::string&) {
    const std::string owner = path.substr(0, path.rfind('.') + 1);
    std::vector<std::pair<std::string, std::string>> facts;
    for (const FactEntry& entry : read) {
      if (entry.source == Source::kRegister && entry.path.starts_with(owner))
        facts.emplace_back(entry.path.substr(owner.size()), entry.json);
    }
    return facts;
  };
  return around;
}

/// Where both hold, the first is told: a law that contradicts itself decides nothing.
int weight(Replayed outcome) {
  switch (outcome) {
    case Replayed::kSame: return 0;
    case Replayed::kOtherwise: return 1;
    case Replayed::kUnknown: return 2;
    case Replayed::kForbidden: return 3;
    case Replayed::kUnclear: return 4;
    case Replayed::kNoSuchAct: return 5;
  }
  return 0;
}

Replayed trouble(const zan::Answer& answer) {
  if (answer.outcome == Outcome::kValue) return Replayed::kOtherwise;
  return answer.outcome == Outcome::kUnknown ? Replayed::kUnknown : Replayed::kUnclear;
}

struct Place {
  const zan::Procedure* procedure = nullptr;
  int32_t state = kNoId, action = kNoId;
};

Result<Place> find_place(const zan::Corpus& corpus, const Case& item, const std::string& action) {
  const std::string where = "`" + action + "` of `" + item.procedure + "` in `" + item.state + "`";
  const int32_t procedure = corpus.find_procedure(item.procedure);
  if (procedure == kNoId) return fail(where + ": the law has no such procedure any more");
  Place place{&corpus.procedures[static_cast<size_t>(procedure)]};
  place.state = place.procedure->find_state(item.state);
  if (place.state == kNoId) return fail(where + ": the law has no such state any more");
  const auto& actions = place.procedure->states[static_cast<size_t>(place.state)].actions;
  const auto found = std::ranges::find(actions, action, &zan::Action::name);
  if (found == actions.end()) return fail(where + ": the law has no such action any more");
  place.action = static_cast<int32_t>(found - actions.begin());
  return place;
}

/// The same question under both laws, the case growing under each as the act goes on.
class Replay {
 public:
  Replay(const OtherLaw& laws, const Place& place, const Case& own, const Case& other, const Surroundings& around, Date on,
         const std::vector<FactEntry>& frozen, words::Language language)
      : laws_(laws),
        place_(place),
        action_(place.procedure->states[static_cast<size_t>(place.state)].actions[static_cast<size_t>(place.action)]),
        said_(laws.own.words, language, *place.procedure),
        item_(own),
        before_(laws.own, *place.procedure, own, around, on, &frozen),
        after_(laws.other, *place.procedure, other, around, on, &frozen) {
    out_.action = action_.name;
    out_.label = said_.action(place.state, place.action);
  }

  ReplayedAct run(const Recorded& recorded) {
    if (!after_.in_force(action_.in_force) || !after_.in_force(place_.procedure->in_force)) {
      out_.outcome = Replayed::kNoSuchAct;
      return std::move(out_);
    }
    conditions();
    for (size_t i = 0; i < action_.effects.size(); ++i) effect(action_.effects[i], static_cast<int32_t>(i));
    // What the other law forbids, it charges nothing for.
    if (out_.outcome == Replayed::kForbidden) out_.charged_after = 0;
    out_.text_changed = !as_recorded_ || !is_as_recorded(recorded);
    return std::move(out_);
  }

 private:
  struct Both {
    std::optional<zan::Answer> before, after;
  };

  void conditions() {
    if (action_.when != kNoId) must_hold("when", out_.label, action_.when, action_.when);
    if (action_.needs_documents) documents();
    for (const Pair& pair : requirements()) {
      const zan::Requirement& any = pair.after != nullptr ? *pair.after : *pair.before;
      const auto index = static_cast<int32_t>(&any - action_.requirements.data());
      must_hold("requires", said_.requirement(place_.state, place_.action, index), pair.before ? pair.before->condition : kNoId,
                pair.after ? pair.after->condition : kNoId);
    }
  }

  /// A requirement may be written once for each stretch of time: what bears one label is one.
  struct Pair {
    const zan::Requirement* before = nullptr;
    const zan::Requirement* after = nullptr;
  };
  std::vector<Pair> requirements() const {
    std::vector<Pair> pairs;
    for (const zan::Requirement& each : action_.requirements) {
      if (before_.in_force(each.in_force)) pairs.push_back({&each, nullptr});
    }
    for (const zan::Requirement& each : action_.requirements) {
      if (!after_.in_force(each.in_force)) continue;
      const auto found = std::ranges::find_if(
          pairs, [&](const Pair& pair) { return pair.after == nullptr && pair.before != nullptr && pair.before->label == each.label; });
      if (found == pairs.end()) {
        pairs.push_back({nullptr, &each});
      } else {
        found->after = &each;
      }
    }
    return pairs;
  }

  Both ask(zan::NormId before, zan::NormId after) const {
    Both both;
    if (before != kNoId) both.before = before_.ask(before);
    if (after != kNoId) both.after = after_.ask(after);
    return both;
  }

  void must_hold(std::string_view what, const std::string& label, zan::NormId before, zan::NormId after) {
    Both both = ask(before, after);
    const auto holds = [](const std::optional<zan::Answer>& answer) {
      return !answer || (answer->outcome == Outcome::kValue && answer->value.is_yes());
    };
    as_recorded_ = as_recorded_ && holds(both.before);
    // What is no longer asked hinders nobody.
    if (holds(both.after) || (both.before && both.after && same_answer(*both.before, *both.after))) return;
    const bool no = both.after->outcome == Outcome::kValue;
    note(no ? Replayed::kForbidden : trouble(*both.after), what, label, std::move(both));
  }

  void documents() {
    const zan::NormId norm = place_.procedure->documents;
    Both both = ask(norm, norm);
    if (same_answer(*both.before, *both.after)) return;
    Replayed outcome = trouble(*both.after);
    if (outcome == Replayed::kOtherwise) {
      if (!is_document_missing(both.after->value)) return;
      outcome = Replayed::kForbidden;
    }
    note(outcome, "documents", norm_label(norm), std::move(both));
  }

  bool is_document_missing(const zan::Value& wanted) const {
    const zan::Enum& kinds = laws_.own.corpus.enums[static_cast<size_t>(wanted.of())];
    for (size_t i = 0; i < kinds.members.size(); ++i) {
      if (!zan::has_bit(wanted.bits(), static_cast<int64_t>(i))) continue;
      if (std::ranges::count(item_.documents, kinds.members[i].code, &DocumentEntry::kind) == 0) return true;
    }
    return false;
  }

  /// Asks, notes a difference, and gives both answers.
  Both compare(std::string_view what, const std::string& label, zan::NormId norm) {
    Both both = ask(norm, norm);
    as_recorded_ = as_recorded_ && both.before->outcome == Outcome::kValue;
    if (!same_answer(*both.before, *both.after)) note(trouble(*both.after), what, label, both);
    return both;
  }

  void effect(const zan::Effect& effect, int32_t index) {
    using Kind = zan::Effect::Kind;
    switch (effect.kind) {
      case Kind::kFiles:
        before_.file();
        if (!laws_.on) after_.file();
        return;
      case Kind::kSets: return lay("sets", effect, Source::kEffect);
      case Kind::kRecords: return lay("records", effect, Source::kRegister);
      case Kind::kCharges: return charge(effect, index);
      case Kind::kGrounds: return grounds(effect.value);
      case Kind::kReserve:
      case Kind::kAllot:
      case Kind::kWithdraw:
      case Kind::kMove: return places(effect);
      case Kind::kCommit:
      case Kind::kRelease:
      case Kind::kIssues:
      case Kind::kNotice:
      case Kind::kSettles: return;
    }
  }

  void lay(std::string_view what, const zan::Effect& effect, Source source) {
    const std::string& path = effect.path->text;
    const Both both = compare(what, path, effect.value);
    const auto put = [&](Look& look, const zan::Answer& answer) {
      if (answer.outcome != Outcome::kValue) return;
      look.lay({path, value_json(laws_.own.corpus, answer.value), source, "", look.today()});
    };
    put(before_, *both.before);
    put(after_, *both.after);
    if (source == Source::kEffect && both.before->outcome == Outcome::kValue) {
      set_.emplace_back(path, value_json(laws_.own.corpus, both.before->value));
    }
  }

  void charge(const zan::Effect& effect, int32_t index) {
    const Both both = compare("charges", said_.effect(place_.state, place_.action, index), effect.value);
    const auto tiyn = [](const zan::Answer& answer) { return answer.outcome == Outcome::kValue ? answer.value.as_money().tiyn : 0; };
    const bool open = both.after->outcome != Outcome::kValue;
    (open ? out_.charged_open : out_.charged) += tiyn(*both.before);
    out_.charged_after += tiyn(*both.after);
    charges_.push_back(tiyn(*both.before));
  }

  void grounds(zan::NormId norm) {
    const std::string label = norm_label(norm);
    Both both = compare("grounds", label, norm);
    if (both.before->outcome == Outcome::kValue) members_of(both.before->value, norm);
    if (both.after->outcome == Outcome::kValue && zan::is_empty(both.after->value.bits())) {
      // Nothing is decided without grounds; where neither law finds one, compare() saw no difference.
      worsen(Replayed::kForbidden);
      if (same_answer(*both.before, *both.after)) note(Replayed::kForbidden, "grounds", label, std::move(both));
    }
  }

  void members_of(const zan::Value& value, zan::NormId norm) {
    const zan::Enum& members = laws_.own.corpus.enums[static_cast<size_t>(value.of())];
    for (size_t i = 0; i < members.members.size(); ++i) {
      if (zan::has_bit(value.bits(), static_cast<int64_t>(i))) {
        grounds_.push_back({members.members[i].code, laws_.own.corpus.full_name(norm)});
      }
    }
  }

  void places(const zan::Effect& effect) {
    const zan::Account& account = laws_.own.corpus.accounts[static_cast<size_t>(effect.account.account)];
    const std::string label = laws_.own.words.label(said_.language(), words::account_key(account));
    compare("amount", label, effect.value);
    for (const zan::AccountUse* use : {&effect.account, &effect.to}) {
      for (const zan::NormId key : use->keys) compare("key", label, key);
    }
    if (effect.until != kNoId) compare("until", label, effect.until);
  }

  void worsen(Replayed outcome) {
    if (weight(outcome) > weight(out_.outcome)) out_.outcome = outcome;
  }

  void note(Replayed outcome, std::string_view what, const std::string& label, Both both) {
    worsen(outcome);
    ReplayedQuestion question{std::string(what), label, std::move(both.before), std::move(both.after), {}};
    if (question.before && question.after) question.causes = zan::divergences(*question.before, *question.after);
    add_known_causes(question);
    out_.differences.push_back(std::move(question));
  }

  /// A fact that the procedure knows by a norm hides the norm: the cause may lie there.
  void add_known_causes(ReplayedQuestion& question) const {
    for (const zan::Known& known : place_.procedure->knows) {
      const bool read = !known.balance_of && question.after && std::ranges::any_of(question.after->proof, [&](const zan::ProofNode& node) {
        return node.kind == zan::ProofKind::kFact && node.entity == known.path.entity && node.id == known.path.fact;
      });
      if (!read) continue;
      for (zan::Divergence& cause : zan::divergences(before_.ask(known.value), after_.ask(known.value))) {
        if (question.causes.size() < zan::kDivergencesMax) question.causes.push_back(std::move(cause));
      }
    }
  }

  std::string norm_label(zan::NormId norm) const {
    return laws_.own.words.label(said_.language(), words::norm_key(laws_.own.corpus, norm));
  }

  bool is_as_recorded(const Recorded& recorded) const {
    std::vector<int64_t> charges;
    for (const ChargeEntry& charge : recorded.charges) charges.push_back(charge.amount.tiyn);
    std::vector<std::pair<std::string, std::string>> set;
    for (const FactWord& word : recorded.facts) {
      if (word.entry.source == Source::kEffect) set.emplace_back(word.entry.path, word.entry.json);
    }
    const auto same_ground = [](const GroundEntry& a, const GroundEntry& b) { return a.member == b.member && a.norm == b.norm; };
    return charges == charges_ && set == set_ && std::ranges::equal(recorded.grounds, grounds_, same_ground);
  }

  const OtherLaw& laws_;
  const Place& place_;
  const zan::Action& action_;
  words::ProcedureWords said_;
  const Case& item_;
  Look before_, after_;
  ReplayedAct out_;
  // What the case's own law says now, to be held against what was decided.
  bool as_recorded_ = true;
  std::vector<int64_t> charges_;
  std::vector<GroundEntry> grounds_;
  std::vector<std::pair<std::string, std::string>> set_;
};

}  // namespace

std::string_view replayed_name(Replayed outcome) {
  static constexpr std::string_view kNames[kReplayedOutcomes] = {"same", "otherwise", "forbidden", "unclear", "unknown", "no_such_act"};
  return kNames[static_cast<size_t>(outcome)];
}

Result<ReplayedAct> replay_act(const OtherLaw& laws, const Case& before, std::string_view acted, Date on, words::Language language) {
  TRY(recorded, read_act(acted, on));
  TRY(place, find_place(laws.own.corpus, before, recorded.action));
  const Case given = with_given_facts(before, recorded);
  Case elsewhere = given;
  if (laws.on) elsewhere.filed = laws.on;
  const Surroundings around = frozen_surroundings(recorded.read);
  return Replay(laws, place, given, elsewhere, around, on, recorded.read, language).run(recorded);
}

}  // namespace koshi::office
