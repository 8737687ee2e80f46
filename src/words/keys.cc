#include "words/keys.h"

#include "words/procedures.h"

/// How the keys of labels are spelt, and which of them a corpus gives rise to.
namespace koshi::words {
namespace {

using zan::Corpus;

const zan::Entity& entity_at(const Corpus& corpus, zan::EntityId entity) {
  return corpus.entities[static_cast<size_t>(entity)];
}

void add(std::map<std::string, std::string, std::less<>>& labels, std::string key, const std::string& english) {
  if (!english.empty()) labels.emplace(std::move(key), english);
}

void add_entity(const Corpus& corpus, zan::EntityId id, std::map<std::string, std::string, std::less<>>& labels) {
  const zan::Entity& entity = entity_at(corpus, id);
  add(labels, entity_key(corpus, id), entity.label);
  for (size_t i = 0; i < entity.facts.size(); ++i) {
    const std::string key = fact_key(corpus, id, static_cast<int32_t>(i));
    add(labels, key, entity.facts[i].label);
    add(labels, key + ".ask", entity.facts[i].ask);
    add(labels, key + ".help", entity.facts[i].help);
  }
  for (size_t i = 0; i < entity.links.size(); ++i) {
    add(labels, link_key(corpus, id, static_cast<int32_t>(i)), entity.links[i].label);
  }
  for (const zan::Must& must : entity.musts) add(labels, must_key(corpus, id, must.message), must.message);
}

void add_enum(const Corpus& corpus, int16_t id, std::map<std::string, std::string, std::less<>>& labels) {
  const zan::Enum& type = corpus.enums[static_cast<size_t>(id)];
  add(labels, enum_key(corpus, id), type.label);
  for (size_t i = 0; i < type.members.size(); ++i) {
    add(labels, member_key(corpus, id, static_cast<int64_t>(i)), type.members[i].label);
  }
}

}  // namespace

std::string norm_key(const Corpus& corpus, zan::NormId id) {
  const zan::Norm& norm = corpus.norms[static_cast<size_t>(id)];
  if (norm.of_procedure) return procedure_norm_key(corpus, norm);
  std::string key = "norm " + corpus.full_name(id);
  if (norm.under != zan::kNoId) key += " under " + corpus.acts[static_cast<size_t>(norm.under)].name;
  return key;
}

std::string fact_key(const Corpus& corpus, zan::EntityId entity, int32_t fact) {
  const zan::Entity& owner = entity_at(corpus, entity);
  return owner.name + "." + owner.facts[static_cast<size_t>(fact)].name;
}

std::string link_key(const Corpus& corpus, zan::EntityId entity, int32_t link) {
  const zan::Entity& owner = entity_at(corpus, entity);
  return "link " + owner.name + "." + owner.links[static_cast<size_t>(link)].name;
}

std::string member_key(const Corpus& corpus, int16_t enum_id, int64_t member) {
  const zan::Enum& type = corpus.enums[static_cast<size_t>(enum_id)];
  return type.name + "." + type.members[static_cast<size_t>(member)].code;
}

std::string act_key(const Corpus& corpus, zan::ActId act) {
  return "act." + corpus.acts[static_cast<size_t>(act)].name;
}

std::string set_key(const Corpus& corpus, zan::SetId set) {
  return "set " + corpus.sets[static_cast<size_t>(set)].name;
}

std::string entity_key(const Corpus& corpus, zan::EntityId entity) {
  return "entity " + entity_at(corpus, entity).name;
}

std::string enum_key(const Corpus& corpus, int16_t enum_id) {
  return "enum " + corpus.enums[static_cast<size_t>(enum_id)].name;
}

std::string reform_key(const Corpus& corpus, zan::ReformId reform) {
  return "reform " + corpus.reforms[static_cast<size_t>(reform)].name;
}

std::string topic_key(std::string_view topic) {
  return "topic " + std::string(topic);
}

std::string must_key(const Corpus& corpus, zan::EntityId entity, std::string_view message) {
  return "must " + entity_at(corpus, entity).name + ": " + std::string(message);
}

std::map<std::string, std::string, std::less<>> english_labels(const Corpus& corpus) {
  std::map<std::string, std::string, std::less<>> labels;
  for (size_t i = 0; i < corpus.acts.size(); ++i) {
    const std::string key = act_key(corpus, static_cast<zan::ActId>(i));
    add(labels, key, corpus.acts[i].title);
    add(labels, key + ".short", corpus.acts[i].name);
  }
  for (size_t i = 0; i < corpus.enums.size(); ++i) add_enum(corpus, static_cast<int16_t>(i), labels);
  for (size_t i = 0; i < corpus.sets.size(); ++i) add(labels, set_key(corpus, static_cast<zan::SetId>(i)), corpus.sets[i].label);
  for (size_t i = 0; i < corpus.entities.size(); ++i) add_entity(corpus, static_cast<zan::EntityId>(i), labels);
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    if (corpus.norms[i].of_procedure) continue;
    const std::string key = norm_key(corpus, static_cast<zan::NormId>(i));
    add(labels, key, corpus.norms[i].label);
    add(labels, key + ".help", corpus.norms[i].help);
  }
  for (size_t i = 0; i < corpus.reforms.size(); ++i) {
    add(labels, reform_key(corpus, static_cast<zan::ReformId>(i)), corpus.reforms[i].title);
  }
  for (const zan::Topic& topic : corpus.topics) add(labels, topic_key(topic.name), topic.label);
  add_procedure_labels(corpus, labels);
  return labels;
}

}  // namespace koshi::words
