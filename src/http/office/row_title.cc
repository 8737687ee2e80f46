#include "http/office/row_title.h"

#include "office/desk/title.h"
#include "office/people/employer.h"
#include "office/people/identifier.h"
#include "words/procedures.h"

namespace koshi::http {
namespace {

/// The place that the key of a party stands for: "KZ-75" is Almaty. Empty: it is none.
std::string place_name(const words::Words& words, words::Language language, const zan::FactPath& within, const std::string& code) {
  const zan::Corpus& corpus = words.corpus();
  const zan::Type& type = corpus.entities[static_cast<size_t>(within.entity)].facts[static_cast<size_t>(within.fact)].type;
  if (type.kind != zan::Kind::kEnum) return {};
  const auto& index = corpus.enums[static_cast<size_t>(type.of)].index;
  const auto found = index.find(code);
  return found == index.end() ? std::string() : words.label(language, words::member_key(corpus, type.of, found->second));
}

std::string employer_name(const OfficeSite& office, const std::string& number) {
  if (!people::parse_bin(number) && !people::parse_iin(number)) return {};
  const auto found = office.house.store().read([&](store::Reader& reader) { return people::find_employer_by_number(reader, number); });
  return found && *found ? (*found)->fields.name : std::string();
}

}  // namespace

std::string row_title(const OfficeSite& office, const words::Words& words, words::Language language, const office::CaseRow& row) {
  const int32_t index = office.law.corpus.find_procedure(row.procedure);
  if (index == zan::kNoId || row.title.empty()) return row.title;
  const zan::Procedure& procedure = office.law.corpus.procedures[static_cast<size_t>(index)];
  for (size_t i = 0; i < procedure.roles.size(); ++i) {
    const zan::Role& role = procedure.roles[i];
    if (role.kind != zan::Role::Kind::kParty) continue;
    if (row.title == row.opened_by) return words::ProcedureWords(words, language, procedure).role(static_cast<int32_t>(i));
    if (!role.within) continue;
    if (std::string name = place_name(words, language, *role.within, row.title); !name.empty()) return name;
  }
  const std::string name = employer_name(office, row.title);
  return name.empty() ? row.title : name;
}

std::string party_name(const OfficeSite& office, const words::Words& words, words::Language language, const office::Case& item) {
  const int32_t index = office.law.corpus.find_procedure(item.procedure);
  if (index == zan::kNoId) return item.opened_by;
  office::Surroundings around;
  around.register_facts = [](const std::string&, const std::string&) { return std::vector<std::pair<std::string, std::string>>(); };
  office::CaseRow row;
  row.procedure = item.procedure;
  row.opened_by = item.opened_by;
  row.title = office::title_of(office.law, office.law.corpus.procedures[static_cast<size_t>(index)], item, {}, around);
  return row_title(office, words, language, row);
}

}  // namespace koshi::http
