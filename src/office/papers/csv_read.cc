#include <algorithm>
#include <array>

#include "base/text.h"
#include "office/papers/table_builder.h"
#include "office/papers/table_read.h"
#include "office/papers/windows1251.h"

/// CSV as people send it. base/csv.h reads the tables of the law, which we write: one separator, one encoding, the first
/// error only. Here every problem is found and the rest is still read.
///
///   file   = [BOM] ["sep=" separator line-end] record *( line-end record ) [line-end]
///   record = field *( separator field )                separator = "," / ";" / TAB, the same in the whole file
///   field  = *plain / DQUOTE *( any / 2DQUOTE ) DQUOTE line-end = LF / CRLF / CR
///
/// A quote inside a plain field is taken as it stands, as spreadsheets do. Separators, quotes and line ends are the same
/// bytes in UTF-8 and in windows-1251, so that each field is decoded after it was found.
namespace koshi::papers {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSeparators = ",;\t";
constexpr std::string_view kSeparatorLine = "sep=";

enum class Encoding : uint8_t { kUtf8, kWindows1251 };

/// A text that has more good UTF-8 sequences than bad bytes is UTF-8 with damaged cells.
Encoding guess_encoding(std::string_view text) {
  size_t good = 0;
  size_t bad = 0;
  while (!text.empty()) {
    const std::string_view valid = text.substr(0, valid_utf8_prefix(text));
    good += static_cast<size_t>(std::ranges::count_if(valid, [](char c) { return static_cast<unsigned char>(c) >= 0xC0; }));
    text.remove_prefix(valid.size());
    if (text.empty()) break;
    ++bad;
    text.remove_prefix(1);
  }
  return bad == 0 || good > bad ? Encoding::kUtf8 : Encoding::kWindows1251;
}

/// The most frequent in the first record, outside quotes; the comma when there is none.
char guess_separator(std::string_view text) {
  std::array<size_t, kSeparators.size()> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    const size_t which = kSeparators.find(c);
    if (which != std::string_view::npos) ++counts[which];
  }
  return kSeparators[static_cast<size_t>(std::ranges::max_element(counts) - counts.begin())];
}

/// write_csv puts one before a text that begins with a formula sign, or with apostrophes and then one.
std::string_view without_apostrophe(std::string_view text) {
  const size_t sign = text.find_first_not_of('\'');
  const bool put = sign != std::string_view::npos && sign > 0 && std::string_view("=+-@\t\r").contains(text[sign]);
  return put ? text.substr(1) : text;
}

class CsvReader {
 public:
  CsvReader(std::string_view text, Encoding encoding, TableBuilder& builder) : text_(text), encoding_(encoding), builder_(builder) {}

  Result<void> read();

 private:
  void skip_separator_line();
  Result<void> field();
  Result<void> quoted_field();
  Result<void> take(std::string_view raw);
  void next();
  bool done() const { return at_ == text_.size(); }
  size_t field_end(size_t from) const;

  std::string_view text_;
  Encoding encoding_;
  TableBuilder& builder_;
  char separator_ = ',';
  size_t at_ = 0;
  CellAddress cell_;
};

Result<void> CsvReader::read() {
  separator_ = guess_separator(text_);
  skip_separator_line();
  while (!done()) {
    TRY_DO(text_[at_] == '"' ? quoted_field() : field());
    next();
  }
  return {};
}

void CsvReader::skip_separator_line() {
  if (!text_.starts_with(kSeparatorLine) || text_.size() <= kSeparatorLine.size()) return;
  const char given = text_[kSeparatorLine.size()];
  const std::string_view rest = text_.substr(kSeparatorLine.size() + 1);
  const size_t line_end = rest.starts_with("\r\n") ? 2 : 1;
  if (!kSeparators.contains(given) || (!rest.empty() && rest[0] != '\n' && rest[0] != '\r')) return;
  separator_ = given;
  text_ = rest.substr(std::min(line_end, rest.size()));
}

size_t CsvReader::field_end(size_t from) const {
  const char ends[] = {separator_, '\n', '\r', '\0'};
  return std::min(text_.find_first_of(ends, from, 3), text_.size());
}

Result<void> CsvReader::field() {
  const size_t end = field_end(at_);
  const std::string_view raw = text_.substr(at_, end - at_);
  at_ = end;
  return take(raw);
}

Result<void> CsvReader::quoted_field() {
  std::string raw;
  ++at_;
  while (true) {
    const size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) {
      at_ = text_.size();
      builder_.problem(cell_, TableFault::kQuote,
                       "the quote that opens here is not closed, so that the rest of the file is lost; close it");
      return {};
    }
    raw += text_.substr(at_, quote - at_);
    at_ = quote + 1;
    if (done() || text_[at_] != '"') break;
    raw += '"';
    ++at_;
  }
  const size_t end = field_end(at_);
  if (end == at_) return take(raw);
  at_ = end;
  builder_.problem(cell_, TableFault::kQuote, "there is text after the closing quote; double the quotes inside a quoted field");
  return {};
}

Result<void> CsvReader::take(std::string_view raw) {
  raw = without_apostrophe(raw);
  if (encoding_ == Encoding::kUtf8 && is_valid_utf8(raw)) return builder_.add(cell_, CellKind::kText, std::string(raw));
  auto text = encoding_ == Encoding::kWindows1251 ? from_windows1251(raw) : std::nullopt;
  if (!text) {
    builder_.problem(cell_, TableFault::kNotUtf8, "the cell is not UTF-8; save the table in that encoding");
    return {};
  }
  if (has_lost_letter(raw)) {
    builder_.problem(cell_, TableFault::kLostLetter,
                     "a \"?\" stands where a letter was; windows-1251 has no Kazakh letters, save the table as UTF-8 or .xlsx");
  }
  return builder_.add(cell_, CellKind::kText, std::move(*text));
}

/// From the end of a field to the beginning of the next one.
void CsvReader::next() {
  if (done()) return;
  if (text_[at_] == separator_) {
    ++at_;
    ++cell_.column;
    return;
  }
  at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
  cell_ = {.row = cell_.row + 1, .column = 1};
}

}  // namespace

Result<TableRead> read_csv(std::string_view bytes, const TableLimits& limits) {
  TableBuilder builder(limits);
  if (bytes.size() > limits.bytes) return fail("the table is larger than " + std::to_string(limits.bytes) + " bytes; divide it");
  const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (utf16 || bytes.contains('\0')) return fail("the file is not a table in UTF-8; save it as \"CSV UTF-8\" or as .xlsx");
  const bool marked = bytes.starts_with(kByteOrderMark);
  if (marked) bytes.remove_prefix(kByteOrderMark.size());
  CsvReader reader(bytes, marked ? Encoding::kUtf8 : guess_encoding(bytes), builder);
  TRY_DO(reader.read());
  return builder.finish();
}

}  // namespace koshi::papers
