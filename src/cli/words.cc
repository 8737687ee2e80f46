#include <fmt/core.h>

#include "ask/guided_labels.h"
#include "base/text.h"
#include "cli/law.h"

/// `koshi words --missing LANG | --stale LANG`: what translators of the law's labels have to do. Uzbek, Kyrgyz and Tajik are held to what
/// migrants ask; the rest is read in Russian.
namespace koshi::cli {
namespace {

/// As lines of a catalogue, with the English text to be replaced. A JSON string is a TOML basic string as well.
size_t print_missing(const Law& law, words::Language language) {
  size_t missing = 0;
  const std::set<std::string> wanted = ask::labels_wanted(*law.words, language);
  for (const std::string& key : wanted) {
    if (law.words->has_label(language, key)) continue;
    fmt::print("{} = {}\n", json_string(key), json_string(law.words->label_keys().at(key)));
    ++missing;
  }
  const bool whole = words::labels_whole_law(language);
  fmt::print(stderr, "{} of {} labels {}are missing in {}\n", missing, wanted.size(), whole ? "" : "that migrants meet ",
             words::code(language));
  return missing;
}

size_t print_stale(const Law& law, words::Language language) {
  const std::vector<std::string> keys = law.words->stale_labels(language);
  for (const std::string& key : keys) fmt::print("{}\n", json_string(key));
  fmt::print(stderr, "{} labels in {} are no longer in the law\n", keys.size(), words::code(language));
  return keys.size();
}

}  // namespace

int run_words(const WordsOptions& options) {
  const bool missing = !options.missing.empty();
  const auto language = language_or_complain(missing ? options.missing : options.stale);
  if (!language) return kBadInput;
  const auto law = load_law(options.folders);
  if (!law) return kBadInput;
  const size_t found = missing ? print_missing(*law, *language) : print_stale(*law, *language);
  return found == 0 ? kAnswered : kFound;
}

}  // namespace koshi::cli
