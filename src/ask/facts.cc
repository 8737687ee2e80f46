#include "ask/facts.h"

#include <algorithm>

#include "base/text.h"

namespace koshi::ask {
namespace {

using zan::Kind;
using zan::Record;

size_t at(int32_t index) {
  return static_cast<size_t>(index);
}

}  // namespace

void FactReader::problem(ProblemKind kind, std::string message) {
  if (problems_.size() >= kMaxProblems) return;
  std::string pointer = "/facts";
  for (const Step& step : steps_) append_pointer(pointer, step.key.empty() && step.index >= 0 ? std::to_string(step.index) : step.key);
  problems_.push_back({std::move(pointer), std::move(message), kind});
}

Record FactReader::make_record(zan::EntityId entity) {
  ++records_;
  return Record::blank(corpus_, entity);
}

std::string FactReader::unknown_name(const zan::Entity& entity, std::string_view name) const {
  std::vector<std::string> known;
  for (const zan::Fact& fact : entity.facts) known.push_back(fact.name);
  for (const zan::Link& link : entity.links) known.push_back(link.name);
  std::string message = "`" + entity.name + "` has no fact `" + std::string(name) + "`";
  if (const auto near = nearest(name, known)) return message + "; did you mean `" + *near + "`?";
  for (const zan::Link& link : entity.links) {
    if (!link.many && corpus_.entities[at(link.target)].find_fact(name) != zan::kNoId) {
      return message + "; did you mean `" + link.name + "." + std::string(name) + "`?";
    }
  }
  return known.size() <= 20 ? message + "; it has " + join(known, ", ") : message;
}

Record* FactReader::enter_member(Record& record, int32_t link, std::string_view segment, size_t open) {
  const auto index = segment.ends_with(']') ? parse_whole(segment.substr(open + 1, segment.size() - open - 2)) : std::nullopt;
  auto& list = record.many[at(link)];
  const size_t size = list ? list->size() : 0;
  if (!index || *index < 0 || static_cast<uint64_t>(*index) > size) {
    problem(ProblemKind::kBadValue, "`" + std::string(segment) +
                                        "` names no member; the members given so far are numbered from 0, and the next is [" +
                                        std::to_string(size) + "]");
    return nullptr;
  }
  if (size >= kMaxMembers) {
    problem(ProblemKind::kLimit, "more than " + std::to_string(kMaxMembers) + " members");
    return nullptr;
  }
  if (!list) list.emplace();
  if (static_cast<size_t>(*index) == size) list->push_back(make_record(entity(record).links[at(link)].target));
  return &(*list)[static_cast<size_t>(*index)];
}

Record* FactReader::enter(Record& record, int32_t link, std::string_view segment) {
  const zan::Link& info = entity(record).links[at(link)];
  if (records_ >= kMaxRecords) {
    problem(ProblemKind::kLimit, "more than " + std::to_string(kMaxRecords) + " records in one question");
    return nullptr;
  }
  const size_t open = segment.find('[');
  if (info.many && open != std::string_view::npos) return enter_member(record, link, segment, open);
  if (info.many) {
    problem(ProblemKind::kBadValue, "`" + info.name + "` is a list; name one member, as in `" + info.name + "[0]`");
    return nullptr;
  }
  auto& one = record.one[at(link)];
  if (!one) one = std::make_unique<Record>(make_record(info.target));
  return one.get();
}

/// Follows a dotted path to its last name.
bool FactReader::locate(std::string_view path, Record& record, Place& place) {
  const std::vector<std::string_view> segments = split(path, '.');
  if (segments.size() > static_cast<size_t>(kMaxJsonDepth)) {
    problem(ProblemKind::kLimit, "a path of more than " + std::to_string(kMaxJsonDepth) + " names");
    return false;
  }
  Record* current = &record;
  for (size_t i = 0; i < segments.size(); ++i) {
    const std::string_view name = segments[i].substr(0, segments[i].find('['));
    const int32_t link = entity(*current).find_link(name);
    const bool last = i + 1 == segments.size();
    if (last) {
      place = {current, name == segments[i] ? entity(*current).find_fact(name) : zan::kNoId, link};
      if (place.fact != zan::kNoId || (link != zan::kNoId && name == segments[i])) return true;
    }
    if (last || link == zan::kNoId) {
      problem(ProblemKind::kUnknownName, unknown_name(entity(*current), segments[i]));
      return false;
    }
    current = enter(*current, link, segments[i]);
    if (current == nullptr) return false;
  }
  return false;
}

bool FactReader::repeats_earlier_key(const JsonDocument& document, const JsonNode& object) {
  std::vector<std::string_view> keys;
  keys.reserve(static_cast<size_t>(object.children));
  for (int32_t child = object.first_child; child >= 0; child = document[child].next_sibling) keys.push_back(document[child].key);
  std::ranges::sort(keys);
  const auto twice = std::ranges::adjacent_find(keys);
  if (twice == keys.end()) return false;
  steps_.push_back({*twice, -1});
  problem(ProblemKind::kTwice, "`" + std::string(*twice) + "` is given twice");
  steps_.pop_back();
  return true;
}

void FactReader::read_object(const JsonDocument& document, int32_t node, Record& record) {
  const JsonNode& object = document[node];
  if (object.kind != JsonNode::Kind::kObject) {
    problem(ProblemKind::kBadValue, "an object with facts of `" + entity(record).name + "` was expected");
    return;
  }
  if (repeats_earlier_key(document, object)) return;
  for (int32_t child = object.first_child; child >= 0; child = document[child].next_sibling) {
    steps_.push_back({document[child].key, -1});
    read_member(document, document[child], record);
    steps_.pop_back();
  }
}

void FactReader::read_member(const JsonDocument& document, const JsonNode& member, Record& record) {
  Place place;
  if (!locate(member.key, record, place)) return;
  if (place.fact != zan::kNoId) {
    read_fact(member, place);
  } else {
    read_link(document, member, place);
  }
}

void FactReader::read_fact(const JsonNode& node, const Place& place) {
  auto& slot = place.record->facts[at(place.fact)];
  if (slot) return problem(ProblemKind::kTwice, "this fact is given twice");
  auto given = value(entity(*place.record).facts[at(place.fact)].type, node);
  if (!given) return problem(ProblemKind::kBadValue, std::move(given.error().message));
  slot = std::move(*given);
}

void FactReader::read_link(const JsonDocument& document, const JsonNode& node, const Place& place) {
  const zan::Link& link = entity(*place.record).links[at(place.link)];
  const auto id = static_cast<int32_t>(&node - document.nodes.data());
  if (!link.many) {
    if (Record* linked = enter(*place.record, place.link, link.name)) read_object(document, id, *linked);
    return;
  }
  auto& list = place.record->many[at(place.link)];
  if (list) return problem(ProblemKind::kTwice, "this list is given twice");
  if (node.kind != JsonNode::Kind::kArray) return problem(ProblemKind::kBadValue, "an array of objects was expected");
  if (static_cast<size_t>(node.children) > kMaxMembers) {
    return problem(ProblemKind::kLimit, "more than " + std::to_string(kMaxMembers) + " members");
  }
  read_list(document, node, list.emplace(), link.target);
}

void FactReader::read_list(const JsonDocument& document, const JsonNode& node, std::vector<Record>& members, zan::EntityId entity) {
  int32_t index = 0;
  members.reserve(static_cast<size_t>(node.children));
  for (int32_t child = node.first_child; child >= 0; child = document[child].next_sibling) {
    if (records_ >= kMaxRecords)
      return problem(ProblemKind::kLimit, "more than " + std::to_string(kMaxRecords) + " records in one question");
    steps_.push_back({{}, index++});
    read_object(document, child, members.emplace_back(make_record(entity)));
    steps_.pop_back();
  }
}

Result<zan::Value> FactReader::value(const zan::Type& type, const JsonNode& node) const {
  using JsonKind = JsonNode::Kind;
  const auto expected = [&] { return "a value of type `" + zan::type_name(corpus_, type) + "` was expected"; };
  switch (node.kind) {
    case JsonKind::kNull:
      if (type.or_none) return zan::Value::none();
      return fail("null means none, and " + expected() + "; leave the fact out when it is not known");
    case JsonKind::kTrue:
    case JsonKind::kFalse:
      if (type.kind == Kind::kYesNo) return zan::Value::yes_no(node.kind == JsonKind::kTrue);
      return fail(expected());
    case JsonKind::kNumber: {
      const bool takes_number = type.kind != Kind::kYesNo && type.kind != Kind::kDate && type.kind != Kind::kText;
      const std::string number = plain_number(node.text);
      if (!takes_number) return fail(expected());
      if (number.empty()) return fail("the exponent of `" + std::string(node.text) + "` is too large");
      return zan::parse_value(corpus_, type, number);
    }
    case JsonKind::kString:
      if (type.kind == Kind::kText) return zan::Value::text(std::string(node.text));
      return zan::parse_value(corpus_, type, node.text);
    default: return fail(expected());
  }
}

void FactReader::read_pair(std::string_view path, std::string_view text, Record& record) {
  for (const std::string_view segment : split(path, '.')) steps_.push_back({segment, -1});
  Place place;
  if (locate(path, record, place)) {
    if (place.fact == zan::kNoId) {
      read_linked_json(text, place);
    } else if (auto given = zan::parse_value(corpus_, entity(*place.record).facts[at(place.fact)].type, text)) {
      place.record->facts[at(place.fact)] = std::move(*given);
    } else {
      problem(ProblemKind::kBadValue, std::move(given.error().message));
    }
  }
  steps_.clear();
}

/// staff=[{"category":"first"}]: a whole list or record, as JSON.
void FactReader::read_linked_json(std::string_view text, const Place& place) {
  const auto document = read_json(text, {kMaxRequestBytes, kMaxJsonDepth});
  if (!document) {
    return problem(ProblemKind::kSyntax, "this is a link to other records; write them as JSON, or name one of their facts");
  }
  place.record->many[at(place.link)].reset();
  place.record->one[at(place.link)].reset();
  read_link(*document, (*document)[0], place);
}

}  // namespace koshi::ask
