#include "zan/corpus/value.h"

#include <algorithm>

#include "base/check.h"

namespace koshi::zan {

Value Value::text(std::string text) {
  Value value(Kind::kText, -1, 0);
  value.payload_ = std::make_shared<const Payload>(Payload{std::move(text), {}});
  return value;
}

Value Value::set(int16_t of, Bits bits) {
  Value value(Kind::kSet, of, 0);
  value.payload_ = std::make_shared<const Payload>(Payload{{}, std::move(bits)});
  return value;
}

bool Value::operator==(const Value& other) const {
  if (kind_ != other.kind_ || of_ != other.of_ || number_ != other.number_) return false;
  if (kind_ == Kind::kText) return payload_->text == other.payload_->text;
  if (kind_ == Kind::kSet) return payload_->bits == other.payload_->bits;
  return true;
}

bool has_bit(const Bits& bits, int64_t index) {
  const size_t word = static_cast<size_t>(index) / 64;
  return word < bits.size() && (bits[word] >> (index % 64) & 1) != 0;
}

void set_bit(Bits& bits, int64_t index) {
  const size_t word = static_cast<size_t>(index) / 64;
  CHECK(word < bits.size());
  bits[word] |= uint64_t{1} << (index % 64);
}

bool is_empty(const Bits& bits) {
  return std::ranges::all_of(bits, [](uint64_t word) { return word == 0; });
}

}  // namespace koshi::zan
