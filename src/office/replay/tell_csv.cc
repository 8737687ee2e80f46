#include "base/csv.h"
#include "office/replay/tell.h"

namespace koshi::office {
namespace {

/// The fields of an act stand on each of its lines, so that any line can be filtered by them; its money stands once, so that it can be
/// summed.
class ActLines {
 public:
  ActLines(const ReplayTold& told, const ReplayDifference& act, std::string& out) : told_(told), act_(act), out_(out) {}

  void write() {
    for (const ReplayedQuestion& question : act_.act.differences) {
      const std::vector<std::string> asked{question.what, question.label, answer_words(told_, question.before),
                                           answer_words(told_, question.after)};
      for (const zan::Divergence& cause : question.causes) {
        add(asked, {norm_words(told_, cause.norm), outcome_words(told_, cause.outcome_before, cause.before),
                    outcome_words(told_, cause.outcome_after, cause.after), rules_words(told_, cause.rules_before),
                    rules_words(told_, cause.rules_after)});
      }
      if (question.causes.empty()) add(asked, std::vector<std::string>(5));
    }
    if (first_) add(std::vector<std::string>(4), std::vector<std::string>(5));
  }

 private:
  void add(const std::vector<std::string>& asked, const std::vector<std::string>& cause) {
    std::vector<std::string> fields{act_.case_id,
                                    act_.procedure,
                                    std::to_string(act_.sequence),
                                    format_date(act_.on),
                                    format_date(act_.law),
                                    act_.act.action,
                                    std::string(replayed_name(act_.act.outcome)),
                                    act_.act.text_changed ? "yes" : "no"};
    fields.insert(fields.end(), asked.begin(), asked.end());
    fields.insert(fields.end(), cause.begin(), cause.end());
    fields.push_back(first_ ? tenge(act_.act.charged) : "");
    fields.push_back(first_ ? tenge(act_.act.charged_after) : "");
    first_ = false;
    append_csv_record(out_, fields);
  }

  const ReplayTold& told_;
  const ReplayDifference& act_;
  std::string& out_;
  bool first_ = true;
};

}  // namespace

std::string replay_csv(const ReplayTold& told) {
  std::string out;
  append_csv_record(out, {"case", "procedure", "sequence", "day", "law", "action", "outcome", "text changed", "what", "label", "before",
                          "after", "norm", "norm before", "norm after", "rules before", "rules after", "charged", "charged after"});
  for (const ReplayDifference& act : told.replays.differences) ActLines(told, act, out).write();
  return out;
}

}  // namespace koshi::office
