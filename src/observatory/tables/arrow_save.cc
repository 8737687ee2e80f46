#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

#include "arrow_generated.h"
#include "base/draft_file.h"
#include "observatory/tables/arrow_column.h"

/// Writes one record batch, so that whoever maps the file finds each column in one piece; every buffer begins on a 64-byte line.
namespace koshi::observatory {
namespace {

namespace format = arrow_format;
using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using zan::Kind;

constexpr std::string_view kMagic = "ARROW1";
constexpr size_t kLine = 64;
constexpr int64_t kChunkRows = 1 << 16;  // a multiple of 8: bits of validity do not straddle chunks
constexpr uint32_t kContinuation = 0xFFFFFFFF;
constexpr int64_t kYesNoWords = 0;  // the number of the dictionary of yes/no; an enum's is its own plus one

size_t padded(size_t bytes) {
  return (bytes + kLine - 1) / kLine * kLine;
}

bool has_words(const zan::Type& type) {
  return type.kind == Kind::kYesNo || type.kind == Kind::kEnum;
}

int64_t words_of(const zan::Type& type) {
  return type.kind == Kind::kYesNo ? kYesNoWords : type.of + 1;
}

/// What of a column is missing, counted before anything is written.
struct Missing {
  bool any_unknown = false;
  bool any_none = false;
  int64_t nulls = 0;
};

bool is_none(const zan::Column& column, int64_t row) {
  return column.type.or_none && column.at(row) == zan::none_mark(column.storage);
}

Missing count_missing(const zan::Column& column, int64_t rows) {
  Missing out;
  if (column.validity == nullptr && !column.type.or_none) return out;
  int64_t unknown = 0;
  int64_t none = 0;
  for (int64_t row = 0; row < rows; ++row) {
    if (!column.is_known(row)) {
      ++unknown;
    } else if (is_none(column, row)) {
      ++none;
    }
  }
  // A column with both keeps its marks of none as values, and says so.
  return {.any_unknown = unknown > 0, .any_none = none > 0, .nulls = unknown > 0 ? unknown : none};
}

class Writer {
 public:
  Writer(const zan::Corpus& corpus, const zan::Table& table, DraftFile& file) : corpus_(corpus), table_(table), file_(file) {
    for (const zan::Column& column : table.columns) missing_.push_back(count_missing(column, table.rows));
  }

  Result<void> write() {
    TRY_DO(file_.write(kMagic));
    TRY_DO(pad(kLine));
    TRY_DO(write_schema_message());
    TRY_DO(write_dictionaries());
    TRY_DO(write_batch());
    return write_footer();
  }

 private:
  /// One buffer of the body: its length, and what writes it.
  struct Part {
    size_t bytes = 0;
    std::function<Result<void>()> write;
  };

  Result<void> pad(size_t to) {
    static constexpr std::array<std::byte, kLine> kZeros{};
    const size_t over = file_.bytes_written() % to;
    return over == 0 ? Result<void>{} : file_.write(std::span(kZeros).first(to - over));
  }

  template <typename T>
  Result<void> write_number(T number) {
    return file_.write(std::as_bytes(std::span(&number, 1)));
  }

  // ---- schema

  using NoteList = std::vector<std::pair<std::string_view, std::string>>;

  static Offset<flatbuffers::Vector<Offset<format::KeyValue>>> notes(FlatBufferBuilder& b, const NoteList& pairs) {
    std::vector<Offset<format::KeyValue>> out;
    for (const auto& [key, value] : pairs) {
      const auto key_text = b.CreateString(key.data(), key.size());
      const auto value_text = b.CreateString(value);
      out.push_back(format::CreateKeyValue(b, key_text, value_text));
    }
    return b.CreateVector(out);
  }

  NoteList notes_of(const zan::Column& column, const Missing& missing) const {
    NoteList out;
    if (column.type.kind == Kind::kMoney) out.emplace_back(kUnitNote, kTiyn);
    if (column.type.kind == Kind::kDecimal) out.emplace_back(kUnitNote, kBillionths);
    if (column.type.or_none && missing.any_unknown) {
      out.emplace_back(kMissingNote, kUnknown);
      if (missing.any_none) out.emplace_back("koshi:none", std::to_string(zan::none_mark(column.storage)));
    }
    return out;
  }

  static Offset<format::Int> whole(FlatBufferBuilder& b, zan::Storage storage) {
    const bool is_signed = storage == zan::Storage::kI32 || storage == zan::Storage::kI64;
    return format::CreateInt(b, static_cast<int>(8 * zan::width_bytes(storage)), is_signed);
  }

  Offset<format::Field> field(FlatBufferBuilder& b, const zan::Column& column, const Missing& missing) const {
    const auto name = b.CreateString(column.path);
    const auto noted = notes(b, notes_of(column, missing));
    const auto children = b.CreateVector(std::vector<Offset<format::Field>>{});
    if (has_words(column.type)) {
      const auto words = format::CreateDictionaryEncoding(b, words_of(column.type), whole(b, column.storage));
      return format::CreateField(b, name, true, format::Type::Utf8, format::CreateUtf8(b).Union(), words, children, noted);
    }
    if (column.type.kind == Kind::kDate) {
      return format::CreateField(b, name, true, format::Type::Date, format::CreateDate(b, format::DateUnit::Day).Union(), 0, children,
                                 noted);
    }
    return format::CreateField(b, name, true, format::Type::Int, whole(b, column.storage).Union(), 0, children, noted);
  }

  static Offset<format::Field> row_field(FlatBufferBuilder& b, const std::string& link) {
    const auto name = b.CreateString(link);
    const auto children = b.CreateVector(std::vector<Offset<format::Field>>{});
    return format::CreateField(b, name, true, format::Type::Int, whole(b, zan::Storage::kI32).Union(), 0, children);
  }

  static Offset<format::Field> rows_field(FlatBufferBuilder& b, const std::string& link) {
    const auto name = b.CreateString(link);
    const auto children = b.CreateVector(std::vector{row_field(b, "row")});
    return format::CreateField(b, name, true, format::Type::LargeList, format::CreateLargeList(b).Union(), 0, children);
  }

  Offset<format::Schema> schema(FlatBufferBuilder& b) const {
    std::vector<Offset<format::Field>> fields;
    for (size_t i = 0; i < table_.columns.size(); ++i) fields.push_back(field(b, table_.columns[i], missing_[i]));
    for (const zan::LinkColumn& link : table_.links) fields.push_back(row_field(b, link.link));
    for (const zan::ManyColumn& many : table_.many) fields.push_back(rows_field(b, many.link));
    const auto all = b.CreateVector(fields);
    const std::string& entity = corpus_.entities[static_cast<size_t>(table_.entity)].name;
    return format::CreateSchema(b, format::Endianness::Little, all, notes(b, {{kEntityNote, entity}}));
  }

  // ---- messages

  /// The metadata, padded so that the body begins on a line.
  Result<format::Block> write_message(FlatBufferBuilder& b, format::MessageHeader kind, Offset<void> header, size_t body_bytes) {
    b.Finish(format::CreateMessage(b, format::Version::V5, kind, header, static_cast<int64_t>(body_bytes)));
    const size_t start = file_.bytes_written();
    const size_t total = padded(b.GetSize() + 2 * sizeof(uint32_t));
    TRY_DO(write_number(kContinuation));
    TRY_DO(write_number(static_cast<int32_t>(total - 2 * sizeof(uint32_t))));
    TRY_DO(file_.write(std::as_bytes(std::span(b.GetBufferPointer(), b.GetSize()))));
    TRY_DO(pad(kLine));
    return format::Block(static_cast<int64_t>(start), static_cast<int32_t>(total), static_cast<int64_t>(body_bytes));
  }

  Result<void> write_schema_message() {
    FlatBufferBuilder b;
    const auto header = schema(b);
    TRY(block, write_message(b, format::MessageHeader::Schema, header.Union(), 0));
    (void)block;
    return {};
  }

  Result<void> write_dictionaries() {
    std::vector<int64_t> written;
    for (const zan::Column& column : table_.columns) {
      if (!has_words(column.type)) continue;
      const int64_t id = words_of(column.type);
      if (std::ranges::find(written, id) != written.end()) continue;
      written.push_back(id);
      std::vector<std::string> words{"no", "yes"};
      if (column.type.kind == Kind::kEnum) {
        words.clear();
        for (const auto& member : corpus_.enums[static_cast<size_t>(column.type.of)].members) words.push_back(member.code);
      }
      TRY_DO(write_dictionary(id, words));
    }
    return {};
  }

  Result<void> write_dictionary(int64_t id, const std::vector<std::string>& words) {
    std::string text;
    std::vector<int32_t> offsets{0};
    for (const std::string& word : words) {
      text += word;
      offsets.push_back(static_cast<int32_t>(text.size()));
    }
    const std::vector<Part> parts{{},
                                  {offsets.size() * sizeof(int32_t), [&] { return file_.write(std::as_bytes(std::span(offsets))); }},
                                  {text.size(), [&] { return file_.write(text); }}};
    FlatBufferBuilder b;
    const std::vector nodes{format::FieldNode(static_cast<int64_t>(words.size()), 0)};
    const auto batch = record_batch(b, static_cast<int64_t>(words.size()), nodes, parts);
    const auto header = format::CreateDictionaryBatch(b, id, batch);
    TRY(block, write_message(b, format::MessageHeader::DictionaryBatch, header.Union(), body_bytes(parts)));
    dictionaries_.push_back(block);
    return write_parts(parts);
  }

  static size_t body_bytes(const std::vector<Part>& parts) {
    size_t total = 0;
    for (const Part& part : parts) total += padded(part.bytes);
    return total;
  }

  Result<void> write_parts(const std::vector<Part>& parts) {
    for (const Part& part : parts) {
      if (part.bytes == 0) continue;
      TRY_DO(part.write());
      TRY_DO(pad(kLine));
    }
    return {};
  }

  static Offset<format::RecordBatch> record_batch(FlatBufferBuilder& b, int64_t rows, const std::vector<format::FieldNode>& nodes,
                                                  const std::vector<Part>& parts) {
    std::vector<format::Buffer> buffers;
    size_t at = 0;
    for (const Part& part : parts) {
      buffers.emplace_back(static_cast<int64_t>(at), static_cast<int64_t>(part.bytes));
      at += padded(part.bytes);
    }
    const auto node_list = b.CreateVectorOfStructs(nodes);
    const auto buffer_list = b.CreateVectorOfStructs(buffers);
    return format::CreateRecordBatch(b, rows, node_list, buffer_list);
  }

  // ---- the table

  Result<void> write_batch() {
    std::vector<format::FieldNode> nodes;
    std::vector<Part> parts;
    for (size_t i = 0; i < table_.columns.size(); ++i) add_column(table_.columns[i], missing_[i], nodes, parts);
    for (const zan::LinkColumn& link : table_.links) add_rows(link.rows, table_.rows, nodes, parts);
    for (const zan::ManyColumn& many : table_.many) add_many(many, nodes, parts);
    FlatBufferBuilder b;
    const auto header = record_batch(b, table_.rows, nodes, parts);
    TRY(block, write_message(b, format::MessageHeader::RecordBatch, header.Union(), body_bytes(parts)));
    batch_ = block;
    return write_parts(parts);
  }

  size_t validity_bytes() const { return (static_cast<size_t>(table_.rows) + 7) / 8; }

  /// One bit a row, made of whether it is there.
  template <typename IsThere>
  Result<void> write_validity(IsThere is_there) {
    std::vector<uint8_t> bits;
    for (int64_t begin = 0; begin < table_.rows; begin += kChunkRows) {
      const int64_t end = std::min(begin + kChunkRows, table_.rows);
      bits.assign((static_cast<size_t>(end - begin) + 7) / 8, 0);
      for (int64_t row = begin; row < end; ++row) {
        if (is_there(row)) bits[static_cast<size_t>(row - begin) / 8] |= static_cast<uint8_t>(1u << (row % 8));
      }
      TRY_DO(file_.write(std::as_bytes(std::span(bits))));
    }
    return {};
  }

  /// The column as it lies; unknown rows as zeros, so that the same population gives the same file.
  Result<void> write_values(const zan::Column& column) {
    const size_t width = zan::width_bytes(column.storage);
    const auto* bytes = static_cast<const std::byte*>(column.data);
    if (column.validity == nullptr) return file_.write(std::span(bytes, width * static_cast<size_t>(table_.rows)));
    std::vector<std::byte> chunk;
    for (int64_t begin = 0; begin < table_.rows; begin += kChunkRows) {
      const int64_t end = std::min(begin + kChunkRows, table_.rows);
      chunk.assign(bytes + static_cast<size_t>(begin) * width, bytes + static_cast<size_t>(end) * width);
      for (int64_t row = begin; row < end; ++row) {
        if (!column.is_known(row)) std::memset(chunk.data() + static_cast<size_t>(row - begin) * width, 0, width);
      }
      TRY_DO(file_.write(chunk));
    }
    return {};
  }

  void add_column(const zan::Column& column, const Missing& missing, std::vector<format::FieldNode>& nodes, std::vector<Part>& parts) {
    nodes.emplace_back(table_.rows, missing.nulls);
    const bool by_knowledge = missing.any_unknown;
    parts.push_back({missing.nulls > 0 ? validity_bytes() : 0, [this, &column, by_knowledge] {
                       return write_validity([&](int64_t row) { return by_knowledge ? column.is_known(row) : !is_none(column, row); });
                     }});
    parts.push_back(
        {static_cast<size_t>(table_.rows) * zan::width_bytes(column.storage), [this, &column] { return write_values(column); }});
  }

  void add_rows(const int32_t* rows, int64_t count, std::vector<format::FieldNode>& nodes, std::vector<Part>& parts) {
    // No row is written as -1, which every reader can tell; a bit for each would only say it again.
    nodes.emplace_back(count, 0);
    parts.push_back({});
    parts.push_back({static_cast<size_t>(count) * sizeof(int32_t),
                     [this, rows, count] { return file_.write(std::as_bytes(std::span(rows, static_cast<size_t>(count)))); }});
  }

  void add_many(const zan::ManyColumn& many, std::vector<format::FieldNode>& nodes, std::vector<Part>& parts) {
    int64_t unknown = 0;
    const auto is_known = [&many](int64_t row) { return many.is_known(row); };
    for (int64_t row = 0; row < table_.rows; ++row) unknown += is_known(row) ? 0 : 1;
    nodes.emplace_back(table_.rows, unknown);
    parts.push_back({unknown > 0 ? validity_bytes() : 0, [this, is_known] { return write_validity(is_known); }});
    parts.push_back({(static_cast<size_t>(table_.rows) + 1) * sizeof(int64_t),
                     [this, &many] { return file_.write(std::as_bytes(std::span(many.first, static_cast<size_t>(table_.rows) + 1))); }});
    const int64_t count = many.first[table_.rows];
    if (many.members != nullptr) return add_rows(many.members, count, nodes, parts);
    nodes.emplace_back(count, 0);
    parts.push_back({});
    parts.push_back({static_cast<size_t>(count) * sizeof(int32_t), [this, count]() -> Result<void> {
                       for (int64_t row = 0; row < count; ++row) TRY_DO(write_number(static_cast<int32_t>(row)));
                       return {};
                     }});
  }

  Result<void> write_footer() {
    TRY_DO(write_number(kContinuation));  // the end of the messages, for readers of streams
    TRY_DO(write_number(int32_t{0}));
    FlatBufferBuilder b;
    const auto fields = schema(b);
    const auto dictionaries = b.CreateVectorOfStructs(dictionaries_);
    const auto batches = b.CreateVectorOfStructs(std::vector{batch_});
    b.Finish(format::CreateFooter(b, format::Version::V5, fields, dictionaries, batches));
    TRY_DO(file_.write(std::as_bytes(std::span(b.GetBufferPointer(), b.GetSize()))));
    TRY_DO(write_number(static_cast<int32_t>(b.GetSize())));
    return file_.write(kMagic);
  }

  const zan::Corpus& corpus_;
  const zan::Table& table_;
  DraftFile& file_;
  std::vector<Missing> missing_;
  std::vector<format::Block> dictionaries_;
  format::Block batch_;
};

}  // namespace

Result<void> save_arrow(const zan::Corpus& corpus, const zan::Table& table, const std::filesystem::path& path) {
  TRY(file, DraftFile::create(path));
  TRY_DO(Writer(corpus, table, file).write());
  return file.keep();
}

}  // namespace koshi::observatory
