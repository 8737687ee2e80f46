#include "zan/syntax/source.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace koshi::zan {
namespace {

size_t line_begin(std::string_view text, size_t offset) {
  const size_t newline = text.substr(0, offset).rfind('\n');
  return newline == std::string_view::npos ? 0 : newline + 1;
}

}  // namespace

int32_t SourceMap::add(SourceFile file) {
  files_.push_back(std::move(file));
  return static_cast<int32_t>(files_.size()) - 1;
}

LineColumn SourceMap::locate(int32_t file_index, uint32_t offset) const {
  const std::string_view text = file(file_index).text;
  const size_t place = std::min<size_t>(offset, text.size());
  const std::string_view before = text.substr(0, place);
  const size_t begin = line_begin(text, place);
  return {.line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          .column = static_cast<int>(utf8_length(before.substr(begin))) + 1};
}

std::string_view SourceMap::line_text(int32_t file_index, uint32_t offset) const {
  const std::string_view text = file(file_index).text;
  const size_t place = std::min<size_t>(offset, text.size());
  const size_t begin = line_begin(text, place);
  std::string_view line = text.substr(begin, text.find('\n', place) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view whole = file(span.file).text;
  CHECK(span.begin <= span.end && span.end <= whole.size());
  return whole.substr(span.begin, span.end - span.begin);
}

}  // namespace koshi::zan
