#include "random_population.h"

#include <cstring>

#include "random_facts.h"

namespace koshi::agreement {

using zan::Column;
using zan::Corpus;
using zan::EntityId;
using zan::Kind;
using zan::Record;
using zan::Storage;
using zan::Value;

namespace {

constexpr size_t kLevels = 4;
constexpr size_t kPersonsPerLevel = 23;
constexpr size_t kFirmsPerLevel = 5;

using Facts = std::vector<std::vector<std::optional<Value>>>;

Facts random_facts(Dice& dice, const Corpus& corpus, EntityId entity, size_t rows, size_t given) {
  Facts facts(rows);
  for (auto& row : facts) {
    for (const zan::Fact& fact : corpus.entities[static_cast<size_t>(entity)].facts)
      row.push_back(dice.percent(given) ? std::optional(random_value(dice, corpus, fact.type)) : std::nullopt);
  }
  return facts;
}

class Builder {
 public:
  Builder(const Corpus& corpus, RandomPopulation& out, Dice& dice) : c_(corpus), out_(out), dice_(dice) {}

  zan::Table table(EntityId entity, const Facts& facts) {
    zan::Table table;
    table.entity = entity;
    table.rows = static_cast<int64_t>(facts.size());
    const auto& infos = c_.entities[static_cast<size_t>(entity)].facts;
    for (size_t i = 0; i < infos.size(); ++i) table.columns.push_back(column(infos[i], facts, i));
    return table;
  }

  std::byte* memory(size_t bytes) { return out_.memory.emplace_back(bytes).data(); }

 private:
  Column column(const zan::Fact& info, const Facts& facts, size_t index) {
    Column column;
    column.path = info.name;
    column.type = info.type;
    column.storage = storage_of(c_, info.type);
    if ((info.type.kind == Kind::kWhole || info.type.kind == Kind::kDays) && dice_.one_in(2)) column.storage = Storage::kI32;
    const size_t width = width_bytes(column.storage);
    std::byte* data = memory(facts.size() * width);
    std::byte* validity = memory(facts.size() / 8 + 1);
    bool all_known = true;
    for (size_t row = 0; row < facts.size(); ++row) {
      const std::optional<Value>& value = facts[row][index];
      // Under an unknown row lies nonsense on purpose.
      const int64_t nonsense = static_cast<int64_t>(0xC3A5'5A3C'77EE'1122u * (row + 1));
      const int64_t number = !value ? nonsense : value->is_none() ? none_mark(column.storage) : value->number();
      std::memcpy(data + row * width, &number, width);
      if (value) validity[row / 8] |= static_cast<std::byte>(1U << (row % 8));
      all_known = all_known && value.has_value();
    }
    column.data = data;
    if (!all_known) column.validity = reinterpret_cast<const uint8_t*>(validity);
    return column;
  }

  const Corpus& c_;
  RandomPopulation& out_;
  Dice& dice_;
};

}  // namespace

RandomPopulation random_population(Dice& dice, const Corpus& corpus, size_t given, size_t scale) {
  const size_t persons_per_level = kPersonsPerLevel * scale, firms_per_level = kFirmsPerLevel * scale;
  RandomPopulation out;
  const EntityId person = corpus.find_entity("person"), firm = corpus.find_entity("firm");
  out.persons = random_facts(dice, corpus, person, kLevels * persons_per_level, given);
  out.firms = random_facts(dice, corpus, firm, kLevels * firms_per_level, given);
  out.memory.reserve(200);
  Builder builder(corpus, out, dice);
  zan::Table persons = builder.table(person, out.persons), firms = builder.table(firm, out.firms);
  for (size_t row = 0; row < out.persons.size(); ++row) {
    const size_t level = row / persons_per_level;
    out.firm_of.push_back(dice.percent(given) ? static_cast<int32_t>(level * firms_per_level + dice.roll(firms_per_level)) : zan::kNoRow);
  }
  std::vector<int64_t> first = {0};
  std::vector<int32_t> members;
  auto* listed = reinterpret_cast<uint8_t*>(builder.memory(out.firms.size() / 8 + 1));
  for (size_t row = 0; row < out.firms.size(); ++row) {
    const size_t next = row / firms_per_level + 1;
    out.staff_of.emplace_back();
    if (dice.percent(given)) {
      listed[row / 8] = static_cast<uint8_t>(listed[row / 8] | 1U << (row % 8));
      auto& staff = out.staff_of.back().emplace();
      const size_t count = next < kLevels ? dice.roll(5) : 0;
      for (size_t i = 0; i < count; ++i) staff.push_back(static_cast<int32_t>(next * persons_per_level + dice.roll(persons_per_level)));
      members.insert(members.end(), staff.begin(), staff.end());
    }
    first.push_back(static_cast<int64_t>(members.size()));
  }
  auto* links = builder.memory(out.firm_of.size() * sizeof(int32_t));
  std::memcpy(links, out.firm_of.data(), out.firm_of.size() * sizeof(int32_t));
  persons.links.push_back({"firm", reinterpret_cast<const int32_t*>(links)});
  auto* firsts = builder.memory(first.size() * sizeof(int64_t));
  std::memcpy(firsts, first.data(), first.size() * sizeof(int64_t));
  auto* lists = builder.memory(members.size() * sizeof(int32_t) + 1);
  if (!members.empty()) std::memcpy(lists, members.data(), members.size() * sizeof(int32_t));
  firms.many.push_back({"staff", reinterpret_cast<const int64_t*>(firsts), reinterpret_cast<const int32_t*>(lists), listed});
  measure_bounds(persons);
  measure_bounds(firms);
  out.tables.tables = {std::move(persons), std::move(firms)};
  return out;
}

Record RandomPopulation::record(const Corpus& corpus, EntityId entity, int64_t row) const {
  Record out = Record::blank(corpus, entity);
  const auto index = static_cast<size_t>(row);
  if (entity == corpus.find_entity("person")) {
    out.facts = persons[index];
    if (firm_of[index] != zan::kNoRow) out.one[0] = std::make_unique<Record>(record(corpus, corpus.find_entity("firm"), firm_of[index]));
    return out;
  }
  out.facts = firms[index];
  if (!staff_of[index]) return out;
  auto& staff = out.many[0].emplace();
  for (const int32_t member : *staff_of[index]) staff.push_back(record(corpus, corpus.find_entity("person"), member));
  return out;
}

}  // namespace koshi::agreement
