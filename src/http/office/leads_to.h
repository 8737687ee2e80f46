#pragma once

#include <vector>

#include "http/office/visitor.h"

namespace koshi::http {

/// Procedures that the visitor may begin with what the case has come to: those that take facts over from its procedure in its state
/// (`takes`, docs/zan.md), in force on the day, in the order of the law. A finished search leads to the application for a permit.
std::vector<const zan::Procedure*> leads_to(const zan::Corpus& corpus, const office::Case& item, const office::Actor& actor, Date today);

}  // namespace koshi::http
