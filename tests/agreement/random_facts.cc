#include "random_facts.h"

namespace koshi::agreement {

using zan::Kind;
using zan::Record;
using zan::Value;

Date random_date(Dice& dice) {
  static const std::vector<Date> kDates = {*make_date(2018, 5, 5),   *make_date(2011, 12, 31), *make_date(2013, 1, 1),
                                           *make_date(2015, 6, 1),   *make_date(2017, 12, 31), *make_date(2018, 1, 1),
                                           *make_date(2019, 6, 30),  *make_date(2019, 12, 31), *make_date(2020, 7, 1),
                                           *make_date(2020, 12, 30), *make_date(2021, 2, 28),  *make_date(1999, 2, 28)};
  return dice.pick(kDates);
}

Value random_value(Dice& dice, const zan::Corpus& corpus, const zan::Type& type) {
  if (type.or_none && dice.one_in(3)) return Value::none();
  switch (type.kind) {
    case Kind::kYesNo: return Value::yes_no(dice.one_in(2));
    case Kind::kWhole: return Value::whole(static_cast<int64_t>(dice.roll(6)) - 1);
    case Kind::kDecimal: return Value::decimal({static_cast<int64_t>(dice.roll(5)) * 250'000'000});
    case Kind::kMoney: return Value::money({static_cast<int64_t>(dice.roll(5)) * 25'025});
    case Kind::kDate: return Value::date(random_date(dice));
    case Kind::kDays: return Value::days(static_cast<int64_t>(dice.roll(5)));
    case Kind::kEnum:
      return Value::member(type.of, static_cast<int64_t>(dice.roll(corpus.enums[static_cast<size_t>(type.of)].members.size())));
    default: return Value::none();
  }
}

Record random_record(Dice& dice, const zan::Corpus& corpus, zan::EntityId entity, size_t given, size_t depth) {
  Record record = Record::blank(corpus, entity);
  if (entity == zan::kNoId) return record;
  const zan::Entity& info = corpus.entities[static_cast<size_t>(entity)];
  for (size_t i = 0; i < info.facts.size(); ++i) {
    if (dice.percent(given)) record.facts[i] = random_value(dice, corpus, info.facts[i].type);
  }
  if (depth == 0) return record;
  for (size_t i = 0; i < info.links.size(); ++i) {
    if (!dice.percent(given)) continue;
    const zan::EntityId target = info.links[i].target;
    if (!info.links[i].many) {
      record.one[i] = std::make_unique<Record>(random_record(dice, corpus, target, given, depth - 1));
      continue;
    }
    auto& members = record.many[i].emplace();
    const size_t count = dice.roll(4);
    for (size_t j = 0; j < count; ++j) members.push_back(random_record(dice, corpus, target, given, depth - 1));
  }
  return record;
}

bool give_one_more(Dice& dice, const zan::Corpus& corpus, Record& record, size_t depth) {
  const zan::Entity& info = corpus.entities[static_cast<size_t>(record.entity)];
  const size_t places = info.facts.size() + info.links.size();
  const size_t first = dice.roll(places);
  for (size_t i = 0; i < places; ++i) {
    const size_t at = (first + i) % places;
    if (at < info.facts.size()) {
      if (record.facts[at]) continue;
      record.facts[at] = random_value(dice, corpus, info.facts[at].type);
      return true;
    }
    const size_t link = at - info.facts.size();
    if (depth == 0) continue;
    if (info.links[link].many) {
      if (record.many[link]) {
        for (Record& member : *record.many[link]) {
          if (give_one_more(dice, corpus, member, depth - 1)) return true;
        }
        continue;
      }
      auto& members = record.many[link].emplace();
      for (size_t j = dice.roll(3); j > 0; --j) members.push_back(Record::blank(corpus, info.links[link].target));
      return true;
    }
    if (!record.one[link]) record.one[link] = std::make_unique<Record>(Record::blank(corpus, info.links[link].target));
    if (give_one_more(dice, corpus, *record.one[link], depth - 1)) return true;
  }
  return false;
}

namespace {

/// The record at the path of a need, without its last name.
Record& holder(const zan::Corpus& corpus, Record& root, std::string_view path) {
  Record* record = &root;
  for (size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    const std::string_view part = path.substr(0, dot);
    path.remove_prefix(dot + 1);
    const size_t bracket = part.find('[');
    const auto link = static_cast<size_t>(corpus.entities[static_cast<size_t>(record->entity)].find_link(part.substr(0, bracket)));
    if (bracket != std::string_view::npos) {
      record = &(*record->many[link])[static_cast<size_t>(std::stoi(std::string(part.substr(bracket + 1))))];
      continue;
    }
    const zan::EntityId target = corpus.entities[static_cast<size_t>(record->entity)].links[link].target;
    if (!record->one[link]) record->one[link] = std::make_unique<Record>(Record::blank(corpus, target));
    record = record->one[link].get();
  }
  return *record;
}

}  // namespace

void give(const zan::Corpus& corpus, Record& root, const zan::Need& need, const Value& value, size_t members) {
  Record& record = holder(corpus, root, need.path);
  if (need.fact != zan::kNoId) {
    record.facts[static_cast<size_t>(need.fact)] = value;
    return;
  }
  auto& list = record.many[static_cast<size_t>(need.link)].emplace();
  const zan::EntityId target = corpus.entities[static_cast<size_t>(record.entity)].links[static_cast<size_t>(need.link)].target;
  for (size_t i = 0; i < members; ++i) list.push_back(Record::blank(corpus, target));
}

bool is_open(const zan::Corpus& corpus, Record& root, const zan::Need& need) {
  const Record& record = holder(corpus, root, need.path);
  if (record.entity != need.entity) return false;
  return need.fact != zan::kNoId ? !record.facts[static_cast<size_t>(need.fact)] : !record.many[static_cast<size_t>(need.link)];
}

std::string text(const zan::Corpus& corpus, const Record& record, const std::string& path) {
  std::string out;
  if (record.entity == zan::kNoId) return out;
  const zan::Entity& entity = corpus.entities[static_cast<size_t>(record.entity)];
  for (size_t i = 0; i < entity.facts.size(); ++i) {
    if (record.facts[i]) out += path + entity.facts[i].name + " " + format_value(corpus, *record.facts[i]) + ", ";
  }
  for (size_t i = 0; i < entity.links.size(); ++i) {
    const std::string name = path + entity.links[i].name;
    if (record.one[i]) out += text(corpus, *record.one[i], name + ".");
    if (!record.many[i]) continue;
    if (record.many[i]->empty()) out += name + " none, ";
    for (size_t j = 0; j < record.many[i]->size(); ++j) {
      out += name + "[" + std::to_string(j) + "], " + text(corpus, (*record.many[i])[j], name + "[" + std::to_string(j) + "].");
    }
  }
  return out;
}

}  // namespace koshi::agreement
