#include "office/papers/test_workbook.h"

#include <zlib.h>

#include "base/check.h"

namespace koshi::papers {
namespace {

void append_number(std::string& out, uint64_t value, int bytes) {
  for (; bytes > 0; --bytes, value >>= 8) out += static_cast<char>(value & 0xFF);
}

std::string deflated(const std::string& text) {
  z_stream zip{};
  CHECK(deflateInit2(&zip, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&zip, text.size()), '\0');
  zip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  zip.avail_in = static_cast<uInt>(text.size());
  zip.next_out = reinterpret_cast<Bytef*>(out.data());
  zip.avail_out = static_cast<uInt>(out.size());
  CHECK(deflate(&zip, Z_FINISH) == Z_STREAM_END);
  out.resize(zip.total_out);
  deflateEnd(&zip);
  return out;
}

constexpr const char* kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
constexpr const char* kMain = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
constexpr const char* kRelations = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
constexpr const char* kKind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string relation(const std::string& id, const std::string& kind, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + kKind + kind + "\" Target=\"" + target + "\"/>";
}

}  // namespace

std::string make_zip(const std::vector<ZipEntry>& entries) {
  std::string out;
  std::string directory;
  for (const ZipEntry& entry : entries) {
    const std::string data = entry.deflate ? deflated(entry.text) : entry.text;
    const auto* raw = reinterpret_cast<const Bytef*>(entry.text.data());
    const uint64_t checksum = crc32(0, raw, static_cast<uInt>(entry.text.size())) ^ (entry.wrong_checksum ? 1 : 0);
    const uint64_t offset = out.size();
    // What the local header and the directory have in common, from the needed version to the length of the name.
    std::string common;
    append_number(common, 20, 2);
    append_number(common, entry.flags, 2);
    append_number(common, entry.method != 0 ? entry.method : (entry.deflate ? 8 : 0), 2);
    append_number(common, 0, 2);
    append_number(common, 0x21, 2);
    append_number(common, checksum, 4);
    append_number(common, data.size(), 4);
    append_number(common, entry.text.size(), 4);
    append_number(common, entry.name.size(), 2);
    out += "PK\x03\x04" + common;
    append_number(out, 0, 2);
    out += entry.name + data;
    directory += "PK\x01\x02";
    append_number(directory, 20, 2);
    directory += common;
    append_number(directory, 0, 2 + 2 + 2 + 2 + 4);  // extra, comment, disk, attributes
    append_number(directory, offset, 4);
    directory += entry.name;
  }
  const uint64_t start = out.size();
  out += directory + "PK\x05\x06";
  append_number(out, 0, 4);
  append_number(out, entries.size(), 2);
  append_number(out, entries.size(), 2);
  append_number(out, directory.size(), 4);
  append_number(out, start, 4);
  append_number(out, 0, 2);
  return out;
}

std::vector<ZipEntry> workbook_parts(const WorkbookText& text) {
  const std::string xml = kXml;
  const std::string main = kMain;
  std::vector<ZipEntry> parts = {
      {.name = "[Content_Types].xml",
       .text = xml +
               "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" "
               "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"},
      {.name = "_rels/.rels",
       .text = xml + "<Relationships " + kRelations + ">" + relation("r1", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
      {.name = "xl/workbook.xml",
       .text = xml + "<workbook " + main + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">" +
               text.workbook_properties + "<sheets><sheet name=\"Лист1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
      {.name = "xl/_rels/workbook.xml.rels",
       .text = xml + "<Relationships " + kRelations + ">" + relation("r1", "worksheet", "worksheets/sheet1.xml") +
               relation("r2", "sharedStrings", "/xl/sharedStrings.xml") + relation("r3", "styles", "styles.xml") + "</Relationships>"},
      {.name = "xl/sharedStrings.xml", .text = xml + "<sst " + main + ">" + text.shared + "</sst>"},
      {.name = "xl/styles.xml",
       .text = xml + "<styleSheet " + main + "><numFmts>" + text.formats +
               "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" + text.styles + "</cellXfs></styleSheet>"},
      {.name = "xl/worksheets/sheet1.xml",
       .text = xml + text.sheet_start + "<worksheet " + main + "><sheetData>" + text.rows + "</sheetData></worksheet>"}};
  parts.insert(parts.end(), text.more.begin(), text.more.end());
  return parts;
}

std::string make_workbook(const WorkbookText& text) {
  return make_zip(workbook_parts(text));
}

}  // namespace koshi::papers
