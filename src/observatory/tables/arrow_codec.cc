#include "observatory/tables/arrow_codec.h"

#include <lz4frame.h>
#include <zstd.h>

#include <cstring>
#include <new>
#include <string>

namespace koshi::observatory {
namespace {

bool unpack_zstd(std::span<const std::byte> packed, std::byte* out, size_t bytes) {
  return ZSTD_decompress(out, bytes, packed.data(), packed.size()) == bytes;
}

bool unpack_lz4(std::span<const std::byte> packed, std::byte* out, size_t bytes) {
  LZ4F_dctx* raw = nullptr;
  if (LZ4F_isError(LZ4F_createDecompressionContext(&raw, LZ4F_VERSION)) != 0) return false;
  const std::unique_ptr<LZ4F_dctx, LZ4F_errorCode_t (*)(LZ4F_dctx*)> context(raw, LZ4F_freeDecompressionContext);
  size_t done = 0;
  size_t hint = 1;
  // Each turn takes or gives something, or the frame is cut short.
  while (hint != 0) {
    size_t given = bytes - done;
    size_t taken = packed.size();
    hint = LZ4F_decompress(context.get(), out + done, &given, packed.data(), &taken, nullptr);
    if (LZ4F_isError(hint) != 0 || (given == 0 && taken == 0)) return false;
    done += given;
    packed = packed.subspan(taken);
  }
  return done == bytes;
}

}  // namespace

Result<Unpacked> unpack(Codec codec, std::span<const std::byte> buffer) {
  if (codec == Codec::kNone || buffer.empty()) return Unpacked{nullptr, buffer};
  int64_t bytes = 0;
  if (buffer.size() < sizeof bytes) return fail("a compressed buffer is cut short");
  std::memcpy(&bytes, buffer.data(), sizeof bytes);
  const auto packed = buffer.subspan(sizeof bytes);
  if (bytes == -1) return Unpacked{nullptr, packed};
  const auto size = static_cast<size_t>(bytes);
  if (bytes < 0 || size > kUnpackedMax || size / kUnpackedRatioMax > packed.size()) {
    return fail("a compressed buffer says that it holds " + std::to_string(bytes) + " bytes, which cannot be");
  }
  std::unique_ptr<std::byte[]> out(new (std::nothrow) std::byte[size]);
  if (out == nullptr) return fail("no memory for a buffer of " + std::to_string(bytes) + " bytes");
  const bool whole = codec == Codec::kZstd ? unpack_zstd(packed, out.get(), size) : unpack_lz4(packed, out.get(), size);
  if (!whole) return fail("a compressed buffer is damaged");
  const std::span<const std::byte> view(out.get(), size);
  return Unpacked{std::move(out), view};
}

}  // namespace koshi::observatory
