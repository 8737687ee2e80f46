#include "observatory/tables/arrow_column.h"

#include <limits>

#include "observatory/tables/arrow_values.h"
#include "observatory/tables/column_buffer.h"

namespace koshi::observatory {
namespace {

using zan::Kind;
using zan::Storage;

constexpr int64_t kMillisecondsADay = 86'400'000;
constexpr int64_t kNoMember = -1;

/// How a value of the file becomes one of ours: value * times / per, or what its word stands for.
struct Conversion {
  int64_t times = 1;
  int64_t per = 1;
  bool by_text = false;             ///< each value is a text
  std::vector<int64_t> words = {};  ///< of columns with words: the value of each, kNoMember where it has none
  bool is_same = false;             ///< the bits of the file are ours
};

int64_t value_of_word(const zan::Corpus& corpus, const zan::Type& type, std::string_view word) {
  if (type.kind == Kind::kYesNo) {
    if (word == "yes" || word == "true") return 1;
    return word == "no" || word == "false" ? 0 : kNoMember;
  }
  const auto& index = corpus.enums[static_cast<size_t>(type.of)].index;
  const auto it = index.find(std::string(word));
  return it == index.end() ? kNoMember : it->second;
}

std::unexpected<Error> fail_type(const zan::Corpus& corpus, const zan::Type& type, const ArrowField& field) {
  return fail("has " + field.type_name + ", but the fact is of type " + type_name(corpus, type));
}

bool is_int(const ArrowType& type, int bits, bool is_signed) {
  return type.kind == ArrowKind::kInt && type.bits == bits && type.is_signed == is_signed;
}

Conversion by_words(const zan::Corpus& corpus, const zan::Type& type, const ArrowField& field) {
  Conversion out;
  bool in_order = true;
  for (const std::string& word : field.words) {
    in_order &= value_of_word(corpus, type, word) == static_cast<int64_t>(out.words.size());
    out.words.push_back(value_of_word(corpus, type, word));
  }
  const int bits = static_cast<int>(8 * zan::width_bytes(zan::storage_of(corpus, type)));
  out.is_same = in_order && is_int(field.type, bits, false);
  return out;
}

/// Whole numbers and decimals as units of 1 / `unit`; the note says that they are such units already.
Result<Conversion> by_unit(const zan::Corpus& corpus, const zan::Type& type, const ArrowField& field, int places, std::string_view noted) {
  const auto note = field.notes.find(std::string(kUnitNote));
  const bool counts_units = note != field.notes.end() && note->second == noted;
  int scale = 0;
  if (field.type.kind == ArrowKind::kDecimal) {
    scale = field.type.scale;
  } else if (field.type.kind != ArrowKind::kInt) {
    return fail_type(corpus, type, field);
  }
  if (counts_units) return Conversion{.is_same = is_int(field.type, 64, true)};
  if (scale < 0 || scale > places) return fail("has decimals of " + std::to_string(scale) + " places; at most " + std::to_string(places));
  int64_t times = 1;
  for (int i = scale; i < places; ++i) times *= 10;
  return Conversion{.times = times};
}

Result<Conversion> find_conversion(const zan::Corpus& corpus, const zan::Type& type, const ArrowField& field) {
  const ArrowKind kind = field.type.kind;
  const bool is_text = kind == ArrowKind::kText || kind == ArrowKind::kLargeText;
  switch (type.kind) {
    case Kind::kYesNo:
    case Kind::kEnum:
      if (field.has_words) return by_words(corpus, type, field);
      if (is_text) return Conversion{.by_text = true};
      if (type.kind == Kind::kYesNo && kind == ArrowKind::kBool) return Conversion{};
      if (type.kind == Kind::kYesNo && kind == ArrowKind::kInt) return Conversion{.is_same = is_int(field.type, 8, false)};
      return fail_type(corpus, type, field);
    case Kind::kWhole:
    case Kind::kDays:
      if (field.has_words || kind != ArrowKind::kInt) return fail_type(corpus, type, field);
      return Conversion{.is_same = field.type.is_signed == (field.type.bits > 16)};
    case Kind::kDate:
      if (kind == ArrowKind::kDays) return Conversion{.is_same = true};
      if (kind == ArrowKind::kMilliseconds) return Conversion{.per = kMillisecondsADay};
      return fail_type(corpus, type, field);
    case Kind::kMoney: return by_unit(corpus, type, field, 2, kTiyn);
    case Kind::kDecimal: return by_unit(corpus, type, field, 9, kBillionths);
    default: return fail("is a fact of type " + type_name(corpus, type) + ", which is no column");
  }
}

Storage storage_for(const zan::Corpus& corpus, const zan::Type& type, const ArrowType& from) {
  if (type.kind != Kind::kWhole && type.kind != Kind::kDays) return zan::storage_of(corpus, type);
  if (!from.is_signed && from.bits <= 16) return from.bits == 8 ? Storage::kU8 : Storage::kU16;
  return from.bits < 32 || (from.bits == 32 && from.is_signed) ? Storage::kI32 : Storage::kI64;
}

/// One column on its way.
class Loader {
 public:
  Loader(const zan::Corpus& corpus, const zan::Type& type, const ArrowFile& file, size_t field, Conversion how)
      : corpus_(corpus), type_(type), file_(file), number_(field), field_(file.fields()[field]), how_(std::move(how)) {
    const auto note = field_.notes.find(std::string(kMissingNote));
    missing_is_none_ = type.or_none && (note == field_.notes.end() || note->second != kUnknown);
    storage_ = storage_for(corpus, type, field_.type);
  }

  Result<LoadedColumn> load() {
    if (lies_in_place()) return in_place();
    if (holds_mark()) storage_ = Storage::kI32;
    return copied();
  }

 private:
  /// A column that has both says of the missing that they are unknown, and keeps the mark as a value.
  bool marks_are_none() const { return type_.or_none && !missing_is_none_; }
  const ArrowArray& array(const ArrowBatch& batch) const { return batch.arrays[number_]; }

  /// Whether some value that is there looks like the mark of none: only narrow unsigned numbers can.
  bool holds_mark() const {
    if (storage_ != Storage::kU8 && storage_ != Storage::kU16) return false;
    if (type_.kind != Kind::kWhole && type_.kind != Kind::kDays) return false;
    for (const ArrowBatch& batch : file_.batches()) {
      for (int64_t row = 0; row < batch.rows; ++row) {
        if (!is_missing(array(batch), row) && *number_at(field_.type, array(batch), row) == zan::none_mark(storage_)) return true;
      }
    }
    return false;
  }

  bool lies_in_place() const {
    if (!how_.is_same || file_.batches().size() != 1) return false;
    const ArrowArray& from = array(file_.batches()[0]);
    if (reinterpret_cast<uintptr_t>(from.values.data()) % zan::width_bytes(storage_) != 0) return false;
    if (!type_.or_none && storage_ != Storage::kU8 && storage_ != Storage::kU16) return true;  // the bounds tell the rest
    const int64_t mark = zan::none_mark(storage_);
    for (int64_t row = 0; row < from.rows; ++row) {
      const bool missing = is_missing(from, row);
      const bool marked = *number_at(field_.type, from, row) == mark;
      if (missing ? missing_is_none_ && !marked : marked && !marks_are_none()) return false;
    }
    return true;
  }

  Result<LoadedColumn> in_place() const {
    const ArrowArray& from = array(file_.batches()[0]);
    LoadedColumn out;
    out.column = {.path = field_.name, .type = type_, .storage = storage_, .data = from.values.data(), .validity = nullptr, .bounds = {}};
    if (!missing_is_none_ && !from.validity.empty()) out.column.validity = reinterpret_cast<const uint8_t*>(from.validity.data());
    return out;
  }

  Result<LoadedColumn> copied() const {
    TRY(column, ColumnBuffer::create(storage_, file_.rows(), number_));
    for (const ArrowBatch& batch : file_.batches()) {
      for (int64_t row = 0; row < batch.rows; ++row) {
        if (is_missing(array(batch), row)) {
          missing_is_none_ ? column.add(zan::none_mark(storage_)) : column.add_unknown();
          continue;
        }
        const std::optional<int64_t> value = convert(array(batch), row);
        if (!value) return fail_value(array(batch), row, column.rows());
        column.add(*value);
      }
    }
    return std::move(column).finish(field_.name, type_);
  }

  /// No value: not one of ours.
  std::optional<int64_t> convert(const ArrowArray& from, int64_t row) const {
    std::optional<int64_t> value;
    if (how_.by_text) {
      value = value_of_word(corpus_, type_, text_at(field_.type, from, row));
      return *value == kNoMember ? std::nullopt : value;
    }
    const Int128 number = *number_at(field_.type, from, row);
    if (field_.has_words) {
      if (number < 0 || number >= static_cast<Int128>(how_.words.size())) return std::nullopt;
      value = how_.words[static_cast<size_t>(number)];
      return *value == kNoMember ? std::nullopt : value;
    }
    Int128 product = 0;
    if (__builtin_mul_overflow(number, Int128{how_.times}, &product) || product % how_.per != 0) return std::nullopt;
    value = narrow(product / how_.per);
    return value && fits(*value) ? value : std::nullopt;
  }

  /// Within the storage and not its mark; what the law calls too large is told by zan::find_problems().
  bool fits(int64_t value) const {
    const int64_t mark = zan::none_mark(storage_);
    if (value == mark) return marks_are_none();
    if (mark > 0) return value >= 0 && value < mark;
    return value > mark && (storage_ == Storage::kI64 || value <= std::numeric_limits<int32_t>::max());
  }

  std::unexpected<Error> fail_value(const ArrowArray& from, int64_t row, int64_t table_row) const {
    std::string what = "a number that it cannot have";
    if (how_.by_text) what = "\"" + std::string(text_at(field_.type, from, row).substr(0, 40)) + "\"";
    if (field_.has_words) {
      const Int128 number = *number_at(field_.type, from, row);
      const bool known = number >= 0 && number < static_cast<Int128>(field_.words.size());
      what = known ? "\"" + field_.words[static_cast<size_t>(number)].substr(0, 40) + "\"" : "a word that its list lacks";
    }
    return fail("has in row " + std::to_string(table_row) + " " + what + ", which no value of type " + type_name(corpus_, type_) + " is");
  }

  const zan::Corpus& corpus_;
  const zan::Type& type_;
  const ArrowFile& file_;
  size_t number_;
  const ArrowField& field_;
  Conversion how_;
  bool missing_is_none_ = false;
  Storage storage_ = Storage::kI64;
};

/// Row numbers of another table.
std::optional<int32_t> row_at(const ArrowField& field, const ArrowArray& array, int64_t row) {
  const Int128 number = *number_at(field.type, array, row);
  if (number < zan::kNoRow || number > std::numeric_limits<int32_t>::max()) return std::nullopt;
  return static_cast<int32_t>(number);
}

}  // namespace

Result<LoadedColumn> load_column(const zan::Corpus& corpus, const zan::Type& type, const ArrowFile& file, size_t field) {
  TRY(how, find_conversion(corpus, type, file.fields()[field]));
  return Loader(corpus, type, file, field, std::move(how)).load();
}

Result<LoadedLink> load_link(const ArrowFile& file, size_t number) {
  const ArrowField& field = file.fields()[number];
  if (field.has_words || field.type.kind != ArrowKind::kInt) return fail("has " + field.type_name + ", but a link is the number of a row");
  TRY(rows, ColumnBuffer::create(Storage::kI32, file.rows(), number));
  for (const ArrowBatch& batch : file.batches()) {
    const ArrowArray& from = batch.arrays[number];
    for (int64_t row = 0; row < batch.rows; ++row) {
      const std::optional<int32_t> to = is_missing(from, row) ? zan::kNoRow : row_at(field, from, row);
      if (!to) return fail("leads nowhere in row " + std::to_string(rows.rows()));
      rows.add(*to);
    }
  }
  LoadedColumn column = std::move(rows).finish(field.name, {});
  return LoadedLink{{.link = field.name, .rows = static_cast<const int32_t*>(column.column.data)}, std::move(column.memory)};
}

Result<LoadedMany> load_many(const ArrowFile& file, size_t number) {
  const ArrowField& field = file.fields()[number];
  const bool large = field.type.kind == ArrowKind::kLargeList;
  const bool is_list = large || field.type.kind == ArrowKind::kList;
  if (field.has_words || !is_list || field.fields[0].type.kind != ArrowKind::kInt || field.fields[0].has_words) {
    return fail("has " + field.type_name + ", but a link to many is a list of numbers of rows");
  }
  int64_t members = 0;
  for (const ArrowBatch& batch : file.batches()) members += batch.arrays[number].fields[0].rows;
  TRY(first, ColumnBuffer::create(Storage::kI64, file.rows() + 1, number));
  TRY(rows, ColumnBuffer::create(Storage::kI32, members, number + 1));
  ValidityBuffer known(file.rows());
  for (const ArrowBatch& batch : file.batches()) {
    const ArrowArray& from = batch.arrays[number];
    for (int64_t row = 0; row < batch.rows; ++row) {
      if (is_missing(from, row)) known.forget(first.rows());
      first.add(rows.rows());
      if (is_missing(from, row)) continue;
      const int64_t begin = large ? arrow_value<int64_t>(from.offsets, row) : arrow_value<int32_t>(from.offsets, row);
      const int64_t end = large ? arrow_value<int64_t>(from.offsets, row + 1) : arrow_value<int32_t>(from.offsets, row + 1);
      for (int64_t i = begin; i < end; ++i) {
        const std::optional<int32_t> to = is_missing(from.fields[0], i) ? std::nullopt : row_at(field.fields[0], from.fields[0], i);
        if (!to) return fail("leads nowhere in row " + std::to_string(first.rows() - 1));
        rows.add(*to);
      }
    }
  }
  first.add(rows.rows());
  LoadedColumn offsets = std::move(first).finish(field.name, {});
  LoadedColumn targets = std::move(rows).finish(field.name, {});
  LoadedMany out{{.link = field.name,
                  .first = static_cast<const int64_t*>(offsets.column.data),
                  .members = static_cast<const int32_t*>(targets.column.data),
                  .validity = nullptr},
                 std::move(offsets.memory)};
  out.memory.insert(out.memory.end(), targets.memory.begin(), targets.memory.end());
  std::move(known).finish(out.column.validity, out.memory);
  return out;
}

}  // namespace koshi::observatory
