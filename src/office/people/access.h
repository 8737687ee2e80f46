#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Who may see and do what. A pure policy: names of roles are text from the procedures, and a new role needs no change
/// here. What is not allowed by a grant and by the resource is denied. Callable from any thread.
namespace koshi::people {

/// One role of an account: within one scope ("KZ-75", a BIN, a person's id), or everywhere. A grant with an empty scope
/// that is not everywhere grants nothing.
struct RoleGrant {
  std::string role;
  std::string scope;
  bool everywhere = false;
  bool operator==(const RoleGrant&) const = default;
  auto operator<=>(const RoleGrant&) const = default;
};

enum class Wish : uint8_t {
  kSee,
  kAct,
};

/// What a role may do with one resource, as the text of the procedure and the policy beside it say. `scope` is the
/// case's value of what the role is bound to (the region of the case for officer(region)); empty where the procedure
/// binds the role to nothing or the case has no value yet: then only a grant everywhere fits.
struct RoleAccess {
  std::string role;
  std::string scope;
  Wish up_to = Wish::kSee;  ///< who may act may see
  bool opens_seal = false;  ///< may do so also when the resource is sealed
  bool operator==(const RoleAccess&) const = default;
};

struct Resource {
  std::vector<RoleAccess> roles;  ///< empty: nobody
  bool sealed = false;            ///< a complaint, a trafficking case: only for roles that open the seal
};

/// Linear in grants × roles.
bool may(std::span<const RoleGrant> grants, const Resource& resource, Wish wish);

/// For lists, which a database filters by scope: where an account has this role. Ask may() once more for each row that
/// is shown; sealed resources are never found by a list that is not theirs.
struct Reach {
  bool everywhere = false;
  std::vector<std::string> scopes;  ///< ascending, each once; empty when everywhere
  bool nowhere() const { return !everywhere && scopes.empty(); }
};
Reach reach(std::span<const RoleGrant> grants, std::string_view role);

}  // namespace koshi::people
