#include "zan/sql/schema.h"

#include <algorithm>

namespace koshi::zan::sql {

namespace {

/// Where the lowering only asks whether there is such memory at all.
constexpr uint8_t kThere = 0;
constexpr int64_t kNowhere = 0;
constexpr int32_t kNoData = 0;

}  // namespace

Schema::Schema(const Corpus& corpus, const Question& question) : c_(corpus), q_(question) {
  table_of(question.entity);
  if (!question.linked) return;
  for (size_t i = 0; i < c_.entities.size(); ++i) table_of(static_cast<EntityId>(i));
  for (Table& table : population_.tables) {
    for (const Link& link : c_.entities[static_cast<size_t>(table.entity)].links) {
      if (link.many) {
        table.many.push_back({link.name, &kNowhere, nullptr, q_.complete ? nullptr : &kThere});
      } else {
        table.links.push_back({link.name, &kNoData});
      }
    }
  }
}

Table& Schema::table_of(EntityId entity) {
  if (Table* known = population_.find(entity)) return *known;
  Table table;
  table.entity = entity;
  table.rows = kMaxRows;
  population_.tables.push_back(std::move(table));
  return population_.tables.back();
}

Bounds Schema::bounds_of(const Type& type, const std::string& path) const {
  switch (type.kind) {
    case Kind::kYesNo: return {0, 1};
    case Kind::kEnum: return {0, static_cast<int64_t>(c_.enums[static_cast<size_t>(type.of)].members.size()) - 1};
    case Kind::kDate: return {kFirstDate.days, kLastDate.days};
    case Kind::kText: return {0, 0};
    default: break;
  }
  if (const auto closer = q_.within.find(path); closer != q_.within.end()) return closer->second;
  const int64_t most = type.kind == Kind::kMoney ? kMoneyMax : type.kind == Kind::kDecimal ? kDecimalMax : kWholeMax;
  return {-most, most};
}

void Schema::add_column(EntityId entity, const std::string& path, const Fact& fact) {
  Column column;
  column.path = path;
  column.type = fact.type;
  column.storage = storage_of(c_, fact.type);
  column.bounds = bounds_of(fact.type, path);
  const bool unknowable = fact.type.or_none ? std::ranges::find(q_.unknowable, path) != q_.unknowable.end() : !q_.complete;
  if (unknowable) column.validity = &kThere;
  table_of(entity).columns.push_back(std::move(column));
}

void Schema::add(const std::set<std::string>& missing, std::set<std::string>& problems) {
  for (const std::string& name : missing) {
    const size_t dot = name.find('.');
    const EntityId entity = c_.find_entity(name.substr(0, dot));
    const std::string path = name.substr(dot + 1);
    const Fact* fact = entity == kNoId ? nullptr : find_fact(c_, entity, path);
    if (fact != nullptr) {
      add_column(entity, path, *fact);
    } else {
      problems.insert("`" + name + "` is a list, which one table does not hold; say --linked for tables that follow links");
    }
  }
}

}  // namespace koshi::zan::sql
