// The law as a book, for programs: what the portal's screen "The law" is drawn from.
#include "http/law_api.h"

#include <algorithm>
#include <map>

#include "ask/writer.h"
#include "http/problem.h"
#include "words/words.h"

namespace koshi::http {
namespace {

constexpr size_t kConfidences = 4;

Response law_json(const Context& context, std::string body) {
  Response response = reply(200, "application/json", std::move(body) + "\n");
  response.headers.push_back({"Content-Language", std::string(words::code(context.language))});
  response.headers.push_back({"Vary", "Accept-Language"});
  response.headers.push_back({"Cache-Control", "no-cache"});
  return response;
}

/// One answer about the law, being written.
class LawWriter {
 public:
  LawWriter(const Site& site, const Context& context, std::string& out) : site_(site), language_(context.language), json_(out) {}

  ask::JsonWriter& json() { return json_; }

  void text(std::string_view key, std::string_view value) {
    json_.key(key);
    json_.text(value);
  }
  std::string label(const std::string& key) const { return site_.api_words.label(language_, key); }
  const zan::Norm& norm(zan::NormId id) const { return site_.corpus.norms[static_cast<size_t>(id)]; }
  const zan::RuleInfo& rule(zan::RuleId id) const { return site_.corpus.rules[static_cast<size_t>(id)]; }

  /// "norm", "under" with its label, and "label" of a norm, into an object that has begun.
  void norm_head(zan::NormId id) {
    text("norm", site_.corpus.full_name(id));
    if (const zan::ActId under = norm(id).under; under != zan::kNoId) {
      text("under", site_.corpus.acts[static_cast<size_t>(under)].name);
      text("under_label", label(words::act_key(site_.corpus, under) + ".short"));
    }
    text("label", label(words::norm_key(site_.corpus, id)));
  }

  void rule_object(const LawRule& one) {
    const zan::RuleInfo& info = rule(one.rule);
    json_.raw("{");
    json_.key("number");
    json_.number(info.number);
    text("name", info.label);
    json_.key("depth");
    json_.number(info.depth);
    if (one.exception_to > 0) {
      json_.key("exception_to");
      json_.number(one.exception_to);
    }
    text("value", value_of(info));
    if (info.when != zan::kNoId) text("when", expression(info, info.when));
    if (!info.table_row.empty()) text("row", info.table_row);
    if (info.reform != zan::kNoId) text("reform", site_.corpus.reforms[static_cast<size_t>(info.reform)].name);
    ask::write_range(json_, info.in_force);
    citations(info.by);
    json_.raw("}");
  }

  /// [{"act","place","confidence","text"}]
  void citations(const std::vector<zan::CitationRef>& by) {
    json_.key("by");
    json_.raw("[");
    for (const zan::CitationRef& one : by) {
      json_.comma();
      json_.raw("{");
      text("act", site_.corpus.acts[static_cast<size_t>(one.act)].name);
      text("place", one.place);
      json_.key("confidence");
      json_.name(ask::confidence_name(one.confidence));
      text("text", site_.api_words.cite(language_, one));
      json_.raw("}");
    }
    json_.raw("]");
  }

 private:
  std::string expression(const zan::RuleInfo& info, zan::NodeId node) const {
    return words::expression_text(site_.api_words, language_, norm(info.norm).entity, node);
  }
  std::string value_of(const zan::RuleInfo& info) const {
    if (info.reinstates != zan::kNoId) {
      return site_.api_words.phrase(language_, "page.norm.reinstates", {{"value", value_of(rule(info.reinstates))}});
    }
    return info.value == zan::kNoId ? "" : expression(info, info.value);
  }

  const Site& site_;
  words::Language language_;
  ask::JsonWriter json_;
};

/// A rule, its exceptions, theirs, in the order in which the law writes them.
void collect(const Site& site, const std::vector<zan::RuleId>& rules, int32_t exception_to, std::vector<LawRule>& all) {
  for (const zan::RuleId id : rules) {
    if (all.size() == kLawRulesMax) return;
    const zan::RuleInfo& info = site.corpus.rules[static_cast<size_t>(id)];
    all.push_back({id, exception_to});
    collect(site, info.exceptions, info.number, all);
  }
}

std::vector<LawRule> rules_of(const Site& site, const zan::Norm& norm) {
  std::vector<LawRule> all;
  collect(site, norm.rules, 0, all);
  collect(site, norm.exceptions, 0, all);
  return all;
}

/// What the outline counts of one norm.
struct Outline {
  std::map<std::pair<Date, Date>, int64_t> ranges;
  int64_t confidences[kConfidences] = {};
  int64_t rows = 0;
};

/// A rule counts in its least sure citation.
size_t least_sure(const zan::RuleInfo& rule) {
  size_t least = 0;
  for (const zan::CitationRef& one : rule.by) least = std::max(least, static_cast<size_t>(one.confidence));
  return least;
}

std::vector<Outline> outlines(const Site& site) {
  std::vector<Outline> all(site.corpus.norms.size());
  for (const zan::RuleInfo& rule : site.corpus.rules) {
    if (rule.reform != zan::kNoId) continue;
    Outline& outline = all[static_cast<size_t>(rule.norm)];
    ++outline.ranges[{rule.in_force.from, rule.in_force.until}];
    ++outline.confidences[least_sure(rule)];
    if (!rule.table_row.empty()) ++outline.rows;
  }
  return all;
}

void write_outline(LawWriter& out, const Outline& outline) {
  ask::JsonWriter& json = out.json();
  json.key("rows");
  json.number(outline.rows);
  json.key("confidence");
  json.raw("{");
  for (size_t i = 0; i < kConfidences; ++i) {
    json.key(ask::confidence_name(static_cast<zan::Confidence>(i)));
    json.number(outline.confidences[i]);
  }
  json.raw("}");
  json.key("ranges");
  json.raw("[");
  for (const auto& [range, count] : outline.ranges) {
    json.comma();
    json.raw("{");
    ask::write_range(json, {range.first, range.second});
    json.key("rules");
    json.number(count);
    json.raw("}");
  }
  json.raw("]");
}

void write_topics(const Site& site, LawWriter& out) {
  out.json().key("topics");
  out.json().raw("[");
  for (const zan::Topic& topic : site.corpus.topics) {
    out.json().comma();
    out.json().raw("{");
    out.text("topic", topic.name);
    out.text("label", out.label(words::topic_key(topic.name)));
    out.json().raw("}");
  }
  out.json().raw("]");
}

/// The removed and the brought rule of a change, and the one to which it adds an exception.
void write_change(LawWriter& out, const zan::Delta& delta) {
  static constexpr std::string_view kNames[] = {"prevail", "insert", "replace", "repeal", "suspend"};
  const auto rule = [&](std::string_view key, zan::RuleId id) {
    if (id == zan::kNoId) return;
    out.json().key(key);
    out.rule_object({id, 0});
  };
  out.json().raw("{");
  out.json().key("change");
  out.json().name(kNames[static_cast<size_t>(delta.kind)]);
  out.norm_head(delta.norm);
  ask::write_range(out.json(), delta.when);
  rule(delta.kind == zan::Change::Kind::kInsert ? "beside" : "removed", delta.target);
  rule("added", delta.rule);
  out.json().raw("}");
}

}  // namespace

Response law_outline_api(const Site& site, const Context& context) {
  std::string body;
  LawWriter out(site, context, body);
  out.json().raw("{");
  out.json().key("today");
  out.json().date(site.today());
  write_topics(site, out);
  const auto counted = outlines(site);
  out.json().key("norms");
  out.json().raw("[");
  for (size_t i = 0; i < site.corpus.norms.size(); ++i) {
    const zan::Norm& norm = site.corpus.norms[i];
    if (norm.of_procedure || norm.reform != zan::kNoId) continue;
    out.json().comma();
    out.json().raw("{");
    out.norm_head(static_cast<zan::NormId>(i));
    out.text("topic", norm.topic);
    out.json().key("definition");
    out.json().yes_no(norm.is_definition);
    out.json().key("table");
    out.json().yes_no(norm.is_table);
    write_outline(out, counted[i]);
    out.json().raw("}");
  }
  out.json().raw("]}");
  return law_json(context, std::move(body));
}

Response law_norm_api(const Site& site, const Context& context) {
  const std::string under = context.query.get("under").value_or("");
  const zan::NormId id = site.corpus.find_norm(context.path_parameter("norm"), under);
  const bool found = id != zan::kNoId && !site.corpus.norms[static_cast<size_t>(id)].of_procedure;
  if (!found) return problem(404, "The law has no such norm.");
  const zan::Norm& norm = site.corpus.norms[static_cast<size_t>(id)];
  std::string body;
  LawWriter out(site, context, body);
  out.json().raw("{");
  out.norm_head(id);
  out.text("topic", norm.topic);
  if (!norm.help.empty()) out.text("help", out.label(words::norm_key(site.corpus, id) + ".help"));
  out.json().key("today");
  out.json().date(site.today());
  const auto rules = rules_of(site, norm);
  out.json().key("cut");
  out.json().yes_no(rules.size() == kLawRulesMax);
  out.json().key("rules");
  out.json().raw("[");
  for (const LawRule& rule : rules) {
    out.json().comma();
    out.rule_object(rule);
  }
  out.json().raw("]}");
  return law_json(context, std::move(body));
}

Response law_reform_api(const Site& site, const Context& context) {
  const zan::ReformId id = site.corpus.find_reform(context.path_parameter("reform"));
  if (id == zan::kNoId) return problem(404, "The law has no such draft.");
  const zan::Reform& reform = site.corpus.reforms[static_cast<size_t>(id)];
  std::string body;
  LawWriter out(site, context, body);
  out.json().raw("{");
  out.text("reform", reform.name);
  out.text("title", out.label(words::reform_key(site.corpus, id)));
  if (reform.from) {
    out.json().key("from");
    out.json().date(*reform.from);
  }
  out.citations(reform.by);
  out.json().key("changes");
  out.json().raw("[");
  for (const zan::Delta& delta : reform.deltas) {
    out.json().comma();
    write_change(out, delta);
  }
  out.json().raw("]");
  out.json().key("norms");
  out.json().raw("[");
  for (size_t i = 0; i < site.corpus.norms.size(); ++i) {
    if (site.corpus.norms[i].reform != id) continue;
    out.json().comma();
    out.json().raw("{");
    out.norm_head(static_cast<zan::NormId>(i));
    out.json().raw("}");
  }
  out.json().raw("]}");
  return law_json(context, std::move(body));
}

}  // namespace koshi::http
