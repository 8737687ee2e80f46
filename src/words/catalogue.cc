#include "words/catalogue.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "base/file.h"

namespace koshi::words {
namespace {

Result<void> flatten(const toml::table& table, const std::string& prefix, std::string_view path, Texts& texts) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    const std::string place = std::string(path) + ":" + std::to_string(node.source().begin.line);
    if (const toml::table* inner = node.as_table()) {
      TRY_DO(flatten(*inner, name + ".", path, texts));
    } else if (const toml::value<std::string>* text = node.as_string()) {
      if (!texts.emplace(name, text->get()).second) return fail(place + ": the key `" + name + "` is given twice");
    } else {
      return fail(place + ": the value of `" + name + "` is not a text between quotes");
    }
  }
  return {};
}

/// "en.toml" and "pages.en.toml", but not "ru.toml" or "enter.toml".
bool is_catalogue_of(const std::string& file, std::string_view language) {
  const std::string own = std::string(language) + ".toml";
  return file == own || file.ends_with("." + own);
}

}  // namespace

Result<Texts> parse_catalogue(std::string_view text, std::string_view path) {
  const toml::parse_result parsed = toml::parse(text, path);
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    return fail(std::string(path) + ":" + std::to_string(error.source().begin.line) + ":" + std::to_string(error.source().begin.column) +
                ": " + std::string(error.description()));
  }
  Texts texts;
  TRY_DO(flatten(parsed.table(), "", path, texts));
  return texts;
}

Result<Texts> read_catalogues(const std::filesystem::path& folder, std::string_view language) {
  TRY(files, list_files(folder, ".toml"));
  Texts all;
  for (const std::filesystem::path& file : files) {
    if (file.has_parent_path() || !is_catalogue_of(file.string(), language)) continue;
    TRY(text, read_file(folder / file));
    TRY(texts, parse_catalogue(text, (folder / file).string()));
    for (auto& [key, value] : texts) {
      if (!all.emplace(key, std::move(value)).second) {
        return fail((folder / file).string() + ": the key `" + key + "` stands in another file of the folder too");
      }
    }
  }
  return all;
}

}  // namespace koshi::words
