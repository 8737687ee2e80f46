#include "observatory/tables/load.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"

namespace koshi::observatory {
namespace {

namespace fs = std::filesystem;

bool is_table_file(const fs::path& path) {
  const fs::path ending = path.extension();
  return ending == ".arrow" || ending == ".feather" || ending == ".csv";
}

/// The files to read, in the order of their names.
Result<std::vector<fs::path>> files_of(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return fail("No such file or folder: " + path.string());
  if (!fs::is_directory(path, error)) return std::vector<fs::path>{path};
  std::vector<fs::path> files;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    if (is_table_file(at->path())) files.push_back(at->path());
  }
  if (error) return fail("cannot list " + path.string() + ": " + error.message());
  if (files.empty()) return fail("there is no .arrow, .feather or .csv file in " + path.string());
  if (files.size() > kTablesMax) return fail("there are more than " + std::to_string(kTablesMax) + " tables in " + path.string());
  std::ranges::sort(files);
  return files;
}

std::expected<LoadedTable, Problems> load_table(const zan::Corpus& corpus, const fs::path& path) {
  if (path.extension() == ".csv") return load_csv(corpus, path);
  if (is_table_file(path)) return load_arrow(corpus, path);
  return std::unexpected(Problems{"cannot read " + path.string() + ": its name ends neither in .arrow nor in .feather nor in .csv"});
}

void append(Problems& to, Problems from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void ProblemList::say(const std::string& problem) {
  if (problems_.size() < kProblemsMax) {
    problems_.push_back(file_ + ": " + problem);
  } else {
    ++surplus_;
  }
}

Problems ProblemList::take() && {
  if (surplus_ > 0) problems_.push_back(file_ + ": and " + std::to_string(surplus_) + " more");
  return std::move(problems_);
}

Result<zan::EntityId> entity_of(const zan::Corpus& corpus, std::string_view noted, const fs::path& path) {
  const std::string name = noted.empty() ? path.stem().string() : std::string(noted);
  const zan::EntityId entity = corpus.find_entity(name);
  if (entity != zan::kNoId) return entity;
  std::vector<std::string> names;
  for (const zan::Entity& known : corpus.entities) names.push_back(known.name);
  const std::optional<std::string> near = nearest(name, names);
  return fail("its rows are `" + name + "`, which the law does not know" +
              (near ? "; do you mean `" + *near + "`?" : "; name the file after what its rows are"));
}

Meaning meaning_of(const zan::Corpus& corpus, zan::EntityId entity, std::string_view name) {
  const zan::Entity& of = corpus.entities[static_cast<size_t>(entity)];
  if (const int32_t link = of.find_link(name); link != zan::kNoId) {
    return of.links[static_cast<size_t>(link)].many ? Meaning::kMany : Meaning::kLink;
  }
  const zan::Fact* fact = zan::find_fact(corpus, entity, name);
  const bool is_column = fact != nullptr && fact->type.kind != zan::Kind::kText && fact->type.kind != zan::Kind::kSet;
  return is_column ? Meaning::kFact : Meaning::kNothing;
}

std::expected<LoadedPopulation, Problems> load_population(const zan::Corpus& corpus, const fs::path& path) {
  const auto files = files_of(path);
  if (!files) return std::unexpected(Problems{files.error().message});
  LoadedPopulation out;
  Problems problems;
  for (const fs::path& file : *files) {
    auto table = load_table(corpus, file);
    if (!table) {
      append(problems, std::move(table.error()));
      continue;
    }
    zan::measure_bounds(table->table);
    out.population.tables.push_back(std::move(table->table));
    append(out.unread, std::move(table->unread));
    std::ranges::move(table->memory, std::back_inserter(out.memory));
  }
  if (problems.empty()) append(problems, zan::find_problems(corpus, out.population));
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return out;
}

Result<void> save_table(const zan::Corpus& corpus, const zan::Table& table, const fs::path& path) {
  if (path.extension() == ".csv") return save_csv(corpus, table, path);
  if (is_table_file(path)) return save_arrow(corpus, table, path);
  return fail("cannot write " + path.string() + ": its name ends neither in .arrow nor in .feather nor in .csv");
}

}  // namespace koshi::observatory
