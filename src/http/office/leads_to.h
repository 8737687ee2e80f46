#pragma once

#include <vector>

#include "http/office/visitor.h"

namespace koshi::http {

/// Procedures that the role may begin with what a case of this procedure has come to in this state: those that take facts over from there
/// (`takes`, docs/zan.md), in force on the day, in the order of the law. A finished search leads to the application for a permit.
std::vector<const zan::Procedure*> leads_to(const zan::Corpus& corpus, std::string_view procedure, const std::string& state,
                                            const std::string& role, Date today);

}  // namespace koshi::http
