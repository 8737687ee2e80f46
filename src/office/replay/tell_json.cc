#include "ask/writer.h"
#include "office/replay/tell.h"

namespace koshi::office {
namespace {

using ask::JsonWriter;

void write_text(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  json.text(text);
}

void write_number(JsonWriter& json, std::string_view key, int64_t number) {
  json.key(key);
  json.number(number);
}

/// The value as facts are spelt; null and the reason where there is none.
void write_answer(JsonWriter& json, std::string_view key, const zan::Corpus& corpus, const std::optional<zan::Answer>& answer) {
  json.key(key);
  if (!answer) {
    json.raw("null");
    return;
  }
  if (answer->outcome == zan::Outcome::kValue) {
    write_value(json, corpus, answer->value);
    return;
  }
  json.raw("{");
  json.key("outcome");
  json.name(ask::outcome_name(answer->outcome));
  json.key("needs");
  json.raw("[");
  for (const zan::Need& need : answer->needs) {
    json.comma();
    json.text(need.path);
  }
  json.raw("]}");
}

void write_rules(JsonWriter& json, std::string_view key, const zan::Corpus& corpus, const std::vector<zan::RuleId>& rules) {
  json.key(key);
  json.raw("[");
  for (const zan::RuleId id : rules) {
    const zan::RuleInfo& rule = corpus.rules[static_cast<size_t>(id)];
    json.comma();
    json.raw("{");
    write_text(json, "rule", rule.label);
    write_number(json, "number", rule.number);
    json.key("by");
    ask::write_citations(json, corpus, rule.by);
    json.raw("}");
  }
  json.raw("]");
}

void write_question(JsonWriter& json, const zan::Corpus& corpus, const ReplayedQuestion& question) {
  json.raw("{");
  write_text(json, "what", question.what);
  write_text(json, "label", question.label);
  write_answer(json, "before", corpus, question.before);
  write_answer(json, "after", corpus, question.after);
  json.key("causes");
  json.raw("[");
  for (const zan::Divergence& cause : question.causes) {
    json.comma();
    json.raw("{");
    write_text(json, "norm", corpus.full_name(cause.norm));
    write_text(json, "record", cause.path);
    write_rules(json, "rules_before", corpus, cause.rules_before);
    write_rules(json, "rules_after", corpus, cause.rules_after);
    json.raw("}");
  }
  json.raw("]}");
}

void write_act(JsonWriter& json, const zan::Corpus& corpus, const ReplayDifference& act) {
  json.raw("{");
  write_text(json, "case", act.case_id);
  write_text(json, "procedure", act.procedure);
  write_number(json, "sequence", static_cast<int64_t>(act.sequence));
  json.key("day");
  json.date(act.on);
  json.key("law");
  json.date(act.law);
  write_text(json, "action", act.act.action);
  write_text(json, "outcome", replayed_name(act.act.outcome));
  json.key("text_changed");
  json.yes_no(act.act.text_changed);
  write_text(json, "charged", tenge(act.act.charged));
  write_text(json, "charged_after", tenge(act.act.charged_after));
  write_text(json, "charged_open", tenge(act.act.charged_open));
  json.key("differences");
  json.raw("[");
  for (const ReplayedQuestion& question : act.act.differences) {
    json.comma();
    write_question(json, corpus, question);
  }
  json.raw("]}");
}

void write_totals(JsonWriter& json, const ReplayTotals& totals) {
  write_number(json, "cases", totals.cases);
  write_number(json, "sealed", totals.sealed);
  write_number(json, "acts", totals.acts);
  for (size_t i = 0; i < kReplayedOutcomes; ++i) write_number(json, replayed_name(static_cast<Replayed>(i)), totals.outcomes[i]);
  write_number(json, "text_changed", totals.text_changed);
  write_number(json, "unreadable", totals.unreadable);
  // Texts, because sums of money may exceed what a JSON number is read into.
  write_text(json, "charged", tenge(totals.charged));
  write_text(json, "charged_after", tenge(totals.charged_after));
  write_text(json, "charged_open", tenge(totals.charged_open));
}

}  // namespace

std::string replay_json(const ReplayTold& told) {
  std::string out;
  JsonWriter json(out);
  const zan::Corpus& corpus = told.law.corpus;
  json.raw("{");
  json.key("on");
  if (told.question.standpoint.on) {
    json.date(*told.question.standpoint.on);
  } else {
    json.raw("null");
  }
  json.key("reforms");
  json.raw("[");
  for (const zan::ReformId reform : told.question.standpoint.reforms) {
    json.comma();
    json.text(corpus.reforms[static_cast<size_t>(reform)].name);
  }
  json.raw("]");
  write_totals(json, told.replays.totals);
  write_number(json, "left_out", told.replays.left_out);
  json.key("differences");
  json.raw("[");
  for (const ReplayDifference& act : told.replays.differences) {
    json.comma();
    write_act(json, corpus, act);
  }
  json.raw("]}\n");
  return out;
}

}  // namespace koshi::office
