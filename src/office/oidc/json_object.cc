#include "office/oidc/json_object.h"

#include <algorithm>

#include "base/text.h"
#include "net/http_client.h"

namespace koshi::oidc {
namespace {

using ask::JsonDocument;
using ask::JsonNode;

bool repeats_a_name(const JsonDocument& document, const JsonNode& object) {
  std::vector<std::string_view> names;
  for (int32_t child = object.first_child; child >= 0; child = document[child].next_sibling) names.push_back(document[child].key);
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) != names.end();
}

}  // namespace

std::optional<JsonObject> JsonObject::read(std::string_view text) {
  auto document = ask::read_json(text, {net::kHttpBodyMaxBytes, kJsonDepthMax});
  if (!document) return std::nullopt;
  for (const JsonNode& node : document->nodes) {
    if (node.kind == JsonNode::Kind::kObject && repeats_a_name(*document, node)) return std::nullopt;
  }
  if ((*document)[0].kind != JsonNode::Kind::kObject) return std::nullopt;
  JsonObject object;
  object.document_ = std::make_shared<const JsonDocument>(std::move(*document));
  return object;
}

const JsonNode* JsonObject::find(std::string_view name) const {
  for (int32_t child = document()[object_].first_child; child >= 0; child = document()[child].next_sibling) {
    if (document()[child].key == name) return &document()[child];
  }
  return nullptr;
}

std::optional<std::vector<JsonObject>> JsonObject::objects(std::string_view name) const {
  const JsonNode* array = find(name);
  if (array == nullptr || array->kind != JsonNode::Kind::kArray) return std::nullopt;
  std::vector<JsonObject> all;
  for (int32_t child = array->first_child; child >= 0; child = document()[child].next_sibling) {
    if (document()[child].kind != JsonNode::Kind::kObject) return std::nullopt;
    JsonObject& one = all.emplace_back();
    one.document_ = document_;
    one.object_ = child;
  }
  return all;
}

std::optional<std::string> JsonObject::text(std::string_view name) const {
  const JsonNode* node = find(name);
  if (node == nullptr || node->kind != JsonNode::Kind::kString) return std::nullopt;
  return std::string(node->text);
}

std::optional<int64_t> JsonObject::seconds(std::string_view name) const {
  const JsonNode* node = find(name);
  if (node == nullptr || node->kind != JsonNode::Kind::kNumber) return std::nullopt;
  const std::string number = ask::plain_number(node->text);
  const auto whole = parse_whole(std::string_view(number).substr(0, number.find('.')));
  // Beyond the year 9999 nothing is a time, and products with 1000 stay far from overflow.
  constexpr int64_t kSecondsMax = 253'402'300'800;
  if (!whole || *whole < 0 || *whole > kSecondsMax) return std::nullopt;
  return whole;
}

std::optional<std::vector<std::string>> JsonObject::texts(std::string_view name) const {
  const JsonNode* node = find(name);
  if (node == nullptr) return std::nullopt;
  if (node->kind == JsonNode::Kind::kString) return std::vector<std::string>{std::string(node->text)};
  if (node->kind != JsonNode::Kind::kArray) return std::nullopt;
  std::vector<std::string> all;
  for (int32_t child = node->first_child; child >= 0; child = document()[child].next_sibling) {
    if (document()[child].kind != JsonNode::Kind::kString) return std::nullopt;
    all.emplace_back(document()[child].text);
  }
  return all;
}

}  // namespace koshi::oidc
