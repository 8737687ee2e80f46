#include "http/office/body.h"

#include <algorithm>
#include <charconv>

#include "ask/ask.h"
#include "base/text.h"

namespace koshi::http {
namespace {

using Kind = ask::JsonNode::Kind;

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::kString: return "a string";
    case Kind::kNumber: return "a whole number";
    case Kind::kArray: return "an array";
    default: return "an object";
  }
}

void append_json(std::string& out, const ask::JsonDocument& document, const ask::JsonNode& node) {
  switch (node.kind) {
    case Kind::kNull: out += "null"; return;
    case Kind::kFalse: out += "false"; return;
    case Kind::kTrue: out += "true"; return;
    case Kind::kNumber: out += node.text; return;
    case Kind::kString: append_json_string(out, node.text); return;
    case Kind::kArray:
    case Kind::kObject: break;
  }
  const bool object = node.kind == Kind::kObject;
  out += object ? '{' : '[';
  for (int32_t child = node.first_child; child >= 0; child = document[child].next_sibling) {
    if (child != node.first_child) out += ',';
    if (object) {
      append_json_string(out, document[child].key);
      out += ':';
    }
    append_json(out, document, document[child]);  // no deeper than read_json allowed
  }
  out += object ? '}' : ']';
}

}  // namespace

std::string json_text(const ask::JsonDocument& document, const ask::JsonNode& node) {
  std::string out;
  append_json(out, document, node);
  return out;
}

Body Body::read(std::string_view text, const std::vector<std::string_view>& known) {
  Body body;
  auto document = ask::read_json(text, {ask::kMaxRequestBytes, ask::kMaxJsonDepth});
  if (!document || (*document)[0].kind != Kind::kObject) {
    body.fail("The body must be a JSON object" + (document ? std::string(".") : ": " + document.error().message + "."));
    return body;
  }
  body.document_ = std::move(*document);
  std::vector<std::string_view> seen;
  for (int32_t at = body.document_[0].first_child; at >= 0; at = body.document_[at].next_sibling) {
    const std::string_view key = body.document_[at].key;
    if (std::ranges::find(known, key) == known.end()) body.fail("The body has no member \"" + std::string(key) + "\".");
    if (std::ranges::find(seen, key) != seen.end()) body.fail("The body has the member \"" + std::string(key) + "\" twice.");
    seen.push_back(key);
  }
  return body;
}

void Body::fail(std::string message) {
  if (!error_) error_ = std::move(message);
}

const ask::JsonNode* Body::find(std::string_view name, Kind kind, bool required) {
  if (error_) return nullptr;
  for (int32_t at = document_[0].first_child; at >= 0; at = document_[at].next_sibling) {
    if (document_[at].key != name) continue;
    if (document_[at].kind == kind) return &document_[at];
    fail("\"" + std::string(name) + "\" must be " + std::string(kind_name(kind)) + ".");
    return nullptr;
  }
  if (required) fail("The body lacks \"" + std::string(name) + "\".");
  return nullptr;
}

std::string Body::text(std::string_view name) {
  const ask::JsonNode* node = find(name, Kind::kString, true);
  return node == nullptr ? std::string() : std::string(node->text);
}

std::string Body::text_or(std::string_view name, std::string_view otherwise) {
  const ask::JsonNode* node = find(name, Kind::kString, false);
  return std::string(node == nullptr ? otherwise : node->text);
}

int64_t Body::whole(std::string_view name) {
  const ask::JsonNode* node = find(name, Kind::kNumber, true);
  if (node == nullptr) return 0;
  int64_t number = 0;
  const char* end = node->text.data() + node->text.size();
  const auto read = std::from_chars(node->text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) fail("\"" + std::string(name) + "\" must be a whole number.");
  return number;
}

std::string Body::object(std::string_view name) {
  const ask::JsonNode* node = find(name, Kind::kObject, false);
  return node == nullptr ? std::string("{}") : json_text(document_, *node);
}

std::vector<std::string> Body::texts(std::string_view name) {
  std::vector<std::string> all;
  const ask::JsonNode* node = find(name, Kind::kArray, false);
  if (node == nullptr) return all;
  for (int32_t at = node->first_child; at >= 0; at = document_[at].next_sibling) {
    if (document_[at].kind != Kind::kString) fail("\"" + std::string(name) + "\" must hold strings.");
    all.emplace_back(document_[at].text);
  }
  return all;
}

}  // namespace koshi::http
