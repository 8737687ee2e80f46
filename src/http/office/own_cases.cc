#include "http/office/own_cases.h"

#include <algorithm>

namespace koshi::http {

std::string account_for_list(const zan::Corpus& corpus, const office::Actor& actor) {
  const bool by_account = std::ranges::any_of(corpus.procedures, [&](const zan::Procedure& procedure) {
    const int32_t found = procedure.find_role(actor.role);
    if (found == zan::kNoId) return false;
    const zan::Role& role = procedure.roles[static_cast<size_t>(found)];
    return role.kind == zan::Role::Kind::kParty && !role.within;
  });
  return by_account ? actor.account : "";
}

}  // namespace koshi::http
