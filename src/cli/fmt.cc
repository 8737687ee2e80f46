#include <fmt/core.h>

#include <algorithm>

#include "base/file.h"
#include "cli/law.h"
#include "zan/syntax/parser.h"
#include "zan/syntax/printer.h"

/// `koshi fmt [--check] FILES…`: the one canonical form of law texts.
namespace koshi::cli {
namespace {

enum class Verdict : uint8_t { kSame, kChanged, kRefused };

zan::FileTree parse_text(const std::string& path, std::string text, zan::SourceMap& sources, zan::Diagnostics& diagnostics) {
  const int32_t file = sources.add({path, std::move(text)});
  return zan::parse(sources, file, diagnostics);
}

/// The canonical text, or why there is none.
Result<std::string> canonical(const std::string& path, const std::string& text) {
  zan::SourceMap sources;
  zan::Diagnostics diagnostics;
  const zan::FileTree tree = parse_text(path, text, sources, diagnostics);
  if (zan::has_errors(diagnostics)) return fail(zan::render(sources, diagnostics) + path + ": left as it is, because it has errors");
  std::string printed = zan::print(tree);
  // A law text is never replaced by one that might say something else.
  const zan::FileTree again = parse_text(path, printed, sources, diagnostics);
  if (has_errors(diagnostics) || !zan::same(tree, again)) {
    return fail(path +
                ": left as it is, because its canonical form would not read the same; this is a fault of koshi fmt, please report it");
  }
  return printed;
}

Verdict format_file(const std::filesystem::path& path, bool check) {
  const auto text = read_file(path);
  const auto printed = text ? canonical(path.string(), *text) : std::unexpected(text.error());
  if (!printed) {
    fmt::print(stderr, "{}\n", printed.error().message);
    return Verdict::kRefused;
  }
  if (*printed == *text) return Verdict::kSame;
  if (check) {
    fmt::print("{} is not in canonical form\n", path.string());
    return Verdict::kChanged;
  }
  if (const auto written = write_file(path, *printed); !written) {
    complain(written.error().message);
    return Verdict::kRefused;
  }
  fmt::print("{}\n", path.string());
  return Verdict::kChanged;
}

/// Folders stand for the .zan files below them.
Result<std::vector<std::filesystem::path>> law_files(const std::vector<std::filesystem::path>& given) {
  std::vector<std::filesystem::path> files;
  for (const std::filesystem::path& path : given) {
    std::error_code missing;
    if (!std::filesystem::is_directory(path, missing)) {
      files.push_back(path);
      continue;
    }
    TRY(below, list_files(path, ".zan"));
    for (const std::filesystem::path& file : below) files.push_back(path / file);
  }
  return files;
}

}  // namespace

int run_fmt(const FmtOptions& options) {
  const auto files = law_files(options.files.empty() ? std::vector{law_folder(options.folders)} : options.files);
  if (!files) {
    complain(files.error().message);
    return kBadInput;
  }
  bool refused = false;
  bool changed = false;
  for (const std::filesystem::path& file : *files) {
    const Verdict verdict = format_file(file, options.check);
    refused = refused || verdict == Verdict::kRefused;
    changed = changed || verdict == Verdict::kChanged;
  }
  if (refused) return kBadInput;
  return options.check && changed ? kFound : kAnswered;
}

}  // namespace koshi::cli
