#include <fmt/core.h>

#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/law.h"
#include "words/procedures.h"

/// `koshi procedure`: what procedures there are, one of them for a person, and its state diagram.
namespace koshi::cli {
namespace {

void print_list(const Law& law, words::Language language) {
  for (const zan::Procedure& procedure : law.corpus().procedures) {
    const words::ProcedureWords names(*law.words, language, procedure);
    const std::string force = law.words->in_force(language, procedure.in_force);
    fmt::print("{:<32} {}{}\n", procedure.name, names.label(), force.empty() ? "" : ", " + force);
  }
}

int complain_of(const zan::Corpus& corpus, const std::string& name) {
  std::vector<std::string> known;
  for (const zan::Procedure& procedure : corpus.procedures) known.push_back(procedure.name);
  const auto near = nearest(name, known);
  complain(fmt::format("there is no procedure `{}`{}", name,
                       near ? fmt::format("; did you mean `{}`?", *near) : "; `koshi procedure` lists them"));
  return kBadInput;
}

int write_svg(const std::string& file, const std::string& svg) {
  if (file == "-") {
    fmt::print("{}", svg);
    return kAnswered;
  }
  const auto written = write_file(file, svg);
  if (!written) complain(written.error().message);
  return written ? kAnswered : kBadInput;
}

int print_one(const Law& law, words::Language language, const ProcedureOptions& options, std::optional<Date> on) {
  const int32_t id = law.corpus().find_procedure(options.name);
  if (id == zan::kNoId) return complain_of(law.corpus(), options.name);
  const zan::Procedure& procedure = law.corpus().procedures[static_cast<size_t>(id)];
  if (!options.svg.empty()) return write_svg(options.svg, words::state_diagram_svg(*law.words, language, procedure, {on, zan::kNoId}));
  fmt::print("{}", words::procedure_text(*law.words, language, procedure, on));
  return kAnswered;
}

/// Pages that are there and tell of no procedure any more are left to whoever keeps the folder.
int write_pages(const Law& law, words::Language language, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::vector<std::pair<std::string, std::string>> files = {{"README.md", words::procedure_index(*law.words, language)}};
  for (const zan::Procedure& procedure : law.corpus().procedures) {
    const std::string diagram = procedure.name + ".svg";
    files.emplace_back(procedure.name + ".md", words::procedure_page(*law.words, language, procedure, diagram));
    files.emplace_back(diagram, words::state_diagram_svg(*law.words, language, procedure, {}));
  }
  for (const auto& [name, text] : files) {
    const auto written = write_file(folder / name, text);
    if (written) continue;
    complain(written.error().message);
    return kBadInput;
  }
  return kAnswered;
}

}  // namespace

int run_procedure(const ProcedureOptions& options) {
  const auto language = language_or_complain(options.language);
  if (!language) return kBadInput;
  const auto on = parse_date(options.on);
  if (!options.on.empty() && !on) {
    complain("`" + options.on + "` is not a date that exists; write it as YYYY-MM-DD");
    return kBadInput;
  }
  const auto law = load_law(options.folders);
  if (!law) return kBadInput;
  if (!options.docs.empty()) return write_pages(*law, *language, options.docs);
  if (!options.name.empty()) return print_one(*law, *language, options, on);
  print_list(*law, *language);
  return kAnswered;
}

}  // namespace koshi::cli
