#pragma once

#include <string_view>

#include "zan/corpus/law.h"

/// How a text with a format is typed: what a browser may check and which keys it offers. The law's own word on the text is its format;
/// whether it holds is the office's to say (office/case/formats.h).
namespace koshi::http {

struct TextShape {
  std::string_view pattern;  ///< of HTML; empty: any
  std::string_view mode;     ///< inputmode
  int length = 0;            ///< characters at most; 0: any
};

constexpr TextShape shape_of(zan::TextFormat format) {
  switch (format) {
    case zan::TextFormat::kIin:
    case zan::TextFormat::kBin:
    case zan::TextFormat::kIinOrBin: return {"[0-9]{12}", "numeric", 12};
    case zan::TextFormat::kPassportMrz:
    case zan::TextFormat::kAny: return {};
  }
  return {};
}

}  // namespace koshi::http
