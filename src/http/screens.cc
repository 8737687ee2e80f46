#include "http/screens.h"

#include <algorithm>

#include "ask/json.h"
#include "base/file.h"
#include "http/ask_form.h"

namespace koshi::http {
namespace {

using ask::JsonDocument;
using ask::JsonNode;
using Kind = ask::JsonNode::Kind;

constexpr int kDepthMax = 8;

/// What a screen's names are looked up in.
struct Ground {
  const zan::Corpus& corpus;
  std::string screen;
  zan::EntityId entity = zan::kNoId;
  const zan::Procedure* procedure = nullptr;
};

std::unexpected<Error> wrong(const std::string& screen, const std::string& what) {
  return fail("screens.json: " + screen + ": " + what);
}

/// The children of an object or a list, in their order.
std::vector<const JsonNode*> children(const JsonDocument& document, const JsonNode& node) {
  std::vector<const JsonNode*> all;
  for (int32_t at = node.first_child; at >= 0; at = document[at].next_sibling) all.push_back(&document[at]);
  return all;
}

Result<Ground> ground_of(const zan::Corpus& corpus, const std::string& screen, const std::vector<const JsonNode*>& parts) {
  Ground ground{corpus, screen};
  const auto of = std::ranges::find(parts, std::string_view("of"), [](const JsonNode* part) { return part->key; });
  if (of == parts.end() || (*of)->kind != Kind::kString) return wrong(screen, "\"of\" names no entity and no procedure");
  const std::string name((*of)->text);
  if (const int32_t procedure = corpus.find_procedure(name); procedure != zan::kNoId) {
    ground.procedure = &corpus.procedures[static_cast<size_t>(procedure)];
    ground.entity = ground.procedure->entity;
    return ground;
  }
  ground.entity = corpus.find_entity(name);
  if (ground.entity == zan::kNoId) return wrong(screen, "the law has neither an entity nor a procedure `" + name + "`");
  return ground;
}

bool is_known(const Ground& ground, std::string_view part, const JsonNode& node) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (part == "numbers") return node.kind == Kind::kNumber && std::ranges::all_of(node.text, is_digit);
  if (node.kind != Kind::kString) return false;
  if (part == "procedures") return ground.corpus.find_procedure(node.text) != zan::kNoId;
  if (part == "norms") return ground.corpus.find_norm(node.text) != zan::kNoId;
  if (part == "facts") return find_place(ground.corpus, ground.entity, node.text).has_value();
  const auto is_named = [&](const zan::ProcedureState& state) { return state.name == node.text; };
  return part == "states" && ground.procedure != nullptr && std::ranges::any_of(ground.procedure->states, is_named);
}

Result<void> check_role(const Ground& ground, const JsonDocument& document, std::string_view part, const JsonNode& role) {
  const std::string name(role.key);
  if (part == "assumes") {
    if (find_place(ground.corpus, ground.entity, name)) return {};
    return wrong(ground.screen, "the law has no fact `" + name + "`");
  }
  const bool is_list = part != "norms" && part != "procedures";
  if (is_list != (role.kind == Kind::kArray)) return wrong(ground.screen, "\"" + name + "\" has the wrong shape");
  const std::vector<const JsonNode*> named = is_list ? children(document, role) : std::vector<const JsonNode*>{&role};
  for (const JsonNode* each : named) {
    if (!is_known(ground, part, *each)) {
      return wrong(ground.screen, std::string(part) + ": not known here: \"" + std::string(each->text) + "\"");
    }
  }
  return {};
}

Result<void> check_screen(const zan::Corpus& corpus, const JsonDocument& document, const JsonNode& node) {
  const std::string screen(node.key);
  if (node.kind != Kind::kObject) return wrong(screen, "no object");
  const std::vector<const JsonNode*> parts = children(document, node);
  TRY(ground, ground_of(corpus, screen, parts));
  for (const JsonNode* part : parts) {
    constexpr std::string_view kParts[] = {"norms", "facts", "assumes", "procedures", "states", "numbers"};
    if (part->key == "of") continue;
    const std::string name(part->key);
    if (std::ranges::find(kParts, part->key) == std::end(kParts)) return wrong(screen, "no such part: \"" + name + "\"");
    if (part->kind != Kind::kObject) return wrong(screen, "\"" + name + "\" is no object");
    for (const JsonNode* role : children(document, *part)) TRY_DO(check_role(ground, document, part->key, *role));
  }
  return {};
}

}  // namespace

Result<std::string> load_screens(const std::filesystem::path& law, const zan::Corpus& corpus) {
  const std::filesystem::path path = law / "screens.json";
  std::error_code none;
  if (law.empty() || !std::filesystem::exists(path, none)) return "{}";
  TRY(text, read_file(path, kScreensMaxBytes));
  const auto read = ask::read_json(text, {kScreensMaxBytes, kDepthMax});
  if (!read) return fail("screens.json is no JSON object: " + read.error().message);
  const JsonNode& root = (*read)[0];
  if (root.kind != Kind::kObject) return fail("screens.json is no JSON object");
  for (const JsonNode* screen : children(*read, root)) TRY_DO(check_screen(corpus, *read, *screen));
  return text;
}

}  // namespace koshi::http
