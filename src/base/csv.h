#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// RFC 4180 tables with a header row, in UTF-8 (a byte-order mark is skipped), comma separated.
///
///   file   = header *( record ) ; record = field *( "," field ) line-end ; line-end = LF / CRLF
///            (the last line-end may be missing)
///   field  = *plain / DQUOTE *( any / 2DQUOTE ) DQUOTE ; plain = any but "," DQUOTE CR LF
namespace koshi {

struct CsvField {
  std::string text;
  int line = 0;    ///< 1-based line on which the field begins
  int column = 0;  ///< 1-based byte column
};

struct CsvTable {
  std::vector<CsvField> header;
  std::vector<std::vector<CsvField>> rows;  ///< each as long as the header
};

inline constexpr size_t kCsvMaxBytes = 64u << 20;
inline constexpr size_t kCsvMaxFields = 8u << 20;  ///< an empty field costs one byte of text and forty of memory

/// A caller may ask for less than the maxima, not for more.
struct CsvLimits {
  size_t bytes = kCsvMaxBytes;
  size_t fields = kCsvMaxFields;  ///< of the header and all rows together
};

/// Errors name line and column: an open quote, text after a closing quote, a quote or a lone CR in a plain field, a row
/// of another length, a repeated or empty header name, an invalid UTF-8 sequence, more than the limits. Linear in the
/// text.
Result<CsvTable> parse_csv(std::string_view text, CsvLimits limits = {});

/// The same grammar record by record, for tables of any length; whoever reads checks names and widths. Reads the text in place, which must
/// be UTF-8 and outlive the reader. Not thread-safe.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);

  std::string_view text() const { return text_; }  ///< without the byte-order mark
  /// At the beginning of a record: whether there is none.
  bool done() const { return at_ == text_.size(); }
  int line() const { return line_; }  ///< on which the next record begins
  /// The next record into `fields`, whose memory is used again. Errors: as parse_csv; more than `fields_max` fields.
  [[nodiscard]] Result<void> record(std::vector<CsvField>& fields, size_t fields_max);

 private:
  Result<CsvField> field();
  Result<void> read_plain(CsvField& out);
  Result<void> read_quoted(CsvField& out);
  int column() const { return static_cast<int>(at_ - line_start_) + 1; }
  bool at_field_end() const;
  void begin_line();
  void end_record();

  std::string_view text_;
  size_t at_ = 0;
  size_t line_start_ = 0;
  int line_ = 1;
};

/// Quotes when needed; parsing the result as one field gives `text` again.
std::string csv_field(std::string_view text);

/// The text with an apostrophe before it where a spreadsheet would take it for a formula: its first sign, apostrophes aside, is = + - @, a
/// tab or a carriage return.
std::string without_formula(std::string_view text);

/// One record, its fields quoted when needed.
void append_csv_record(std::string& out, const std::vector<std::string>& fields, std::string_view line_end = "\n");

}  // namespace koshi
