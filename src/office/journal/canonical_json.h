#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

/// JSON with one spelling for each value (RFC 8785), so that equal payloads have equal bytes and equal hashes.
namespace koshi::journal {

inline constexpr size_t kJsonMaxBytes = 1u << 20;
inline constexpr size_t kJsonMaxDepth = 64;

struct JsonMember;

/// A value of the restricted set. There is no constructor from a floating-point number: such a call does not compile.
/// Amounts with decimals go in as text.
struct Json {
  using Array = std::vector<Json>;
  using Object = std::vector<JsonMember>;  ///< in any order; the writer sorts

  Json();
  Json(std::nullptr_t);
  Json(std::same_as<bool> auto flag) : value(flag) {}
  Json(int number);
  Json(int64_t number);
  Json(const char* text);
  Json(std::string_view text);
  Json(std::string text);
  Json(Array items);
  Json(Object members);
  Json(std::floating_point auto) = delete;
  bool operator==(const Json&) const;

  std::variant<std::nullptr_t, bool, int64_t, std::string, Array, Object> value;
};

struct JsonMember {
  std::string name;
  Json value;
  bool operator==(const JsonMember&) const = default;
};

/// The object of these members. They are moved, where a list of initialisers would copy all that is below them.
template <size_t N>
Json object(JsonMember (&&members)[N]) {
  return Json::Object(std::make_move_iterator(std::begin(members)), std::make_move_iterator(std::end(members)));
}

/// Errors: text that is not UTF-8, a name given twice, nesting deeper than kJsonMaxDepth, more than kJsonMaxBytes.
Result<std::string> write_canonical_json(const Json& value);

/// The value, when the text is exactly what the writer would write. Errors name the first byte that is not.
Result<Json> read_canonical_json(std::string_view text);
/// The same judgement without building the value.
Result<void> check_canonical_json(std::string_view text);

/// The member of an object; null where there is none, or the value is no object.
const Json* find_member(const Json& value, std::string_view name);
/// The text that it is; empty where it is none.
std::string text_member(const Json& value, std::string_view name);

/// The order of names in an object: by UTF-16 code units, which differs from the order of bytes above U+FFFF.
bool json_name_less(std::string_view a, std::string_view b);

/// The text as a canonical JSON string with its quotes. The text must be UTF-8.
void append_canonical_string(std::string& out, std::string_view text);

}  // namespace koshi::journal
