#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Zip archives and workbooks made by hand, so that tests can bend what a library would not. For tests only.
namespace koshi::papers {

struct ZipEntry {
  std::string name = {};
  std::string text = {};
  bool deflate = true;
  uint16_t flags = 0;   ///< 1: encrypted
  uint16_t method = 0;  ///< when not 0, instead of the real one
  bool wrong_checksum = false;
};

std::string make_zip(const std::vector<ZipEntry>& entries);

/// The parts of a workbook with one sheet "Лист1", to which `rows` (the text inside <sheetData>) is given.
struct WorkbookText {
  std::string rows = {};
  std::string shared = {};   ///< <si> elements
  std::string formats = {};  ///< <numFmt> elements
  std::string styles = {};   ///< <xf> elements of cellXfs
  std::string workbook_properties = {};
  std::string sheet_start = {};  ///< before the root element of the sheet, such as a DTD
  std::vector<ZipEntry> more = {};
};

std::vector<ZipEntry> workbook_parts(const WorkbookText& text);
std::string make_workbook(const WorkbookText& text);

}  // namespace koshi::papers
