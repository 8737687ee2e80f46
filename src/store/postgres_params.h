#pragma once

#include <endian.h>

#include <string>
#include <vector>

#include "store/value.h"

namespace koshi::store {

/// Parameters in PostgreSQL's binary form, by value: a statement may wait with them.
class PackedParams {
 public:
  explicit PackedParams(Params params) {
    for (const Value& value : params) add(value);
  }

  int count() const { return static_cast<int>(sizes_.size()); }
  const int* sizes() const { return sizes_.data(); }
  /// Valid until this goes or is moved.
  std::vector<const char*> values() const {
    std::vector<const char*> values;
    for (size_t i = 0; i < sizes_.size(); ++i) values.push_back(is_null_[i] ? nullptr : bytes_.data() + offsets_[i]);
    return values;
  }

 private:
  void add(const Value& value) {
    offsets_.push_back(bytes_.size());
    is_null_.push_back(value.is_null());
    if (value.is_null()) {
    } else if (value.type() == Type::kInteger) {
      const uint64_t number = htobe64(static_cast<uint64_t>(value.integer()));
      bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
    } else {
      bytes_.append(value.bytes());
    }
    sizes_.push_back(static_cast<int>(bytes_.size() - offsets_.back()));
  }

  std::string bytes_;
  std::vector<size_t> offsets_;
  std::vector<int> sizes_;
  std::vector<bool> is_null_;
};

}  // namespace koshi::store
