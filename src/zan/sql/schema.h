#pragma once

#include <set>

#include "zan/sql/sql.h"

/// A population that says only what its columns are: what the lowering of zan/columns needs to know of tables that lie in somebody's
/// database. It has no data. Internal to this folder.
namespace koshi::zan::sql {

class Schema {
 public:
  Schema(const Corpus& corpus, const Question& question);

  const Population& population() const { return population_; }
  /// Adds the columns named as the lowering names what it misses: "person.employer.size". Problems: lists, of one table alone.
  void add(const std::set<std::string>& missing, std::set<std::string>& problems);

 private:
  Table& table_of(EntityId entity);
  void add_column(EntityId entity, const std::string& path, const Fact& fact);
  Bounds bounds_of(const Type& type, const std::string& path) const;

  const Corpus& c_;
  const Question& q_;
  Population population_;
};

}  // namespace koshi::zan::sql
