#include "base/check.h"
#include "base/text.h"
#include "office/papers/table_read.h"
#include "office/papers/test_workbook.h"

/// Workbooks that people upload. A fuzzer hardly ever writes a zip whose checksums fit, so all but the first kind of input are parts of a
/// workbook, which is packed here.
///
///   input = kind bytes
///   kind  = 0: a file as it is; 1: rows of the sheet; 2: its beginning; 3: shared texts; 4: formats and styles; 5: properties of the book;
///           6: rows and, behind a NUL, shared texts
namespace {

using namespace koshi;

std::string file_of(uint8_t kind, std::string text) {
  papers::WorkbookText book;
  switch (kind % 7) {
    case 0: return text;
    case 1: book.rows = std::move(text); break;
    case 2: book.sheet_start = std::move(text); break;
    case 3: book.shared = std::move(text); break;
    case 4: book.styles = text, book.formats = std::move(text); break;
    case 5: book.workbook_properties = std::move(text); break;
    default:
      book.shared = text.find('\0') == std::string::npos ? "" : text.substr(text.find('\0') + 1);
      book.rows = text.substr(0, text.find('\0'));
  }
  return papers::make_workbook(book);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  papers::TableLimits limits;
  limits.inflated_bytes = 1u << 20;
  limits.entries = 50;
  limits.rows = 2'000;
  limits.cells = 5'000;
  limits.text_bytes = 1u << 20;
  const auto read = papers::read_xlsx(file_of(data[0], {reinterpret_cast<const char*>(data) + 1, size - 1}), {}, limits);
  if (!read) {
    CHECK(!read.error().message.empty() && is_valid_utf8(read.error().message));
    return 0;
  }
  size_t bytes = 0;
  for (size_t i = 0; i < read->sheet.cells.size(); ++i) {
    const papers::Cell& cell = read->sheet.cells[i];
    CHECK(!cell.text.empty() && is_valid_utf8(cell.text));
    CHECK(cell.at.row >= 1 && cell.at.row <= limits.rows && cell.at.column >= 1 && cell.at.column <= limits.columns);
    CHECK(i == 0 || read->sheet.cells[i - 1].at < cell.at);
    bytes += cell.text.size();
  }
  CHECK(read->sheet.cells.size() <= limits.cells && bytes <= limits.text_bytes);
  return 0;
}
