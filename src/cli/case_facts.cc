#include <fmt/core.h>

#include <iostream>
#include <iterator>

#include "ask/ask.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/office_place.h"

/// FACT=VALUE of a command, spelt as the desk takes facts: by the types of the law.
namespace koshi::cli {
namespace {

/// The type of the fact to which a path leads ("workers[0].person.nationality"); none for lists, records and what the law does not know.
const zan::Type* type_at(const zan::Corpus& corpus, zan::EntityId entity, std::string_view path) {
  const auto segments = split(path, '.');
  for (size_t i = 0; i + 1 < segments.size(); ++i) {
    const zan::Entity& here = corpus.entities[static_cast<size_t>(entity)];
    const int32_t link = here.find_link(segments[i].substr(0, segments[i].find('[')));
    if (link == zan::kNoId) return nullptr;
    entity = here.links[static_cast<size_t>(link)].target;
  }
  const zan::Entity& last = corpus.entities[static_cast<size_t>(entity)];
  const int32_t fact = last.find_fact(segments.back());
  return fact == zan::kNoId ? nullptr : &last.facts[static_cast<size_t>(fact)].type;
}

bool looks_like_json(std::string_view text) {
  return text.starts_with('[') || text.starts_with('{');
}

/// Appends "path":value. What the law does not know goes on as it is: the desk says so, with the nearest name.
OrStatus<void> append_fact(std::string& out, const zan::Corpus& corpus, zan::EntityId entity, std::string_view pair) {
  const size_t equals = pair.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    complain(fmt::format("`{}` is no fact; write FACT=VALUE, such as category=second", pair));
    return std::unexpected(kBadInput);
  }
  const std::string_view path = pair.substr(0, equals);
  const std::string_view text = pair.substr(equals + 1);
  if (out.size() > 1) out += ',';
  append_json_string(out, path);
  out += ':';
  const zan::Type* type = type_at(corpus, entity, path);
  if (type == nullptr) {
    if (looks_like_json(text))
      out.append(text);
    else
      append_json_string(out, text);
    return {};
  }
  const auto value = zan::parse_value(corpus, *type, text);
  if (!value) {
    complain(fmt::format("{}: {}", path, value.error().message));
    return std::unexpected(kBadInput);
  }
  ask::append_value_json(out, corpus, *value);
  return {};
}

/// The text between the braces of the file's object.
OrStatus<std::string> file_members(const std::string& file) {
  if (file.empty()) return "";
  std::string text;
  if (file == "-") {
    for (std::istreambuf_iterator<char> it(std::cin), end; it != end && text.size() <= ask::kMaxRequestBytes; ++it) text += *it;
  } else {
    auto read = read_file(file, ask::kMaxRequestBytes);
    if (!read) {
      complain(read.error().message);
      return std::unexpected(kBadInput);
    }
    text = std::move(*read);
  }
  const std::string_view trimmed = trim(text);
  if (trimmed.size() < 2 || !trimmed.starts_with('{') || !trimmed.ends_with('}')) {
    complain(fmt::format("{} holds no JSON object of facts", file));
    return std::unexpected(kBadInput);
  }
  return std::string(trim(trimmed.substr(1, trimmed.size() - 2)));
}

}  // namespace

OrStatus<std::string> facts_of(const Law& law, const zan::Procedure& procedure, const CaseOptions& options) {
  auto members = file_members(options.facts_file);
  if (!members) return members;
  std::string out = "{" + *members;
  for (const std::string& pair : options.facts) {
    if (auto added = append_fact(out, law.corpus(), procedure.entity, pair); !added) return std::unexpected(added.error());
  }
  return out + "}";
}

}  // namespace koshi::cli
