#include "office/house/subjects.h"

#include <algorithm>

#include "office/people/employer.h"
#include "office/people/person.h"

namespace koshi::office {
namespace {

using store::StoreResult;

constexpr std::string_view kNoRegion = "-";

/// The code of the region of the case: the value that binds its first office.
std::string region_of(const zan::Corpus& corpus, const Case& item) {
  const int32_t index = corpus.find_procedure(item.procedure);
  if (index == zan::kNoId) return std::string(kNoRegion);
  for (const zan::Role& role : corpus.procedures[static_cast<size_t>(index)].roles) {
    if (role.kind != zan::Role::Kind::kOffice || !role.within) continue;
    const FactEntry* fact = item.find_fact(role.within->text);
    if (fact == nullptr || fact->json.size() < 3 || fact->json.front() != '"') continue;
    return fact->json.substr(1, fact->json.size() - 2);
  }
  return std::string(kNoRegion);
}

StoreResult<void> file_person(store::Transaction& transaction, const Subject& subject, int64_t now_ms) {
  people::PersonFields fields;
  if (!subject.number.empty()) fields.iin = subject.number;
  if (!subject.passport.empty()) fields.passport = people::Passport{subject.country, subject.passport};
  // One text holds the whole name as the passport has it: nothing says where the family's name ends.
  fields.family_name = subject.name;
  fields.search = subject.name;
  fields.birth = subject.born;
  TRY(filed, people::file_person(transaction, fields, people::OnDifference::kKeep, now_ms));
  (void)filed;  // a refusal is no hindrance to the case
  return {};
}

StoreResult<void> file_employer(store::Transaction& transaction, const Subject& subject, const std::string& region, int64_t now_ms) {
  TRY(filed, people::file_employer(transaction, {subject.number, subject.name, region, subject.name}, people::OnDifference::kKeep, now_ms));
  (void)filed;
  return {};
}

}  // namespace

StoreResult<void> file_subjects(const zan::Corpus& corpus, store::Transaction& transaction, const std::vector<Subject>& subjects,
                                const Case& item, int64_t now_ms) {
  const std::string region = region_of(corpus, item);
  for (const Subject& subject : subjects) {
    if (subject.name.empty()) continue;
    if (subject.kind == zan::Identity::Kind::kPerson) {
      TRY_DO(file_person(transaction, subject, now_ms));
    } else {
      TRY_DO(file_employer(transaction, subject, region, now_ms));
    }
  }
  return {};
}

StoreResult<std::vector<std::string>> related_keys(const Law& law, store::Reader& reader, const Case& item) {
  std::vector<Subject> subjects = subjects_of(law, item);
  for (Subject& subject : subjects) {
    if (subject.kind != zan::Identity::Kind::kPerson) continue;
    std::optional<people::Person> person;
    if (!subject.number.empty()) {
      TRY(found, people::find_person_by_iin(reader, subject.number));
      person = std::move(found);
    } else {
      TRY(found, people::find_person_by_passport(reader, {subject.country, subject.passport}));
      person = std::move(found);
    }
    if (!person) continue;
    if (subject.number.empty()) subject.number = person->fields.iin.value_or("");
    if (!subject.passport.empty() || !person->fields.passport) continue;
    subject.country = person->fields.passport->country;
    subject.passport = person->fields.passport->number;
  }
  return keys_of(subjects);
}

}  // namespace koshi::office
