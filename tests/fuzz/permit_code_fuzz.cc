#include "base/check.h"
#include "base/text.h"
#include "office/papers/permit_code.h"

/// Codes that somebody holds before a telephone. None is believed but one that the office signed; and of those, exactly its spelling.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace koshi;
  const std::array<uint8_t, 32> seed{7};
  static const papers::CodeKey key{"2026-1", papers::ed25519_public_key(seed)};
  static const papers::PermitFacts facts{"KZ-75/1", "A. Karimov", "second", "KZ-75", *make_date(2026, 3, 2), *make_date(2027, 3, 1),
                                         "akimat",  "2026-1"};
  static const std::string good = papers::make_permit_code(facts, papers::ed25519_signer(seed)).value();
  const std::string_view code(reinterpret_cast<const char*>(data), size);
  const auto read = papers::verify_permit_code(code, {&key, 1});
  CHECK(!read || code == good);
  if (!read) CHECK(!read.error().message.empty() && is_valid_utf8(read.error().message));
  // A mutation of the good one, at a place and to a byte that the input says: never believed either.
  if (size >= 3) {
    std::string bent = good;
    char& byte = bent[(data[0] * 256u + data[1]) % bent.size()];
    const bool same = byte == static_cast<char>(data[2]);
    byte = static_cast<char>(data[2]);
    CHECK(papers::verify_permit_code(bent, {&key, 1}).has_value() == same);
  }
  // What has the right form but no good signature: fields are read, and refused.
  (void)papers::verify_permit_code("KOSHI1." + std::string(code), {&key, 1});
  return 0;
}
