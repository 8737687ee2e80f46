#include "base/check.h"
#include "base/text.h"
#include "office/papers/content_type.h"

/// Documents that people attach: PDF, pictures, workbooks, text. Whatever comes in, it is told what it is and ends.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace koshi;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const papers::ContentType type = papers::content_type(bytes);
  CHECK(!papers::media_type(type).empty());
  const auto upload = papers::inspect_upload(bytes);
  if (!upload) {
    CHECK(!upload.error().message.empty() && is_valid_utf8(upload.error().message));
    return 0;
  }
  CHECK(upload->type != papers::ContentType::kUnknown && upload->bytes == size && upload->address.size() == 64);
  return 0;
}
