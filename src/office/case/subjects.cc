#include "office/case/subjects.h"

#include <algorithm>

#include "office/case/entry_record.h"
#include "office/people/identifier.h"
#include "office/people/person.h"

namespace koshi::office {
namespace {

using zan::kNoId;

constexpr size_t kPassportMaxBytes = people::kPassportNumberMaxLength;

class Walk {
 public:
  explicit Walk(const zan::Corpus& corpus) : corpus_(corpus) {}

  // Records nest as deeply as they were given; the reader of facts bounds that (ask::kMaxJsonDepth).
  void record(const zan::Record& record) {
    const zan::Entity& entity = corpus_.entities[static_cast<size_t>(record.entity)];
    if (entity.identity) take(*entity.identity, record);
    for (size_t i = 0; i < entity.links.size(); ++i) {
      if (record.one[i]) this->record(*record.one[i]);
      if (!record.many[i]) continue;
      for (const zan::Record& member : *record.many[i]) this->record(member);
    }
  }

  std::vector<Subject> found;

 private:
  static const zan::Value* value(const zan::Record& record, int32_t fact) {
    if (fact == kNoId) return nullptr;
    const auto& known = record.facts[static_cast<size_t>(fact)];
    return known && !known->is_none() ? &*known : nullptr;
  }
  static std::string text(const zan::Record& record, int32_t fact) {
    const zan::Value* known = value(record, fact);
    return known == nullptr ? std::string() : known->as_text();
  }

  void take(const zan::Identity& identity, const zan::Record& record) {
    Subject subject;
    subject.kind = identity.kind;
    subject.number = text(record, identity.number);
    const bool is_iin = people::parse_iin(subject.number).has_value();
    const bool is_bin = identity.kind == zan::Identity::Kind::kEmployer && people::parse_bin(subject.number).has_value();
    if (!is_iin && !is_bin) subject.number.clear();
    take_passport(identity, record, subject);
    if (subject.number.empty() && subject.passport.empty()) return;
    subject.name = text(record, identity.name);
    if (const zan::Value* born = value(record, identity.born)) subject.born = born->as_date();
    if (found.size() < kSubjectsMax && std::ranges::find(found, subject) == found.end()) found.push_back(std::move(subject));
  }

  void take_passport(const zan::Identity& identity, const zan::Record& record, Subject& subject) const {
    const zan::Value* country = value(record, identity.country);
    const std::string number = text(record, identity.passport);
    const auto is_plain = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    if (country == nullptr || number.empty() || number.size() > kPassportMaxBytes || !std::ranges::all_of(number, is_plain)) return;
    subject.country = corpus_.enums[static_cast<size_t>(country->of())].members[static_cast<size_t>(country->number())].code;
    subject.passport = number;
  }

  const zan::Corpus& corpus_;
};

}  // namespace

std::vector<Subject> subjects_of(const Law& law, const Case& item) {
  const int32_t index = law.corpus.find_procedure(item.procedure);
  if (index == kNoId || item.is_sealed()) return {};
  zan::Record record = zan::Record::blank(law.corpus, law.corpus.procedures[static_cast<size_t>(index)].entity);
  // What the present law does not know names nobody.
  for (const FactEntry& entry : item.facts) read_entry(law.corpus, entry.path, entry.json, record);
  Walk walk(law.corpus);
  walk.record(record);
  std::ranges::sort(walk.found, {}, [](const Subject& subject) { return keys_of(subject); });
  return std::move(walk.found);
}

std::vector<std::string> keys_of(const Subject& subject) {
  const std::string kind = subject.kind == zan::Identity::Kind::kPerson ? "person/" : "employer/";
  std::vector<std::string> keys;
  if (!subject.number.empty()) keys.push_back(kind + subject.number);
  if (!subject.passport.empty()) keys.push_back(kind + subject.country + "/" + subject.passport);
  return keys;
}

std::vector<std::string> keys_of(const std::vector<Subject>& subjects) {
  std::vector<std::string> keys;
  for (const Subject& subject : subjects) std::ranges::move(keys_of(subject), std::back_inserter(keys));
  std::ranges::sort(keys);
  const auto twice = std::ranges::unique(keys);
  keys.erase(twice.begin(), twice.end());
  return keys;
}

}  // namespace koshi::office
