#include "cli/law.h"

#include <fmt/core.h>

#include <cstdlib>
#include <ctime>

namespace koshi::cli {
namespace {

std::filesystem::path home() {
  const char* set = std::getenv("KOSHI_HOME");
  return set != nullptr && *set != '\0' ? std::filesystem::path(set) : std::filesystem::path(".");
}

}  // namespace

std::filesystem::path law_folder(const Folders& folders) {
  return folders.law.empty() ? home() / "law" / "kz" : folders.law;
}
std::filesystem::path population_model(const std::filesystem::path& given) {
  return given.empty() ? home() / "population" / "kz-2025" : given;
}
std::filesystem::path words_folder(const Folders& folders) {
  return folders.words.empty() ? home() / "words" : folders.words;
}

void complain(std::string_view message) {
  fmt::print(stderr, "error: {}\n", message);
}

std::unique_ptr<Law> load_law(const Folders& folders) {
  const std::filesystem::path folder = law_folder(folders);
  std::error_code missing;
  if (!std::filesystem::is_directory(folder, missing)) {
    complain(fmt::format("there is no law in {}; name its folder with --law, or set KOSHI_HOME to the folder that holds law/kz",
                         folder.string()));
    return nullptr;
  }
  auto compiled = zan::compile_folder(folder);
  if (!compiled) {
    complain(compiled.error().message);
    return nullptr;
  }
  auto law = std::make_unique<Law>(std::move(*compiled));
  if (zan::has_errors(law->compilation.diagnostics)) {
    fmt::print(stderr, "{}", zan::render(law->corpus().sources, law->compilation.diagnostics));
    complain(fmt::format("the law in {} has errors and cannot be asked; `koshi check` lists them", folder.string()));
    return nullptr;
  }
  auto words = words::Words::load(words_folder(folders), folder / "words", law->corpus());
  if (!words) {
    complain(words.error().message);
    return nullptr;
  }
  law->words = std::move(*words);
  return law;
}

std::optional<words::Language> language_or_complain(const std::string& code) {
  const auto language = words::parse_language(code);
  if (!language) complain(fmt::format("there is no language `{}`; there are {}", code, words::language_codes()));
  return language;
}

Date today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return make_date(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday).value_or(kFirstDate);
}

}  // namespace koshi::cli
