#pragma once

#include <string>

#include "http/office/visitor.h"

/// Whom a line of a list is about, in the reader's language.
namespace koshi::http {

/// The row's title as the desk keeps it (office/desk/title.h); a place by its name, an account without a record by what its role is called,
/// a number of an employer by the name that the register of employers has. `words` are the site's for pages or those without marks
/// (site.h). Costs one look into the register where the title is such a number; a register that cannot be read leaves the number.
std::string row_title(const OfficeSite& office, const words::Words& words, words::Language language, const office::CaseRow& row);

/// The name of the party of a case, as its title begins: its own, or that of its number in the register of employers; else what it is known
/// by.
std::string party_name(const OfficeSite& office, const words::Words& words, words::Language language, const office::Case& item);

}  // namespace koshi::http
