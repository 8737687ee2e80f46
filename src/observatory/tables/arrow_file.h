#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"

/// An Apache Arrow file (also called Feather version 2) as arrays in memory, whatever they mean.
///
///   file    = "ARROW1" 2*zero *message footer i32:bytes-of-footer "ARROW1"
///   message = u32:0xFFFFFFFF i32:bytes-of-metadata metadata body
///
/// Metadata and footer are flatbuffers (arrow.fbs). The footer says where each message lies. The file is mapped, so that a column of
/// people that lies in it whole is used where it lies; compressed buffers (LZ4 frames, Zstandard) are unpacked.
namespace koshi::observatory {

inline constexpr size_t kArrowMetadataMax = 16u << 20;  ///< bytes of one message's metadata or of the footer
inline constexpr size_t kArrowFieldsMax = 4096;         ///< with all that they contain
inline constexpr int kArrowDepthMax = 8;
inline constexpr size_t kArrowBatchesMax = 1u << 20;
inline constexpr size_t kArrowWordsMax = 65'536;  ///< of one dictionary

enum class ArrowKind : uint8_t { kInt, kBool, kDays, kMilliseconds, kDecimal, kText, kLargeText, kList, kLargeList, kUnread };

/// The type in which the values lie: of a column with words, that of their numbers.
struct ArrowType {
  ArrowKind kind = ArrowKind::kUnread;
  int bits = 0;  ///< of whole numbers and decimals
  bool is_signed = true;
  int scale = 0;  ///< decimals: the value is the number / 10^scale
  /// How many buffers an array of the type has, and whether arrays of its fields follow. Known for unread types too: they are passed over.
  int buffers = 2;
};

struct ArrowField {
  std::string name = {};
  ArrowType type = {};
  bool has_words = false;     ///< a dictionary: values are numbers of words
  ArrowType words_type = {};  ///< of the dictionary; only texts are read into `words`
  std::vector<std::string> words = {};
  std::map<std::string, std::string> notes = {};  ///< the field's own metadata
  std::vector<ArrowField> fields = {};            ///< of lists and structs
  std::string type_name = {};                     ///< for messages: "a list", "whole numbers of 16 bits"
  int64_t dictionary = -1;
};

/// Views into the file, or into what was unpacked of it; checked to be as long as `rows` asks.
struct ArrowArray {
  int64_t rows = 0;
  int64_t nulls = 0;
  std::span<const std::byte> validity = {};  ///< empty: no value is missing
  std::span<const std::byte> offsets = {};   ///< of texts and lists: rows + 1 ascending numbers, within what they point into
  std::span<const std::byte> values = {};
  std::vector<ArrowArray> fields = {};
};

struct ArrowBatch {
  int64_t rows = 0;
  std::vector<ArrowArray> arrays;  ///< one a field
};

/// Immutable once open, so any thread may read it; the views live as long as the file.
class ArrowFile {
 public:
  /// Errors, with the path: not such a file, cut short, offsets that lead out of it, lengths that contradict each other, a big-endian or
  /// too large one, a compression or a type (union) that is not read.
  static Result<ArrowFile> open(const std::filesystem::path& path);

  const std::vector<ArrowField>& fields() const { return fields_; }
  const std::map<std::string, std::string>& notes() const { return notes_; }
  const std::vector<ArrowBatch>& batches() const { return batches_; }
  int64_t rows() const { return rows_; }

 private:
  friend class ArrowReader;
  MappedFile file_;
  std::vector<std::unique_ptr<std::byte[]>> unpacked_;
  std::vector<ArrowField> fields_;
  std::map<std::string, std::string> notes_;
  std::vector<ArrowBatch> batches_;
  int64_t rows_ = 0;
};

}  // namespace koshi::observatory
