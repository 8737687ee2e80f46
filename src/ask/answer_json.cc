#include "ask/ask.h"
#include "ask/writer.h"
#include "words/proof_sentences.h"
#include "zan/corpus/unanswered.h"

/// The answer of POST /api/v1/ask. The time for one answer is spent here and in the parser as much as in the reasoner, hence no tree of
/// values.
namespace koshi::ask {
namespace {

using zan::Answer;
using zan::kNoId;
using zan::Outcome;
using zan::ProofKind;
using zan::ProofNode;

class AnswerWriter {
 public:
  AnswerWriter(JsonWriter& json, const words::Words& words, const Question& question, const Answer& answer, const JsonOptions& show)
      : json_(json), words_(words), corpus_(words.corpus()), question_(question), answer_(answer), show_(show) {
    if (show.words) sentences_.emplace(words, question.language, answer);
  }

  void head() {
    norm_name(answer_.norm);
    json_.key("on");
    json_.date(answer_.on);
    json_.key("reforms");
    json_.raw("[");
    for (const zan::ReformId reform : answer_.reforms) {
      json_.comma();
      json_.name(corpus_.reforms[static_cast<size_t>(reform)].name);
    }
    json_.raw("]");
    write_type(json_, corpus_, norm(answer_.norm).type);
    outcome();
    json_.key("unknown");
    json_.yes_no(answer_.outcome == Outcome::kUnknown);
  }

  void needs() {
    json_.key("needs");
    json_.raw("[");
    for (const zan::Need& need : answer_.needs) {
      json_.comma();
      write_need(need);
    }
    json_.raw("]");
  }

  void rules() {
    json_.key("rules");
    json_.raw("[");
    for (const zan::RuleId id : answer_.deciding) {
      json_.comma();
      json_.raw("{");
      rule_name(rule(id));
      json_.key("by");
      write_citations(json_, corpus_, rule(id).by);
      json_.raw("}");
    }
    json_.raw("]");
  }

  void why() {
    json_.key("why");
    if (answer_.proof.empty()) return json_.raw("null");
    node(0);
  }

  void changes(const std::vector<zan::FactChange>& changes) {
    json_.key("changes");
    json_.raw("[");
    for (const zan::FactChange& change : changes) {
      json_.comma();
      write_change(change);
    }
    json_.raw("]");
  }

 private:
  const zan::Norm& norm(zan::NormId id) const { return corpus_.norms[static_cast<size_t>(id)]; }
  const zan::RuleInfo& rule(zan::RuleId id) const { return corpus_.rules[static_cast<size_t>(id)]; }
  const ProofNode& at(int32_t id) const { return answer_.proof[static_cast<size_t>(id)]; }

  /// {"norm":"person.is_migrant_worker","under":"ICRMW" – begins or goes on with an object.
  void norm_name(zan::NormId id) {
    const zan::Norm& info = norm(id);
    json_.key("norm");
    json_.raw("\"");
    if (info.entity != kNoId) {
      json_.raw(corpus_.entities[static_cast<size_t>(info.entity)].name);
      json_.raw(".");
    }
    json_.raw(info.name);
    json_.raw("\"");
    if (info.under == kNoId) return;
    json_.key("under");
    json_.name(corpus_.acts[static_cast<size_t>(info.under)].name);
  }

  void outcome() {
    json_.key("outcome");
    json_.name(outcome_name(answer_.outcome));
    json_.key("value");
    if (answer_.outcome == Outcome::kValue) {
      write_value(json_, corpus_, answer_.value);
    } else {
      json_.raw("null");
    }
    if (answer_.at != kNoId) {
      json_.key("at");
      json_.raw("{");
      norm_name(answer_.at);
      json_.raw("}");
    }
    if (answer_.outcome == Outcome::kGap) {
      write_gap();
    }
    if (answer_.outcome == Outcome::kFault) {
      json_.key("reason");
      json_.text(answer_.fault);
    }
  }

  /// Texts that governed the day and were not read; and those that stand for there being no rule.
  void write_gap() {
    std::vector<zan::CitationRef> unread;
    std::vector<zan::CitationRef> absent;
    for (const zan::CitationRef& citation : corpus_.missing_on(answer_.at == kNoId ? answer_.norm : answer_.at, answer_.on)) {
      (why_unanswered(corpus_, citation, answer_.on) == zan::Unanswered::kUnread ? unread : absent).push_back(citation);
    }
    for (const auto& [key, citations] : {std::pair{"missing", &unread}, std::pair{"absent", &absent}}) {
      if (citations->empty()) continue;
      json_.key(key);
      write_citations(json_, corpus_, *citations);
    }
  }

  void write_need(const zan::Need& need) {
    const zan::Entity& entity = corpus_.entities[static_cast<size_t>(need.entity)];
    json_.raw("{\"fact\":");
    json_.text(need.path);
    if (need.fact == kNoId) {
      const zan::Link& link = entity.links[static_cast<size_t>(need.link)];
      json_.key("type");
      json_.text("list of " + corpus_.entities[static_cast<size_t>(link.target)].name);
      json_.raw(",\"or_none\":false");
      json_.key("label");
      json_.text(words_.label(question_.language, words::link_key(corpus_, need.entity, need.link)));
    } else {
      const std::string key = words::fact_key(corpus_, need.entity, need.fact);
      write_type(json_, corpus_, entity.facts[static_cast<size_t>(need.fact)].type);
      json_.key("label");
      json_.text(words_.label(question_.language, key));
      if (!entity.facts[static_cast<size_t>(need.fact)].help.empty()) {
        json_.key("help");
        json_.text(words_.label(question_.language, key + ".help"));
      }
    }
    json_.key("ask");
    json_.text(words::need_question(words_, question_.language, need));
    if (need.fact != kNoId) choices(entity.facts[static_cast<size_t>(need.fact)].type);
    json_.raw("}");
  }

  void choices(const zan::Type& type) {
    if (type.kind != zan::Kind::kEnum) return;
    const zan::Enum& members = corpus_.enums[static_cast<size_t>(type.of)];
    if (members.members.size() > kMaxChoices) return;
    json_.key("choices");
    json_.raw("[");
    for (size_t i = 0; i < members.members.size(); ++i) {
      json_.comma();
      json_.raw("{\"code\":");
      json_.text(members.members[i].code);
      json_.key("label");
      json_.text(words_.label(question_.language, words::member_key(corpus_, type.of, static_cast<int64_t>(i))));
      json_.raw("}");
    }
    json_.raw("]");
  }

  void rule_name(const zan::RuleInfo& info) {
    json_.key("rule");
    if (info.label.empty()) {
      json_.raw("null");
    } else {
      json_.name(info.label);
    }
    json_.key("number");
    json_.number(info.number);
    if (!info.table_row.empty()) {
      json_.key("row");
      json_.text(info.table_row);
    }
    if (info.reform != kNoId) {
      json_.key("reform");
      json_.name(corpus_.reforms[static_cast<size_t>(info.reform)].name);
    }
  }

  /// Rows of a table that do not apply would bury the one that does.
  bool is_left_out(const ProofNode& node) const {
    return node.kind == ProofKind::kRule && node.role == zan::RuleRole::kSilent && !rule(node.id).table_row.empty();
  }

  void node(int32_t id) {
    const ProofNode& info = at(id);
    json_.raw("{");
    switch (info.kind) {
      case ProofKind::kNorm: norm_node(info); break;
      case ProofKind::kRule: rule_node(info); break;
      case ProofKind::kFact: fact_node(info); break;
      case ProofKind::kToday:
        json_.raw("\"kind\":\"today\",\"value\":");
        write_value(json_, corpus_, info.value);
        break;
    }
    if (sentences_) {
      json_.key("text");
      json_.text(sentences_->sentence(id));
    }
    children(info);
    json_.raw("}");
  }

  void children(const ProofNode& info) {
    bool any = false;
    for (int32_t child = info.first_child; child != kNoId; child = at(child).next_sibling) {
      if (is_left_out(at(child))) continue;
      if (!any) {
        json_.key("children");
        json_.raw("[");
        any = true;
      }
      json_.comma();
      node(child);
    }
    if (any) json_.raw("]");
  }

  /// The path of the record, where it is not the question's own.
  void record(const ProofNode& info) {
    if (info.path == kNoId) return;
    const std::string& path = answer_.paths[static_cast<size_t>(info.path)];
    if (path.empty()) return;
    json_.key("record");
    json_.name(path);
  }

  void value_or_outcome(const ProofNode& info) {
    if (info.outcome == Outcome::kValue) {
      json_.key("value");
      write_value(json_, corpus_, info.value);
    } else {
      json_.key("outcome");
      json_.name(outcome_name(info.outcome));
    }
  }

  void norm_node(const ProofNode& info) {
    json_.raw("\"kind\":\"norm\"");
    norm_name(info.id);
    record(info);
    json_.key("on");
    json_.date(info.on);
    value_or_outcome(info);
    if (info.same_as != kNoId) json_.raw(",\"see\":true");
  }

  void fact_node(const ProofNode& info) {
    json_.raw("\"kind\":\"fact\",\"state\":");
    json_.name(words::proof_state(info));
    json_.key("fact");
    json_.name(corpus_.entities[static_cast<size_t>(info.entity)].facts[static_cast<size_t>(info.id)].name);
    record(info);
    if (info.outcome == Outcome::kValue) value_or_outcome(info);
  }

  void rule_node(const ProofNode& info) {
    const zan::RuleInfo& law = rule(info.id);
    json_.raw("\"kind\":\"rule\",\"state\":");
    json_.name(words::proof_state(info));
    rule_name(law);
    if (law.depth > 0) json_.raw(",\"exception\":true");
    write_range(json_, law.in_force);
    const bool speaks = info.role != zan::RuleRole::kSilent && info.role != zan::RuleRole::kOpen;
    if (speaks && info.outcome == Outcome::kValue) value_or_outcome(info);
    json_.key("by");
    write_citations(json_, corpus_, law.by);
  }

  void write_change(const zan::FactChange& change) {
    json_.raw("{\"fact\":");
    json_.text(change.path);
    json_.key("from");
    write_value(json_, corpus_, change.from);
    json_.key("to");
    json_.raw("[");
    for (const zan::Value& value : change.to) {
      json_.comma();
      write_value(json_, corpus_, value);
    }
    json_.raw("]");
    json_.key("outcome");
    json_.name(outcome_name(change.outcome));
    json_.key("value");
    if (change.outcome == Outcome::kValue) {
      write_value(json_, corpus_, change.answer);
    } else {
      json_.raw("null");
    }
    if (show_.words) {
      json_.key("text");
      json_.text(words::change_sentence(words_, question_.language, change));
    }
    json_.raw("}");
  }

  JsonWriter& json_;
  const words::Words& words_;
  const zan::Corpus& corpus_;
  const Question& question_;
  const Answer& answer_;
  const JsonOptions& show_;
  std::optional<words::ProofSentences> sentences_;
};

}  // namespace

void append_answer_json(std::string& out, const words::Words& words, zan::ProgramLibrary& library, const Question& question,
                        const Answer& answer, const JsonOptions& options) {
  const JsonOptions show{.changes = options.changes || question.show.changes, .words = options.words || question.show.words};
  JsonWriter json(out);
  AnswerWriter writer(json, words, question, answer, show);
  json.raw("{");
  writer.head();
  writer.needs();
  writer.rules();
  if (show.words) {
    if (const auto program = library.on(answer.on, answer.reforms)) {
      json.key("text");
      json.text(words::answer_sentence(words, question.language, **program, answer));
    }
  }
  writer.why();
  if (show.changes && answer.outcome == Outcome::kValue) {
    const auto changes = zan::what_would_change(library, question.record, answer);
    writer.changes(changes ? *changes : std::vector<zan::FactChange>());
  }
  json.raw("}");
}

int exit_status(const Answer& answer) {
  switch (answer.outcome) {
    case Outcome::kValue: return 0;
    case Outcome::kUnknown: return 3;
    default: return 4;
  }
}

}  // namespace koshi::ask
