#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The texts of a corpus and places in them.
namespace koshi::zan {

/// A place: bytes [begin, end) of the file with index `file`. A default Span means "nowhere".
struct Span {
  int32_t file = -1;
  uint32_t begin = 0;
  uint32_t end = 0;
  bool operator==(const Span&) const = default;
};

/// One text. `path` is relative to the law folder, with '/' between its parts; this is what diagnostics show.
struct SourceFile {
  std::string path;
  std::string text;
};

struct LineColumn {
  int line;    ///< 1-based
  int column;  ///< 1-based, in code points
};

/// Append-only list of texts; indices stay valid.
class SourceMap {
 public:
  int32_t add(SourceFile file);
  const SourceFile& file(int32_t index) const { return files_.at(static_cast<size_t>(index)); }
  size_t size() const { return files_.size(); }
  LineColumn locate(int32_t file, uint32_t offset) const;
  /// The whole line that contains the offset, without its end.
  std::string_view line_text(int32_t file, uint32_t offset) const;
  std::string_view text(Span span) const;

 private:
  std::vector<SourceFile> files_;
};

}  // namespace koshi::zan
