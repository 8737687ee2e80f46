#pragma once

#include <string>

#include "observatory/tables/population_file.h"

/// What readers of both formats share. Internal to this folder.
namespace koshi::observatory {

/// Counts all, keeps kProblemsMax.
class ProblemList {
 public:
  explicit ProblemList(std::string file) : file_(std::move(file)) {}
  void say(const std::string& problem);
  void say(const std::string& column, const std::string& problem) { say("column `" + column + "` " + problem); }
  bool empty() const { return problems_.empty(); }
  Problems take() &&;

 private:
  std::string file_;
  size_t surplus_ = 0;
  Problems problems_;
};

/// By the file's note or name. Errors: no such entity.
Result<zan::EntityId> entity_of(const zan::Corpus& corpus, std::string_view noted, const std::filesystem::path& path);

/// What a column of this name is in a table of the entity.
enum class Meaning : uint8_t { kNothing, kFact, kLink, kMany };
Meaning meaning_of(const zan::Corpus& corpus, zan::EntityId entity, std::string_view name);

}  // namespace koshi::observatory
