#include "office/papers/xlsx_tables.h"

#include <cstdint>
#include <map>
#include <optional>

#include "base/text.h"
#include "office/papers/utf8.h"
#include "office/papers/xlsx_number.h"
#include "office/papers/xml_reader.h"

namespace koshi::papers {
namespace {

class SharedTextsHandler : public XmlHandler {
 public:
  explicit SharedTextsHandler(size_t texts_max) : texts_max_(texts_max) {}

  Result<void> start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") {
      if (texts.size() == texts_max_) return fail("more than " + std::to_string(texts_max_) + " texts");
      texts.emplace_back();
    }
    if (name == "rPh") phonetic_ = true;
    if (name == "t") collecting_ = !phonetic_ && !texts.empty();
    return {};
  }

  Result<void> end(std::string_view name) override {
    if (name == "rPh") phonetic_ = false;
    if (name == "t") collecting_ = false;
    if (name == "si") texts.back() = unescape_text(texts.back());
    return {};
  }

  Result<void> text(std::string_view text) override {
    if (collecting_) texts.back() += text;
    return {};
  }

  std::vector<std::string> texts;

 private:
  size_t texts_max_;
  bool phonetic_ = false;
  bool collecting_ = false;
};

class StylesHandler : public XmlHandler {
 public:
  Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "cellXfs") in_cell_formats_ = true;
    if (name == "numFmt") return add_format(attributes);
    if (name == "xf" && in_cell_formats_) return add_style(attributes);
    return {};
  }

  Result<void> end(std::string_view name) override {
    if (name == "cellXfs") in_cell_formats_ = false;
    return {};
  }

  std::vector<bool> dates;

 private:
  Result<void> add_format(const XmlAttributes& attributes) {
    const auto id = parse_whole(attributes.find("numFmtId").value_or(""));
    if (!id) return fail("a number format without its number");
    if (formats_.size() == kXlsxMaxFormats) return fail("too many number formats");
    formats_.emplace(*id, is_date_format(attributes.find("formatCode").value_or("")));
    return {};
  }

  Result<void> add_style(const XmlAttributes& attributes) {
    if (dates.size() == kXlsxMaxStyles) return fail("too many cell formats");
    const int64_t id = parse_whole(attributes.find("numFmtId").value_or("0")).value_or(0);
    const auto own = formats_.find(id);
    dates.push_back(own == formats_.end() ? is_builtin_date_format(id) : own->second);
    return {};
  }

  std::map<int64_t, bool> formats_;
  bool in_cell_formats_ = false;
};

/// The value of "_xHHHH_" at the beginning of the text.
std::optional<uint32_t> escaped_code(std::string_view text) {
  constexpr size_t kLength = 7;
  if (text.size() < kLength || !text.starts_with("_x") || text[kLength - 1] != '_') return std::nullopt;
  uint32_t code = 0;
  for (const char c : text.substr(2, 4)) {
    uint32_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<uint32_t>(c - '0');
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<uint32_t>(c - 'A') + 10;
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<uint32_t>(c - 'a') + 10;
    } else {
      return std::nullopt;
    }
    code = code * 16 + digit;
  }
  if (code >= 0xD800 && code <= 0xDFFF) return std::nullopt;
  return code;
}

}  // namespace

Result<std::vector<std::string>> read_shared_texts(std::string_view xml, std::string_view part, size_t texts_max) {
  SharedTextsHandler handler(texts_max);
  TRY_DO(read_xml(xml, part, handler));
  return std::move(handler.texts);
}

Result<std::vector<bool>> read_date_styles(std::string_view xml, std::string_view part) {
  StylesHandler handler;
  TRY_DO(read_xml(xml, part, handler));
  return std::move(handler.dates);
}

std::string unescape_text(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t mark = std::min(text.find("_x", at), text.size());
    out += text.substr(at, mark - at);
    at = mark;
    if (at == text.size()) break;
    if (const auto code = escaped_code(text.substr(at))) {
      append_utf8(out, *code);
      at += 7;
    } else {
      out += text[at++];
    }
  }
  return out;
}

}  // namespace koshi::papers
