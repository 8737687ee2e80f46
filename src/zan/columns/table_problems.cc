#include <algorithm>

#include "base/text.h"
#include "zan/columns/table.h"

/// What is wrong with a population, told in full before anything is computed from it.
namespace koshi::zan {
namespace {

class Inspector {
 public:
  Inspector(const Corpus& corpus, const Population& population) : c_(corpus), p_(population) {}

  std::vector<std::string> run() {
    for (size_t i = 0; i < p_.tables.size(); ++i) {
      const Table& table = p_.tables[i];
      if (table.entity < 0 || static_cast<size_t>(table.entity) >= c_.entities.size()) {
        problems_.push_back("table " + std::to_string(i + 1) + " is of no entity of the law");
        continue;
      }
      name_ = entity(table.entity).name;
      if (p_.find(table.entity) != &table) say("there are two tables of it");
      if (table.rows < 0 || table.rows > kMaxRows)
        say("it has " + std::to_string(table.rows) + " rows; at most " + std::to_string(kMaxRows));
      for (const Column& column : table.columns) inspect(table, column);
      for (const LinkColumn& link : table.links) inspect(table, link);
      for (const ManyColumn& link : table.many) inspect(table, link);
    }
    return std::move(problems_);
  }

 private:
  const Entity& entity(EntityId id) const { return c_.entities[static_cast<size_t>(id)]; }
  void say(const std::string& problem) { problems_.push_back(name_ + ": " + problem); }

  void inspect(const Table& table, const Column& column) {
    const std::string name = "column `" + column.path + "` ";
    const Fact* fact = find_fact(c_, table.entity, column.path);
    if (fact == nullptr) return say(name + "is no fact of it");
    if (table.find(column.path) != &column) say(name + "is there twice");
    if (!(column.type == fact->type)) {
      return say(name + "is of type " + type_name(c_, column.type) + ", but the fact is " + type_name(c_, fact->type));
    }
    if (!may_lie_in(c_, column.type, column.storage)) {
      return say(name + "lies in " + std::to_string(8 * width_bytes(column.storage)) + " bits, which a fact of type " +
                 type_name(c_, column.type) + " does not");
    }
    if (column.data == nullptr && table.rows > 0) return say(name + "has no data");
    if (!column.bounds) return say(name + "has no bounds; measure them");
    const auto [least, greatest] = legal(column);
    if (column.bounds->least > column.bounds->greatest) return;
    if (column.bounds->least < least || column.bounds->greatest > greatest)
      say(name + "has a value out of range " + first_bad(table, column));
  }

  std::pair<int64_t, int64_t> legal(const Column& column) const {
    switch (column.type.kind) {
      case Kind::kYesNo: return {0, 1};
      case Kind::kEnum: return {0, static_cast<int64_t>(c_.enums[static_cast<size_t>(column.type.of)].members.size()) - 1};
      case Kind::kDate: return {kFirstDate.days, kLastDate.days};
      default: break;
    }
    const int64_t mark = none_mark(column.storage);
    return mark < 0 ? std::pair{mark + 1, INT64_MAX} : std::pair{int64_t{0}, mark - 1};
  }

  std::string first_bad(const Table& table, const Column& column) const {
    const auto [least, greatest] = legal(column);
    for (int64_t row = 0; row < table.rows; ++row) {
      const int64_t value = column.at(row);
      if (!column.is_known(row) || (column.type.or_none && value == none_mark(column.storage))) continue;
      if (value < least || value > greatest) return "in row " + std::to_string(row) + ": " + std::to_string(value);
    }
    return "by its bounds";
  }

  void inspect(const Table& table, const LinkColumn& column) {
    const std::string name = "link `" + column.link + "` ";
    const int32_t link = entity(table.entity).find_link(column.link);
    if (link == kNoId || entity(table.entity).links[static_cast<size_t>(link)].many) return say(name + "is no link to one of it");
    const Table* target = p_.find(entity(table.entity).links[static_cast<size_t>(link)].target);
    if (target == nullptr) return say(name + "leads to an entity without a table");
    if (column.rows == nullptr && table.rows > 0) return say(name + "has no data");
    for (int64_t row = 0; row < table.rows; ++row) {
      if (column.rows[row] >= kNoRow && column.rows[row] < target->rows) continue;
      return say(name + "leads nowhere in row " + std::to_string(row) + ": " + std::to_string(column.rows[row]));
    }
  }

  void inspect(const Table& table, const ManyColumn& column) {
    const std::string name = "link `" + column.link + "` ";
    const int32_t link = entity(table.entity).find_link(column.link);
    if (link == kNoId || !entity(table.entity).links[static_cast<size_t>(link)].many) return say(name + "is no link to many of it");
    const Table* target = p_.find(entity(table.entity).links[static_cast<size_t>(link)].target);
    if (target == nullptr) return say(name + "leads to an entity without a table");
    if (column.first == nullptr) return say(name + "has no data");
    if (column.first[0] < 0) return say(name + "begins before its first member");
    for (int64_t row = 0; row < table.rows; ++row) {
      if (column.first[row] > column.first[row + 1]) return say(name + "is not in ascending order in row " + std::to_string(row));
    }
    const int64_t last = column.first[table.rows];
    if (column.members == nullptr) {
      if (last > target->rows) say(name + "leads past the last row of its target");
      return;
    }
    for (int64_t i = column.first[0]; i < last; ++i) {
      if (column.members[i] >= 0 && column.members[i] < target->rows) continue;
      return say(name + "leads nowhere in its member " + std::to_string(i) + ": " + std::to_string(column.members[i]));
    }
  }

  const Corpus& c_;
  const Population& p_;
  std::string name_;
  std::vector<std::string> problems_;
};

}  // namespace

const Fact* find_fact(const Corpus& corpus, EntityId at, std::string_view path) {
  for (;;) {
    const Entity& entity = corpus.entities[static_cast<size_t>(at)];
    const size_t dot = path.find('.');
    if (dot == std::string_view::npos) {
      const int32_t fact = entity.find_fact(path);
      return fact == kNoId ? nullptr : &entity.facts[static_cast<size_t>(fact)];
    }
    const int32_t link = entity.find_link(path.substr(0, dot));
    if (link == kNoId || entity.links[static_cast<size_t>(link)].many) return nullptr;
    at = entity.links[static_cast<size_t>(link)].target;
    path.remove_prefix(dot + 1);
  }
}

std::vector<std::string> find_problems(const Corpus& corpus, const Population& population) {
  return Inspector(corpus, population).run();
}

}  // namespace koshi::zan
