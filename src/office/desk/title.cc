#include "office/desk/title.h"

#include <algorithm>

#include "base/text.h"
#include "office/journal/canonical_json.h"

namespace koshi::office {
namespace {

/// "\"ТОО Жер\"" without its quotes and escapes; what is no text stays as it is written.
std::string plain(const std::string& json) {
  const auto value = journal::read_canonical_json(json);
  const auto* text = value ? std::get_if<std::string>(&value->value) : nullptr;
  return text != nullptr ? *text : json;
}

/// "employer." of "employer.bin".
std::string prefix_of(const std::string& path) {
  const size_t point = path.rfind('.');
  return point == std::string::npos ? std::string() : path.substr(0, point + 1);
}

/// Of the entity by which the law identifies it: "full_name".
std::string name_fact(const Law& law, zan::EntityId entity) {
  const zan::Entity& owner = law.corpus.entities[static_cast<size_t>(entity)];
  if (!owner.identity || owner.identity->name == zan::kNoId) return "name";
  return owner.facts[static_cast<size_t>(owner.identity->name)].name;
}

/// What is known of a fact, if it is a text that says something.
std::string text_of(const Case& item, const std::string& path) {
  const FactEntry* known = item.find_fact(path);
  return known == nullptr || known->json == "null" ? std::string() : plain(known->json);
}

/// The name of whoever's key stands at `within`: in the case, else in the register. Empty: no name is known.
std::string name_of(const Law& law, const Case& item, const zan::FactPath& within, const Surroundings& around) {
  const std::string name = prefix_of(within.text) + name_fact(law, within.entity);
  if (std::string known = text_of(item, name); !known.empty()) return known;
  const FactEntry* key = item.find_fact(within.text);
  if (key == nullptr) return {};
  for (const auto& [fact, json] : around.register_facts(within.text, key->json)) {
    if (fact == name || fact == "name") return plain(json);
  }
  return {};
}

/// A place or another choice of the law's is nobody's name.
bool is_somebody(const Law& law, const zan::FactPath& within) {
  return law.corpus.entities[static_cast<size_t>(within.entity)].facts[static_cast<size_t>(within.fact)].type.kind == zan::Kind::kText;
}

struct Party {
  std::string name, key;
};

Party party_of(const Law& law, const zan::Procedure& procedure, const Case& item, const Surroundings& around) {
  Party party;
  for (const zan::Role& role : procedure.roles) {
    if (role.kind != zan::Role::Kind::kParty || !role.within) continue;
    if (party.key.empty()) party.key = text_of(item, role.within->text);
    if (party.name.empty() && is_somebody(law, *role.within)) party.name = name_of(law, item, *role.within, around);
  }
  // A host who reports an arrival is an account and no record: the case is the guest's.
  if (party.name.empty()) party.name = text_of(item, name_fact(law, procedure.entity));
  return party;
}

}  // namespace

std::string cut_title(std::string text) {
  if (text.size() <= kTitleMaxBytes) return text;
  return text.substr(0, valid_utf8_prefix(std::string_view(text).substr(0, kTitleMaxBytes)));
}

std::string title_of(const Law& law, const zan::Procedure& procedure, const Case& item, const std::vector<Subject>& subjects,
                     const Surroundings& around) {
  if (item.is_sealed()) return {};
  const Party party = party_of(law, procedure, item, around);
  std::vector<std::string> others;
  for (const Subject& one : subjects) {
    if (!one.name.empty() && one.name != party.name && std::ranges::find(others, one.name) == others.end()) others.push_back(one.name);
  }
  const size_t left_out = others.size() - std::min(others.size(), kTitleOthersMax);
  others.resize(others.size() - left_out);
  std::string title = party.name;
  if (!others.empty()) title += (title.empty() ? "" : " · ") + join(others, ", ");
  if (left_out > 0) title += " +" + std::to_string(left_out);
  if (title.empty()) title = party.key.empty() ? item.opened_by : party.key;
  return cut_title(std::move(title));
}

}  // namespace koshi::office
