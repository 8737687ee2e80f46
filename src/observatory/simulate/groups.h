#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "zan/columns/table.h"

/// Which group a row belongs to. Internal to this folder.
namespace koshi::observatory {

class Groups {
 public:
  /// Problems: facts that are no columns, or of a type with too many values.
  static std::expected<Groups, std::vector<std::string>> create(const zan::Corpus& corpus, const zan::Population& population,
                                                                const zan::Table& table, const std::vector<std::string>& by);

  size_t count() const { return count_; }
  size_t of(int64_t row) const;
  std::vector<std::string> labels(size_t group) const;

 private:
  /// One fact: the code of a row is its value, then none, then unknown.
  struct Axis {
    const zan::Column* column = nullptr;
    const int32_t* through = nullptr;
    std::vector<std::string> labels;
  };
  static constexpr size_t kNone = 2, kUnknown = 1;  ///< from the end of labels

  static Result<Axis> find_axis(const zan::Corpus& corpus, const zan::Population& population, const zan::Table& table,
                                const std::string& path);
  static size_t code(const Axis& axis, int64_t row);

  std::vector<Axis> axes_;
  size_t count_ = 1;
};

}  // namespace koshi::observatory
