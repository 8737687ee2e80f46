#pragma once

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <string>

#include "base/file.h"
#include "observatory/tables/column_buffer.h"
#include "observatory/tables/population_file.h"

/// A law of a few facts of each type, and tables of it, for the tests of this folder.
namespace koshi::observatory {

class Tables : public testing::Test {
 protected:
  Tables() {
    std::string name = (std::filesystem::temp_directory_path() / "koshi_tables_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    auto compilation = zan::compile({{"law.zan", kLaw}}, {});
    EXPECT_FALSE(zan::has_errors(compilation.diagnostics)) << zan::render(compilation.corpus.sources, compilation.diagnostics);
    corpus_ = std::make_unique<zan::Corpus>(std::move(compilation.corpus));
  }
  ~Tables() override { std::filesystem::remove_all(folder_); }

  zan::EntityId entity(std::string_view name) const { return corpus_->find_entity(name); }

  using Values = std::vector<std::optional<int64_t>>;  ///< none of them: unknown

  void add_column(LoadedTable& to, const std::string& path, zan::Storage storage, const Values& values) const {
    const zan::Type& type = zan::find_fact(*corpus_, to.table.entity, path)->type;
    auto buffer = ColumnBuffer::create(storage, static_cast<int64_t>(values.size()), to.table.columns.size());
    for (const auto& value : values) value ? buffer->add(*value) : buffer->add_unknown();
    LoadedColumn column = std::move(*buffer).finish(path, type);
    to.table.columns.push_back(column.column);
    to.memory.insert(to.memory.end(), column.memory.begin(), column.memory.end());
    to.table.rows = static_cast<int64_t>(values.size());
  }

  static Values values_of(const zan::Table& table, std::string_view path) {
    Values out;
    const zan::Column* column = table.find(path);
    EXPECT_NE(column, nullptr) << path;
    for (int64_t row = 0; column != nullptr && row < table.rows; ++row) {
      out.push_back(column->is_known(row) ? std::optional(column->at(row)) : std::nullopt);
    }
    return out;
  }

  std::string put(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;  // need not last
    return (folder_ / name).string();
  }

  /// What load_population() says of the file.
  Problems problems_of(const std::filesystem::path& path) const {
    auto loaded = load_population(*corpus_, path);
    return loaded ? Problems{} : loaded.error();
  }

  static inline const std::string kLaw = R"(act L "Law" adopted 2000-01-01 in force from 2000-01-01
enum state "State"
  KZ "Kazakhstan"
  UZ "Uzbekistan"
  RU "Russia"
entity firm "Firm"
  size : whole "Size"
  link staff : many person "Staff"
entity person "Person"
  insured : yes/no "Insured"
  nationality : state "State"
  other_state : state or none "Other state"
  children : whole "Children"
  left : date or none "Left"
  born : date "Born"
  wage : money "Wage"
  share : decimal "Share"
  name : text "Name"
  link firm : firm "Firm"
)";

  std::filesystem::path folder_;
  std::unique_ptr<zan::Corpus> corpus_;
};

}  // namespace koshi::observatory
