#pragma once

#include <map>
#include <string>

#include "zan/corpus/corpus.h"

namespace koshi::words {

/// Every label of the corpus by its key (see the key functions in words.h). Labels that the law leaves empty give no key.
std::map<std::string, std::string, std::less<>> english_labels(const zan::Corpus& corpus);

/// Those of accounts and procedures (procedures.h).
void add_procedure_labels(const zan::Corpus& corpus, std::map<std::string, std::string, std::less<>>& labels);

}  // namespace koshi::words
