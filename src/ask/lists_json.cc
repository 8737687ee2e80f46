#include <algorithm>

#include "ask/ask.h"
#include "ask/writer.h"

/// The lists of questions, acts and reforms.
namespace koshi::ask {
namespace {

using zan::Corpus;
using zan::kNoId;

void write_asked(JsonWriter& json, const words::Words& words, words::Language language, const AskedFact& fact) {
  const Corpus& corpus = words.corpus();
  const zan::Entity& entity = corpus.entities[static_cast<size_t>(fact.entity)];
  json.raw("{\"fact\":");
  json.text(fact.path);
  if (fact.fact == kNoId) {
    const zan::Link& link = entity.links[static_cast<size_t>(fact.link)];
    json.key("type");
    json.text("list of " + corpus.entities[static_cast<size_t>(link.target)].name);
    json.raw(",\"or_none\":false");
  } else {
    write_type(json, corpus, entity.facts[static_cast<size_t>(fact.fact)].type);
  }
  json.key("label");
  json.text(words.label(
      language, fact.fact == kNoId ? words::link_key(corpus, fact.entity, fact.link) : words::fact_key(corpus, fact.entity, fact.fact)));
  json.raw("}");
}

/// One question with all instruments under which it is answered. `norms` are its norms, the plain one first where there is one.
void write_norm(JsonWriter& json, const words::Words& words, words::Language language, const std::vector<zan::NormId>& norms,
                const std::vector<std::vector<AskedFact>>& asked) {
  const Corpus& corpus = words.corpus();
  const zan::Norm& norm = corpus.norms[static_cast<size_t>(norms.front())];
  json.raw("{\"norm\":");
  json.name(corpus.full_name(norms.front()));
  json.key("entity");
  if (norm.entity == kNoId) {
    json.raw("null");
  } else {
    json.name(corpus.entities[static_cast<size_t>(norm.entity)].name);
  }
  write_type(json, corpus, norm.type);
  json.key("label");
  json.text(words.label(language, words::norm_key(corpus, norms.front())));
  if (!norm.help.empty()) {
    json.key("help");
    json.text(words.label(language, words::norm_key(corpus, norms.front()) + ".help"));
  }
  json.key("topic");
  json.text(norm.topic);
  json.key("table");
  json.yes_no(norm.is_table);
  if (norm.reform != kNoId) {
    json.key("reform");
    json.name(corpus.reforms[static_cast<size_t>(norm.reform)].name);
  }
  json.key("instruments");
  json.raw("[");
  for (const zan::NormId id : norms) {
    const zan::ActId under = corpus.norms[static_cast<size_t>(id)].under;
    json.comma();
    if (under == kNoId) {
      json.raw("null");
    } else {
      json.name(corpus.acts[static_cast<size_t>(under)].name);
    }
  }
  json.raw("]");
  json.key("facts");
  json.raw("[");
  std::vector<std::string_view> seen;
  for (const zan::NormId id : norms) {
    for (const AskedFact& fact : asked[static_cast<size_t>(id)]) {
      if (std::ranges::find(seen, fact.path) != seen.end()) continue;
      seen.push_back(fact.path);
      json.comma();
      write_asked(json, words, language, fact);
    }
  }
  json.raw("]}");
}

void write_counts(JsonWriter& json, std::string_view key, const size_t (&counts)[4]) {
  json.key(key);
  json.raw("{");
  for (size_t i = 0; i < 4; ++i) {
    json.key(confidence_name(static_cast<zan::Confidence>(i)));
    json.number(static_cast<int64_t>(counts[i]));
  }
  json.raw("}");
}

void write_act(JsonWriter& json, const words::Words& words, words::Language language, zan::ActId id, const ActUse& use) {
  static constexpr std::string_view kKinds[] = {"act", "treaty", "source"};
  const Corpus& corpus = words.corpus();
  const zan::Act& act = corpus.acts[static_cast<size_t>(id)];
  json.raw("{\"act\":");
  json.name(act.name);
  json.key("kind");
  json.name(kKinds[static_cast<size_t>(act.kind)]);
  json.key("title");
  json.text(words.label(language, words::act_key(corpus, id)));
  json.key("number");
  json.text(act.number);
  json.key("made");
  json.date(act.made);
  write_range(json, act.in_force);
  json.key("ratified");
  json.yes_no(!act.not_ratified);
  json.key("url");
  json.text(act.url);
  write_counts(json, "rules", use.rules);
  write_counts(json, "rows", use.rows);
  json.raw("}");
}

std::string_view change_name(zan::Change::Kind kind) {
  static constexpr std::string_view kNames[] = {"prevail", "insert", "replace", "repeal", "suspend"};
  return kNames[static_cast<size_t>(kind)];
}

void write_reform(JsonWriter& json, const words::Words& words, words::Language language, zan::ReformId id) {
  const Corpus& corpus = words.corpus();
  const zan::Reform& reform = corpus.reforms[static_cast<size_t>(id)];
  json.raw("{\"reform\":");
  json.name(reform.name);
  json.key("title");
  json.text(words.label(language, words::reform_key(corpus, id)));
  if (reform.from) {
    json.key("from");
    json.date(*reform.from);
  }
  json.key("by");
  write_citations(json, corpus, reform.by);
  json.key("changes");
  json.raw("[");
  for (const zan::Delta& delta : reform.deltas) {
    json.comma();
    json.raw("{\"change\":");
    json.name(change_name(delta.kind));
    json.key("norm");
    json.name(corpus.full_name(delta.norm));
    const zan::ActId under = corpus.norms[static_cast<size_t>(delta.norm)].under;
    if (under != kNoId) {
      json.key("under");
      json.name(corpus.acts[static_cast<size_t>(under)].name);
    }
    if (delta.target != kNoId) {
      json.key("rule");
      json.text(corpus.rules[static_cast<size_t>(delta.target)].label);
    }
    json.raw("}");
  }
  json.raw("]}");
}

}  // namespace

std::string norms_json(const words::Words& words, words::Language language, const Corpus& corpus) {
  std::string out = "[";
  JsonWriter json(out);
  const auto asked = asked_facts(corpus);
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    const auto id = static_cast<zan::NormId>(i);
    if (corpus.norms[i].is_definition) continue;
    std::vector<zan::NormId> norms = corpus.norm_index.at(corpus.full_name(id));
    // The plain norm speaks for the question; else the first one under an instrument.
    std::ranges::stable_partition(norms, [&](zan::NormId one) { return corpus.norms[static_cast<size_t>(one)].under == kNoId; });
    if (std::ranges::min(norms) != id) continue;
    json.comma();
    write_norm(json, words, language, norms, asked);
  }
  out += ']';
  return out;
}

std::vector<ActUse> act_uses(const Corpus& corpus) {
  std::vector<ActUse> uses(corpus.acts.size());
  for (const zan::RuleInfo& rule : corpus.rules) {
    // What a procedure cites is inherited by each of its expressions, and would count many times.
    if (corpus.norms[static_cast<size_t>(rule.norm)].of_procedure) continue;
    for (size_t i = 0; i < rule.by.size(); ++i) {
      const auto counted = std::ranges::find_if(
          rule.by.begin(), rule.by.begin() + static_cast<std::ptrdiff_t>(i),
          [&](const auto& earlier) { return earlier.act == rule.by[i].act && earlier.confidence == rule.by[i].confidence; });
      if (counted != rule.by.begin() + static_cast<std::ptrdiff_t>(i)) continue;
      ActUse& use = uses[static_cast<size_t>(rule.by[i].act)];
      ++use.rules[static_cast<size_t>(rule.by[i].confidence)];
      if (!rule.table_row.empty()) ++use.rows[static_cast<size_t>(rule.by[i].confidence)];
    }
  }
  return uses;
}

std::string acts_json(const words::Words& words, words::Language language, const Corpus& corpus) {
  std::string out = "[";
  JsonWriter json(out);
  const std::vector<ActUse> uses = act_uses(corpus);
  for (size_t i = 0; i < corpus.acts.size(); ++i) {
    json.comma();
    write_act(json, words, language, static_cast<zan::ActId>(i), uses[i]);
  }
  out += ']';
  return out;
}

std::string reforms_json(const words::Words& words, words::Language language, const Corpus& corpus) {
  std::string out = "[";
  JsonWriter json(out);
  for (size_t i = 0; i < corpus.reforms.size(); ++i) {
    json.comma();
    write_reform(json, words, language, static_cast<zan::ReformId>(i));
  }
  out += ']';
  return out;
}

}  // namespace koshi::ask
