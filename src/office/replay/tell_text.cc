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
    size_t shown = 0;
    for (const ReplayDifference& one : told_.replays.differences) {
      if (shown++ == kReplayShown) break;
      difference(one);
    }
    const auto all = static_cast<int64_t>(told_.replays.differences.size()) + told_.replays.left_out;
    if (all > static_cast<int64_t>(kReplayShown)) line("", "more", {{"n", std::to_string(all - static_cast<int64_t>(kReplayShown))}});
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
    if (totals.charged == 0 && totals.charged_after == 0) return;
    line("", "charged",
         {{"before", tenge(totals.charged)},
          {"after", tenge(totals.charged_after)},
          {"more", tenge(totals.charged_after - totals.charged)}});
  }

  void difference(const ReplayDifference& one) {
    const int32_t id = told_.law.corpus.find_procedure(one.procedure);
    const std::string procedure =
        words::ProcedureWords(told_.law.words, language_, told_.law.corpus.procedures[static_cast<size_t>(id)]).label();
    out_ += "\n" + one.case_id + " · " + procedure + " · " + one.act.label + ", " + day(one.on) + "\n  ";
    out_ += phrase(replayed_name(one.act.outcome)) + "\n";
    if (one.act.text_changed) line("  ", "this_text_changed", {});
    for (const ReplayedQuestion& question : one.act.differences) {
      out_ += "  - " + question.label + ": " + answer_words(told_, question.before) + " → " + answer_words(told_, question.after) + "\n";
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
