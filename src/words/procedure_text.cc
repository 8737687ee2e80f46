#include "base/text.h"
#include "words/procedures.h"

/// A procedure as a text for a person.
namespace koshi::words {
namespace {

using zan::Action;
using zan::Effect;
using zan::Procedure;
using Kind = Effect::Kind;

class ProcedureText {
 public:
  ProcedureText(const Words& words, Language language, const Procedure& procedure, std::optional<Date> on)
      : w_(words), language_(language), p_(procedure), names_(words, language, procedure), on_(on) {}

  std::string run() {
    line(0, names_.label() + " [" + p_.name + "]");
    if (!p_.help.empty()) line(1, names_.help());
    line(1, force_and_sources(p_.in_force, p_.by, {}));
    roles();
    if (p_.documents != zan::kNoId) heading("procedure.documents", {{"label", w_.label(language_, norm_key(w_.corpus(), p_.documents))}});
    knows();
    takes();
    forms();
    heading("procedure.states");
    for (size_t i = 0; i < p_.states.size(); ++i) state(static_cast<int32_t>(i));
    return std::move(out_);
  }

 private:
  void line(size_t depth, const std::string& text) {
    if (text.empty()) return;
    out_.append(2 * depth, ' ');
    out_ += text;
    out_ += '\n';
  }
  std::string phrase(std::string_view key, const Holes& holes = {}) const { return w_.phrase(language_, key, holes); }
  void heading(std::string_view key, const Holes& holes = {}) {
    out_ += '\n';
    line(0, phrase(key, holes));
  }
  bool shown(const zan::DateRange& range) const { return !on_ || range.contains(*on_); }

  /// "in force from …; LMP art. 37-1 [read]"; what the part around it says already is left out.
  std::string force_and_sources(const zan::DateRange& range, const std::vector<zan::CitationRef>& by,
                                const std::vector<zan::CitationRef>& outer) const {
    std::vector<std::string> parts;
    const bool own = range.from != p_.in_force.from || range.until != p_.in_force.until || &by == &p_.by;
    if (const std::string force = w_.in_force(language_, range); own && !force.empty()) parts.push_back(force);
    if (by != outer) {
      for (const zan::CitationRef& citation : by) parts.push_back(w_.cite(language_, citation));
    }
    return join(parts, "; ");
  }

  std::string beside(const zan::DateRange& range, const std::vector<zan::CitationRef>& by,
                     const std::vector<zan::CitationRef>& outer) const {
    const std::string text = force_and_sources(range, by, outer);
    return text.empty() ? "" : " (" + text + ")";
  }

  void roles() {
    heading("procedure.participants");
    if (p_.sealed) line(1, phrase("procedure.sealed"));
    for (size_t i = 0; i < p_.roles.size(); ++i) {
      const zan::Role& role = p_.roles[i];
      if (role.kind == zan::Role::Kind::kClock) continue;
      std::string key = role.kind == zan::Role::Kind::kParty    ? "procedure.party"
                        : role.kind == zan::Role::Kind::kOffice ? "procedure.office"
                                                                : "procedure.role";
      if (role.within) key += "_within";
      if (role.without_account) key = "procedure.party_without_account";
      line(1, phrase(key, {{"label", names_.role(static_cast<int32_t>(i))}, {"fact", role.within ? names_.fact(*role.within) : ""}}));
    }
  }

  void knows() {
    if (p_.knows.empty()) return;
    heading("procedure.looked_up");
    for (const zan::Known& known : p_.knows) {
      const std::string value =
          known.balance_of ? phrase("procedure.balance", account_holes(*known.balance_of)) : names_.expression(known.value);
      line(1, phrase("procedure.is", {{"fact", names_.fact(known.path)}, {"value", value}}));
    }
  }

  void takes() {
    if (p_.takes.empty()) return;
    heading("procedure.taken_over");
    for (const zan::Takes& takes : p_.takes) {
      const Procedure& giver = w_.corpus().procedures[static_cast<size_t>(takes.procedure)];
      const ProcedureWords said(w_, language_, giver);
      std::vector<std::string> states;
      for (const std::string& state : takes.states) states.push_back(said.state(giver.find_state(state)));
      line(1, phrase("procedure.takes", {{"procedure", said.label()}, {"states", join(states, ", ")}, {"facts", facts(takes.facts)}}));
    }
  }

  std::string facts(const std::vector<zan::FactPath>& paths) const {
    std::vector<std::string> labels;
    for (const zan::FactPath& path : paths) labels.push_back(names_.fact(path));
    return join(labels, "; ");
  }

  void forms() {
    if (p_.forms.empty()) return;
    heading("procedure.forms");
    for (size_t i = 0; i < p_.forms.size(); ++i) {
      const zan::Form& form = p_.forms[i];
      if (!shown(form.in_force)) continue;
      line(1, names_.form(static_cast<int32_t>(i)) + beside(form.in_force, form.by, p_.by));
      condition(2, form.when);
      line(2, facts(form.asks));
    }
  }

  void condition(size_t depth, zan::NormId when) {
    if (when != zan::kNoId) line(depth, phrase("procedure.when", {{"condition", names_.expression(when)}}));
  }

  void state(int32_t id) {
    const zan::ProcedureState& state = p_.states[static_cast<size_t>(id)];
    out_ += '\n';
    line(1, names_.state(id) + " [" + state.name + "]" + (state.is_aim ? " – " + phrase("procedure.aim") : "") +
                (state.is_final ? " – " + phrase("procedure.final") : ""));
    for (const zan::Deadline& deadline : state.deadlines) {
      if (shown(deadline.in_force)) line(2, names_.deadline(id, deadline) + beside(deadline.in_force, deadline.by, p_.by));
    }
    for (size_t i = 0; i < state.actions.size(); ++i) {
      if (shown(state.actions[i].in_force)) action(id, static_cast<int32_t>(i));
    }
  }

  void action(int32_t state, int32_t id) {
    const Action& action = p_.states[static_cast<size_t>(state)].actions[static_cast<size_t>(id)];
    line(2, names_.action(state, id) + " – " + names_.roles(action) + " → " + names_.state(action.target) +
                beside(action.in_force, action.by, p_.by));
    line(3, names_.action_help(state, id));
    condition(3, action.when);
    if (!action.asks.empty()) line(3, phrase("procedure.asks", {{"facts", facts(action.asks)}}));
    if (action.needs_forms) line(3, phrase("procedure.needs_forms"));
    if (action.needs_documents) line(3, phrase("procedure.needs_documents"));
    for (size_t i = 0; i < action.requirements.size(); ++i) {
      const zan::Requirement& require = action.requirements[i];
      if (!shown(require.in_force)) continue;
      line(3, phrase("procedure.requires", {{"label", names_.requirement(state, id, static_cast<int32_t>(i))},
                                            {"condition", names_.expression(require.condition)}}) +
                  beside(require.in_force, require.by, action.by));
    }
    for (size_t i = 0; i < action.effects.size(); ++i) effect(action.effects[i], names_.effect(state, id, static_cast<int32_t>(i)));
  }

  Holes account_holes(const zan::AccountUse& use) const {
    if (use.account == zan::kNoId) return {};
    return {{"account", w_.label(language_, account_key(w_.corpus().accounts[static_cast<size_t>(use.account)]))},
            {"keys", names_.keys(use)}};
  }

  static std::string_view effect_phrase(const Effect& effect) {
    switch (effect.kind) {
      case Kind::kFiles: return "procedure.files";
      case Kind::kSets: return "procedure.sets";
      case Kind::kRecords: return "procedure.records";
      case Kind::kReserve: return effect.until == zan::kNoId ? "procedure.reserve" : "procedure.reserve_until";
      case Kind::kCommit: return "procedure.commit";
      case Kind::kRelease: return "procedure.release";
      case Kind::kAllot: return "procedure.allot";
      case Kind::kWithdraw: return "procedure.withdraw";
      case Kind::kMove: return "procedure.move";
      case Kind::kCharges: return effect.role == zan::kNoId ? "procedure.charges" : "procedure.charges_to";
      case Kind::kGrounds: return "procedure.grounds";
      case Kind::kIssues: return "procedure.issues";
      case Kind::kSettles: return "procedure.settles";
      case Kind::kNotice: break;
    }
    return "procedure.notice";
  }

  void effect(const Effect& effect, const std::string& title) {
    Holes holes = account_holes(effect.account);
    holes["label"] = title;
    if (effect.path) holes["fact"] = names_.fact(*effect.path);
    if (effect.role != zan::kNoId) holes["who"] = names_.role(effect.role);
    if (effect.kind == Kind::kGrounds) {
      holes["label"] = w_.label(language_, norm_key(w_.corpus(), effect.value));
    } else {
      holes["value"] = names_.expression(effect.value);
    }
    holes["day"] = names_.expression(effect.until);
    if (effect.kind == Kind::kMove) {
      const Holes to = account_holes(effect.to);
      holes["to"] = to.at("account");
      holes["to_keys"] = to.at("keys");
    }
    line(3, phrase(effect_phrase(effect), holes));
  }

  const Words& w_;
  Language language_;
  const Procedure& p_;
  ProcedureWords names_;
  std::optional<Date> on_;
  std::string out_;
};

}  // namespace

std::string procedure_text(const Words& words, Language language, const Procedure& procedure, std::optional<Date> on) {
  return ProcedureText(words, language, procedure, on).run();
}

}  // namespace koshi::words
