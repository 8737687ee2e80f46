#include "zan/corpus/corpus.h"

#include <algorithm>

namespace koshi::zan {
namespace {

template <typename T>
int32_t find_by_name(const std::vector<T>& items, std::string_view name) {
  const auto it = std::ranges::find_if(items, [&](const T& item) { return item.name == name; });
  return it == items.end() ? kNoId : static_cast<int32_t>(it - items.begin());
}

}  // namespace

std::string_view format_name(TextFormat format) {
  switch (format) {
    case TextFormat::kAny: return "";
    case TextFormat::kIin: return "iin";
    case TextFormat::kBin: return "bin";
    case TextFormat::kIinOrBin: return "iin_or_bin";
    case TextFormat::kPassportMrz: return "passport_mrz";
  }
  return "";
}

int32_t Entity::find_fact(std::string_view fact) const {
  return find_by_name(facts, fact);
}
int32_t Entity::find_link(std::string_view link) const {
  return find_by_name(links, link);
}

ActId Corpus::find_act(std::string_view name) const {
  return find_by_name(acts, name);
}
EntityId Corpus::find_entity(std::string_view name) const {
  return find_by_name(entities, name);
}
ReformId Corpus::find_reform(std::string_view name) const {
  return find_by_name(reforms, name);
}
int32_t Corpus::find_account(std::string_view name) const {
  return find_by_name(accounts, name);
}
int32_t Corpus::find_procedure(std::string_view name) const {
  return find_by_name(procedures, name);
}
int32_t Corpus::find_return(std::string_view name) const {
  return find_by_name(returns, name);
}
int32_t Procedure::find_role(std::string_view role) const {
  return find_by_name(roles, role);
}
int32_t Procedure::find_state(std::string_view state) const {
  return find_by_name(states, state);
}

NormId Corpus::find_norm(std::string_view name, std::string_view under) const {
  const auto it = norm_index.find(std::string(name));
  if (it == norm_index.end()) return kNoId;
  for (const NormId id : it->second) {
    const ActId act = norms[static_cast<size_t>(id)].under;
    const bool plain = act == kNoId;
    if (under.empty() ? plain : !plain && acts[static_cast<size_t>(act)].name == under) return id;
  }
  return under.empty() ? it->second.front() : kNoId;
}

std::string Corpus::full_name(NormId id) const {
  const Norm& norm = norms[static_cast<size_t>(id)];
  if (norm.entity == kNoId) return norm.name;
  return entities[static_cast<size_t>(norm.entity)].name + "." + norm.name;
}

std::string Corpus::cite(const CitationRef& citation) const {
  const std::string& act = acts[static_cast<size_t>(citation.act)].name;
  return citation.place.empty() ? act : act + " " + citation.place;
}

namespace {

void add_once(std::vector<CitationRef>& out, const CitationRef& citation) {
  if (std::ranges::find(out, citation) == out.end()) out.push_back(citation);
}

/// Each act begins later than those that it replaces, so this ends.
void add_replaced(const std::vector<Act>& acts, ActId act, Date date, std::vector<CitationRef>& out) {
  for (const ActId before : acts[static_cast<size_t>(act)].replaces) {
    if (acts[static_cast<size_t>(before)].in_force.contains(date)) {
      add_once(out, {before, "", Confidence::kUnverified});
    } else {
      add_replaced(acts, before, date, out);
    }
  }
}

}  // namespace

std::vector<CitationRef> Corpus::missing_on(NormId id, Date date) const {
  const Norm& norm = norms[static_cast<size_t>(id)];
  std::vector<CitationRef> out;
  for (const MissingText& text : norm.missing) {
    if (!text.when.contains(date)) continue;
    for (const CitationRef& citation : text.by) add_once(out, citation);
  }
  if (!out.empty()) return out;
  if (norm.under != kNoId && !acts[static_cast<size_t>(norm.under)].in_force.contains(date)) {
    return {{norm.under, "", Confidence::kUnverified}};
  }
  Date first = kLastDate;
  for (const RuleId rule : norm.rules) first = std::min(first, rules[static_cast<size_t>(rule)].in_force.from);
  if (date >= first) return out;
  for (const RuleId rule : norm.rules) {
    const RuleInfo& info = rules[static_cast<size_t>(rule)];
    if (info.in_force.from != first) continue;
    for (const CitationRef& citation : info.by) add_replaced(acts, citation.act, date, out);
  }
  return out;
}

size_t Corpus::epoch_of(Date date) const {
  return static_cast<size_t>(std::ranges::upper_bound(epochs, date) - epochs.begin()) - 1;
}

}  // namespace koshi::zan
