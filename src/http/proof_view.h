#pragma once

#include "http/page.h"

namespace koshi::http {

/// Why an answer is so, for the part `_proof`: {is_cut, proof: [items of a tree, made ready by nest()]}. What a page cannot hold is left
/// out, rules that did not apply first.
View proof_view(const Site& site, const Context& context, const zan::Answer& answer);

}  // namespace koshi::http
