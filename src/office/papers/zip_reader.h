#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

/// A zip archive in memory, read within limits: the container of XLSX. Nothing is ever written to disk.
namespace koshi::papers {

struct ZipLimits {
  size_t entries = 2'000;
  size_t inflated_bytes = 128u << 20;  ///< of all reads of one ZipReader together, whatever the headers claim
};

/// Not for two threads at once.
class ZipReader {
 public:
  /// `bytes` must outlive the reader. Errors: not a zip, damaged, too many entries, a name given twice, an encrypted
  /// entry, a compression other than deflate.
  static Result<ZipReader> open(std::string_view bytes, const ZipLimits& limits);
  ZipReader(ZipReader&&) noexcept;
  ZipReader& operator=(ZipReader&&) noexcept;
  ~ZipReader();

  struct Place {
    size_t directory_offset = 0;
    size_t index = 0;
  };
  /// By name, in byte order.
  const std::map<std::string, Place, std::less<>>& entries() const { return entries_; }
  bool has(std::string_view name) const { return entries_.contains(name); }
  /// Errors: no such entry, a wrong checksum, beyond what is left of the limit.
  Result<std::string> read(std::string_view name);

 private:
  struct Source;
  ZipReader();
  Result<void> list(size_t entries_max);
  Result<void> add_current();

  std::unique_ptr<Source> source_;
  std::map<std::string, Place, std::less<>> entries_;
  size_t left_ = 0;
};

}  // namespace koshi::papers
