#pragma once

#include <set>
#include <string>
#include <vector>

#include "words/words.h"

namespace koshi::ask {

/// Keys of every label (words/words.h) that a person who asks one of these norms can meet on the way to the answer and in its proof: the
/// norms and those that they use, their help, the facts with questions and help, lists, sets, members of enums, contradictions between
/// the facts. Titles of acts are left out: an act is looked up under the title of its official text. Reforms aside.
/// Linear in the rules that are reached.
std::set<std::string> labels_met(const zan::Corpus& corpus, const std::vector<zan::NormId>& norms);

/// What migrants ask: the questions of some topics and single questions beside them (`guide.migrant_topics` and `guide.migrant_norms` in
/// words/guide.en.toml).
std::vector<zan::NormId> migrant_norms(const words::Words& words);

/// The labels met by whoever asks the migrants' questions, the names of all topics, among which people choose, and those of the migrants'
/// cases (case_labels.h).
std::set<std::string> migrant_labels(const words::Words& words);

/// What a complete catalogue of the language holds: the labels of the whole law, or those that migrants meet.
std::set<std::string> labels_wanted(const words::Words& words, words::Language language);

}  // namespace koshi::ask
