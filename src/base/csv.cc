#include "base/csv.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "base/text.h"

namespace koshi {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::unexpected<Error> fail_at(int line, int column, const std::string& what) {
  return fail("line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + what);
}

Result<void> expect_readable(std::string_view text, const CsvLimits& limits) {
  CHECK(limits.bytes <= kCsvMaxBytes && limits.fields <= kCsvMaxFields);
  if (text.size() > limits.bytes) {
    return fail("the table is larger than " + std::to_string(limits.bytes) + " bytes; divide it");
  }
  const size_t valid = valid_utf8_prefix(text);
  if (valid == text.size()) return {};
  const std::string_view before = text.substr(0, valid);
  const size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0, the first line
  const auto line = 1 + std::ranges::count(before, '\n');
  return fail_at(static_cast<int>(line), static_cast<int>(valid - line_start) + 1, "not UTF-8; save the table in that encoding");
}

Result<void> expect_names(const std::vector<CsvField>& header) {
  std::set<std::string_view> seen;
  for (const CsvField& name : header) {
    if (name.text.empty()) return fail_at(name.line, name.column, "a column without a name; name it");
    if (!seen.insert(name.text).second) {
      return fail_at(name.line, name.column, "the column " + name.text + " is named twice; rename one");
    }
  }
  return {};
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
}

Result<void> CsvReader::record(std::vector<CsvField>& fields, size_t fields_max) {
  fields.clear();
  while (true) {
    if (fields.size() == fields_max) {
      return fail_at(line_, column(), "more than " + std::to_string(fields_max) + " fields; remove the surplus");
    }
    TRY(next, field());
    fields.push_back(std::move(next));
    if (done() || text_[at_] != ',') break;
    ++at_;
  }
  end_record();
  return {};
}

Result<CsvField> CsvReader::field() {
  CsvField out{.text = {}, .line = line_, .column = column()};
  const bool quoted = !done() && text_[at_] == '"';
  TRY_DO(quoted ? read_quoted(out) : read_plain(out));
  return out;
}

Result<void> CsvReader::read_plain(CsvField& out) {
  const size_t end = std::min(text_.find_first_of(",\"\r\n", at_), text_.size());
  out.text = text_.substr(at_, end - at_);
  at_ = end;
  if (at_field_end()) return {};
  if (text_[at_] == '"') {
    return fail_at(line_, column(), "a quote inside a plain field; quote the whole field and double the quote");
  }
  return fail_at(line_, column(), "a carriage return without a line feed; end lines with LF or CRLF");
}

Result<void> CsvReader::read_quoted(CsvField& out) {
  ++at_;
  while (!done()) {
    const char c = text_[at_++];
    if (c == '"' && (done() || text_[at_] != '"')) {
      if (at_field_end()) return {};
      return fail_at(line_, column(), "text after a closing quote; put a comma before it or double the quote");
    }
    if (c == '"') ++at_;
    if (c == '\n') begin_line();
    out.text += c;
  }
  return fail_at(out.line, out.column, "the quote that opens here is not closed; close it");
}

bool CsvReader::at_field_end() const {
  const std::string_view rest = text_.substr(at_, 2);
  return rest.empty() || rest[0] == ',' || rest[0] == '\n' || rest == "\r\n";
}

void CsvReader::begin_line() {
  ++line_;
  line_start_ = at_;
}

void CsvReader::end_record() {
  if (done()) return;
  at_ += text_[at_] == '\r' ? 2 : 1;
  begin_line();
}

Result<CsvTable> parse_csv(std::string_view text, CsvLimits limits) {
  CsvReader reader(text);
  TRY_DO(expect_readable(reader.text(), limits));
  CsvTable table;
  TRY_DO(reader.record(table.header, limits.fields));
  TRY_DO(expect_names(table.header));
  const size_t width = table.header.size();
  size_t fields_left = limits.fields - width;
  while (!reader.done()) {
    const int line = reader.line();
    if (fields_left < width) {
      return fail_at(line, 1, "more than " + std::to_string(limits.fields) + " fields in the table; divide it");
    }
    std::vector<CsvField> row;
    TRY_DO(reader.record(row, width));
    if (row.size() < width) {
      return fail_at(line, 1,
                     "the row has " + std::to_string(row.size()) + " fields where the header has " + std::to_string(width) +
                         "; give every column a field");
    }
    fields_left -= width;
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string csv_field(std::string_view text) {
  // A mark at the beginning of a table would be skipped unless quoted.
  if (text.find_first_of(",\"\r\n") == std::string_view::npos && !text.starts_with(kByteOrderMark)) {
    return std::string(text);
  }
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
  return out;
}

std::string without_formula(std::string_view text) {
  const size_t sign = text.find_first_not_of('\'');
  const bool formula = sign != std::string_view::npos && std::string_view("=+-@\t\r").contains(text[sign]);
  return (formula ? "'" : "") + std::string(text);
}

void append_csv_record(std::string& out, const std::vector<std::string>& fields, std::string_view line_end) {
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    out += csv_field(fields[i]);
  }
  out += line_end;
}

}  // namespace koshi
