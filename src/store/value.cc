#include "store/value.h"

#include "base/check.h"

namespace koshi::store {

size_t Row::width() const {
  return rows_->width();
}

bool Row::is_null(size_t column) const {
  return rows_->cell(index_, column).null;
}

int64_t Row::integer(size_t column) const {
  const auto value = maybe_integer(column);
  CHECK(value.has_value());
  return *value;
}

std::string_view Row::text(size_t column) const {
  const auto value = maybe_text(column);
  CHECK(value.has_value());
  return *value;
}

std::string_view Row::blob(size_t column) const {
  const auto value = maybe_blob(column);
  CHECK(value.has_value());
  return *value;
}

std::optional<int64_t> Row::maybe_integer(size_t column) const {
  const Rows::Cell& cell = rows_->cell(index_, column);
  if (cell.null) return std::nullopt;
  CHECK(cell.type == Type::kInteger);
  return cell.value;
}

std::optional<std::string_view> Row::maybe_text(size_t column) const {
  const Rows::Cell& cell = rows_->cell(index_, column);
  if (cell.null) return std::nullopt;
  CHECK(cell.type == Type::kText);
  return std::string_view(rows_->bytes_).substr(static_cast<size_t>(cell.value), cell.size);
}

std::optional<std::string_view> Row::maybe_blob(size_t column) const {
  const Rows::Cell& cell = rows_->cell(index_, column);
  if (cell.null) return std::nullopt;
  CHECK(cell.type == Type::kBlob);
  return std::string_view(rows_->bytes_).substr(static_cast<size_t>(cell.value), cell.size);
}

Row Rows::operator[](size_t index) const {
  CHECK(index < size());
  return {*this, index};
}

const Rows::Cell& Rows::cell(size_t row, size_t column) const {
  CHECK(column < width_ && row < size());
  return cells_[row * width_ + column];
}

void Rows::start(size_t width) {
  CHECK(cells_.empty());
  width_ = width;
}

void Rows::clear() {
  cells_.clear();
  bytes_.clear();
}

void Rows::add_null() {
  cells_.push_back({Type::kInteger, true, 0, 0});
}

void Rows::add_integer(int64_t value) {
  cells_.push_back({Type::kInteger, false, value, 0});
}

void Rows::add_bytes(Type type, std::string_view bytes) {
  cells_.push_back({type, false, static_cast<int64_t>(bytes_.size()), bytes.size()});
  bytes_.append(bytes);
}

}  // namespace koshi::store
