#include <algorithm>

#include "base/file.h"
#include "zan/corpus/builder.h"
#include "zan/syntax/parser.h"

namespace koshi::zan {
namespace {

/// The first days of stretches in which nothing changes.
std::vector<Date> find_epochs(const Corpus& corpus) {
  std::vector<Date> days{kFirstDate};
  const auto add = [&](const DateRange& range) {
    days.push_back(range.from);
    if (range.until < kLastDate) days.push_back(Date{range.until.days + 1});
  };
  // The expressions of procedures have no dates of their own, and so begin none.
  for (const RuleInfo& rule : corpus.rules) add(rule.in_force);
  for (const Set& set : corpus.sets) {
    for (const Set::Row& row : set.rows) add(row.in_force);
  }
  for (const Reform& reform : corpus.reforms) {
    for (const Delta& delta : reform.deltas) add(delta.when);
  }
  std::ranges::sort(days);
  const auto tail = std::ranges::unique(days);
  days.erase(tail.begin(), tail.end());
  return days;
}

void parse_all(Builder& builder, std::vector<SourceFile> files) {
  for (SourceFile& file : files) {
    const int32_t index = builder.corpus.sources.add(std::move(file));
    builder.corpus.trees.push_back(parse(builder.corpus.sources, index, builder.diagnostics));
  }
}

}  // namespace

Compilation compile(std::vector<SourceFile> files, const TableTexts& tables) {
  Builder builder{{}, {}, tables, {}};
  std::ranges::sort(files, {}, &SourceFile::path);
  parse_all(builder, std::move(files));
  const std::vector<NormSource> sources = declare(builder);
  for (const NormSource& source : sources) {
    if (source.decl != nullptr) add_norm_rules(builder, source);
    if (source.table != nullptr) add_table_rules(builder, source.norm, *source.table);
  }
  add_musts(builder);
  add_reforms(builder);
  add_procedures(builder);
  add_returns(builder);
  if (!has_errors(builder.diagnostics)) check_whole(builder);
  builder.corpus.epochs = find_epochs(builder.corpus);
  sort_diagnostics(builder.diagnostics);
  return {std::move(builder.corpus), std::move(builder.diagnostics)};
}

Result<Compilation> compile_folder(const std::filesystem::path& folder) {
  TRY(zan_files, list_files(folder, ".zan"));
  TRY(csv_files, list_files(folder, ".csv"));
  if (zan_files.empty()) return fail("there is no .zan file in the law folder " + folder.generic_string());
  std::vector<SourceFile> files;
  for (const auto& path : zan_files) {
    TRY(text, read_file(folder / path));
    files.push_back({path.generic_string(), std::move(text)});
  }
  TableTexts tables;
  for (const auto& path : csv_files) {
    TRY(text, read_file(folder / path));
    tables.emplace(path.generic_string(), std::move(text));
  }
  return compile(std::move(files), tables);
}

}  // namespace koshi::zan
