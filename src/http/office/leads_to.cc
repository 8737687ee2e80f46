#include "http/office/leads_to.h"

#include <algorithm>

namespace koshi::http {
namespace {

bool takes_from(const zan::Procedure& taker, int32_t procedure, const std::string& state) {
  return std::ranges::any_of(taker.takes, [&](const zan::Takes& takes) {
    return takes.procedure == procedure && std::ranges::find(takes.states, state) != takes.states.end();
  });
}

bool may_open(const zan::Procedure& procedure, const std::string& role) {
  const int32_t found = procedure.find_role(role);
  return found != zan::kNoId && procedure.roles[static_cast<size_t>(found)].kind == zan::Role::Kind::kParty;
}

}  // namespace

std::vector<const zan::Procedure*> leads_to(const zan::Corpus& corpus, std::string_view procedure, const std::string& state,
                                            const std::string& role, Date today) {
  std::vector<const zan::Procedure*> out;
  const int32_t from = corpus.find_procedure(procedure);
  for (const zan::Procedure& taker : corpus.procedures) {
    if (taker.in_force.contains(today) && takes_from(taker, from, state) && may_open(taker, role)) out.push_back(&taker);
  }
  return out;
}

}  // namespace koshi::http
