#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "office/case/keep.h"
#include "office/case/trial.h"

/// The effects of an act, in the order written.
namespace koshi::office {
namespace {

using Kind = zan::Effect::Kind;
using PostingKind = LedgerPosting::Kind;

constexpr int64_t kPlacesMax = 1'000'000'000'000;  ///< of one posting (src/office/ledger/ledger.h)

/// "employer.barred_until" within "employer.bin": the register of the party that both belong to.
bool is_in_register_of(std::string_view path, std::string_view key_path) {
  const size_t dot = key_path.rfind('.');
  return dot != std::string_view::npos && path.starts_with(key_path.substr(0, dot + 1));
}

}  // namespace

bool Trial::effect(const zan::Effect& effect) {
  switch (effect.kind) {
    case Kind::kFiles: return files();
    case Kind::kSets: return sets(effect);
    case Kind::kRecords: return records(effect);
    case Kind::kReserve: return reserve(effect);
    case Kind::kCommit: return commit(effect);
    case Kind::kRelease: return release(effect);
    case Kind::kAllot:
    case Kind::kWithdraw:
    case Kind::kMove: return limit(effect);
    case Kind::kCharges: return charges(effect);
    case Kind::kGrounds: return grounds(effect);
    case Kind::kIssues: return issues(effect);
    case Kind::kNotice:
      deed_.notices.push_back({situation_.procedure->roles[static_cast<size_t>(effect.role)].name, effect.label});
      return true;
    case Kind::kSettles: deed_.settles = true; return true;
  }
  return true;
}

bool Trial::files() {
  deed_.files = true;
  item_.filed = look_.today();
  look_.file();
  const auto& pattern = situation_.procedure->number;
  // Who only looks takes no number; who files anew keeps the one that the case has.
  return asks_ == Asks::kOpen || !pattern || !item_.number.empty() || numbers(*pattern);
}

bool Trial::numbers(const zan::NumberPattern& pattern) {
  CaseNumber number;
  for (const zan::NumberPattern::Piece& piece : pattern.pieces) {
    number.series += piece.words;
    if (piece.year) number.series += std::to_string(civil(look_.today()).year);
    if (!piece.fact) continue;
    const auto part = look_.number_part(*piece.fact);
    if (!part) {
      missing({piece.fact->text, piece.fact->entity, piece.fact->fact, zan::kNoId});
      return false;
    }
    number.series += *part;
  }
  number.running = look_.next_number(number.series);
  if (number.running < 1) return true;
  number.text = number_text(number.series, number.running);
  item_.number = number.text;
  deed_.number = std::move(number);
  return true;
}

bool Trial::sets(const zan::Effect& effect) {
  const auto value = settle(effect.value, "sets", effect.path->text);
  if (!value) return false;
  const FactEntry entry{effect.path->text, value_json(refuser_.law().corpus, *value), Source::kEffect, refuser_.actor().role,
                        look_.today()};
  keep_fact(item_, entry);
  look_.lay(entry);
  deed_.facts.push_back({entry, false});
  return true;
}

bool Trial::records(const zan::Effect& effect) {
  const std::string& path = effect.path->text;
  const auto value = settle(effect.value, "records", path);
  if (!value) return false;
  for (const zan::Role& role : situation_.procedure->roles) {
    if (!role.within || !is_in_register_of(path, role.within->text)) continue;
    const FactEntry* key = look_.entry_of(role.within->text);
    if (key == nullptr) {
      missing({role.within->text, role.within->entity, role.within->fact, zan::kNoId});
      return false;
    }
    const std::string json = value_json(refuser_.law().corpus, *value);
    const size_t owner = role.within->text.rfind('.') + 1;
    deed_.records.push_back({role.within->text, key->json, path.substr(owner), json});
    look_.lay({path, json, Source::kRegister, "", look_.today()});
    return true;
  }
  refusal_ = refuser_.refuse(RefusalKind::kLawUnclear, "no_register", {{"path", path}});
  return false;
}

std::optional<int64_t> Trial::amount(const zan::Effect& effect) {
  const auto value = settle(effect.value, "amount", account_name(effect.account));
  if (!value) return std::nullopt;
  if (value->is_none() || value->number() < 0 || value->number() > kPlacesMax) {
    refusal_ = refuser_.refuse(RefusalKind::kLawUnclear, "bad_amount", {{"account", account_name(effect.account)}});
    return std::nullopt;
  }
  return value->number();
}

std::optional<std::string> Trial::code(const zan::AccountUse& use) {
  const AccountCode account = look_.account_code(use);
  for (const zan::Answer& key : account.keys) {
    if (!judge(key, "key", account_name(use))) return std::nullopt;
  }
  if (!account.code) refusal_ = refuser_.refuse(RefusalKind::kLawUnclear, "bad_account", {{"account", account_name(use)}});
  return account.code;
}

/// Whether so many places are free; if they are, they are no longer.
bool Trial::take(const std::string& code, int64_t amount) {
  const int64_t free = look_.free_places(code) + moved_[code];
  if (free < amount) {
    refusal_ =
        refuser_.refuse(RefusalKind::kNoPlaces, "no_places",
                        {{"account", code}, {"asked", std::to_string(amount)}, {"free", std::to_string(std::max<int64_t>(free, 0))}});
    return false;
  }
  moved_[code] -= amount;
  return true;
}

void Trial::post(LedgerPosting posting) {
  // Whoever posts has looked whether the case holds anything.
  CHECK(keep_posting(item_, posting).has_value());
  deed_.postings.push_back(std::move(posting));
}

bool Trial::is_held(const std::string& account) const {
  return std::ranges::any_of(item_.holds, [&](const HoldEntry& hold) { return !hold.committed && hold.account == account; });
}

const std::string& Trial::account_name(const zan::AccountUse& use) const {
  return refuser_.law().corpus.accounts[static_cast<size_t>(use.account)].name;
}

bool Trial::reserve(const zan::Effect& effect) {
  const std::string& account = account_name(effect.account);
  const auto places = amount(effect);
  const auto where = places ? code(effect.account) : std::nullopt;
  if (!where) return false;
  std::optional<Date> until;
  if (effect.until != zan::kNoId) {
    const auto day = settle(effect.until, "until", account);
    if (!day) return false;
    if (!day->is_none()) until = day->as_date();
  }
  // Nothing is held for nobody.
  if (*places == 0) return true;
  if (is_held(account)) {
    // Within one text in force the compiler excludes it; a case that lived through a change of the text may come to it.
    refusal_ = refuser_.refuse(RefusalKind::kLawUnclear, "second_hold", {{"account", account}});
    return false;
  }
  if (!take(*where, *places)) return false;
  post({PostingKind::kHold, account, *where, "", *places, until});
  return true;
}

/// A hold whose day has passed gave its places back: they are taken again, if they are still there.
bool Trial::commit(const zan::Effect& effect) {
  const std::string& account = account_name(effect.account);
  if (!is_held(account)) return true;
  const HoldEntry hold = *std::ranges::find_if(item_.holds, [&](const HoldEntry& h) { return !h.committed && h.account == account; });
  if (hold.until && *hold.until < look_.today()) {
    if (!take(hold.code, hold.amount)) return false;
    post({PostingKind::kRelease, account, "", "", 0, std::nullopt});
    post({PostingKind::kHold, account, hold.code, "", hold.amount, std::nullopt});
  }
  post({PostingKind::kCommit, account, "", "", 0, std::nullopt});
  return true;
}

bool Trial::release(const zan::Effect& effect) {
  const std::string& account = account_name(effect.account);
  for (const HoldEntry& hold : item_.holds) {
    const bool expired = hold.until && *hold.until < look_.today();
    if (!hold.committed && hold.account == account && !expired) moved_[hold.code] += hold.amount;
  }
  if (is_held(account)) post({PostingKind::kRelease, account, "", "", 0, std::nullopt});
  return true;
}

bool Trial::limit(const zan::Effect& effect) {
  const auto places = amount(effect);
  const auto from = places ? code(effect.account) : std::nullopt;
  if (!from) return false;
  std::optional<std::string> to;
  if (effect.kind == Kind::kMove) {
    to = code(effect.to);
    if (!to) return false;
  }
  if (*places == 0 || from == to) return true;
  if (effect.kind != Kind::kAllot && !take(*from, *places)) return false;
  if (effect.kind == Kind::kAllot) moved_[*from] += *places;
  if (to) moved_[*to] += *places;
  const PostingKind kind = effect.kind == Kind::kAllot  ? PostingKind::kAllot
                           : effect.kind == Kind::kMove ? PostingKind::kMove
                                                        : PostingKind::kWithdraw;
  post({kind, account_name(effect.account), *from, to.value_or(""), *places, std::nullopt});
  return true;
}

bool Trial::charges(const zan::Effect& effect) {
  const auto value = settle(effect.value, "charges", effect.label);
  if (!value) return false;
  const std::string to = effect.role == zan::kNoId ? std::string() : situation_.procedure->roles[static_cast<size_t>(effect.role)].name;
  deed_.charges.push_back({effect.label, value->as_money(), look_.today(), to});
  return true;
}

bool Trial::grounds(const zan::Effect& effect) {
  const zan::Corpus& corpus = refuser_.law().corpus;
  const std::string norm = corpus.full_name(effect.value);
  const std::string& label = corpus.norms[static_cast<size_t>(effect.value)].label;
  zan::Answer answer = look_.ask(effect.value);
  const auto value = judge(answer, "grounds", label);
  if (!value) return false;
  const zan::Enum& members = corpus.enums[static_cast<size_t>(value->of())];
  const size_t before = deed_.grounds.size();
  for (size_t i = 0; i < members.members.size(); ++i) {
    if (zan::has_bit(value->bits(), static_cast<int64_t>(i))) deed_.grounds.push_back({members.members[i].code, norm});
  }
  if (deed_.grounds.size() > before) return true;
  // Nothing is decided without grounds.
  failed_.push_back({std::move(answer), label, {}});
  return false;
}

bool Trial::issues(const zan::Effect& effect) {
  PaperEntry paper{effect.name, effect.label, item_.id + "/" + std::to_string(item_.papers.size() + 1), look_.today()};
  item_.papers.push_back(paper);
  deed_.papers.push_back(std::move(paper));
  return true;
}

}  // namespace koshi::office
