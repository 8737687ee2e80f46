#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "observatory/tables/arrow_column.h"
#include "zan/columns/table.h"

/// Columns that grow value by value to a length known before. Internal to this folder.
namespace koshi::observatory {

/// All known until one is forgotten.
class ValidityBuffer {
 public:
  explicit ValidityBuffer(int64_t rows) : rows_(rows) {}
  void forget(int64_t row);
  /// Leaves `validity` null when every row is known.
  void finish(const uint8_t*& validity, std::vector<std::shared_ptr<const void>>& memory) &&;

 private:
  int64_t rows_;
  std::shared_ptr<std::vector<uint8_t>> bits_;
};

class ColumnBuffer {
 public:
  /// Room for `rows`. `number`: of the column in its table, so that columns do not all begin at the same place of a page. Errors: out of
  /// memory.
  static Result<ColumnBuffer> create(zan::Storage storage, int64_t rows, size_t number);

  int64_t rows() const { return at_; }
  /// The value fits the storage.
  void add(int64_t value);
  void add_unknown();
  LoadedColumn finish(std::string path, const zan::Type& type) &&;

 private:
  ColumnBuffer(zan::Storage storage, int64_t rows, zan::Buffer buffer);

  zan::Storage storage_;
  int64_t rows_;
  int64_t at_ = 0;
  std::shared_ptr<zan::Buffer> buffer_;
  ValidityBuffer validity_;
};

}  // namespace koshi::observatory
