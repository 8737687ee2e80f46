#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// Strict JSON (RFC 8259, UTF-8) read into a flat tree that keeps numbers as they are written: 0.1 stays 0.1.
namespace koshi::ask {

struct JsonNode {
  enum class Kind : uint8_t { kNull, kFalse, kTrue, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  std::string_view key;   ///< in an object
  std::string_view text;  ///< of a string, decoded; of a number, as written
  int32_t first_child = -1;
  int32_t next_sibling = -1;
  int32_t children = 0;
};

/// Texts point into `storage`, so a document moves but is not copied. nodes[0] is the whole value.
struct JsonDocument {
  JsonDocument() = default;
  JsonDocument(JsonDocument&&) = default;
  JsonDocument& operator=(JsonDocument&&) = default;
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  std::vector<JsonNode> nodes;
  std::vector<char> storage;
  const JsonNode& operator[](int32_t node) const { return nodes[static_cast<size_t>(node)]; }
};

struct JsonError {
  size_t offset;  ///< in bytes
  std::string message;
};

struct JsonLimits {
  size_t bytes;
  int depth;
};

/// Errors: not JSON, invalid UTF-8, too deep, too long. Repeated keys are left to the reader, which knows their place. Linear.
std::expected<JsonDocument, JsonError> read_json(std::string_view text, JsonLimits limits);

/// A JSON number without exponent: "1e-7" becomes "0.0000001", "5" stays. Exact; empty when the exponent is beyond ±30.
std::string plain_number(std::string_view number);

/// "staff/0" with the escapes of RFC 6901.
void append_pointer(std::string& pointer, std::string_view part);

}  // namespace koshi::ask
