#pragma once

#include <memory>

#include "cli/commands.h"

namespace koshi::cli {

/// The folders as given, or found (see Folders).
std::filesystem::path law_folder(const Folders& folders);
std::filesystem::path words_folder(const Folders& folders);
std::filesystem::path population_model(const std::filesystem::path& given);

/// A compiled law without errors, and its words. Does not move: the library and the words point into it.
struct Law {
  explicit Law(zan::Compilation compiled) : compilation(std::move(compiled)), library(compilation.corpus) {}
  Law(const Law&) = delete;
  Law& operator=(const Law&) = delete;

  zan::Compilation compilation;
  zan::ProgramLibrary library;
  std::optional<words::Words> words;
  const zan::Corpus& corpus() const { return compilation.corpus; }
};

/// Null after telling on standard error why there is none; the status is then kBadInput.
std::unique_ptr<Law> load_law(const Folders& folders);
/// The language, or nothing after telling that there is none.
std::optional<words::Language> language_or_complain(const std::string& code);
/// "error: …" on standard error.
void complain(std::string_view message);
/// The day on this machine's calendar.
Date today();

}  // namespace koshi::cli
