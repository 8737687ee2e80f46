// The grammar, a subset of RFC 8259 with the spelling of RFC 8785:
//
//   value    = "null" / "true" / "false" / integer / string / array / object     nothing before, between or after
//   integer  = "0" / ["-"] digit-1-9 *digit                                       -2^63 .. 2^63-1
//   string   = %x22 *(character / escape) %x22
//   character= any code point from U+0020 but " and \                             as UTF-8, unescaped
//   escape   = \" / \\ / \b / \t / \n / \f / \r / \u00xx                          xx lower-case, only for other
//   controls array    = "[" [value *("," value)] "]" object   = "{" [member *("," member)] "}" names ascending by
//   UTF-16 code units member   = string ":" value
//
// Integers beyond 2^53 are written digit by digit, while RFC 8785 would round them to the nearest binary64: whoever
// wants other JSON tools to agree on such a number sends it as a string.

#include "office/journal/canonical_json.h"

#include <algorithm>

#include "base/text.h"

namespace koshi::journal {
namespace {

/// Lead bytes of the UTF-8 forms whose UTF-16 order is not their byte order: U+E000..U+FFFF sort after the
/// supplementary planes, which UTF-16 writes with surrogates.
bool is_supplementary(uint8_t lead) {
  return lead >= 0xF0;
}
bool is_above_surrogates(uint8_t lead) {
  return lead == 0xEE || lead == 0xEF;
}

bool is_escaped(char c) {
  return static_cast<uint8_t>(c) < 0x20 || c == '"' || c == '\\';
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\t': out += "\\t"; return;
    case '\n': out += "\\n"; return;
    case '\f': out += "\\f"; return;
    case '\r': out += "\\r"; return;
    default:
      out += "\\u00";
      out += kDigits[static_cast<uint8_t>(c) >> 4];
      out += kDigits[static_cast<uint8_t>(c) & 15];
  }
}

class Writer {
 public:
  Result<std::string> write(const Json& value) {
    TRY_DO(append(value, 0));
    if (out_.size() > kJsonMaxBytes) return fail("a JSON value takes more than " + std::to_string(kJsonMaxBytes) + " bytes");
    return std::move(out_);
  }

 private:
  Result<void> append(const Json& value, size_t depth) {
    if (depth > kJsonMaxDepth) return fail("a JSON value is nested deeper than " + std::to_string(kJsonMaxDepth));
    if (const auto* flag = std::get_if<bool>(&value.value)) {
      out_ += *flag ? "true" : "false";
    } else if (const auto* number = std::get_if<int64_t>(&value.value)) {
      out_ += std::to_string(*number);
    } else if (const auto* text = std::get_if<std::string>(&value.value)) {
      return append_text(*text);
    } else if (const auto* items = std::get_if<Json::Array>(&value.value)) {
      return append_array(*items, depth);
    } else if (const auto* members = std::get_if<Json::Object>(&value.value)) {
      return append_object(*members, depth);
    } else {
      out_ += "null";
    }
    return {};
  }

  Result<void> append_text(std::string_view text) {
    if (!is_valid_utf8(text)) return fail("a text in a JSON value is not UTF-8");
    append_canonical_string(out_, text);
    return {};
  }

  Result<void> append_array(const Json::Array& items, size_t depth) {
    out_ += '[';
    for (size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ',';
      TRY_DO(append(items[i], depth + 1));
    }
    out_ += ']';
    return {};
  }

  Result<void> append_object(const Json::Object& members, size_t depth) {
    std::vector<const JsonMember*> sorted;
    sorted.reserve(members.size());
    for (const JsonMember& member : members) sorted.push_back(&member);
    const auto name = [](const JsonMember* member) { return std::string_view(member->name); };
    if (!std::ranges::is_sorted(sorted, json_name_less, name)) std::ranges::sort(sorted, json_name_less, name);
    out_ += '{';
    for (size_t i = 0; i < sorted.size(); ++i) {
      if (i > 0 && sorted[i - 1]->name == sorted[i]->name) {
        return fail("a JSON object has the name " + json_string(sorted[i]->name) + " twice");
      }
      if (i > 0) out_ += ',';
      TRY_DO(append_text(sorted[i]->name));
      out_ += ':';
      TRY_DO(append(sorted[i]->value, depth + 1));
    }
    out_ += '}';
    return {};
  }

  std::string out_;
};

}  // namespace

// Here and not in the class, where a member of an object is not yet a complete type.
Json::Json() = default;
Json::Json(std::nullptr_t) {}
Json::Json(int number) : value(int64_t{number}) {}
Json::Json(int64_t number) : value(number) {}
Json::Json(const char* text) : value(std::string(text)) {}
Json::Json(std::string_view text) : value(std::string(text)) {}
Json::Json(std::string text) : value(std::move(text)) {}
Json::Json(Array items) : value(std::move(items)) {}
Json::Json(Object members) : value(std::move(members)) {}

bool Json::operator==(const Json&) const = default;

Result<std::string> write_canonical_json(const Json& value) {
  return Writer().write(value);
}

bool json_name_less(std::string_view a, std::string_view b) {
  const auto [at_a, at_b] = std::ranges::mismatch(a, b);
  if (at_a == a.end() || at_b == b.end()) return a.size() < b.size();
  const auto lead_a = static_cast<uint8_t>(*at_a);
  const auto lead_b = static_cast<uint8_t>(*at_b);
  if (is_supplementary(lead_a) && is_above_surrogates(lead_b)) return true;
  if (is_above_surrogates(lead_a) && is_supplementary(lead_b)) return false;
  return lead_a < lead_b;
}

void append_canonical_string(std::string& out, std::string_view text) {
  out += '"';
  while (true) {
    // Most text stands for itself; it is copied as a whole.
    const auto special = std::ranges::find_if(text, is_escaped);
    out.append(text.begin(), special);
    if (special == text.end()) break;
    append_escape(out, *special);
    text.remove_prefix(static_cast<size_t>(special - text.begin()) + 1);
  }
  out += '"';
}

const Json* find_member(const Json& value, std::string_view name) {
  const auto* object = std::get_if<Json::Object>(&value.value);
  if (object == nullptr) return nullptr;
  const auto found = std::ranges::find(*object, name, &JsonMember::name);
  return found == object->end() ? nullptr : &found->value;
}

std::string text_member(const Json& value, std::string_view name) {
  const Json* found = find_member(value, name);
  const auto* text = found == nullptr ? nullptr : std::get_if<std::string>(&found->value);
  return text == nullptr ? std::string() : *text;
}

}  // namespace koshi::journal
