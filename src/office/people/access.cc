#include "office/people/access.h"

#include <algorithm>

namespace koshi::people {
namespace {

bool fits(const RoleGrant& grant, const RoleAccess& access) {
  if (grant.role != access.role) return false;
  // An empty scope is no value: two of them are not the same region.
  return grant.everywhere || (!grant.scope.empty() && grant.scope == access.scope);
}

bool allows(const RoleAccess& access, const Resource& resource, Wish wish) {
  return (!resource.sealed || access.opens_seal) && (wish == Wish::kSee || access.up_to == Wish::kAct);
}

}  // namespace

bool may(std::span<const RoleGrant> grants, const Resource& resource, Wish wish) {
  return std::ranges::any_of(resource.roles, [&](const RoleAccess& access) {
    return allows(access, resource, wish) && std::ranges::any_of(grants, [&](const RoleGrant& grant) { return fits(grant, access); });
  });
}

Reach reach(std::span<const RoleGrant> grants, std::string_view role) {
  Reach where;
  for (const RoleGrant& grant : grants) {
    if (grant.role != role) continue;
    if (grant.everywhere) return {.everywhere = true, .scopes = {}};
    if (!grant.scope.empty()) where.scopes.push_back(grant.scope);
  }
  std::ranges::sort(where.scopes);
  const auto [first, last] = std::ranges::unique(where.scopes);
  where.scopes.erase(first, last);
  return where;
}

}  // namespace koshi::people
