#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "office/papers/xlsx_number.h"
#include "office/papers/zip_reader.h"

/// What a workbook (ECMA-376 part 1) is made of: which part of the zip is which sheet.
///
///   [Content_Types].xml          the kinds of the parts
///   _rels/.rels                  → the workbook, mostly xl/workbook.xml
///   xl/workbook.xml              names and order of the sheets, the date system
///   xl/_rels/workbook.xml.rels   → sheets, shared texts, styles
namespace koshi::papers {

struct SheetPart {
  std::string name;
  std::string part;  ///< name in the zip; empty when it is not a sheet of cells
  bool visible = true;
};

struct Workbook {
  std::vector<SheetPart> sheets;  ///< in the order of the tabs
  std::optional<std::string> shared_texts;
  std::optional<std::string> styles;
  DateSystem dates = DateSystem::k1900;
};

/// Whether the zip says that it is a workbook of cells: content types and a main part of the right kind.
bool is_workbook(ZipReader& zip);

/// The sentence that refuses macros, embedded objects, external links or connections; none when there are none.
/// Hyperlinks are let through: nobody follows them here. Errors: a damaged [Content_Types].xml.
Result<std::optional<std::string>> workbook_hazard(ZipReader& zip);

/// Errors: parts missing or malformed.
Result<Workbook> open_workbook(ZipReader& zip);

}  // namespace koshi::papers
