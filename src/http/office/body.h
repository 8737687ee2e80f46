#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ask/json.h"
#include "http/http.h"

namespace koshi::http {

/// The members of a JSON object that a program sent. The first thing that is wrong is kept in `error`; what follows then reads as absent.
class Body {
 public:
  /// `known` are the names that the object may have: another one is a mistake that is told rather than overlooked.
  static Body read(std::string_view text, const std::vector<std::string_view>& known);

  std::string text(std::string_view name);  ///< required
  std::string text_or(std::string_view name, std::string_view otherwise);
  int64_t whole(std::string_view name);                   ///< required
  std::string object(std::string_view name);              ///< its JSON; "{}" where it is missing
  std::vector<std::string> texts(std::string_view name);  ///< empty where it is missing

  const std::optional<std::string>& error() const { return error_; }

 private:
  const ask::JsonNode* find(std::string_view name, ask::JsonNode::Kind kind, bool required);
  void fail(std::string message);

  ask::JsonDocument document_;
  std::optional<std::string> error_;
};

/// A value as it was read, without white space. Numbers stay as they are written.
std::string json_text(const ask::JsonDocument& document, const ask::JsonNode& node);

}  // namespace koshi::http
