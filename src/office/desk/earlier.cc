#include <algorithm>

#include "office/case/take.h"
#include "office/desk/desk_impl.h"

/// Earlier cases of a party from which a case may take facts over.
namespace koshi::office {
namespace {

CaseFilter filter_of(const Actor& actor, const zan::Procedure& giver, const std::string& state) {
  CaseFilter filter;
  filter.procedure = giver.name;
  filter.state = state;
  filter.role = actor.role;
  filter.scope = actor.scope;
  const int32_t role = giver.find_role(actor.role);
  const bool is_bound = role != zan::kNoId && giver.roles[static_cast<size_t>(role)].within;
  // Who is bound by no fact has the cases that its account opened.
  if (!is_bound) filter.account = actor.account;
  filter.limit = kEarlierMax;
  return filter;
}

}  // namespace

std::expected<std::vector<Case>, Failure> Desk::earlier_cases(const Actor& actor, const Case& item) {
  std::vector<Case> found;
  const Law& law = impl_->parts.law;
  if (!office::may_take(law, item, actor)) return found;
  const zan::Procedure& taker = law.corpus.procedures[static_cast<size_t>(law.corpus.find_procedure(item.procedure))];
  for (const zan::Takes& takes : taker.takes) {
    for (const std::string& state : takes.states) {
      const auto page = list(filter_of(actor, law.corpus.procedures[static_cast<size_t>(takes.procedure)], state));
      if (!page) return std::unexpected(page.error());
      for (const CaseRow& row : page->rows) {
        if (row.id == item.id) continue;
        auto earlier = show(actor, row.id);
        if (!earlier) return std::unexpected(std::move(earlier.error()));
        found.push_back(std::move(*earlier));
      }
    }
  }
  std::ranges::stable_sort(found, std::greater<>(), [](const Case& one) { return std::pair(one.filed.value_or(one.opened), one.number); });
  if (found.size() > kEarlierMax) found.resize(kEarlierMax);
  return found;
}

}  // namespace koshi::office
