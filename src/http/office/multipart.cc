#include "http/office/multipart.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace koshi::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr size_t kMaxBoundaryBytes = 70;

bool is_boundary_char(char c) {
  const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return plain || std::string_view("'()+_,-./:=?").find(c) != std::string_view::npos;
}

/// The text between the quotes that begin at `at`; a backslash is an ordinary character, as browsers send it.
std::optional<std::string_view> quoted(std::string_view text, size_t at) {
  if (at >= text.size() || text[at] != '"') return std::nullopt;
  const size_t end = text.find('"', at + 1);
  if (end == std::string_view::npos) return std::nullopt;
  return text.substr(at + 1, end - at - 1);
}

/// `; name="value"` of a header; the name stands after a semicolon, so that filename= is not taken for name=.
std::optional<std::string_view> parameter(std::string_view header, std::string_view name) {
  for (size_t at = header.find(';'); at != std::string_view::npos; at = header.find(';', at + 1)) {
    size_t begin = at + 1;
    while (begin < header.size() && header[begin] == ' ') ++begin;
    const size_t equals = begin + name.size();
    if (equals >= header.size() || header[equals] != '=' || !same_word(header.substr(begin, name.size()), name)) continue;
    return quoted(header, equals + 1);
  }
  return std::nullopt;
}

std::optional<std::string> boundary_of(std::string_view content_type) {
  const size_t at = content_type.find("boundary=");
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view text = trim(content_type.substr(at + 9));
  if (const auto inner = quoted(text, 0)) {
    text = *inner;
  } else {
    text = trim(text.substr(0, text.find(';')));
  }
  if (text.empty() || text.size() > kMaxBoundaryBytes || !std::ranges::all_of(text, is_boundary_char)) return std::nullopt;
  return std::string(text);
}

/// What browsers escape in a quoted name.
std::string unescaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 3) == "%22") {
      out.push_back('"');
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

/// Some senders give the whole path of the file on their machine.
std::string_view base_name(std::string_view name) {
  const size_t slash = name.find_last_of("/\\");
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

bool is_plain_text(std::string_view text) {
  const auto is_control = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\n' && c != '\t') || c == 0x7f; };
  return is_valid_utf8(text) && std::ranges::none_of(text, is_control);
}

class Reader {
 public:
  Reader(std::string boundary, std::string_view body) : delimiter_("--" + std::move(boundary)), rest_(body) {}

  Result<MultipartForm> run() {
    if (!take(delimiter_)) return fail("The form does not begin with its boundary.");
    while (!take("--")) {
      if (!take(kLineEnd)) return fail("A boundary of the form is followed by something else.");
      if (++parts_ > kMaxParts) return fail("The form has too many parts.");
      TRY_DO(part());
    }
    take(kLineEnd);
    if (!rest_.empty()) return fail("Something follows the end of the form.");
    return std::move(form_);
  }

 private:
  bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  Result<std::string_view> disposition() {
    std::string_view found;
    const size_t before = rest_.size();
    while (!take(kLineEnd)) {
      const size_t end = rest_.find(kLineEnd);
      if (end == std::string_view::npos || before - rest_.size() + end > kMaxPartHeaderBytes)
        return fail("The headers of a part are too long.");
      const std::string_view line = rest_.substr(0, end);
      rest_.remove_prefix(end + kLineEnd.size());
      const size_t colon = line.find(':');
      if (colon == std::string_view::npos) return fail("A header of a part has no colon.");
      if (same_word(line.substr(0, colon), "Content-Disposition")) found = trim(line.substr(colon + 1));
    }
    return found;
  }

  Result<void> part() {
    auto header = disposition();
    if (!header) return std::unexpected(header.error());
    const auto name = parameter(*header, "name");
    if (!header->starts_with("form-data") || !name || !is_plain_text(*name)) return fail("A part of the form has no name.");
    const std::string end = std::string(kLineEnd) + delimiter_;
    const size_t size = rest_.find(end);
    if (size == std::string_view::npos) return fail("The form is cut off.");
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size + end.size());
    if (const auto file = parameter(*header, "filename")) {
      if (!is_plain_text(*file)) return fail("The name of a file is not text.");
      form_.files.push_back({unescaped(*name), unescaped(base_name(*file)), bytes});
      return {};
    }
    if (bytes.size() > kMaxPartFieldBytes || !is_plain_text(bytes)) return fail("A field of the form is not written as text.");
    form_.fields.add(unescaped(*name), std::string(bytes));
    return {};
  }

  std::string delimiter_;
  std::string_view rest_;
  MultipartForm form_;
  size_t parts_ = 0;
};

}  // namespace

Result<MultipartForm> read_multipart(std::string_view content_type, std::string_view body) {
  auto boundary = boundary_of(content_type);
  if (!boundary) return fail("The form names no boundary.");
  return Reader(std::move(*boundary), body).run();
}

}  // namespace koshi::http
