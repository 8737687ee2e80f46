#include "observatory/tables/arrow_file.h"

#include <cstring>
#include <optional>
#include <string_view>

#include "observatory/tables/arrow_codec.h"
#include "observatory/tables/arrow_metadata.h"

namespace koshi::observatory {
namespace {

namespace format = arrow_format;

constexpr std::string_view kMagic = "ARROW1";
constexpr size_t kPrefixBytes = 8;  // the magic, padded; also continuation mark and length
constexpr size_t kSuffixBytes = sizeof(int32_t) + kMagic.size();
constexpr uint32_t kContinuation = 0xFFFFFFFF;
constexpr int64_t kRowsMax = INT32_MAX;  // of one table: links are 32 bits wide

template <typename T>
T read_at(std::span<const std::byte> bytes, size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

bool has_magic(std::span<const std::byte> bytes, size_t at) {
  return std::memcmp(bytes.data() + at, kMagic.data(), kMagic.size()) == 0;
}

/// Ascending from zero or more to no more than `end`.
template <typename T>
bool are_offsets(std::span<const std::byte> offsets, int64_t rows, int64_t end) {
  int64_t last = 0;
  for (int64_t i = 0; i <= rows; ++i) {
    const auto next = static_cast<int64_t>(read_at<T>(offsets, static_cast<size_t>(i) * sizeof(T)));
    if (next < last || next > end) return false;
    last = next;
  }
  return true;
}

/// Bytes that `rows` values take.
size_t values_bytes(const ArrowType& type, int64_t rows) {
  const auto n = static_cast<size_t>(rows);
  switch (type.kind) {
    case ArrowKind::kInt:
    case ArrowKind::kDecimal: return n * static_cast<size_t>(type.bits) / 8;
    case ArrowKind::kBool: return (n + 7) / 8;
    case ArrowKind::kDays: return n * 4;
    case ArrowKind::kMilliseconds: return n * 8;
    default: return 0;
  }
}

bool is_whole_width(const ArrowType& type) {
  if (type.kind == ArrowKind::kDecimal) return type.bits == 128;
  return type.kind != ArrowKind::kInt || type.bits == 8 || type.bits == 16 || type.bits == 32 || type.bits == 64;
}

}  // namespace

/// Opens one file. What it finds wrong it says without the path; open() puts that before it.
class ArrowReader {
 public:
  explicit ArrowReader(ArrowFile& out) : out_(out), bytes_(out.file_.bytes()) {}

  Result<void> read();

 private:
  /// Where the next array finds its node and its buffers in a batch.
  struct Cursor {
    const format::RecordBatch& batch;
    std::span<const std::byte> body;
    Codec codec;
    flatbuffers::uoffset_t node = 0;
    flatbuffers::uoffset_t buffer = 0;
  };
  struct Block {
    Metadata metadata;
    std::span<const std::byte> body;
  };
  using Blocks = flatbuffers::Vector<const format::Block*>;

  Result<void> read_dictionaries(const Blocks* blocks);
  Result<void> read_batches(const Blocks* blocks);
  Result<Block> block(const format::Block& at) const;
  Result<Cursor> cursor(const format::RecordBatch* batch, std::span<const std::byte> body) const;
  Result<ArrowArray> array(const ArrowField& field, Cursor& cursor, int64_t rows_wanted);
  Result<void> fill(const ArrowField& field, Cursor& cursor, ArrowArray& out);
  Result<std::span<const std::byte>> buffer(const ArrowField& field, Cursor& cursor, size_t least);
  Result<void> give_words(std::vector<ArrowField>& fields, int64_t id, const std::vector<std::string>& words, bool more);

  ArrowFile& out_;
  std::span<const std::byte> bytes_;
};

Result<void> ArrowReader::read() {
  if (bytes_.size() < kPrefixBytes + kSuffixBytes || !has_magic(bytes_, 0)) return fail("it is not an Arrow file");
  const size_t end = bytes_.size() - kSuffixBytes;
  if (!has_magic(bytes_, end + sizeof(int32_t))) return fail("it is cut short: the end of an Arrow file is missing");
  const auto footer_bytes = static_cast<int64_t>(read_at<int32_t>(bytes_, end));
  if (footer_bytes <= 0 || static_cast<size_t>(footer_bytes) > end - kPrefixBytes ||
      static_cast<size_t>(footer_bytes) > kArrowMetadataMax) {
    return fail("its footer cannot be " + std::to_string(footer_bytes) + " bytes long");
  }
  const auto size = static_cast<size_t>(footer_bytes);
  const Metadata metadata(bytes_.subspan(end - size, size));
  TRY(footer, metadata.root<format::Footer>());
  if (footer->schema() == nullptr) return fail("it has no schema");
  TRY(fields, fields_of(*footer->schema()));
  out_.fields_ = std::move(fields);
  out_.notes_ = notes_of(footer->schema()->custom_metadata());
  TRY_DO(read_dictionaries(footer->dictionaries()));
  return read_batches(footer->batches());
}

Result<ArrowReader::Block> ArrowReader::block(const format::Block& at) const {
  const int64_t offset = at.offset();
  const int64_t metadata = at.metadata_bytes();
  const int64_t body = at.body_bytes();
  const auto size = static_cast<int64_t>(bytes_.size());
  if (offset < 0 || metadata < static_cast<int64_t>(kPrefixBytes) || metadata > static_cast<int64_t>(kArrowMetadataMax) || body < 0 ||
      offset > size || metadata > size - offset || body > size - offset - metadata) {
    return fail("a block of it leads out of the file");
  }
  const auto start = static_cast<size_t>(offset);
  const auto length = static_cast<int64_t>(read_at<int32_t>(bytes_, start + sizeof(uint32_t)));
  if (read_at<uint32_t>(bytes_, start) != kContinuation || length < 0 || length > metadata - static_cast<int64_t>(kPrefixBytes)) {
    return fail("a block of it does not begin as one of Arrow 0.15 or later");
  }
  return Block{Metadata(bytes_.subspan(start + kPrefixBytes, static_cast<size_t>(length))),
               bytes_.subspan(start + static_cast<size_t>(metadata), static_cast<size_t>(body))};
}

Result<ArrowReader::Cursor> ArrowReader::cursor(const format::RecordBatch* batch, std::span<const std::byte> body) const {
  if (batch == nullptr || batch->nodes() == nullptr || batch->buffers() == nullptr) return fail("a block of it has no table");
  if (!is_aligned(*batch->nodes()) || !is_aligned(*batch->buffers())) return fail("the metadata of a block of it is damaged");
  if (batch->rows() < 0 || batch->rows() > kRowsMax) return fail("a table of it cannot have " + std::to_string(batch->rows()) + " rows");
  Codec codec = Codec::kNone;
  if (const format::BodyCompression* compression = batch->compression()) {
    codec = compression->codec() == format::Codec::Zstd ? Codec::kZstd : Codec::kLz4Frame;
  }
  return Cursor{.batch = *batch, .body = body, .codec = codec};
}

Result<void> ArrowReader::read_batches(const Blocks* blocks) {
  if (blocks == nullptr) return {};
  if (!is_aligned(*blocks)) return fail("its footer is damaged");
  if (blocks->size() > kArrowBatchesMax) return fail("it has more than " + std::to_string(kArrowBatchesMax) + " batches");
  for (const format::Block* at : *blocks) {
    TRY(found, block(*at));
    TRY(message, found.metadata.template root<format::Message>());
    TRY(from, cursor(message->header_as_RecordBatch(), found.body));
    ArrowBatch batch{.rows = from.batch.rows(), .arrays = {}};
    for (const ArrowField& field : out_.fields_) {
      TRY(next, array(field, from, batch.rows));
      batch.arrays.push_back(std::move(next));
    }
    out_.rows_ += batch.rows;
    if (out_.rows_ > kRowsMax) return fail("it has more than " + std::to_string(kRowsMax) + " rows; divide it");
    out_.batches_.push_back(std::move(batch));
  }
  return {};
}

namespace {

bool is_text(const ArrowType& type) {
  return type.kind == ArrowKind::kText || type.kind == ArrowKind::kLargeText;
}

const ArrowField* find_dictionary(const std::vector<ArrowField>& fields, int64_t id) {
  for (const ArrowField& field : fields) {
    if (field.has_words && field.dictionary == id) return &field;
    if (const ArrowField* inner = find_dictionary(field.fields, id)) return inner;
  }
  return nullptr;
}

Result<std::vector<std::string>> words_of(const ArrowField& field, const ArrowArray& array) {
  if (array.rows > static_cast<int64_t>(kArrowWordsMax))
    return fail("a dictionary has more than " + std::to_string(kArrowWordsMax) + " words");
  std::vector<std::string> words;
  const bool large = field.type.kind == ArrowKind::kLargeText;
  const auto offset = [&](int64_t i) {
    const auto at = static_cast<size_t>(i);
    return large ? read_at<int64_t>(array.offsets, at * 8) : read_at<int32_t>(array.offsets, at * 4);
  };
  for (int64_t i = 0; i < array.rows; ++i) {
    const auto* begin = reinterpret_cast<const char*>(array.values.data());
    words.emplace_back(begin + offset(i), begin + offset(i + 1));
  }
  return words;
}

}  // namespace

Result<void> ArrowReader::read_dictionaries(const Blocks* blocks) {
  if (blocks == nullptr) return {};
  if (!is_aligned(*blocks)) return fail("its footer is damaged");
  if (blocks->size() > kArrowFieldsMax) return fail("it has more than " + std::to_string(kArrowFieldsMax) + " dictionaries");
  for (const format::Block* at : *blocks) {
    TRY(found, block(*at));
    TRY(message, found.metadata.template root<format::Message>());
    const format::DictionaryBatch* dictionary = message->header_as_DictionaryBatch();
    if (dictionary == nullptr) return fail("a dictionary of it is none");
    TRY(from, cursor(dictionary->data(), found.body));
    const ArrowField* field = find_dictionary(out_.fields_, dictionary->id());
    if (field == nullptr || !is_text(field->words_type)) continue;  // nobody's words, or not texts
    const ArrowField text{.name = field->name, .type = field->words_type};
    TRY(words_array, array(text, from, from.batch.rows()));
    TRY(words, words_of(text, words_array));
    TRY_DO(give_words(out_.fields_, dictionary->id(), words, dictionary->is_delta()));
  }
  return {};
}

Result<void> ArrowReader::give_words(std::vector<ArrowField>& fields, int64_t id, const std::vector<std::string>& words, bool more) {
  for (ArrowField& field : fields) {
    if (field.has_words && field.dictionary == id) {
      if (!more) field.words.clear();
      field.words.insert(field.words.end(), words.begin(), words.end());
      if (field.words.size() > kArrowWordsMax) return fail("its column " + field.name + " has too many words");
    }
    TRY_DO(give_words(field.fields, id, words, more));
  }
  return {};
}

Result<ArrowArray> ArrowReader::array(const ArrowField& field, Cursor& cursor, int64_t rows_wanted) {
  if (cursor.node >= cursor.batch.nodes()->size()) return fail("its column " + field.name + " is missing in a batch");
  const format::FieldNode* node = cursor.batch.nodes()->Get(cursor.node++);
  ArrowArray out{.rows = node->rows(), .nulls = node->nulls()};
  if (out.rows < 0 || out.rows > kRowsMax || (rows_wanted >= 0 && out.rows != rows_wanted) || out.nulls < 0 || out.nulls > out.rows) {
    return fail("its column " + field.name + " is not as long as its batch");
  }
  if (!is_whole_width(field.type)) return fail("its column " + field.name + " has a width that is not read");
  TRY_DO(fill(field, cursor, out));
  return out;
}

Result<void> ArrowReader::fill(const ArrowField& field, Cursor& cursor, ArrowArray& out) {
  const auto rows = static_cast<size_t>(out.rows);
  const bool text = is_text(field.type);
  const bool large = field.type.kind == ArrowKind::kLargeText || field.type.kind == ArrowKind::kLargeList;
  const bool has_offsets = text || large || field.type.kind == ArrowKind::kList;
  const size_t offset_bytes = large ? sizeof(int64_t) : sizeof(int32_t);
  if (field.type.buffers > 0) {
    TRY(validity, buffer(field, cursor, out.nulls > 0 ? (rows + 7) / 8 : 0));
    if (out.nulls > 0) out.validity = validity;
  }
  if (field.type.buffers > 1) {
    // An empty array of texts or lists may come without its one offset.
    TRY(second, buffer(field, cursor, has_offsets ? (rows > 0 ? (rows + 1) * offset_bytes : 0) : values_bytes(field.type, out.rows)));
    (has_offsets ? out.offsets : out.values) = second;
  }
  if (field.type.buffers > 2) {
    TRY(third, buffer(field, cursor, 0));
    out.values = third;
  }
  for (const ArrowField& inner : field.fields) {
    TRY(next, array(inner, cursor, -1));
    out.fields.push_back(std::move(next));
  }
  if (!has_offsets || rows == 0) return {};
  const int64_t end = text ? static_cast<int64_t>(out.values.size()) : out.fields[0].rows;
  const bool good = large ? are_offsets<int64_t>(out.offsets, out.rows, end) : are_offsets<int32_t>(out.offsets, out.rows, end);
  return good ? Result<void>{} : fail("its column " + field.name + " has offsets that lead out of it");
}

Result<std::span<const std::byte>> ArrowReader::buffer(const ArrowField& field, Cursor& cursor, size_t least) {
  if (cursor.buffer >= cursor.batch.buffers()->size()) return fail("its column " + field.name + " is missing in a batch");
  const format::Buffer* at = cursor.batch.buffers()->Get(cursor.buffer++);
  const auto size = static_cast<int64_t>(cursor.body.size());
  if (at->offset() < 0 || at->bytes() < 0 || at->offset() > size || at->bytes() > size - at->offset()) {
    return fail("its column " + field.name + " leads out of the file");
  }
  TRY(unpacked, unpack(cursor.codec, cursor.body.subspan(static_cast<size_t>(at->offset()), static_cast<size_t>(at->bytes()))));
  if (unpacked.bytes != nullptr) out_.unpacked_.push_back(std::move(unpacked.bytes));
  if (unpacked.view.size() < least) return fail("its column " + field.name + " is cut short");
  return unpacked.view;
}

Result<ArrowFile> ArrowFile::open(const std::filesystem::path& path) {
  ArrowFile out;
  TRY(file, MappedFile::open(path));
  out.file_ = std::move(file);
  if (const auto done = ArrowReader(out).read(); !done) return fail("cannot read " + path.string() + ": " + done.error().message);
  return out;
}

}  // namespace koshi::observatory
