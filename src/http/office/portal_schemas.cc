// The shapes of what the portal asks, as JSON Schema 2020-12. Tests hold real answers against them.
#include "http/office/portal_api.h"

namespace koshi::http {
namespace {

constexpr std::pair<const char*, const char*> kSchemas[] = {
    {"Office", R"({"type":"object","required":["today","demo"],"properties":{"today":{"type":"string","format":"date",
"description":"the day by the office's clock"},"demo":{"type":"array","description":"made-up people of a demonstration, for everybody to try",
"items":{"type":"object","required":["login","password","name","about"],"properties":{"login":{"type":"string"},"password":{"type":"string"},
"name":{"type":"string"},"about":{"type":"string"}}}}}})"},
};

}  // namespace

const std::vector<NamedSchema>& portal_schemas() {
  static const std::vector<NamedSchema> all(std::begin(kSchemas), std::end(kSchemas));
  return all;
}

}  // namespace koshi::http
