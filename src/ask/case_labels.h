#pragma once

#include <set>
#include <string>

#include "words/words.h"

namespace koshi::ask {

/// Keys of every label (words/words.h) that the parties of a procedure meet in a case of theirs: its title and help, the roles, forms and
/// states, what each act is called (the story of a case tells the acts of all), the papers with their letters, what is charged, and what
/// the documents and grounds are called; and of what is theirs to do or to know alone: the help of an act, what it requires and asks,
/// notices. Parties here are also participants whom the case binds by a fact, as the host of an immigrant. Lists of more than kListMax
/// members are left out: they are classifications, which are looked up under their official names. Linear in the procedure.
std::set<std::string> labels_of_cases(const zan::Corpus& corpus, const zan::Procedure& procedure);

inline constexpr size_t kListMax = 300;

/// Those of the procedures in which migrants are a party (`guide.migrant_procedures` in words/guide.en.toml).
std::set<std::string> migrant_case_labels(const words::Words& words);

}  // namespace koshi::ask
