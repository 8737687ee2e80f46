#pragma once

#include <string>

namespace koshi::http {

/// A rendered page in which the texts that words marked as taken from another language (words::kMarkBegin …) say so in HTML: by `lang` on
/// the element that holds nothing else, else by a <span lang> of their own (WCAG 3.1.2). Within a tag, and where only text may stand
/// (title, option, textarea, svg), a mark that cannot be such an attribute is left out. No mark is left in the result, whatever came in.
/// One pass, linear in the page.
std::string say_languages(std::string html);

}  // namespace koshi::http
