#include "http/ask_form.h"

#include <algorithm>
#include <memory>

#include "base/text.h"

namespace koshi::http {
namespace {

bool is_date_part(std::string_view name) {
  return name.ends_with("-day") || name.ends_with("-month") || name.ends_with("-year");
}

/// A tree of names in the order given. A node with members is a list, one with children an object, else a value.
struct Tree {
  std::string value;
  std::vector<std::pair<std::string, std::unique_ptr<Tree>>> children;
  bool is_list = false;
  std::vector<std::unique_ptr<Tree>> members;

  Tree& child(std::string_view name) {
    for (auto& [known, tree] : children) {
      if (known == name) return *tree;
    }
    return *children.emplace_back(std::string(name), std::make_unique<Tree>()).second;
  }

  void grow(size_t count) {
    is_list = true;
    while (members.size() < count) members.push_back(std::make_unique<Tree>());
  }

  void write(std::string& out) const {
    if (is_list) {
      out.push_back('[');
      for (size_t i = 0; i < members.size(); ++i) {
        if (i > 0) out.push_back(',');
        members[i]->write_object(out);
      }
      out.push_back(']');
    } else if (!children.empty()) {
      write_object(out);
    } else {
      append_json_string(out, value);
    }
  }

  void write_object(std::string& out) const {
    out.push_back('{');
    for (size_t i = 0; i < children.size(); ++i) {
      if (i > 0) out.push_back(',');
      append_json_string(out, children[i].first);
      out.push_back(':');
      children[i].second->write(out);
    }
    out.push_back('}');
  }
};

/// "staff[2]" is the name "staff" and the member "2"; the member is empty where there are no brackets.
std::pair<std::string_view, std::string_view> split_member(std::string_view segment) {
  const size_t open = segment.find('[');
  if (open == std::string_view::npos || !segment.ends_with(']')) return {segment, {}};
  return {segment.substr(0, open), segment.substr(open + 1, segment.size() - open - 2)};
}

std::optional<int64_t> member_number(std::string_view text) {
  const auto number = parse_whole(text);
  if (!number || *number < 0 || *number >= kMaxMembersAsked) return std::nullopt;
  return number;
}

void plant(const zan::Corpus& corpus, zan::EntityId entity, std::string_view path, const std::string& value, Tree& root) {
  const auto place = find_place(corpus, entity, path);
  if (!place) {
    root.child(path).value = value;
    return;
  }
  Tree* tree = &root;
  for (const Place::Step& step : place->way) {
    tree = &tree->child(corpus.entities[static_cast<size_t>(step.owner)].links[static_cast<size_t>(step.link)].name);
    if (step.member < 0) continue;
    tree->grow(static_cast<size_t>(step.member) + 1);
    tree = tree->members[static_cast<size_t>(step.member)].get();
  }
  const zan::Entity& owner = corpus.entities[static_cast<size_t>(place->entity)];
  if (place->fact != zan::kNoId) {
    tree->child(owner.facts[static_cast<size_t>(place->fact)].name).value = value;
    return;
  }
  Tree& list = tree->child(owner.links[static_cast<size_t>(place->list)].name);
  list.grow(static_cast<size_t>(member_number(value).value_or(0)));
}

}  // namespace

std::optional<std::string> AskForm::fact(std::string_view path) const {
  for (const auto& [known, value] : facts) {
    if (known == path) return value;
  }
  return std::nullopt;
}

bool AskForm::skips(std::string_view path) const {
  return std::ranges::find(skipped, path) != skipped.end();
}

void AskForm::set_fact(std::string_view path, std::string value) {
  std::erase(skipped, path);
  for (auto& [known, old] : facts) {
    if (known != path) continue;
    old = std::move(value);
    return;
  }
  facts.emplace_back(path, std::move(value));
}

void AskForm::remove_fact(std::string_view path) {
  const std::string members = std::string(path) + '[';
  std::erase_if(facts, [&](const auto& fact) { return fact.first == path || fact.first.starts_with(members); });
}

void AskForm::shorten_list(std::string_view path, int64_t count) {
  const std::string members = std::string(path) + '[';
  std::erase_if(facts, [&](const auto& fact) {
    if (!fact.first.starts_with(members)) return false;
    const auto rest = std::string_view(fact.first).substr(members.size());
    const auto number = member_number(rest.substr(0, rest.find(']')));
    return !number || *number >= count;
  });
}

void AskForm::skip(std::string_view path) {
  remove_fact(path);
  if (!skips(path)) skipped.emplace_back(path);
}

std::string AskForm::date_part(std::string_view name, std::string_view part) const {
  const auto found = parts.find(std::string(name) + '-' + std::string(part));
  return found == parts.end() ? "" : found->second;
}

AskForm read_ask_form(const Query& query) {
  AskForm form;
  for (const auto& [name, raw] : query.items()) {
    std::string value(trim(raw));
    if (is_date_part(name)) {
      form.parts.insert_or_assign(name, std::move(value));
    } else if (value.empty()) {
      continue;  // a field that was left empty says nothing
    } else if (name == "norm") {
      form.norm = std::move(value);
    } else if (name == "under") {
      form.under = std::move(value);
    } else if (name == "on") {
      form.on = std::move(value);
    } else if (name == "reform") {
      if (std::ranges::find(form.reforms, value) == form.reforms.end()) form.reforms.push_back(std::move(value));
    } else if (name == "skip") {
      form.skip(value);
    } else if (name == "answer") {
      form.answering = std::move(value);
    } else if (name == "change") {
      form.changing = std::move(value);
    } else if (name != "lang") {
      form.set_fact(name, std::move(value));
    }
  }
  return form;
}

Query ask_query(const AskForm& form) {
  Query query;
  if (!form.norm.empty()) query.add("norm", form.norm);
  if (!form.under.empty()) query.add("under", form.under);
  if (!form.on.empty()) query.add("on", form.on);
  for (const std::string& reform : form.reforms) query.add("reform", reform);
  for (const auto& [path, value] : form.facts) query.add(path, value);
  for (const std::string& path : form.skipped) query.add("skip", path);
  return query;
}

std::optional<Place> find_place(const zan::Corpus& corpus, zan::EntityId start, std::string_view path) {
  Place place;
  place.entity = start;
  const auto segments = split(path, '.');
  for (size_t i = 0; i < segments.size(); ++i) {
    if (place.entity == zan::kNoId) return std::nullopt;
    const auto [name, member] = split_member(segments[i]);
    const zan::Entity& entity = corpus.entities[static_cast<size_t>(place.entity)];
    const bool last = i + 1 == segments.size();
    if (last && member.empty()) {
      place.fact = entity.find_fact(name);
      if (place.fact != zan::kNoId) return place;
    }
    const int32_t link = entity.find_link(name);
    if (link == zan::kNoId) return std::nullopt;
    const zan::Link& taken = entity.links[static_cast<size_t>(link)];
    if (last) {
      if (!taken.many || !member.empty()) return std::nullopt;
      place.list = link;
      return place;
    }
    Place::Step step{place.entity, link, -1};
    if (taken.many) {
      const auto number = member_number(member);
      if (!number) return std::nullopt;
      step.member = *number;
    } else if (!member.empty()) {
      return std::nullopt;
    }
    place.way.push_back(step);
    place.entity = taken.target;
  }
  return std::nullopt;
}

std::string facts_json(const zan::Corpus& corpus, zan::EntityId entity, const AskForm& form) {
  Tree root;
  for (const auto& [path, value] : form.facts) plant(corpus, entity, path, value, root);
  std::string out;
  root.write_object(out);
  return out;
}

std::string request_json(const zan::Corpus& corpus, zan::EntityId entity, const AskForm& form, std::string_view language) {
  std::string out = "{\"norm\":" + json_string(form.norm);
  if (!form.under.empty()) out += ",\"under\":" + json_string(form.under);
  out += ",\"on\":" + json_string(form.on);
  if (!form.reforms.empty()) {
    out += ",\"reforms\":[";
    for (size_t i = 0; i < form.reforms.size(); ++i) out += (i > 0 ? "," : "") + json_string(form.reforms[i]);
    out += "]";
  }
  out += ",\"facts\":" + facts_json(corpus, entity, form);
  return out + ",\"lang\":" + json_string(language) + "}";
}

ask::RawQuestion raw_question(const zan::Corpus& corpus, zan::EntityId entity, const AskForm& form, std::string_view language) {
  ask::RawQuestion raw;
  raw.norm = form.norm;
  raw.on = form.on;
  raw.under = form.under;
  raw.reforms = form.reforms;
  raw.facts_json = facts_json(corpus, entity, form);
  raw.language = language;
  return raw;
}

}  // namespace koshi::http
