#include "observatory/synthesis/draw.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/check.h"
#include "observatory/synthesis/draw_fact.h"

namespace koshi::observatory {
namespace {

/// Streams of dice that are no fact's.
enum Stream : uint64_t { kRounding = 1, kOrder, kSizes, kFacts = 1000 };

/// Sums of the weights, rounded at the same random place throughout: each cell gets its share rounded up or down, and all get all.
std::vector<int64_t> people_of_cells(const std::vector<double>& weights, int64_t persons, uint64_t seed) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  const double offset = Dice(seed, kRounding).share(0);
  std::vector<int64_t> out(weights.size(), 0);
  double sum = 0;
  int64_t given = 0;
  size_t last = 0;
  for (size_t cell = 0; cell < weights.size(); ++cell) {
    if (weights[cell] == 0) continue;
    sum += weights[cell];
    const int64_t up_to = std::clamp(static_cast<int64_t>(std::floor(sum / total * static_cast<double>(persons) + offset)), given, persons);
    out[cell] = up_to - given;
    given = up_to;
    last = cell;
  }
  out[last] += persons - given;
  return out;
}

/// The cell of each person, in an order that tells nothing.
std::vector<uint32_t> cells_of_people(const std::vector<int64_t>& people, int64_t persons, uint64_t seed) {
  std::vector<uint32_t> out;
  out.reserve(static_cast<size_t>(persons));
  for (size_t cell = 0; cell < people.size(); ++cell) out.insert(out.end(), static_cast<size_t>(people[cell]), static_cast<uint32_t>(cell));
  const Dice dice(seed, kOrder);
  for (size_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[dice.below(i, static_cast<int64_t>(i))]);
  return out;
}

class Drawer {
 public:
  Drawer(const zan::Corpus& corpus, const Model& model, uint64_t seed) : corpus_(corpus), model_(model), seed_(seed) {}

  std::expected<DrawnPopulation, std::vector<std::string>> run(const Fit& fit, int64_t persons) {
    out_.people = people_of_cells(fit.weights, persons, seed_);
    cells_ = cells_of_people(out_.people, persons, seed_);
    draw_people();
    for (const TableRule& rule : model_.tables) draw_linked(rule);
    for (const GroupRule& rule : model_.groups) draw_groups(rule);
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    return std::move(out_);
  }

 private:
  void say(const std::string& problem) { problems_.push_back("model.toml: " + problem); }

  zan::EntityId entity(const std::string& name) {
    const zan::EntityId id = corpus_.find_entity(name);
    if (id == zan::kNoId) say("the law has no `" + name + "`");
    return id;
  }

  void draw_facts(zan::Table& table, const std::vector<FactRule>& facts, std::span<const uint32_t> cells) {
    const std::string& name = corpus_.entities[static_cast<size_t>(table.entity)].name;
    for (const FactRule& rule : facts) {
      auto column = draw_fact({corpus_, model_, table, cells, Dice(seed_, kFacts + streams_++)}, rule);
      if (!column) {
        say("fact `" + rule.fact + "` of " + name + ": " + column.error().message);
        continue;
      }
      table.columns.push_back(std::move(column->column));
      std::ranges::move(column->memory, std::back_inserter(out_.memory));
    }
  }

  void draw_people() {
    zan::Table table{.entity = entity(model_.people.entity), .rows = std::ssize(cells_), .columns = {}, .links = {}, .many = {}};
    if (table.entity == zan::kNoId) return;
    draw_facts(table, model_.people.facts, cells_);
    out_.population.tables.push_back(std::move(table));
  }

  template <typename T>
  T* keep(std::shared_ptr<std::vector<T>> values) {
    T* data = values->data();
    out_.memory.push_back(std::move(values));
    return data;
  }

  void draw_linked(const TableRule& rule) {
    auto rows = std::make_shared<std::vector<int32_t>>();
    std::vector<uint32_t> cells;
    for (size_t i = 0; i < cells_.size(); ++i) {
      if (!model_.has(rule.cells, cells_[i])) continue;
      rows->push_back(static_cast<int32_t>(i));
      cells.push_back(cells_[i]);
    }
    zan::Table table{.entity = entity(rule.entity), .rows = std::ssize(*rows), .columns = {}, .links = {}, .many = {}};
    if (table.entity == zan::kNoId) return;
    table.links.push_back({.link = rule.link, .rows = keep(rows)});
    if (table.rows > 0) draw_facts(table, rule.facts, cells);
    out_.population.tables.push_back(std::move(table));
  }

  // ---- groups

  /// Rows of the table, those alike in all facts of `by` beside each other.
  std::vector<std::vector<int32_t>> alike(const zan::Table& table, const std::vector<std::string>& by) {
    std::vector<const zan::Column*> columns;
    for (const std::string& fact : by) {
      columns.push_back(table.find(fact));
      if (columns.back() == nullptr) say("groups are by `" + fact + "`, which is no fact drawn before");
    }
    if (!problems_.empty()) return {};
    std::map<std::vector<int64_t>, std::vector<int32_t>> buckets;
    std::vector<int64_t> key(columns.size());
    for (int64_t row = 0; row < table.rows; ++row) {
      std::ranges::transform(columns, key.begin(), [row](const zan::Column* column) { return column->at(row); });
      buckets[key].push_back(static_cast<int32_t>(row));
    }
    std::vector<std::vector<int32_t>> out;
    for (auto& [values, rows] : buckets) out.push_back(std::move(rows));
    return out;
  }

  int64_t size_of(const GroupRule& rule, int64_t group) const {
    const double total = std::accumulate(rule.weights.begin(), rule.weights.end(), 0.0);
    double at = Dice(seed_, kSizes).share(group) * total;
    for (size_t i = 0; i < rule.sizes.size(); ++i) {
      if (at < rule.weights[i]) return rule.sizes[i];
      at -= rule.weights[i];
    }
    return rule.sizes.back();
  }

  void draw_groups(const GroupRule& rule) {
    zan::Table* of = out_.population.find(entity(rule.of));
    const zan::EntityId id = entity(rule.entity);
    if (of == nullptr || id == zan::kNoId) return say("groups of `" + rule.of + "`, which is not drawn");
    auto first = std::make_shared<std::vector<int64_t>>(1, 0);
    auto members = std::make_shared<std::vector<int32_t>>();
    auto group_of = std::make_shared<std::vector<int32_t>>(static_cast<size_t>(of->rows), zan::kNoRow);
    for (const std::vector<int32_t>& bucket : alike(*of, rule.by)) {
      for (size_t at = 0; at < bucket.size();) {
        const int64_t group = std::ssize(*first) - 1;
        const auto size = std::min(static_cast<size_t>(size_of(rule, group)), bucket.size() - at);
        for (size_t i = at; i < at + size; ++i) (*group_of)[static_cast<size_t>(bucket[i])] = static_cast<int32_t>(group);
        members->insert(members->end(), bucket.begin() + static_cast<ptrdiff_t>(at), bucket.begin() + static_cast<ptrdiff_t>(at + size));
        first->push_back(std::ssize(*members));
        at += size;
      }
    }
    zan::Table table{.entity = id, .rows = std::ssize(*first) - 1, .columns = {}, .links = {}, .many = {}};
    for (const GroupRule::Count& count : rule.counts) count_members(table, *of, count, *first, *members);
    if (table.rows > 0) draw_facts(table, rule.facts, {});
    if (!rule.members.empty()) {
      table.many.push_back({.link = rule.members, .first = keep(first), .members = keep(members), .validity = nullptr});
    }
    of->links.push_back({.link = rule.link, .rows = keep(group_of)});
    out_.population.tables.push_back(std::move(table));
  }

  /// A fact of rows, where it lies: in their own table or in that of the people they link to.
  struct Where {
    const zan::Column* column = nullptr;
    const int32_t* through = nullptr;
    std::vector<int64_t> values;
    bool holds(int32_t row) const { return std::ranges::find(values, column->at(through == nullptr ? row : through[row])) != values.end(); }
  };

  std::optional<Where> find_where(const zan::Table& table, const std::string& path, const std::vector<std::string>& values) {
    Where out;
    const size_t dot = path.find('.');
    if (dot == std::string::npos) {
      out.column = table.find(path);
    } else if (const zan::LinkColumn* link = table.find_link(path.substr(0, dot))) {
      out.through = link->rows;
      out.column = out_.population.tables[0].find(path.substr(dot + 1));
    }
    if (out.column == nullptr) {
      say("it counts by `" + path + "`, which is no fact drawn before");
      return std::nullopt;
    }
    for (const std::string& text : values) {
      const auto value = zan::parse_value(corpus_, out.column->type, text);
      if (!value) {
        say("it counts `" + path + "` of \"" + text + "\": " + value.error().message);
        return std::nullopt;
      }
      out.values.push_back(value->number());
    }
    return out;
  }

  void count_members(zan::Table& table, const zan::Table& of, const GroupRule::Count& count, const std::vector<int64_t>& first,
                     const std::vector<int32_t>& members) {
    const zan::Fact* fact = zan::find_fact(corpus_, table.entity, count.fact);
    if (fact == nullptr || fact->type.kind != zan::Kind::kWhole) return say("`" + count.fact + "` is no whole number of the law");
    std::vector<Where> where;
    for (const auto& [path, values] : count.where) {
      auto next = find_where(of, path, values);
      if (!next) return;
      where.push_back(std::move(*next));
    }
    auto column = ColumnBuffer::create(zan::Storage::kI64, table.rows, table.columns.size());
    if (!column) return say(column.error().message);
    for (int64_t group = 0; group < table.rows; ++group) {
      int64_t n = 0;
      for (int64_t i = first[static_cast<size_t>(group)]; i < first[static_cast<size_t>(group) + 1]; ++i) {
        const int32_t row = members[static_cast<size_t>(i)];
        n += std::ranges::all_of(where, [row](const Where& each) { return each.holds(row); }) ? 1 : 0;
      }
      column->add(n);
    }
    LoadedColumn done = std::move(*column).finish(count.fact, fact->type);
    table.columns.push_back(std::move(done.column));
    std::ranges::move(done.memory, std::back_inserter(out_.memory));
  }

  const zan::Corpus& corpus_;
  const Model& model_;
  uint64_t seed_;
  uint64_t streams_ = 0;
  std::vector<uint32_t> cells_;
  std::vector<std::string> problems_;
  DrawnPopulation out_;
};

}  // namespace

std::expected<DrawnPopulation, std::vector<std::string>> draw(const zan::Corpus& corpus, const Model& model, const Fit& fit,
                                                              int64_t persons, uint64_t seed) {
  CHECK(persons > 0 && persons <= kPersonsMax);
  return Drawer(corpus, model, seed).run(fit, persons);
}

}  // namespace koshi::observatory
