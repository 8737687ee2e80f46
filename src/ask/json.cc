#include "ask/json.h"

#include <boost/json/basic_parser_impl.hpp>

#include "base/text.h"

namespace koshi::ask {
namespace {

namespace json = boost::json;

/// Receives the parser's events and links nodes. All text of the document is shorter than its source, so the storage never moves.
class Builder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  explicit Builder(size_t bytes) {
    document_.storage.reserve(bytes);
    document_.nodes.reserve(bytes / 12 + 8);
  }
  JsonDocument take() { return std::move(document_); }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return open(JsonNode::Kind::kArray); }
  bool on_array_end(std::size_t, json::error_code&) { return close(); }
  bool on_object_begin(json::error_code&) { return open(JsonNode::Kind::kObject); }
  bool on_object_end(std::size_t, json::error_code&) { return close(); }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) { return keep(part); }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    keep(part);
    add(JsonNode::Kind::kString).text = kept();
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return keep(part); }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    keep(part);
    key_ = kept();
    return true;
  }
  bool on_number_part(json::string_view part, json::error_code&) { return keep(part); }
  bool on_int64(std::int64_t, json::string_view part, json::error_code&) { return number(part); }
  bool on_uint64(std::uint64_t, json::string_view part, json::error_code&) { return number(part); }
  bool on_double(auto, json::string_view part, json::error_code&) { return number(part); }
  bool on_bool(bool yes, json::error_code&) {
    add(yes ? JsonNode::Kind::kTrue : JsonNode::Kind::kFalse);
    return true;
  }
  bool on_null(json::error_code&) {
    add(JsonNode::Kind::kNull);
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  struct Open {
    int32_t node;
    int32_t last_child = -1;
  };

  bool keep(json::string_view part) {
    document_.storage.insert(document_.storage.end(), part.begin(), part.end());
    return true;
  }

  std::string_view kept() {
    const std::string_view text(document_.storage.data() + kept_from_, document_.storage.size() - kept_from_);
    kept_from_ = document_.storage.size();
    return text;
  }

  bool number(json::string_view part) {
    keep(part);
    add(JsonNode::Kind::kNumber).text = kept();
    return true;
  }

  JsonNode& add(JsonNode::Kind kind) {
    const auto id = static_cast<int32_t>(document_.nodes.size());
    JsonNode& node = document_.nodes.emplace_back();
    node.kind = kind;
    if (open_.empty()) return node;
    Open& parent = open_.back();
    if (document_[parent.node].kind == JsonNode::Kind::kObject) node.key = key_;
    JsonNode& above = document_.nodes[static_cast<size_t>(parent.node)];
    above.children += 1;
    (parent.last_child < 0 ? above.first_child : document_.nodes[static_cast<size_t>(parent.last_child)].next_sibling) = id;
    parent.last_child = id;
    return node;
  }

  bool open(JsonNode::Kind kind) {
    add(kind);
    open_.push_back({static_cast<int32_t>(document_.nodes.size()) - 1});
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  JsonDocument document_;
  std::vector<Open> open_;
  std::string_view key_;
  size_t kept_from_ = 0;
};

}  // namespace

std::expected<JsonDocument, JsonError> read_json(std::string_view text, JsonLimits limits) {
  if (text.size() > limits.bytes) {
    return std::unexpected(JsonError{limits.bytes, "longer than " + std::to_string(limits.bytes) + " bytes"});
  }
  json::parse_options options;
  options.max_depth = static_cast<std::size_t>(limits.depth);
  json::basic_parser<Builder> parser(options, text.size());
  json::error_code error;
  const size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (!error && read < text.size()) error = json::error::extra_data;
  if (error == json::error::too_deep) {
    return std::unexpected(JsonError{read, "nested more deeply than " + std::to_string(limits.depth) + " levels"});
  }
  if (error) {
    if (const size_t valid = valid_utf8_prefix(text); valid < text.size()) {
      return std::unexpected(JsonError{valid, "bytes that are not UTF-8"});
    }
    return std::unexpected(JsonError{read, error.message()});
  }
  return parser.handler().take();
}

std::string plain_number(std::string_view number) {
  const size_t e = number.find_first_of("eE");
  if (e == std::string_view::npos) return std::string(number);
  std::string_view exponent_text = number.substr(e + 1);
  if (exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
  const auto exponent = parse_whole(exponent_text);
  if (!exponent || *exponent < -30 || *exponent > 30) return {};

  std::string digits(number.substr(0, e));
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  const size_t point = digits.find('.');
  auto whole = static_cast<int64_t>(point == std::string::npos ? digits.size() : point);
  if (point != std::string::npos) digits.erase(point, 1);
  whole += *exponent;
  if (whole < 1) digits.insert(0, static_cast<size_t>(1 - whole), '0'), whole = 1;
  if (whole > static_cast<int64_t>(digits.size())) digits.append(static_cast<size_t>(whole) - digits.size(), '0');
  if (whole < static_cast<int64_t>(digits.size())) {
    digits.insert(static_cast<size_t>(whole), ".");
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.')) digits.pop_back();
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty() || digits.front() == '.') digits.insert(0, "0");
  return negative ? "-" + digits : digits;
}

void append_pointer(std::string& pointer, std::string_view part) {
  pointer += '/';
  for (const char c : part) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

}  // namespace koshi::ask
