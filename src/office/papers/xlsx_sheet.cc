#include "office/papers/xlsx_sheet.h"

#include "base/text.h"
#include "office/papers/shorten.h"
#include "office/papers/xlsx_tables.h"
#include "office/papers/xml_reader.h"

namespace koshi::papers {
namespace {

constexpr size_t kShownMaxBytes = 60;  // of a cell, in a message

/// sheetData = *row ; row = *c ; c = [f] [v] / is ; is = t / *(r = t)
class SheetHandler : public XmlHandler {
 public:
  SheetHandler(const SheetContext& context, TableBuilder& builder) : context_(context), builder_(builder) {}

  Result<void> start(std::string_view name, const XmlAttributes& attributes) override;
  Result<void> end(std::string_view name) override;
  Result<void> text(std::string_view text) override;

 private:
  Result<void> begin_row(const XmlAttributes& attributes);
  Result<void> begin_cell(const XmlAttributes& attributes);
  Result<void> finish_cell();
  Result<void> finish_number();
  Result<void> finish_shared();
  Result<void> problem(TableFault fault, std::string message);
  std::string shown() const { return shorten(text_, kShownMaxBytes); }
  bool has_date_style() const { return style_ < context_.date_styles.size() && context_.date_styles[style_]; }

  const SheetContext& context_;
  TableBuilder& builder_;
  CellAddress at_{.row = 0, .column = 0};
  bool in_data_ = false;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool collecting_ = false;
  bool phonetic_ = false;
  std::string type_;
  size_t style_ = 0;
  bool formula_ = false;
  bool value_ = false;
  bool long_ = false;
  std::string text_;
};

Result<void> SheetHandler::start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "sheetData") in_data_ = true;
  if (!in_data_) return {};
  if (name == "row") return begin_row(attributes);
  if (name == "c") return begin_cell(attributes);
  if (!in_cell_) return {};
  if (name == "f") formula_ = true;
  if (name == "v") value_ = true;
  if (name == "rPh") phonetic_ = true;
  collecting_ = name == "v" || (name == "t" && !phonetic_);
  return {};
}

Result<void> SheetHandler::end(std::string_view name) {
  if (name == "sheetData") in_data_ = false;
  if (name == "row") in_row_ = false;
  if (name == "rPh") phonetic_ = false;
  if (name == "v" || name == "t") collecting_ = false;
  if (name != "c" || !in_cell_) return {};
  in_cell_ = false;
  return finish_cell();
}

Result<void> SheetHandler::text(std::string_view text) {
  if (!collecting_) return {};
  if (text_.size() + text.size() > builder_.limits().cell_bytes) {
    long_ = true;
  } else {
    text_ += text;
  }
  return {};
}

Result<void> SheetHandler::begin_row(const XmlAttributes& attributes) {
  if (in_row_) return fail("a row inside a row");
  int64_t row = int64_t{at_.row} + 1;
  if (const auto given = attributes.find("r")) row = parse_whole(*given).value_or(0);
  if (row <= at_.row || row > kSheetMaxRows) return fail("row " + std::to_string(at_.row) + " is followed by one out of order");
  at_ = {.row = static_cast<uint32_t>(row), .column = 0};
  in_row_ = true;
  return {};
}

Result<void> SheetHandler::begin_cell(const XmlAttributes& attributes) {
  if (!in_row_ || in_cell_) return fail("a cell outside a row");
  CellAddress at{.row = at_.row, .column = at_.column + 1};
  if (const auto given = attributes.find("r")) {
    const auto parsed = parse_address(*given);
    if (!parsed) return fail("a cell with the address " + json_string(*given));
    at = *parsed;
  }
  if (at.row != at_.row || at.column <= at_.column || at.column > kSheetMaxColumns) {
    return fail("the cell " + format_address(at) + " is out of order");
  }
  at_ = at;
  type_ = attributes.find("t").value_or("n");
  const int64_t style = parse_whole(attributes.find("s").value_or("0")).value_or(0);
  style_ = style < 0 ? 0 : static_cast<size_t>(style);
  in_cell_ = true;
  collecting_ = phonetic_ = formula_ = value_ = long_ = false;
  text_.clear();
  return {};
}

Result<void> SheetHandler::problem(TableFault fault, std::string message) {
  builder_.problem(at_, fault, std::move(message));
  return {};
}

Result<void> SheetHandler::finish_cell() {
  if (long_) return problem(TableFault::kTooLong, "the cell is too long; shorten it");
  if (type_ == "s") return finish_shared();
  if (type_ == "str" && (value_ || !formula_)) return builder_.add(at_, CellKind::kText, unescape_text(text_));
  if (type_ == "inlineStr") return builder_.add(at_, CellKind::kText, unescape_text(text_));
  if (type_ == "e") {
    return problem(TableFault::kFormulaError, "the formula gives the error " + shown() + "; correct it or type the value");
  }
  if (text_.empty()) {
    return formula_
               ? problem(TableFault::kNoValue, "the formula has no value yet; open and save the file in a spreadsheet, or type the value")
               : Result<void>();
  }
  if (type_ == "b" && (text_ == "1" || text_ == "0")) return builder_.add(at_, CellKind::kBoolean, text_ == "1" ? "true" : "false");
  if (type_ == "d") {
    const auto date = iso_date(text_);
    if (!date) return problem(TableFault::kDate, "there is no such day: " + shown());
    return builder_.add(at_, CellKind::kDate, *date);
  }
  return finish_number();
}

Result<void> SheetHandler::finish_number() {
  const auto number = type_ == "n" ? exact_number(text_) : std::nullopt;
  if (!number) return problem(TableFault::kNumber, "not a number that is read here: " + shown());
  if (!has_date_style()) return builder_.add(at_, CellKind::kNumber, *number);
  const auto date = serial_date(*number, context_.dates);
  if (!date) return problem(TableFault::kDate, "the cell is shown as a date, but " + *number + " is no day; type the date again");
  return builder_.add(at_, CellKind::kDate, *date);
}

Result<void> SheetHandler::finish_shared() {
  if (text_.empty()) return {};
  const auto index = parse_whole(text_);
  if (!index || *index < 0 || static_cast<size_t>(*index) >= context_.shared_texts.size()) {
    return problem(TableFault::kText, "the cell points to a text that the file does not have; type it again");
  }
  return builder_.add(at_, CellKind::kText, context_.shared_texts[static_cast<size_t>(*index)]);
}

}  // namespace

std::optional<CellAddress> parse_address(std::string_view text) {
  constexpr size_t kLettersMax = 3;
  size_t letters = 0;
  uint32_t column = 0;
  while (letters < text.size() && letters <= kLettersMax && text[letters] >= 'A' && text[letters] <= 'Z') {
    column = column * 26 + static_cast<uint32_t>(text[letters++] - 'A') + 1;
  }
  if (letters == 0 || column > kSheetMaxColumns) return std::nullopt;
  const std::string_view digits = text.substr(letters);
  const auto row = parse_whole(digits);
  if (!row || *row < 1 || *row > kSheetMaxRows || digits[0] == '0') return std::nullopt;
  return CellAddress{.row = static_cast<uint32_t>(*row), .column = column};
}

Result<void> read_sheet(std::string_view xml, std::string_view part, const SheetContext& context, TableBuilder& builder) {
  SheetHandler handler(context, builder);
  return read_xml(xml, part, handler);
}

}  // namespace koshi::papers
