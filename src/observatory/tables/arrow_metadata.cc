#include "observatory/tables/arrow_metadata.h"

#include <cstring>

namespace koshi::observatory {
namespace {

namespace format = arrow_format;

ArrowType whole_type(const format::Int& type) {
  return {.kind = ArrowKind::kInt, .bits = type.bits(), .is_signed = type.is_signed()};
}

/// The type of a field without words.
ArrowType plain_type(const format::Field& field) {
  using format::Type;
  switch (field.type_type()) {
    case Type::Int: return whole_type(*field.type_as_Int());
    case Type::Bool: return {.kind = ArrowKind::kBool};
    case Type::Date: {
      const bool days = field.type_as_Date()->unit() == format::DateUnit::Day;
      return {.kind = days ? ArrowKind::kDays : ArrowKind::kMilliseconds};
    }
    case Type::Decimal:
      return {.kind = ArrowKind::kDecimal, .bits = field.type_as_Decimal()->bits(), .scale = field.type_as_Decimal()->scale()};
    case Type::Utf8: return {.kind = ArrowKind::kText, .buffers = 3};
    case Type::LargeUtf8: return {.kind = ArrowKind::kLargeText, .buffers = 3};
    case Type::List: return {.kind = ArrowKind::kList};
    case Type::LargeList: return {.kind = ArrowKind::kLargeList};
    case Type::Binary:
    case Type::LargeBinary: return {.buffers = 3};
    case Type::NullType: return {.buffers = 0};
    case Type::Struct:
    case Type::FixedSizeList: return {.buffers = 1};
    default: return {};
  }
}

std::string type_name(const ArrowField& field, const format::Field& from) {
  if (field.has_words) return "words";
  switch (field.type.kind) {
    case ArrowKind::kInt:
      return (field.type.is_signed ? "whole numbers of " : "unsigned whole numbers of ") + std::to_string(field.type.bits) + " bits";
    case ArrowKind::kBool: return "yes/no";
    case ArrowKind::kDays:
    case ArrowKind::kMilliseconds: return "dates";
    case ArrowKind::kDecimal: return "decimals";
    case ArrowKind::kText:
    case ArrowKind::kLargeText: return "text";
    case ArrowKind::kList:
    case ArrowKind::kLargeList: return "lists";
    case ArrowKind::kUnread: return std::string("Arrow's ") + format::EnumNameType(from.type_type());
  }
  return {};
}

/// Depth first: fields of fields count too, so that neither their number nor their depth is without a limit.
class FieldReader {
 public:
  using Fields = flatbuffers::Vector<flatbuffers::Offset<format::Field>>;

  Result<std::vector<ArrowField>> read(const Fields* fields, int depth) {
    std::vector<ArrowField> out;
    if (fields == nullptr) return out;
    if (depth == kArrowDepthMax) return fail("its columns are nested deeper than " + std::to_string(kArrowDepthMax));
    for (const format::Field* field : *fields) {
      if (++count_ > kArrowFieldsMax) return fail("it has more than " + std::to_string(kArrowFieldsMax) + " columns");
      TRY(next, one(*field, depth));
      out.push_back(std::move(next));
    }
    return out;
  }

 private:
  Result<ArrowField> one(const format::Field& from, int depth) {
    ArrowField out;
    if (from.name() != nullptr) out.name = from.name()->str();
    out.notes = notes_of(from.custom_metadata());
    if (from.type() == nullptr) return fail("its column " + out.name + " has no type");
    if (from.type_type() == format::Type::Union) return fail("its column " + out.name + " is a union, which is not read; leave it out");
    if (const format::DictionaryEncoding* words = from.dictionary()) {
      if (words->index_type() == nullptr) return fail("its column " + out.name + " has words without numbers");
      out.has_words = true;
      out.dictionary = words->id();
      out.type = whole_type(*words->index_type());
      out.words_type = plain_type(from);
      out.type_name = type_name(out, from);
      return out;
    }
    out.type = plain_type(from);
    out.type_name = type_name(out, from);
    TRY(fields, read(from.children(), depth + 1));
    out.fields = std::move(fields);
    const bool is_list = out.type.kind == ArrowKind::kList || out.type.kind == ArrowKind::kLargeList;
    if (is_list && out.fields.size() != 1) return fail("its column " + out.name + " is a list of no one type");
    return out;
  }

  size_t count_ = 0;
};

}  // namespace

Metadata::Metadata(std::span<const std::byte> bytes) : words_(bytes.size() / sizeof(uint64_t) + 1), size_(bytes.size()) {
  if (!bytes.empty()) std::memcpy(words_.data(), bytes.data(), bytes.size());
}

Notes notes_of(const KeyValues* pairs) {
  Notes out;
  if (pairs == nullptr) return out;
  for (const format::KeyValue* pair : *pairs) {
    if (pair->key() != nullptr && pair->value() != nullptr) out.emplace(pair->key()->str(), pair->value()->str());
  }
  return out;
}

Result<std::vector<ArrowField>> fields_of(const format::Schema& schema) {
  if (schema.endianness() != format::Endianness::Little) return fail("it is big-endian, which is not read");
  return FieldReader().read(schema.fields(), 0);
}

}  // namespace koshi::observatory
