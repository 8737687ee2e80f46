#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace koshi::zan {

inline std::string concat(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out;
}

/// As messages show a word that someone wrote: `word`.
inline std::string quoted(std::string_view word) {
  return concat({"`", word, "`"});
}

}  // namespace koshi::zan
