#include "base/csv.h"
#include "base/draft_file.h"
#include "observatory/tables/population_file.h"

namespace koshi::observatory {
namespace {

constexpr size_t kChunkBytes = 1u << 20;

void append_value(const zan::Corpus& corpus, const zan::Column& column, int64_t row, std::string& out) {
  if (!column.is_known(row)) {
    out += '?';
    return;
  }
  const int64_t value = column.at(row);
  if (column.type.or_none && value == zan::none_mark(column.storage)) return;
  out += csv_field(zan::plain_text(corpus, column.type, value));
}

void append_rows(const zan::ManyColumn& many, int64_t row, std::string& out) {
  if (!many.is_known(row)) {
    out += '?';
    return;
  }
  for (int64_t i = many.first[row]; i < many.first[row + 1]; ++i) {
    if (i > many.first[row]) out += ' ';
    out += std::to_string(many.members == nullptr ? i : many.members[i]);
  }
}

std::string header(const zan::Table& table) {
  std::string out;
  const auto add = [&](const std::string& name) { out += (out.empty() ? "" : ",") + csv_field(name); };
  for (const zan::Column& column : table.columns) add(column.path);
  for (const zan::LinkColumn& link : table.links) add(link.link);
  for (const zan::ManyColumn& many : table.many) add(many.link);
  return out + "\n";
}

void append_row(const zan::Corpus& corpus, const zan::Table& table, int64_t row, std::string& out) {
  bool first = true;
  const auto begin = [&] {
    if (!first) out += ',';
    first = false;
  };
  for (const zan::Column& column : table.columns) {
    begin();
    append_value(corpus, column, row, out);
  }
  for (const zan::LinkColumn& link : table.links) {
    begin();
    if (link.rows[row] != zan::kNoRow) out += std::to_string(link.rows[row]);
  }
  for (const zan::ManyColumn& many : table.many) {
    begin();
    append_rows(many, row, out);
  }
  out += '\n';
}

}  // namespace

Result<void> save_csv(const zan::Corpus& corpus, const zan::Table& table, const std::filesystem::path& path) {
  TRY(file, DraftFile::create(path));
  std::string chunk = header(table);
  for (int64_t row = 0; row < table.rows; ++row) {
    append_row(corpus, table, row, chunk);
    if (chunk.size() < kChunkBytes) continue;
    TRY_DO(file.write(chunk));
    chunk.clear();
  }
  TRY_DO(file.write(chunk));
  return file.keep();
}

}  // namespace koshi::observatory
