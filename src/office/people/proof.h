#pragma once

#include <cstdint>

namespace koshi::people {

/// What somebody else says of how well he knew who signs in. Who does not say is taken to have asked for one thing only, such as a
/// password.
enum class Proof : uint8_t { kOneFactor, kSeveralFactors };

}  // namespace koshi::people
