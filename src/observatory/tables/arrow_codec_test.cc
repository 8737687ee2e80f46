#include "observatory/tables/arrow_codec.h"

#include <gtest/gtest.h>
#include <lz4frame.h>
#include <zstd.h>

#include <cstring>
#include <string>
#include <vector>

namespace koshi::observatory {
namespace {

std::string with_length(int64_t bytes, const std::string& packed) {
  std::string out(sizeof bytes, '\0');
  std::memcpy(out.data(), &bytes, sizeof bytes);
  return out + packed;
}

std::string lz4(const std::string& text) {
  std::string out(LZ4F_compressFrameBound(text.size(), nullptr), '\0');
  out.resize(LZ4F_compressFrame(out.data(), out.size(), text.data(), text.size(), nullptr));
  return out;
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
  return out;
}

std::string unpacked(Codec codec, const std::string& buffer) {
  const auto out = unpack(codec, std::as_bytes(std::span(buffer)));
  if (!out) return "error: " + out.error().message;
  return {reinterpret_cast<const char*>(out->view.data()), out->view.size()};
}

TEST(ArrowCodec, GivesBackWhatWasPacked) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i % 977);
  EXPECT_EQ(unpacked(Codec::kLz4Frame, with_length(static_cast<int64_t>(text.size()), lz4(text))), text);
  EXPECT_EQ(unpacked(Codec::kZstd, with_length(static_cast<int64_t>(text.size()), zstd(text))), text);
  EXPECT_EQ(unpacked(Codec::kZstd, with_length(-1, text)), text);
  EXPECT_EQ(unpacked(Codec::kNone, text), text);
  EXPECT_EQ(unpacked(Codec::kZstd, ""), "");
}

TEST(ArrowCodec, RefusesWhatIsDamagedOrABomb) {
  const std::string text(1000, 'x');
  for (const Codec codec : {Codec::kLz4Frame, Codec::kZstd}) {
    const std::string packed = codec == Codec::kZstd ? zstd(text) : lz4(text);
    EXPECT_EQ(unpacked(codec, with_length(999, packed)), "error: a compressed buffer is damaged");
    EXPECT_EQ(unpacked(codec, with_length(1001, packed)), "error: a compressed buffer is damaged");
    EXPECT_EQ(unpacked(codec, with_length(1000, packed.substr(0, packed.size() / 2))), "error: a compressed buffer is damaged");
    EXPECT_EQ(unpacked(codec, with_length(int64_t{1} << 40, packed)),
              "error: a compressed buffer says that it holds 1099511627776 bytes, which cannot be");
    EXPECT_EQ(unpacked(codec, with_length(-5, packed)), "error: a compressed buffer says that it holds -5 bytes, which cannot be");
  }
  EXPECT_EQ(unpacked(Codec::kZstd, "1234567"), "error: a compressed buffer is cut short");
}

}  // namespace
}  // namespace koshi::observatory
