#pragma once

#include <string>
#include <vector>

#include "http/office/visitor.h"

/// What a case says, for people.
namespace koshi::http {

struct FactRow {
  std::string path;   ///< "category", "workers[0].person.name"
  std::string label;  ///< "Category"; of a member of a list "Worker 1: Name"
  std::string value;
  office::Source source = office::Source::kDeclared;
  std::string by;  ///< role that gave it
  Date on;
  std::string of = {};  ///< of a member of a list: "Worker 1"
};

/// Every fact of the case that the law text knows, in the order of the case's paths, members of lists one by one.
/// Facts of words that the law no longer has are left out: they stay in the journal.
/// `words` are the site's for pages or those without marks (site.h).
std::vector<FactRow> fact_rows(const OfficeSite& office, const words::Words& words, words::Language language, const office::Case& item);

/// The value of one fact of the case itself or of a record it leads to ("employer.name"), without lists; nothing when it is not known.
std::optional<zan::Value> fact_value(const OfficeSite& office, const office::Case& item, std::string_view path);

/// "Declared", "From the register" …
std::string source_words(const OfficeSite& office, words::Language language, office::Source source);

}  // namespace koshi::http
