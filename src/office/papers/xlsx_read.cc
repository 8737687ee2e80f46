#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "office/papers/table_builder.h"
#include "office/papers/table_read.h"
#include "office/papers/xlsx_package.h"
#include "office/papers/xlsx_sheet.h"
#include "office/papers/xlsx_tables.h"
#include "office/papers/zip_reader.h"

namespace koshi::papers {
namespace {

constexpr std::string_view kOldFormat = "\xD0\xCF\x11\xE0";  // of .xls, and of workbooks locked with a password

Result<const SheetPart*> choose_sheet(const Workbook& workbook, std::string_view name) {
  const auto wanted = [&](const SheetPart& sheet) { return !sheet.part.empty() && (name.empty() ? sheet.visible : sheet.name == name); };
  const auto found = std::ranges::find_if(workbook.sheets, wanted);
  if (found != workbook.sheets.end()) return &*found;
  if (name.empty()) return fail("the workbook has no visible sheet with cells");
  return fail("the workbook has no sheet " + json_string(name));
}

Result<std::vector<std::string>> shared_texts(ZipReader& zip, const Workbook& workbook, size_t texts_max) {
  if (!workbook.shared_texts || !zip.has(*workbook.shared_texts)) return std::vector<std::string>();
  TRY(xml, zip.read(*workbook.shared_texts));
  return read_shared_texts(xml, *workbook.shared_texts, texts_max);
}

Result<std::vector<bool>> date_styles(ZipReader& zip, const Workbook& workbook) {
  if (!workbook.styles || !zip.has(*workbook.styles)) return std::vector<bool>();
  TRY(xml, zip.read(*workbook.styles));
  return read_date_styles(xml, *workbook.styles);
}

}  // namespace

Result<TableRead> read_xlsx(std::string_view bytes, std::string_view sheet_name, const TableLimits& limits) {
  TableBuilder builder(limits);
  if (bytes.size() > limits.bytes) return fail("the workbook is larger than " + std::to_string(limits.bytes) + " bytes; divide it");
  if (bytes.starts_with(kOldFormat)) {
    return fail("the workbook is in the old .xls format or locked with a password; save it as .xlsx without a password");
  }
  TRY(zip, ZipReader::open(bytes, {.entries = limits.entries, .inflated_bytes = limits.inflated_bytes}));
  TRY(hazard, workbook_hazard(zip));
  if (hazard) return fail(*hazard);
  TRY(workbook, open_workbook(zip));
  TRY(chosen, choose_sheet(workbook, sheet_name));
  TRY(texts, shared_texts(zip, workbook, limits.cells));
  TRY(styles, date_styles(zip, workbook));
  TRY(xml, zip.read(chosen->part));
  const SheetContext context{.shared_texts = texts, .date_styles = styles, .dates = workbook.dates};
  TRY_DO(read_sheet(xml, chosen->part, context, builder));
  TableRead out = builder.finish();
  out.sheet.name = chosen->name;
  for (const SheetPart& sheet : workbook.sheets) {
    if (&sheet != chosen && sheet.visible) out.other_sheets.push_back(sheet.name);
  }
  return out;
}

Result<TableRead> read_table(std::string_view bytes, const TableLimits& limits) {
  const bool workbook = bytes.starts_with("PK") || bytes.starts_with(kOldFormat);
  return workbook ? read_xlsx(bytes, {}, limits) : read_csv(bytes, limits);
}

}  // namespace koshi::papers
