#include "office/case/look.h"

#include <algorithm>

#include "ask/ask.h"
#include "base/check.h"
#include "base/text.h"
#include "office/case/entry_record.h"
#include "office/case/paths.h"

namespace koshi::office {
namespace {

using zan::kNoId;

constexpr size_t kAccountPartMaxBytes = 64;

/// "employer.bin" → "employer."
std::string owner_of(std::string_view path) {
  const size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string() : std::string(path.substr(0, dot + 1));
}

}  // namespace

std::optional<std::string> account_part(const zan::Corpus& corpus, const zan::Value& value) {
  std::string part;
  switch (value.kind()) {
    case zan::Kind::kWhole: part = std::to_string(value.number()); break;
    case zan::Kind::kDate: part = format_date(value.as_date()); break;
    case zan::Kind::kText: part = value.as_text(); break;
    case zan::Kind::kEnum: part = corpus.enums[static_cast<size_t>(value.of())].members[static_cast<size_t>(value.number())].code; break;
    default: return std::nullopt;
  }
  const auto unfit = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '/'; };
  if (part.empty() || part.size() > kAccountPartMaxBytes || std::ranges::any_of(part, unfit)) return std::nullopt;
  return part;
}

std::string value_json(const zan::Corpus& corpus, const zan::Value& value) {
  std::string json;
  ask::append_value_json(json, corpus, value);
  return json;
}

Look::Look(const Law& law, const zan::Procedure& procedure, const Case& item, const Surroundings& around, Date today,
           const std::vector<FactEntry>* frozen)
    : law_(law),
      procedure_(procedure),
      around_(around),
      law_date_(item.law_date(today)),
      today_(today),
      is_filed_(item.filed.has_value()),
      frozen_(frozen),
      record_(zan::Record::blank(law.corpus, procedure.entity)) {
  // In the order of their paths a list comes before what was said of its members.
  for (const FactEntry& entry : item.facts) put(entry);
  put_register_facts(around);
  look_up();
}

bool Look::put(const FactEntry& entry) {
  const Slot slot = find_slot(law_.corpus, record_, entry.path);
  if (!slot) return false;
  if (slot.fact != kNoId) {
    slot.value().reset();
  } else {
    slot.record->many[static_cast<size_t>(slot.link)].reset();
  }
  if (!read_entry(law_.corpus, entry.path, entry.json, record_)) return false;
  entries_.insert_or_assign(entry.path, entry);
  return true;
}

void Look::put_register_facts(const Surroundings& around) {
  if (!around.register_facts) return;
  for (const zan::Role& role : procedure_.roles) {
    if (!role.within) continue;
    const FactEntry* key = entry_of(role.within->text);
    if (key == nullptr) continue;
    const std::string key_json = key->json;
    for (auto& [fact, json] : around.register_facts(role.within->text, key_json)) {
      const FactEntry entry{owner_of(role.within->text) + fact, std::move(json), Source::kRegister, "", today_};
      const FactEntry* before = entry_of(entry.path);
      if (before == nullptr || before->source == Source::kDeclared) put(entry);
    }
  }
}

zan::Answer Look::ask(zan::NormId norm) const {
  auto answer = zan::ask(law_.library, norm, record_, zan::Moment(law_date_, today_), {});
  // Without reforms, and of a record of the norm's entity, there is nothing that could fail.
  CHECK(answer.has_value());
  note_balances(*answer);
  return std::move(*answer);
}

/// Most answers do not ask how many places are left, though the procedure knows it.
void Look::note_balances(const zan::Answer& answer) const {
  if (balances_.empty() || !around_.rests_on_balance) return;
  for (const zan::ProofNode& node : answer.proof) {
    if (node.kind != zan::ProofKind::kFact) continue;
    const auto balance = balances_.find({node.entity, node.id});
    if (balance != balances_.end()) around_.rests_on_balance(balance->second);
  }
}

std::optional<zan::Value> Look::value_of(zan::NormId norm) const {
  zan::Answer answer = ask(norm);
  if (answer.outcome != zan::Outcome::kValue) return std::nullopt;
  return std::move(answer.value);
}

std::optional<bool> Look::holds(zan::NormId condition) const {
  if (condition == kNoId) return true;
  const auto value = value_of(condition);
  return value ? std::optional(value->is_yes()) : std::nullopt;
}

AccountCode Look::account_code(const zan::AccountUse& use) const {
  AccountCode account;
  std::string code = law_.corpus.accounts[static_cast<size_t>(use.account)].name;
  bool fits = true;
  for (const zan::NormId key : use.keys) {
    const zan::Answer& answer = account.keys.emplace_back(ask(key));
    const auto part = answer.outcome == zan::Outcome::kValue ? account_part(law_.corpus, answer.value) : std::nullopt;
    fits = fits && part;
    if (part) code += "/" + *part;
  }
  if (fits) account.code = std::move(code);
  return account;
}

std::optional<std::string> Look::number_part(const zan::FactPath& path) const {
  const zan::Record* record = &record_;
  const std::vector<std::string_view> segments = split(path.text, '.');
  for (size_t i = 0; i + 1 < segments.size(); ++i) {
    const int32_t link = law_.corpus.entities[static_cast<size_t>(record->entity)].find_link(segments[i]);
    if (link == kNoId || !record->one[static_cast<size_t>(link)]) return std::nullopt;
    record = record->one[static_cast<size_t>(link)].get();
  }
  const auto& value = record->facts[static_cast<size_t>(path.fact)];
  return value ? account_part(law_.corpus, *value) : std::nullopt;
}

int64_t Look::free_places(const std::string& code) const {
  return around_.balance ? around_.balance(code) : 0;
}

std::optional<zan::Value> Look::known_value(const zan::Known& known) {
  if (!known.balance_of) {
    zan::Answer answer = ask(known.value);
    if (rests_on_day(answer)) moving_.insert(known.path.text);
    ReadFacts rests;
    note_read(answer, rests);
    std::erase_if(rests, [](const auto& read) { return read.second.source != Source::kRegister; });
    rests_on_.insert_or_assign(known.path.text, std::move(rests));
    return answer.outcome == zan::Outcome::kValue ? std::optional(std::move(answer.value)) : std::nullopt;
  }
  balances_.erase({known.path.entity, known.path.fact});
  if (!around_.balance) return std::nullopt;
  const AccountCode account = account_code(*known.balance_of);
  const auto moves = [&](const zan::Answer& key) { return rests_on_day(key); };
  if (std::ranges::any_of(account.keys, moves)) moving_.insert(known.path.text);
  if (!account.code) return std::nullopt;
  balances_.insert_or_assign({known.path.entity, known.path.fact}, *account.code);
  return zan::Value::whole(free_places(*account.code));
}

void Look::thaw(const zan::Known& known) {
  const auto then = std::ranges::find(*frozen_, known.path.text, &FactEntry::path);
  if (then != frozen_->end()) put(*then);
}

void Look::look_up(const zan::Known& known) {
  const Slot slot = find_slot(law_.corpus, record_, known.path.text);
  CHECK(slot && slot.fact != kNoId);
  slot.value().reset();
  entries_.erase(known.path.text);
  moving_.erase(known.path.text);
  if (known.balance_of && frozen_ != nullptr) return thaw(known);
  const auto value = known_value(known);
  if (!value) return;
  slot.value() = *value;
  entries_.insert_or_assign(known.path.text, FactEntry{known.path.text, value_json(law_.corpus, *value), Source::kRegister, "", today_});
}

void Look::look_up() {
  for (const zan::Known& known : procedure_.knows) look_up(known);
}

void Look::move_to(Date day) {
  const size_t before = law_.corpus.epoch_of(law_date_);
  today_ = day;
  if (!is_filed_) law_date_ = day;
  const bool same_law = law_.corpus.epoch_of(law_date_) == before;
  for (const zan::Known& known : procedure_.knows) {
    if (!same_law || moving_.contains(known.path.text)) look_up(known);
  }
}

bool Look::rests_on_day(const zan::Answer& answer) const {
  return std::ranges::any_of(answer.proof, [&](const zan::ProofNode& node) {
    if (node.kind == zan::ProofKind::kToday) return true;
    return node.kind == zan::ProofKind::kFact && !moving_.empty() && moving_.contains(path_of(answer, node));
  });
}

/// "employer.bin": of the fact that a proof read.
std::string Look::path_of(const zan::Answer& answer, const zan::ProofNode& node) const {
  std::string path = answer.paths[static_cast<size_t>(node.path)];
  if (!path.empty()) path += '.';
  return path + law_.corpus.entities[static_cast<size_t>(node.entity)].facts[static_cast<size_t>(node.id)].name;
}

void Look::lay(const zan::Effect& effect) {
  if (effect.kind == zan::Effect::Kind::kFiles) file();
  if (effect.kind != zan::Effect::Kind::kSets) return;
  const auto value = value_of(effect.value);
  if (value) lay({effect.path->text, value_json(law_.corpus, *value), Source::kEffect, "", today_});
}

void Look::lay(const FactEntry& entry) {
  CHECK(put(entry));
  look_up();
}

const FactEntry* Look::entry_of(std::string_view path) const {
  const auto own = entries_.find(path);
  if (own != entries_.end()) return &own->second;
  const size_t bracket = path.rfind('[');
  return bracket == std::string_view::npos ? nullptr : entry_of(path.substr(0, bracket));
}

void Look::note_read(const zan::Answer& answer, ReadFacts& read) const {
  for (const zan::ProofNode& node : answer.proof) {
    if (node.kind != zan::ProofKind::kFact || node.outcome != zan::Outcome::kValue) continue;
    const FactEntry* entry = entry_of(path_of(answer, node));
    if (entry == nullptr) continue;
    read.emplace(std::pair(entry->path, entry->json), *entry);
    const auto rests = rests_on_.find(entry->path);
    if (rests != rests_on_.end()) read.insert(rests->second.begin(), rests->second.end());
  }
}

}  // namespace koshi::office
