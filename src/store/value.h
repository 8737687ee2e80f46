#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What goes into a statement and what comes out of it: whole numbers of 64 bits, UTF-8 text without NUL, bytes, null.
/// No floating point, no dates of the engine: a date is text "YYYY-MM-DD" (KOSHI_SQL_IS_DATE in dialect.h).
namespace koshi::store {

enum class Type : uint8_t { kInteger, kText, kBlob };

struct Blob {
  std::string_view bytes;
};

/// A parameter. It only looks at text and bytes: they must live until the statement returns. A null has a type, because
/// PostgreSQL wants to know it: pass an empty std::optional. A bool or an unsigned 64-bit number does not convert.
class Value {
 public:
  template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char> && (std::signed_integral<T> || sizeof(T) < sizeof(int64_t)))
  Value(T value) : type_(Type::kInteger), integer_(value) {}  // NOLINT: implicit, so that {id, name} reads well
  template <std::convertible_to<std::string_view> T>
  Value(const T& text) : type_(Type::kText), bytes_(text) {}    // NOLINT
  Value(Blob blob) : type_(Type::kBlob), bytes_(blob.bytes) {}  // NOLINT
  template <typename T>
    requires std::constructible_from<Value, const T&>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value(T{})) {  // NOLINT
    null_ = !value.has_value();
  }
  Value(std::nullptr_t) = delete;

  Type type() const { return type_; }
  bool is_null() const { return null_; }
  int64_t integer() const { return integer_; }
  /// Text or bytes; data() is never null.
  std::string_view bytes() const { return bytes_.data() == nullptr ? std::string_view("", 0) : bytes_; }

 private:
  Type type_;
  bool null_ = false;
  int64_t integer_ = 0;
  std::string_view bytes_;
};

/// $1, $2, … in this order.
class Params {
 public:
  Params() = default;
  Params(std::initializer_list<Value> values) : values_(std::data(values), values.size()) {}
  Params(std::span<const Value> values) : values_(values) {}     // NOLINT
  Params(const std::vector<Value>& values) : values_(values) {}  // NOLINT

  size_t size() const { return values_.size(); }
  const Value& operator[](size_t i) const { return values_[i]; }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::span<const Value> values_;
};

class Rows;

/// A view of one row; columns count from 0. To ask for another type than the column has, or for the value of a null by
/// a function without "maybe", is a bug and hits CHECK: columns are typed on both engines, so the data cannot cause it.
class Row {
 public:
  Row(const Rows& rows, size_t index) : rows_(&rows), index_(index) {}

  size_t width() const;
  bool is_null(size_t column) const;
  int64_t integer(size_t column) const;
  std::string_view text(size_t column) const;
  std::string_view blob(size_t column) const;
  std::optional<int64_t> maybe_integer(size_t column) const;
  std::optional<std::string_view> maybe_text(size_t column) const;
  std::optional<std::string_view> maybe_blob(size_t column) const;

 private:
  const Rows* rows_;
  size_t index_;
};

/// A whole result, held in two allocations. Immutable once returned, so readable from any thread.
class Rows {
 public:
  size_t size() const { return width_ == 0 ? 0 : cells_.size() / width_; }
  bool empty() const { return cells_.empty(); }
  size_t width() const { return width_; }
  size_t byte_count() const { return bytes_.size(); }
  Row operator[](size_t index) const;

  class Iterator {
   public:
    Iterator(const Rows& rows, size_t index) : rows_(&rows), index_(index) {}
    Row operator*() const { return {*rows_, index_}; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const Rows* rows_;
    size_t index_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

  /// For the engines, which fill a row from left to right.
  void start(size_t width);
  void clear();
  void add_null();
  void add_integer(int64_t value);
  void add_bytes(Type type, std::string_view bytes);

 private:
  friend class Row;
  struct Cell {
    Type type;
    bool null;
    int64_t value;  ///< the number, or where the bytes begin
    size_t size;
  };
  const Cell& cell(size_t row, size_t column) const;

  size_t width_ = 0;
  std::vector<Cell> cells_;
  std::string bytes_;
};

}  // namespace koshi::store
