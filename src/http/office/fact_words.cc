#include "http/office/fact_words.h"

#include "ask/ask.h"
#include "http/office/case_place.h"
#include "office/case/entry_record.h"

namespace koshi::http {
namespace {

/// Walks the record that one entry tells and writes its rows.
class Rows {
 public:
  Rows(const words::Words& words, words::Language language, const office::FactEntry& entry, std::vector<FactRow>& rows)
      : corpus_(words.corpus()), words_(words), language_(language), entry_(entry), rows_(rows) {}

  void walk(const zan::Record& record, const std::string& path, const std::string& label) {
    const zan::Entity& entity = corpus_.entities[static_cast<size_t>(record.entity)];
    for (size_t i = 0; i < record.facts.size(); ++i) {
      if (!record.facts[i]) continue;
      const std::string said = words_.label(language_, words::fact_key(corpus_, record.entity, static_cast<int32_t>(i)));
      add(path + entity.facts[i].name, label, said, words_.value(language_, *record.facts[i]));
    }
    for (size_t i = 0; i < entity.links.size(); ++i) walk_link(record, i, path, label);
  }

 private:
  void walk_link(const zan::Record& record, size_t link, const std::string& path, const std::string& label) {
    const zan::Entity& entity = corpus_.entities[static_cast<size_t>(record.entity)];
    if (record.one[link]) walk(*record.one[link], path + entity.links[link].name + ".", label);
    if (!record.many[link]) return;
    const std::string said = words_.label(language_, words::link_key(corpus_, record.entity, static_cast<int32_t>(link)));
    const std::vector<zan::Record>& members = *record.many[link];
    if (members.empty()) add(path + entity.links[link].name, label, said, "–");
    for (size_t i = 0; i < members.size(); ++i) {
      walk(members[i], path + entity.links[link].name + "[" + std::to_string(i) + "].",
           label + (label.empty() ? "" : ": ") + said + " " + std::to_string(i + 1));
    }
  }

  void add(std::string path, const std::string& member, const std::string& said, std::string value) {
    std::string label = member.empty() ? said : member + ": " + said;
    rows_.push_back({std::move(path), std::move(label), std::move(value), entry_.source, entry_.by, entry_.on, member});
  }

  const zan::Corpus& corpus_;
  const words::Words& words_;
  words::Language language_;
  const office::FactEntry& entry_;
  std::vector<FactRow>& rows_;
};

const zan::Value* find_value(const zan::Corpus& corpus, const zan::Record& record, std::string_view path) {
  const zan::Entity& entity = corpus.entities[static_cast<size_t>(record.entity)];
  const size_t dot = path.find('.');
  if (dot == std::string_view::npos) {
    const int32_t fact = entity.find_fact(path);
    if (fact == zan::kNoId || !record.facts[static_cast<size_t>(fact)]) return nullptr;
    return &*record.facts[static_cast<size_t>(fact)];
  }
  const int32_t link = entity.find_link(path.substr(0, dot));
  if (link == zan::kNoId || !record.one[static_cast<size_t>(link)]) return nullptr;
  return find_value(corpus, *record.one[static_cast<size_t>(link)], path.substr(dot + 1));
}

}  // namespace

std::vector<FactRow> fact_rows(const OfficeSite& office, const words::Words& words, words::Language language, const office::Case& item) {
  std::vector<FactRow> rows;
  const zan::Procedure* procedure = place_of(office, item).procedure;
  if (procedure == nullptr) return rows;
  for (const office::FactEntry& entry : item.facts) {
    Rows(words, language, entry, rows).walk(office::record_of(office.law.corpus, procedure->entity, entry), "", "");
  }
  return rows;
}

std::optional<zan::Value> fact_value(const OfficeSite& office, const office::Case& item, std::string_view path) {
  const zan::Procedure* procedure = place_of(office, item).procedure;
  const office::FactEntry* entry = item.find_fact(path);
  if (procedure == nullptr || entry == nullptr) return std::nullopt;
  const zan::Record record = office::record_of(office.law.corpus, procedure->entity, *entry);
  const zan::Value* value = find_value(office.law.corpus, record, path);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::string source_words(const OfficeSite& office, words::Language language, office::Source source) {
  static constexpr std::string_view kKeys[] = {"office.source.declared", "office.source.office", "office.source.account",
                                               "office.source.register", "office.source.effect", "office.source.case"};
  return office.site.words.phrase(language, kKeys[static_cast<size_t>(source)]);
}

}  // namespace koshi::http
