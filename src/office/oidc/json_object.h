#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ask/json.h"

/// What a provider sends, read strictly: an object in which no name stands twice. Internal to this folder.
namespace koshi::oidc {

inline constexpr int kJsonDepthMax = 16;

class JsonObject {
 public:
  /// No value when it is no such object.
  static std::optional<JsonObject> read(std::string_view text);
  /// The members of an array of objects, "keys" for instance; no value when it is none.
  std::optional<std::vector<JsonObject>> objects(std::string_view name) const;

  bool has(std::string_view name) const { return find(name) != nullptr; }
  /// No value where it is missing or of another kind.
  std::optional<std::string> text(std::string_view name) const;
  std::optional<int64_t> seconds(std::string_view name) const;  ///< NumericDate; a fraction is cut off
  /// A text, or an array of texts.
  std::optional<std::vector<std::string>> texts(std::string_view name) const;

 private:
  const ask::JsonNode* find(std::string_view name) const;
  const ask::JsonDocument& document() const { return *document_; }

  std::shared_ptr<const ask::JsonDocument> document_;
  int32_t object_ = 0;
};

}  // namespace koshi::oidc
