#include "observatory/tables/column_buffer.h"

#include "base/check.h"

namespace koshi::observatory {

void ValidityBuffer::forget(int64_t row) {
  // Padded to whole words, so that whoever reads by words stays inside.
  if (bits_ == nullptr) bits_ = std::make_shared<std::vector<uint8_t>>((static_cast<size_t>(rows_) / 512 + 1) * 64, uint8_t{0xFF});
  (*bits_)[static_cast<size_t>(row / 8)] &= static_cast<uint8_t>(~(1u << (row % 8)));
}

void ValidityBuffer::finish(const uint8_t*& validity, std::vector<std::shared_ptr<const void>>& memory) && {
  if (bits_ == nullptr) return;
  validity = bits_->data();
  memory.push_back(std::move(bits_));
}

Result<ColumnBuffer> ColumnBuffer::create(zan::Storage storage, int64_t rows, size_t number) {
  TRY(buffer, zan::Buffer::create(static_cast<size_t>(rows) * zan::width_bytes(storage), number));
  return ColumnBuffer(storage, rows, std::move(buffer));
}

ColumnBuffer::ColumnBuffer(zan::Storage storage, int64_t rows, zan::Buffer buffer)
    : storage_(storage), rows_(rows), buffer_(std::make_shared<zan::Buffer>(std::move(buffer))), validity_(rows) {}

void ColumnBuffer::add(int64_t value) {
  CHECK(at_ < rows_);
  switch (storage_) {
    case zan::Storage::kU8: buffer_->as<uint8_t>()[at_] = static_cast<uint8_t>(value); break;
    case zan::Storage::kU16: buffer_->as<uint16_t>()[at_] = static_cast<uint16_t>(value); break;
    case zan::Storage::kI32: buffer_->as<int32_t>()[at_] = static_cast<int32_t>(value); break;
    case zan::Storage::kI64: buffer_->as<int64_t>()[at_] = value; break;
  }
  ++at_;
}

void ColumnBuffer::add_unknown() {
  validity_.forget(at_);
  add(0);
}

LoadedColumn ColumnBuffer::finish(std::string path, const zan::Type& type) && {
  LoadedColumn out;
  out.column = {.path = std::move(path), .type = type, .storage = storage_, .data = buffer_->data(), .validity = nullptr, .bounds = {}};
  out.memory.push_back(std::move(buffer_));
  std::move(validity_).finish(out.column.validity, out.memory);
  return out;
}

}  // namespace koshi::observatory
