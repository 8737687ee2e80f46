#include "office/case/keep.h"

#include <algorithm>

namespace koshi::office {
namespace {

auto place_of(Case& item, std::string_view path) {
  return std::ranges::lower_bound(item.facts, path, {}, [](const FactEntry& entry) { return std::string_view(entry.path); });
}

void forget_members(Case& item, std::string_view list) {
  const std::string prefix = std::string(list) + "[";
  std::erase_if(item.facts, [&](const FactEntry& entry) { return entry.path.starts_with(prefix); });
}

bool is_held(const HoldEntry& hold, std::string_view account) {
  return !hold.committed && hold.account == account;
}

}  // namespace

void keep_fact(Case& item, const FactEntry& entry) {
  forget_members(item, entry.path);
  const auto place = place_of(item, entry.path);
  if (place != item.facts.end() && place->path == entry.path) {
    *place = entry;
  } else {
    item.facts.insert(place, entry);
  }
}

bool forget_fact(Case& item, std::string_view path) {
  const auto place = place_of(item, path);
  if (place == item.facts.end() || place->path != path) return false;
  item.facts.erase(place);
  forget_members(item, path);
  return true;
}

Result<void> keep_posting(Case& item, const LedgerPosting& posting) {
  using Kind = LedgerPosting::Kind;
  const auto held = [&](const HoldEntry& hold) { return is_held(hold, posting.account); };
  const bool holds = std::ranges::any_of(item.holds, held);
  switch (posting.kind) {
    case Kind::kHold:
      if (holds) return fail("a second hold on `" + posting.account + "`");
      item.holds.push_back({posting.account, posting.code, posting.amount, posting.until, false});
      return {};
    case Kind::kCommit:
      if (!holds) return fail("`" + posting.account + "` is committed, of which nothing is held");
      for (HoldEntry& hold : item.holds) hold.committed = hold.committed || held(hold);
      return {};
    case Kind::kRelease:
      if (!holds) return fail("`" + posting.account + "` is released, of which nothing is held");
      std::erase_if(item.holds, held);
      return {};
    case Kind::kAllot:
    case Kind::kWithdraw:
    case Kind::kMove: return {};
  }
  return {};
}

}  // namespace koshi::office
