#include "zan/syntax/diagnostic.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "zan/syntax/characters.h"
#include "zan/syntax/spelling.h"

namespace koshi::zan {
namespace {

/// Code points of a line that are shown; of a longer line, the part around the place.
constexpr size_t kShownColumns = 160;
constexpr size_t kShownBefore = 100;

/// The line as one column for each code point, safe to print anywhere.
std::vector<std::string> columns_of(std::string_view line, size_t limit) {
  std::vector<std::string> columns;
  for (size_t at = 0; at < line.size() && columns.size() < limit;) {
    const CodePoint point = code_point_at(line, at);
    const size_t length = point.length == 0 ? 1 : point.length;
    if (point.length == 0) {
      columns.emplace_back("\ufffd");
    } else if (point.value == '\t') {
      columns.emplace_back(" ");
    } else if (point.value < 0x20 || point.value == 0x7f || (point.value >= 0x2028 && point.value <= 0x202e)) {
      columns.emplace_back("\ufffd");
    } else {
      columns.emplace_back(line.substr(at, length));
    }
    at += length;
  }
  return columns;
}

void append_snippet(std::string& out, const SourceMap& sources, Span span) {
  const LineColumn place = sources.locate(span.file, span.begin);
  const std::string_view line = sources.line_text(span.file, span.begin);
  const size_t column = static_cast<size_t>(place.column) - 1;
  const size_t first = column > kShownColumns - 20 ? column - kShownBefore : 0;
  const std::vector<std::string> columns = columns_of(line, first + kShownColumns + 1);

  const bool cut = columns.size() > first + kShownColumns;
  const size_t shown_end = std::min(columns.size(), first + kShownColumns);
  std::string shown = first > 0 ? "…" : "";
  for (size_t i = first; i < shown_end; ++i) shown += columns[i];
  if (cut) shown += "…";

  // A place that runs over several lines is underlined to the end of its first line.
  const std::string_view all = sources.file(span.file).text;
  const size_t begin = std::min<size_t>(span.begin, all.size());
  const size_t end = std::min<size_t>(std::max(span.end, span.begin), all.size());
  std::string_view covered = all.substr(begin, end - begin);
  covered = covered.substr(0, covered.find('\n'));
  const size_t room = shown_end > column ? shown_end - column : 1;
  const size_t width = std::clamp<size_t>(utf8_length(covered), 1, room);

  const size_t margin = column - first + (first > 0 ? 1 : 0);
  std::string number = std::to_string(place.line);
  if (number.size() < 5) number.insert(0, 5 - number.size(), ' ');
  out += concat({number, " | ", shown, "\n"});
  out += concat({"      | ", std::string(margin, ' '), std::string(width, '^'), "\n"});
}

std::string place_text(const SourceMap& sources, Span span) {
  const LineColumn place = sources.locate(span.file, span.begin);
  return concat({sources.file(span.file).path, ":", std::to_string(place.line), ":", std::to_string(place.column)});
}

bool is_somewhere(const SourceMap& sources, Span span) {
  return span.file >= 0 && static_cast<size_t>(span.file) < sources.size();
}

auto order_key(const Diagnostic& d) {
  return std::tie(d.span.file, d.span.begin, d.span.end, d.severity, d.message);
}

bool same_note(const Note& a, const Note& b) {
  return a.span == b.span && a.text == b.text;
}

}  // namespace

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

void sort_diagnostics(Diagnostics& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return order_key(a) < order_key(b); });
  const auto equal = [](const Diagnostic& a, const Diagnostic& b) {
    return order_key(a) == order_key(b) && std::equal(a.notes.begin(), a.notes.end(), b.notes.begin(), b.notes.end(), same_note);
  };
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), equal), diagnostics.end());
}

std::string render(const SourceMap& sources, const Diagnostic& diagnostic) {
  const std::string_view severity = diagnostic.severity == Severity::kError ? "error" : "warning";
  std::string out;
  if (!is_somewhere(sources, diagnostic.span)) {
    out += concat({severity, ": ", diagnostic.message, "\n"});
  } else {
    out += concat({place_text(sources, diagnostic.span), ": ", severity, ": ", diagnostic.message, "\n"});
    append_snippet(out, sources, diagnostic.span);
  }
  for (const Note& note : diagnostic.notes) {
    if (!is_somewhere(sources, note.span)) {
      out += concat({"      = ", note.text, "\n"});
      continue;
    }
    out += concat({"      = ", note.text, ": ", place_text(sources, note.span), "\n"});
    append_snippet(out, sources, note.span);
  }
  return out;
}

std::string render(const SourceMap& sources, const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!out.empty()) out += '\n';
    out += render(sources, diagnostic);
  }
  return out;
}

}  // namespace koshi::zan
