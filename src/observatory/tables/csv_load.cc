#include <algorithm>

#include "base/csv.h"
#include "base/mapped_file.h"
#include "base/text.h"
#include "observatory/tables/column_buffer.h"
#include "observatory/tables/load.h"

namespace koshi::observatory {
namespace {

constexpr size_t kColumnsMax = 4096;
constexpr std::string_view kUnknownMark = "?";

std::string_view text_of(const MappedFile& file) {
  const auto bytes = file.bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// One column of the file and how its fields are read.
class CsvColumn {
 public:
  virtual ~CsvColumn() = default;
  virtual Result<void> add(std::string_view field) = 0;
  virtual void finish(LoadedTable& out) = 0;
};

class FactColumn : public CsvColumn {
 public:
  FactColumn(const zan::Corpus& corpus, std::string path, const zan::Type& type, ColumnBuffer buffer)
      : corpus_(corpus), path_(std::move(path)), type_(type), buffer_(std::move(buffer)) {}

  Result<void> add(std::string_view field) override {
    const bool empty = field.empty();
    if (field == kUnknownMark || (empty && !type_.or_none)) {
      buffer_.add_unknown();
      return {};
    }
    TRY(value, empty ? zan::Value::none() : zan::parse_value(corpus_, type_, field));
    buffer_.add(value.is_none() ? zan::none_mark(zan::storage_of(corpus_, type_)) : value.number());
    return {};
  }

  void finish(LoadedTable& out) override {
    LoadedColumn done = std::move(buffer_).finish(std::move(path_), type_);
    out.table.columns.push_back(std::move(done.column));
    out.memory.insert(out.memory.end(), done.memory.begin(), done.memory.end());
  }

 private:
  const zan::Corpus& corpus_;
  std::string path_;
  const zan::Type& type_;
  ColumnBuffer buffer_;
};

Result<int32_t> parse_row(std::string_view text) {
  const std::optional<int64_t> row = parse_whole(text);
  if (!row || *row < 0 || *row >= zan::kMaxRows) return fail("expected the number of a row, counted from 0");
  return static_cast<int32_t>(*row);
}

class RowColumn : public CsvColumn {
 public:
  RowColumn(std::string link, ColumnBuffer buffer) : link_(std::move(link)), buffer_(std::move(buffer)) {}

  Result<void> add(std::string_view field) override {
    if (field.empty() || field == kUnknownMark) {
      buffer_.add(zan::kNoRow);
      return {};
    }
    TRY(row, parse_row(field));
    buffer_.add(row);
    return {};
  }

  void finish(LoadedTable& out) override {
    LoadedColumn done = std::move(buffer_).finish(link_, {});
    out.table.links.push_back({.link = std::move(link_), .rows = static_cast<const int32_t*>(done.column.data)});
    out.memory.insert(out.memory.end(), done.memory.begin(), done.memory.end());
  }

 private:
  std::string link_;
  ColumnBuffer buffer_;
};

/// Rows apart by spaces.
class RowsColumn : public CsvColumn {
 public:
  RowsColumn(std::string link, int64_t rows) : link_(std::move(link)), validity_(rows) {}

  Result<void> add(std::string_view field) override {
    if (field == kUnknownMark) validity_.forget(static_cast<int64_t>(first_->size()) - 1);
    while (!field.empty() && field != kUnknownMark) {
      const size_t end = std::min(field.find(' '), field.size());
      TRY(row, parse_row(field.substr(0, end)));
      members_->push_back(row);
      field.remove_prefix(std::min(end + 1, field.size()));
    }
    first_->push_back(static_cast<int64_t>(members_->size()));
    return {};
  }

  void finish(LoadedTable& out) override {
    zan::ManyColumn many{.link = std::move(link_), .first = first_->data(), .members = members_->data(), .validity = nullptr};
    std::move(validity_).finish(many.validity, out.memory);
    out.table.many.push_back(std::move(many));
    out.memory.push_back(std::move(first_));
    out.memory.push_back(std::move(members_));
  }

 private:
  std::string link_;
  std::shared_ptr<std::vector<int64_t>> first_ = std::make_shared<std::vector<int64_t>>(1, 0);
  // Never without memory: a table of people without any member has one all the same.
  std::shared_ptr<std::vector<int32_t>> members_ = [] {
    auto members = std::make_shared<std::vector<int32_t>>();
    members->reserve(1);
    return members;
  }();
  ValidityBuffer validity_;
};

class TableLoader {
 public:
  TableLoader(const zan::Corpus& corpus, std::string_view text, zan::EntityId entity, const std::string& name)
      : corpus_(corpus), reader_(text), name_(name), problems_(name) {
    rows_max_ = std::ranges::count(text, '\n') + 1;
    out_.table.entity = entity;
  }

  std::expected<LoadedTable, Problems> load() {
    if (const auto done = read(); !done) problems_.say(done.error().message);
    if (!problems_.empty()) return std::unexpected(std::move(problems_).take());
    for (const auto& column : columns_) {
      if (column != nullptr) column->finish(out_);
    }
    return std::move(out_);
  }

 private:
  Result<void> read() {
    if (rows_max_ > zan::kMaxRows) return fail("it has more than " + std::to_string(zan::kMaxRows) + " rows; divide it");
    std::vector<CsvField> fields;
    TRY_DO(reader_.record(fields, kColumnsMax));
    for (const CsvField& field : fields) TRY_DO(add_column(field.text));
    while (!reader_.done()) {
      const int line = reader_.line();
      TRY_DO(reader_.record(fields, columns_.size()));
      if (fields.size() != columns_.size()) return fail("line " + std::to_string(line) + ": the row is not as long as the header");
      for (size_t i = 0; i < fields.size(); ++i) add(i, fields[i]);
      ++out_.table.rows;
    }
    return {};
  }

  void add(size_t i, const CsvField& field) {
    if (columns_[i] == nullptr) return;
    if (const auto done = columns_[i]->add(field.text); !done) {
      problems_.say(names_[i],
                    "has in line " + std::to_string(field.line) + " \"" + field.text.substr(0, 40) + "\": " + done.error().message);
      // Told once; what follows is most likely wrong in the same way.
      columns_[i] = nullptr;
    }
  }

  Result<void> add_column(const std::string& name) {
    if (std::ranges::find(names_, name) != names_.end()) return fail("the column " + name + " is there twice");
    names_.push_back(name);
    TRY(column, make_column(name));
    columns_.push_back(std::move(column));
    return {};
  }

  Result<std::unique_ptr<CsvColumn>> make_column(const std::string& name) {
    const size_t number = columns_.size();
    switch (meaning_of(corpus_, out_.table.entity, name)) {
      case Meaning::kFact: {
        const zan::Type& type = zan::find_fact(corpus_, out_.table.entity, name)->type;
        TRY(buffer, ColumnBuffer::create(zan::storage_of(corpus_, type), rows_max_, number));
        return std::make_unique<FactColumn>(corpus_, name, type, std::move(buffer));
      }
      case Meaning::kLink: {
        TRY(buffer, ColumnBuffer::create(zan::Storage::kI32, rows_max_, number));
        return std::make_unique<RowColumn>(name, std::move(buffer));
      }
      case Meaning::kMany: return std::make_unique<RowsColumn>(name, rows_max_);
      case Meaning::kNothing: break;
    }
    out_.unread.push_back(name_ + ": " + name);
    return nullptr;
  }

  const zan::Corpus& corpus_;
  CsvReader reader_;
  std::string name_;
  ProblemList problems_;
  int64_t rows_max_ = 0;
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<CsvColumn>> columns_;  ///< null: not read
  LoadedTable out_;
};

}  // namespace

std::expected<LoadedTable, Problems> load_csv(const zan::Corpus& corpus, const std::filesystem::path& path) {
  const auto file = MappedFile::open(path);
  if (!file) return std::unexpected(Problems{file.error().message});
  const std::string name = path.filename().string();
  const auto entity = entity_of(corpus, "", path);
  if (!entity) return std::unexpected(Problems{name + ": " + entity.error().message});
  const std::string_view text = text_of(*file);
  if (const size_t valid = valid_utf8_prefix(text); valid != text.size()) {
    const auto line = 1 + std::ranges::count(text.substr(0, valid), '\n');
    return std::unexpected(Problems{name + ": line " + std::to_string(line) + " is not UTF-8; save the table in that encoding"});
  }
  return TableLoader(corpus, text, *entity, name).load();
}

}  // namespace koshi::observatory
