#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <typeinfo>

#include "http/app.h"

namespace koshi::http {
namespace {

/// The name of a class as it is written, or as the compiler has it.
std::string kind_of(const std::exception& thrown) {
  const char* mangled = typeid(thrown).name();
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(mangled, nullptr, nullptr, &status), std::free);
  return status == 0 && name ? name.get() : mangled;
}

}  // namespace

std::string fault_text(const std::exception& thrown) {
  std::string out = kind_of(thrown) + ": ";
  char quote = 0;
  for (const char* at = thrown.what(); *at != 0 && out.size() < kFaultTextMax; ++at) {
    const char c = *at;
    const bool is_quote = c == '"' || c == '\'' || c == '`';
    if (quote != 0) {
      if (c == quote || (quote == '`' && c == '\'')) quote = 0;
      continue;
    }
    if (is_quote) {
      quote = c;
      out += "…";
    } else if (c >= '0' && c <= '9') {
      if (!out.ends_with('#')) out.push_back('#');
    } else if (c >= ' ' && c < 0x7F) {
      out.push_back(c);
    } else if (!out.ends_with('?')) {
      out.push_back('?');
    }
  }
  return out;
}

}  // namespace koshi::http
