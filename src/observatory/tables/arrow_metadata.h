#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "arrow_generated.h"
#include "base/result.h"
#include "observatory/tables/arrow_file.h"

/// Flatbuffers of an Arrow file as our own structures. Internal to this folder.
namespace koshi::observatory {

/// A copy at an even address: in the file metadata may lie anywhere, and reading it there would be undefined.
class Metadata {
 public:
  explicit Metadata(std::span<const std::byte> bytes);

  /// The table at its root once everything it refers to was found to lie within it. Errors: it does not.
  template <typename T>
  Result<const T*> root() const {
    flatbuffers::Verifier verifier(data(), size_, kNestedMax, kTablesMax);
    if (!verifier.VerifyBuffer<T>(nullptr)) return fail("its metadata is damaged");
    return flatbuffers::GetRoot<T>(data());
  }

 private:
  static constexpr flatbuffers::uoffset_t kNestedMax = 64;
  static constexpr flatbuffers::uoffset_t kTablesMax = 1u << 20;
  const uint8_t* data() const { return reinterpret_cast<const uint8_t*>(words_.data()); }

  std::vector<uint64_t> words_;
  size_t size_;
};

/// Whether structures lie where their numbers may be read: the verifier of flatbuffers looks where the list begins, not where its members
/// do. An empty list has none, and writers leave it where it comes.
template <typename T>
bool is_aligned(const flatbuffers::Vector<const T*>& list) {
  return list.size() == 0 || reinterpret_cast<uintptr_t>(list.Data()) % alignof(T) == 0;
}

using Notes = std::map<std::string, std::string>;
using KeyValues = flatbuffers::Vector<flatbuffers::Offset<arrow_format::KeyValue>>;

Notes notes_of(const KeyValues* pairs);
/// Errors: a field without a name or a type, too many of them, nested too deep, a union, a big-endian file.
Result<std::vector<ArrowField>> fields_of(const arrow_format::Schema& schema);

}  // namespace koshi::observatory
