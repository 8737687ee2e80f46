#include "flat_population.h"

#include <cstring>
#include <map>

namespace koshi::agreement {

using zan::Column;
using zan::Corpus;
using zan::Entity;
using zan::EntityId;
using zan::Kind;
using zan::Record;
using zan::Table;
using zan::Value;

namespace {

class Flattener {
 public:
  Flattener(const Corpus& corpus, FlatPopulation& out) : c_(corpus), out_(out) {}

  void run(const std::vector<Record>& records) {
    // The roots first, so that they stand in the first rows; what they are linked to follows, in the order in which it is met.
    for (const Record& record : records) add(record);
    for (size_t i = 0; i < queue_.size(); ++i) {
      const Record& record = *queue_[i];
      for (size_t link = 0; link < record.one.size(); ++link) {
        if (record.one[link]) add(*record.one[link]);
      }
      for (const auto& list : record.many) {
        for (size_t j = 0; list && j < list->size(); ++j) add((*list)[j]);
      }
    }
    for (const auto& [entity, rows] : rows_) out_.tables.tables.push_back(table(entity, rows));
    out_.rows = rows_;
  }

 private:
  const Entity& info(EntityId entity) const { return c_.entities[static_cast<size_t>(entity)]; }

  void add(const Record& record) {
    row_of_[&record] = static_cast<int32_t>(rows_[record.entity].size());
    rows_[record.entity].push_back(&record);
    // Every entity that a link could lead to has a table, if only an empty one.
    for (const zan::Link& link : info(record.entity).links) rows_[link.target];
    queue_.push_back(&record);
  }

  template <typename T>
  T* memory(size_t count) {
    return reinterpret_cast<T*>(out_.memory.emplace_back(count * sizeof(T) + sizeof(T)).data());
  }

  Table table(EntityId entity, const std::vector<const Record*>& rows) {
    Table table;
    table.entity = entity;
    table.rows = static_cast<int64_t>(rows.size());
    for (size_t i = 0; i < info(entity).facts.size(); ++i) {
      if (info(entity).facts[i].type.kind != Kind::kText) table.columns.push_back(column(info(entity).facts[i], rows, i));
    }
    for (size_t i = 0; i < info(entity).links.size(); ++i) {
      const zan::Link& link = info(entity).links[i];
      if (link.many) {
        table.many.push_back(list(link, rows, i));
      } else {
        auto* to = memory<int32_t>(rows.size());
        for (size_t row = 0; row < rows.size(); ++row) to[row] = rows[row]->one[i] ? row_of_.at(rows[row]->one[i].get()) : zan::kNoRow;
        table.links.push_back({link.name, to});
      }
    }
    measure_bounds(table);
    return table;
  }

  Column column(const zan::Fact& fact, const std::vector<const Record*>& rows, size_t index) {
    Column column;
    column.path = fact.name;
    column.type = fact.type;
    column.storage = storage_of(c_, fact.type);
    const size_t width = width_bytes(column.storage);
    auto* data = memory<std::byte>(rows.size() * width);
    auto* validity = memory<uint8_t>(rows.size() / 8 + 1);
    for (size_t row = 0; row < rows.size(); ++row) {
      const std::optional<Value>& value = rows[row]->facts[index];
      if (!value) continue;
      const int64_t number = value->is_none() ? none_mark(column.storage) : value->number();
      std::memcpy(data + row * width, &number, width);
      validity[row / 8] = static_cast<uint8_t>(validity[row / 8] | 1U << (row % 8));
    }
    column.data = data;
    column.validity = validity;
    return column;
  }

  zan::ManyColumn list(const zan::Link& link, const std::vector<const Record*>& rows, size_t index) {
    auto* first = memory<int64_t>(rows.size() + 1);
    auto* validity = memory<uint8_t>(rows.size() / 8 + 1);
    std::vector<int32_t> members;
    for (size_t row = 0; row < rows.size(); ++row) {
      first[row] = static_cast<int64_t>(members.size());
      const auto& list = rows[row]->many[index];
      if (!list) continue;
      validity[row / 8] = static_cast<uint8_t>(validity[row / 8] | 1U << (row % 8));
      for (const Record& member : *list) members.push_back(row_of_.at(&member));
    }
    first[rows.size()] = static_cast<int64_t>(members.size());
    auto* numbers = memory<int32_t>(members.size());
    if (!members.empty()) std::memcpy(numbers, members.data(), members.size() * sizeof(int32_t));
    return {link.name, first, numbers, validity};
  }

  const Corpus& c_;
  FlatPopulation& out_;
  std::map<EntityId, std::vector<const Record*>> rows_;
  std::map<const Record*, int32_t> row_of_;
  std::vector<const Record*> queue_;
};

}  // namespace

void forget_texts(const Corpus& corpus, Record& record) {
  const auto& facts = corpus.entities[static_cast<size_t>(record.entity)].facts;
  for (size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].type.kind == Kind::kText) record.facts[i].reset();
  }
  for (auto& linked : record.one) {
    if (linked) forget_texts(corpus, *linked);
  }
  for (auto& list : record.many) {
    for (size_t i = 0; list && i < list->size(); ++i) forget_texts(corpus, (*list)[i]);
  }
}

FlatPopulation flatten(const Corpus& corpus, const std::vector<Record>& records) {
  FlatPopulation out;
  Flattener(corpus, out).run(records);
  return out;
}

}  // namespace koshi::agreement
