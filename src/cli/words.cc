#include <fmt/core.h>

#include "base/text.h"
#include "cli/law.h"

/// `koshi words --missing LANG | --stale LANG`: what translators of the law's labels have to do.
namespace koshi::cli {
namespace {

/// As lines of a catalogue, with the English text to be replaced. A JSON string is a TOML basic string as well.
size_t print_missing(const Law& law, words::Language language) {
  size_t missing = 0;
  for (const auto& [key, english] : law.words->label_keys()) {
    if (law.words->has_label(language, key)) continue;
    fmt::print("{} = {}\n", json_string(key), json_string(english));
    ++missing;
  }
  return missing;
}

size_t print_stale(const Law& law, words::Language language) {
  const std::vector<std::string> keys = law.words->stale_labels(language);
  for (const std::string& key : keys) fmt::print("{}\n", json_string(key));
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
  fmt::print(stderr, "{} of {} labels {} in {}\n", found, law->words->label_keys().size(),
             missing ? "are missing" : "are no longer in the law", words::code(*language));
  return found == 0 ? kAnswered : kFound;
}

}  // namespace koshi::cli
