#include <map>

#include "base/text.h"
#include "office/replay/tell.h"
#include "words/procedures.h"

namespace koshi::office {
namespace {

class ReplayText {
 public:
  explicit ReplayText(const ReplayTold& told) : told_(told), language_(told.question.language) {}

  std::string write() {
    under();
    totals();
    // Of acts that did not exist on that day there is nothing to tell but how many.
    std::map<std::string, int64_t> no_such_act;
    size_t shown = 0;
    auto left_out = told_.replays.left_out;
    for (const ReplayDifference& one : told_.replays.differences) {
      if (one.act.outcome == Replayed::kNoSuchAct) {
        ++no_such_act[procedure_words(one.procedure)];
      } else if (shown++ < kReplayShown) {
        difference(one);
      } else {
        ++left_out;
      }
    }
    if (left_out > 0) line("", "more", {{"n", std::to_string(left_out)}});
    if (!no_such_act.empty()) out_ += "\n" + phrase("no_such_act") + ":\n";
    for (const auto& [procedure, count] : no_such_act) out_ += "  " + procedure + ": " + std::to_string(count) + "\n";
    return std::move(out_);
  }

 private:
  std::string phrase(std::string_view key, const words::Holes& holes = {}) const {
    return told_.law.words.phrase(language_, "replay." + std::string(key), holes);
  }
  void line(std::string_view indent, std::string_view key, const words::Holes& holes) {
    out_.append(indent).append(phrase(key, holes)).append("\n");
  }
  std::string day(Date date) const { return told_.law.words.date(language_, date); }

  void under() {
    const zan::Standpoint& standpoint = told_.question.standpoint;
    if (standpoint.on) line("", "under_day", {{"day", day(*standpoint.on)}});
    for (const zan::ReformId reform : standpoint.reforms) {
      line("", "under_reform", {{"reform", told_.law.words.label(language_, words::reform_key(told_.law.corpus, reform))}});
    }
    if (!standpoint.on && standpoint.reforms.empty()) line("", "under_text", {});
  }

  void totals() {
    const ReplayTotals& totals = told_.replays.totals;
    line("", "read", {{"cases", std::to_string(totals.cases)}, {"acts", std::to_string(totals.acts)}});
    if (totals.sealed > 0) line("", "sealed", {{"n", std::to_string(totals.sealed)}});
    for (size_t i = 0; i < kReplayedOutcomes; ++i) {
      if (totals.outcomes[i] == 0) continue;
      out_ += "  " + phrase(replayed_name(static_cast<Replayed>(i))) + ": " + std::to_string(totals.outcomes[i]) + "\n";
    }
    if (totals.text_changed > 0) line("", "text_changed", {{"n", std::to_string(totals.text_changed)}});
    if (totals.unreadable > 0) line("", "unreadable", {{"n", std::to_string(totals.unreadable)}});
    if (totals.charged_open != 0) line("", "charged_open", {{"before", tenge(totals.charged_open)}});
    if (totals.charged == 0 && totals.charged_after == 0) return;
    line("", "charged",
         {{"before", tenge(totals.charged)},
          {"after", tenge(totals.charged_after)},
          {"more", tenge(totals.charged_after - totals.charged)}});
  }

  std::string procedure_words(const std::string& name) const {
    const int32_t id = told_.law.corpus.find_procedure(name);
    return words::ProcedureWords(told_.law.words, language_, told_.law.corpus.procedures[static_cast<size_t>(id)]).label();
  }

  /// The facts that nobody took down and that the other law asks.
  void needs(const zan::Answer& answer) {
    std::vector<std::string> facts;
    for (const zan::Need& need : answer.needs) {
      const bool is_fact = need.entity != zan::kNoId && need.fact != zan::kNoId;
      facts.push_back(is_fact ? told_.law.words.label(language_, words::fact_key(told_.law.corpus, need.entity, need.fact)) : need.path);
    }
    if (!facts.empty()) line("    ", "needs", {{"facts", join(facts, ", ")}});
  }

  void difference(const ReplayDifference& one) {
    out_ += "\n" + one.case_id + " · " + procedure_words(one.procedure) + " · " + one.act.label + ", " + day(one.on) + "\n  ";
    out_ += phrase(replayed_name(one.act.outcome)) + "\n";
    if (one.act.text_changed) line("  ", "this_text_changed", {});
    for (const ReplayedQuestion& question : one.act.differences) {
      out_ += "  - " + question.label + ": " + answer_words(told_, question.before) + " → " + answer_words(told_, question.after) + "\n";
      if (question.after) needs(*question.after);
      for (const zan::Divergence& one_cause : question.causes) cause(one_cause);
    }
  }

  void cause(const zan::Divergence& cause) {
    const std::string norm = norm_words(told_, cause.norm);
    if (!norm.empty()) {
      out_ += "    " + norm + ": " + outcome_words(told_, cause.outcome_before, cause.before) + " → " +
              outcome_words(told_, cause.outcome_after, cause.after) + "\n";
    }
    line("    ", "rules", {{"before", rules_words(told_, cause.rules_before)}, {"after", rules_words(told_, cause.rules_after)}});
  }

  const ReplayTold& told_;
  words::Language language_;
  std::string out_;
};

}  // namespace

std::string replay_text(const ReplayTold& told) {
  return ReplayText(told).write();
}

}  // namespace koshi::office
