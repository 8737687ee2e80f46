#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "base/result.h"

namespace koshi {

/// "cannot read PATH: No such file or directory", for an error number of the system.
inline std::unexpected<Error> fail_on(const std::filesystem::path& path, std::string_view what, int error) {
  return fail("cannot " + std::string(what) + " " + path.string() + ": " + std::generic_category().message(error));
}

}  // namespace koshi
