#include "office/papers/table_write.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "base/csv.h"
#include "base/date.h"
#include "base/text.h"
#include "office/papers/xlsx_number.h"

namespace koshi::papers {
namespace {

constexpr size_t kCellMaxCharacters = 32'767;  // of the format
constexpr int64_t kLastTime = 4'102'444'800;   // 2100-01-01, within what the library's calendar gets right everywhere
constexpr Date kFirstSheetDate{-25'508};       // 1900-03-01: before it the format counts a day that never was
constexpr const char* kDateFormat = "yyyy-mm-dd";
constexpr const char* kTimeFormat = "yyyy-mm-dd hh:mm:ss";

// ---- CSV ----

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string csv_cell(const Cell& cell) {
  // Only text can pretend: the other kinds were made by us.
  const std::string text = cell.kind == CellKind::kText ? without_formula(cell.text) : cell.text;
  // The last would be taken for the line that names the separator.
  const bool quote = text.contains(';') || text.contains('\t') || text.starts_with("sep=");
  return quote ? quoted(text) : csv_field(text);
}

// ---- XLSX ----

/// A file that is memory only: libxlsxwriter writes to a path.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  bool good() const { return descriptor_ >= 0; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  std::optional<std::string> bytes() const {
    const off_t size = lseek(descriptor_, 0, SEEK_END);
    if (size <= 0) return std::nullopt;
    std::string out(static_cast<size_t>(size), '\0');
    for (size_t at = 0; at < out.size();) {
      const ssize_t count = pread(descriptor_, out.data() + at, out.size() - at, static_cast<off_t>(at));
      if (count <= 0) return std::nullopt;
      at += static_cast<size_t>(count);
    }
    return out;
  }

 private:
  int descriptor_;
};

struct Formats {
  lxw_format* head = nullptr;
  lxw_format* date = nullptr;
  lxw_format* time = nullptr;
};

bool is_name(std::string_view name) {
  const bool bad =
      std::ranges::any_of(name, [](char c) { return std::string_view("[]:*?/\\").contains(c) || static_cast<unsigned char>(c) < 0x20; });
  return !name.empty() && is_valid_utf8(name) && utf8_length(name) <= kSheetNameMaxCharacters && !bad && !name.starts_with('\'') &&
         !name.ends_with('\'');
}

bool is_cell_text(std::string_view text) {
  const bool control =
      std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r'; });
  return !text.empty() && !control && is_valid_utf8(text) && utf8_length(text) <= kCellMaxCharacters;
}

Result<void> check_sheet(const Sheet& sheet) {
  if (!is_name(sheet.name)) {
    return fail("a sheet needs a name of 1 to 31 characters without []:*?/\\ and without quotes at its ends, not " +
                json_string(sheet.name));
  }
  const CellAddress* before = nullptr;
  for (const Cell& cell : sheet.cells) {
    const auto at = [&] { return "the cell " + format_address(cell.at) + " of " + json_string(sheet.name); };
    const bool inside = cell.at.row >= 1 && cell.at.row <= kSheetMaxRows && cell.at.column >= 1 && cell.at.column <= kSheetMaxColumns;
    if (!inside) return fail("a cell of " + json_string(sheet.name) + " lies outside of what a sheet holds");
    if (before != nullptr && *before >= cell.at) return fail(at() + " is out of order");
    if (!is_cell_text(cell.text)) return fail(at() + " is empty, too long or not plain text");
    before = &cell.at;
  }
  return {};
}

/// Without sign, point, and the zeros at the front and at the end of a fraction.
size_t significant_digits(const std::string& digits) {
  std::string all = digits;
  if (all.contains('.')) all.erase(all.find_last_not_of('0') + 1);
  std::erase_if(all, [](char c) { return c == '-' || c == '.'; });
  return all.size() - std::min(all.find_first_not_of('0'), all.size());
}

/// The double, if it is read back as the same number from what the library prints for it.
std::optional<double> exact_double(const std::string& digits) {
  // With an exponent both lose the zeros that say nothing: "1.50" is 1.5. "007" is no number to lose zeros of.
  const auto plain = exact_number(digits + "E0");
  if (!plain || significant_digits(digits) > kNumberShownDigits || (digits.size() > 1 && digits[0] == '0' && digits[1] != '.'))
    return std::nullopt;
  double value = 0;  // only the format wants it
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  char printed[64];
  std::snprintf(printed, sizeof(printed), "%.16G", value);
  const std::string back = exact_number(printed).value_or("");
  if (exact_number(back + "E0") != plain) return std::nullopt;
  return value;
}

std::optional<lxw_datetime> sheet_time(std::string_view text) {
  const auto iso = iso_date(text);
  const auto day = iso ? parse_date(iso->substr(0, 10)) : std::nullopt;
  if (!day || *day < kFirstSheetDate) return std::nullopt;
  const CivilDay parts = civil(*day);
  lxw_datetime out{.year = parts.year, .month = parts.month, .day = parts.day, .hour = 0, .min = 0, .sec = 0};
  if (iso->size() > 10) {
    out.hour = static_cast<int>(*parse_whole(iso->substr(11, 2)));
    out.min = static_cast<int>(*parse_whole(iso->substr(14, 2)));
    out.sec = static_cast<double>(*parse_whole(iso->substr(17, 2)));
  }
  return out;
}

class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* sheet, const Formats& formats) : sheet_(sheet), formats_(formats) {}

  Result<void> write(const Cell& cell);

 private:
  lxw_error write_kind(const Cell& cell, lxw_row_t row, lxw_col_t column, lxw_format* format);

  lxw_worksheet* sheet_;
  const Formats& formats_;
};

lxw_error SheetWriter::write_kind(const Cell& cell, lxw_row_t row, lxw_col_t column, lxw_format* format) {
  if (cell.kind == CellKind::kNumber) {
    if (const auto value = exact_double(cell.text)) return worksheet_write_number(sheet_, row, column, *value, format);
  }
  if (cell.kind == CellKind::kBoolean) return worksheet_write_boolean(sheet_, row, column, cell.text == "true" ? 1 : 0, format);
  if (cell.kind == CellKind::kDate) {
    auto time = sheet_time(cell.text);
    if (!time) return LXW_ERROR_PARAMETER_VALIDATION;
    return worksheet_write_datetime(sheet_, row, column, &*time, cell.text.size() > 10 ? formats_.time : formats_.date);
  }
  return worksheet_write_string(sheet_, row, column, cell.text.c_str(), format);
}

Result<void> SheetWriter::write(const Cell& cell) {
  lxw_format* format = cell.at.row == 1 ? formats_.head : nullptr;
  const lxw_error error = write_kind(cell, cell.at.row - 1, static_cast<lxw_col_t>(cell.at.column - 1), format);
  if (error == LXW_NO_ERROR) return {};
  return fail("the cell " + format_address(cell.at) + " cannot be written: " + lxw_strerror(error));
}

/// About as wide as the longest text, within reason.
void set_widths(lxw_worksheet* sheet, const std::vector<Cell>& cells) {
  constexpr size_t kColumnsMax = 256;
  constexpr size_t kWidest = 60;
  std::vector<size_t> widths;
  for (const Cell& cell : cells) {
    if (cell.at.column > kColumnsMax) continue;
    if (widths.size() < cell.at.column) widths.resize(cell.at.column, 0);
    size_t& width = widths[cell.at.column - 1];
    width = std::clamp(utf8_length(cell.text), width, kWidest);
  }
  for (size_t i = 0; i < widths.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    if (widths[i] > 0) worksheet_set_column(sheet, column, column, static_cast<double>(widths[i]) + 3, nullptr);
  }
}

Result<void> add_sheet(lxw_workbook* workbook, const Sheet& sheet, const Formats& formats) {
  lxw_worksheet* target = workbook_add_worksheet(workbook, sheet.name.c_str());
  if (target == nullptr) return fail("the sheet " + json_string(sheet.name) + " cannot be added; is its name given twice?");
  worksheet_freeze_panes(target, 1, 0);
  set_widths(target, sheet.cells);
  SheetWriter writer(target, formats);
  for (const Cell& cell : sheet.cells) TRY_DO(writer.write(cell));
  return {};
}

struct Close {
  void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
};

}  // namespace

Result<std::string> write_csv(const Sheet& sheet, CsvStyle style) {
  const char separator = style == CsvStyle::kSpreadsheet ? ';' : ',';
  std::string out = style == CsvStyle::kSpreadsheet ? "\xEF\xBB\xBF" : "";
  uint32_t rows = 0;
  uint32_t columns = 0;
  for (const Cell& cell : sheet.cells) {
    rows = std::max(rows, cell.at.row);
    columns = std::max(columns, cell.at.column);
  }
  if (uint64_t{rows} * columns > kCsvMaxCells) return fail("the table is too wide and too long for CSV; divide it");
  auto cell = sheet.cells.begin();
  for (uint32_t row = 1; row <= rows; ++row) {
    for (uint32_t column = 1; column <= columns; ++column) {
      if (column > 1) out += separator;
      if (cell == sheet.cells.end() || cell->at != CellAddress{row, column}) continue;
      out += csv_cell(*cell++);
    }
    out += "\r\n";
  }
  return out;
}

Result<std::string> write_xlsx(std::span<const Sheet> sheets, int64_t created) {
  if (sheets.empty() || sheets.size() > kSheetsMax) return fail("a workbook has 1 to " + std::to_string(kSheetsMax) + " sheets");
  if (created <= 0 || created >= kLastTime) return fail("the workbook has no possible date");
  for (const Sheet& sheet : sheets) TRY_DO(check_sheet(sheet));
  const MemoryFile file;
  if (!file.good()) return fail("there is no memory for a workbook");
  std::unique_ptr<lxw_workbook, Close> workbook(workbook_new(file.path().c_str()));
  if (!workbook) return fail("there is no memory for a workbook");
  lxw_doc_properties properties{};
  properties.created = static_cast<time_t>(created);
  workbook_set_properties(workbook.get(), &properties);
  Formats formats{.head = workbook_add_format(workbook.get()),
                  .date = workbook_add_format(workbook.get()),
                  .time = workbook_add_format(workbook.get())};
  format_set_bold(formats.head);
  format_set_num_format(formats.date, kDateFormat);
  format_set_num_format(formats.time, kTimeFormat);
  for (const Sheet& sheet : sheets) TRY_DO(add_sheet(workbook.get(), sheet, formats));
  const lxw_error error = workbook_close(workbook.release());  // frees it, also when it fails
  const auto bytes = error == LXW_NO_ERROR ? file.bytes() : std::nullopt;
  if (!bytes) return fail(std::string("the workbook could not be written: ") + lxw_strerror(error));
  return *bytes;
}

}  // namespace koshi::papers
