#include "base/check.h"
#include "base/text.h"
#include "http/http.h"
#include "http/office/form_body.h"
#include "http/office/multipart.h"

/// Forms: queries, bodies of browsers, and multipart with files.
///
///   input = kind bytes;  kind = 0: query, 1: form, 2: multipart with the boundary "b", 3: multipart with the boundary of its first line
namespace {

using namespace koshi;

void check_items(const http::Query& query) {
  for (const auto& [name, value] : query.items()) CHECK(is_valid_utf8(name) && is_valid_utf8(value));
}

void try_query(std::string_view text) {
  const auto query = http::Query::parse(text);
  if (!query) return;
  CHECK(query->items().size() <= http::kMaxQueryItems);
  check_items(*query);
  // What is written from it says the same, where it is not too long.
  const auto again = http::Query::parse(query->to_string());
  CHECK(!again || again->items() == query->items());
}

void try_multipart(std::string_view type, std::string_view body) {
  const auto form = http::read_multipart(type, body);
  if (!form) {
    CHECK(is_valid_utf8(form.error().message));
    return;
  }
  CHECK(form->fields.items().size() + form->files.size() <= http::kMaxParts);
  check_items(form->fields);
  for (const http::FormFile& file : form->files) {
    CHECK(is_valid_utf8(file.name) && file.name.find('/') == std::string::npos && file.name.find('\\') == std::string::npos);
    CHECK(file.bytes.empty() || (file.bytes.data() >= body.data() && file.bytes.data() + file.bytes.size() <= body.data() + body.size()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 4) {
    case 0: try_query(text); break;
    case 1:
      if (const auto form = http::read_form(text)) check_items(*form);
      break;
    case 2: try_multipart("multipart/form-data; boundary=b", text); break;
    default: {
      const size_t end = std::min(text.find('\n'), text.size());
      try_multipart(text.substr(0, end), end == text.size() ? std::string_view() : text.substr(end + 1));
    }
  }
  return 0;
}
