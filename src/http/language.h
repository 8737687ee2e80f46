#pragma once

#include <optional>
#include <string_view>

#include "words/words.h"

namespace koshi::http {

/// The language of ours that an Accept-Language header (RFC 9110, 12.5.4) likes best; English when it names none. Regions are ignored
/// ("ru-KZ" is Russian), equal weights go to the first. At most kMaxLanguageRanges ranges are read.
///   header = range [ ";q=" weight ] *( "," range [ ";q=" weight ] )
words::Language negotiate_language(std::string_view accept_language);

inline constexpr int kMaxLanguageRanges = 32;

}  // namespace koshi::http
