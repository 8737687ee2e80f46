#include "office/people/random.h"

#include <sodium.h>

#include "base/check.h"

namespace koshi::people {

RandomBytes system_random() {
  CHECK(sodium_init() >= 0);
  return [](std::span<std::byte> bytes) { randombytes_buf(bytes.data(), bytes.size()); };
}

}  // namespace koshi::people
