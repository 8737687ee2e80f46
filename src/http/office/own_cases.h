#pragma once

#include <string>

#include "office/case/decide.h"

/// Which cases a role finds in its lists by the account that opened them.
namespace koshi::http {

/// The actor's account, if its role is a party that no fact binds to its cases (the ministry that sets a quota): such a party acts in what
/// its account opened, and would find nothing by its role. Empty for everybody else. Costs one look at each procedure.
std::string account_for_list(const zan::Corpus& corpus, const office::Actor& actor);

}  // namespace koshi::http
