#pragma once

#include <optional>
#include <string>
#include <vector>

#include "office/case/access.h"
#include "office/case/event_json.h"
#include "office/case/look.h"

/// One act being tried on a copy of the case. Internal to this folder.
namespace koshi::office {

/// A proof that goes into the event.
struct KeptProof {
  std::string_view what;  ///< as event.h lists them
  std::string label;
  zan::Answer answer;
};

/// What an act does, as its event tells it.
struct ActResult {
  bool files = false;
  bool settles = false;
  std::vector<FactWord> facts;
  std::vector<LedgerPosting> postings;
  std::vector<ChargeEntry> charges;
  std::vector<PaperEntry> papers;
  std::vector<GroundEntry> grounds;
  std::vector<Notice> notices;
  std::vector<RegisterEntry> records;
  std::optional<CaseNumber> number;
  std::vector<KeptProof> proofs;
  ReadFacts read;
};

enum class Asks : bool {
  kGiven,  ///< a real act
  kOpen,   ///< a look: what the action asks is not given yet and hinders nobody
};

/// Everything that hinders the act is collected; only the effects stop at the first hindrance.
class Trial {
 public:
  /// `item` is the case with the facts that were given with the act. All must outlive it.
  Trial(const Refuser& refuser, const Situation& situation, const zan::Action& action, const Case& item, const Surroundings& around,
        Date today, Asks asks);

  /// Conditions, then effects. No value: the act passes (or, in a look, nothing hinders it so far).
  std::optional<Refusal> run();
  ActResult& deed() { return deed_; }

 private:
  // trial.cc
  void when();
  void asked_facts();
  void forms();
  void form(const zan::Form& form);
  void documents();
  void requirements();
  bool is_asked(const zan::Need& need) const;
  void missing(const zan::Need& need);
  void keep(std::string_view what, const std::string& label, const zan::Answer& answer);
  /// The value, or what hinders is noted.
  std::optional<zan::Value> settle(zan::NormId norm, std::string_view what, const std::string& label);
  std::optional<zan::Value> judge(const zan::Answer& answer, std::string_view what, const std::string& label);
  void not_lawful(zan::Answer answer, const std::string& label);
  std::vector<zan::FactChange> changes(const zan::Answer& answer) const;
  bool hindered() const { return refusal_ || !facts_.empty() || !documents_.empty() || !failed_.empty() || !unclear_.empty(); }
  std::optional<Refusal> refusal() const;

  // effects.cc
  /// No: the act is refused, or, in a look, depends on what is not given yet.
  bool effect(const zan::Effect& effect);
  bool files();
  bool numbers(const zan::NumberPattern& pattern);
  bool sets(const zan::Effect& effect);
  bool records(const zan::Effect& effect);
  bool reserve(const zan::Effect& effect);
  bool commit(const zan::Effect& effect);
  bool release(const zan::Effect& effect);
  bool limit(const zan::Effect& effect);
  bool charges(const zan::Effect& effect);
  bool grounds(const zan::Effect& effect);
  bool issues(const zan::Effect& effect);
  std::optional<int64_t> amount(const zan::Effect& effect);
  std::optional<std::string> code(const zan::AccountUse& use);
  bool take(const std::string& code, int64_t amount);
  void post(LedgerPosting posting);
  bool is_held(const std::string& account) const;
  const std::string& account_name(const zan::AccountUse& use) const;

  const Refuser& refuser_;
  const Situation& situation_;
  const zan::Action& action_;
  Case item_;
  Look look_;
  Asks asks_;
  ActResult deed_;
  std::map<std::string, int64_t> moved_;  ///< places that this act has given to an account or taken from it
  std::vector<Refusal::Problem> facts_, documents_;
  std::vector<Refusal::Failed> failed_, unclear_;
  std::optional<Refusal> refusal_;  ///< of another kind: ends the trial
};

}  // namespace koshi::office
