#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"

/// Types and values of the legal language.
namespace koshi::zan {

enum class Kind : uint8_t { kNone, kYesNo, kWhole, kDecimal, kMoney, kDate, kDays, kText, kEnum, kSet };

/// `of` is the enum's index for kEnum and kSet, else -1. `or_none`: the value may be known to be absent.
struct Type {
  Kind kind = Kind::kNone;
  bool or_none = false;
  int16_t of = -1;
  bool operator==(const Type&) const = default;
};

/// Members of one enum as bits; as long as the enum has members, rounded up to 64.
using Bits = std::vector<uint64_t>;

/// A known value. `kNone` is "known to be absent"; unknown is never a Value. Cheap to copy; immutable.
class Value {
 public:
  Value() = default;  ///< none
  static Value none() { return {}; }
  static Value yes_no(bool yes) { return {Kind::kYesNo, -1, yes ? 1 : 0}; }
  static Value whole(int64_t n) { return {Kind::kWhole, -1, n}; }
  static Value decimal(Decimal d) { return {Kind::kDecimal, -1, d.units}; }
  static Value money(Money m) { return {Kind::kMoney, -1, m.tiyn}; }
  static Value date(Date d) { return {Kind::kDate, -1, d.days}; }
  static Value days(int64_t n) { return {Kind::kDays, -1, n}; }
  static Value member(int16_t of, int64_t index) { return {Kind::kEnum, of, index}; }
  static Value text(std::string text);
  static Value set(int16_t of, Bits bits);

  Kind kind() const { return kind_; }
  int16_t of() const { return of_; }
  bool is_none() const { return kind_ == Kind::kNone; }
  bool is_yes() const { return kind_ == Kind::kYesNo && number_ != 0; }
  int64_t number() const { return number_; }  ///< whole, units, tiyn, days, member index, 0/1
  Decimal as_decimal() const { return {number_}; }
  Money as_money() const { return {number_}; }
  Date as_date() const { return {static_cast<int32_t>(number_)}; }
  const std::string& as_text() const { return payload_->text; }
  const Bits& bits() const { return payload_->bits; }

  bool operator==(const Value& other) const;

 private:
  struct Payload {
    std::string text;
    Bits bits;
  };
  Value(Kind kind, int16_t of, int64_t number) : kind_(kind), of_(of), number_(number) {}

  Kind kind_ = Kind::kNone;
  int16_t of_ = -1;
  int64_t number_ = 0;
  std::shared_ptr<const Payload> payload_;
};

bool has_bit(const Bits& bits, int64_t index);
void set_bit(Bits& bits, int64_t index);
bool is_empty(const Bits& bits);

}  // namespace koshi::zan
