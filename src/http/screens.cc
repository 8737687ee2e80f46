#include "http/screens.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/file.h"
#include "http/ask_form.h"

namespace koshi::http {
namespace {

namespace json = boost::json;

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

Result<Ground> ground_of(const zan::Corpus& corpus, const std::string& screen, const json::object& parts) {
  Ground ground{corpus, screen};
  const json::value* of = parts.if_contains("of");
  if (of == nullptr || !of->is_string()) return wrong(screen, "\"of\" names no entity and no procedure");
  const std::string name(of->as_string());
  if (const int32_t procedure = corpus.find_procedure(name); procedure != zan::kNoId) {
    ground.procedure = &corpus.procedures[static_cast<size_t>(procedure)];
    ground.entity = ground.procedure->entity;
    return ground;
  }
  ground.entity = corpus.find_entity(name);
  if (ground.entity == zan::kNoId) return wrong(screen, "the law has neither an entity nor a procedure `" + name + "`");
  return ground;
}

bool is_known(const Ground& ground, std::string_view part, const json::value& value) {
  if (part == "numbers") return value.is_int64() && value.as_int64() >= 0;
  if (!value.is_string()) return false;
  const std::string_view name = value.as_string();
  if (part == "procedures") return ground.corpus.find_procedure(name) != zan::kNoId;
  if (part == "norms") return ground.corpus.find_norm(name) != zan::kNoId;
  if (part == "facts") return find_place(ground.corpus, ground.entity, name).has_value();
  const auto is_named = [&](const zan::ProcedureState& state) { return state.name == name; };
  return part == "states" && ground.procedure != nullptr && std::ranges::any_of(ground.procedure->states, is_named);
}

Result<void> check_part(const Ground& ground, std::string_view part, const json::value& value) {
  if (!value.is_object()) return wrong(ground.screen, "\"" + std::string(part) + "\" is no object");
  for (const auto& [role, named] : value.as_object()) {
    if (part == "assumes") {
      if (!is_known(ground, "facts", json::value(role))) return wrong(ground.screen, "the law has no fact `" + std::string(role) + "`");
      continue;
    }
    const bool is_list = part != "norms" && part != "procedures";
    if (is_list != named.is_array()) return wrong(ground.screen, "\"" + std::string(role) + "\" has the wrong shape");
    const json::array one{named};
    for (const json::value& each : is_list ? named.as_array() : one) {
      if (!is_known(ground, part, each)) return wrong(ground.screen, std::string(part) + ": not known here: " + json::serialize(each));
    }
  }
  return {};
}

Result<void> check_screen(const zan::Corpus& corpus, const std::string& screen, const json::value& value) {
  if (!value.is_object()) return wrong(screen, "no object");
  TRY(ground, ground_of(corpus, screen, value.as_object()));
  for (const auto& [part, named] : value.as_object()) {
    constexpr std::string_view kParts[] = {"norms", "facts", "assumes", "procedures", "states", "numbers"};
    if (part == "of") continue;
    if (std::ranges::find(kParts, std::string_view(part)) == std::end(kParts)) {
      return wrong(screen, "no such part: \"" + std::string(part) + "\"");
    }
    TRY_DO(check_part(ground, part, named));
  }
  return {};
}

}  // namespace

Result<std::string> load_screens(const std::filesystem::path& law, const zan::Corpus& corpus) {
  const std::filesystem::path path = law / "screens.json";
  std::error_code none;
  if (law.empty() || !std::filesystem::exists(path, none)) return "{}";
  TRY(text, read_file(path, kScreensMaxBytes));
  boost::system::error_code error;
  const json::value read = json::parse(text, error);
  if (error || !read.is_object()) return fail("screens.json is no JSON object: " + error.message());
  for (const auto& [screen, value] : read.as_object()) TRY_DO(check_screen(corpus, std::string(screen), value));
  return json::serialize(read);
}

}  // namespace koshi::http
