#include <fmt/core.h>

#include <algorithm>

#include "base/file.h"
#include "cli/law.h"
#include "observatory/synthesis/report.h"
#include "observatory/tables/population_file.h"

/// `koshi population`: draw a population, or say what is in one.
namespace koshi::cli {
namespace {

namespace fs = std::filesystem;

int complain_all(const std::vector<std::string>& problems) {
  for (const std::string& problem : problems) complain(problem);
  return kBadInput;
}

Result<void> save(const Law& law, const observatory::DrawnPopulation& drawn, const fs::path& folder, const std::string& format,
                  const std::string& report) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail("cannot make " + folder.string() + ": " + error.message());
  for (const zan::Table& table : drawn.population.tables) {
    const std::string name = law.corpus().entities[static_cast<size_t>(table.entity)].name + "." + format;
    TRY_DO(observatory::save_table(law.corpus(), table, folder / name));
    fmt::print("{:>12} rows  {}\n", table.rows, (folder / name).string());
  }
  return write_file(folder / "report.md", report);
}

/// What a column holds: how many are unknown or none, and the range, or the most frequent members.
class ColumnSummary {
 public:
  ColumnSummary(const zan::Corpus& corpus, const zan::Column& column, int64_t rows) : corpus_(corpus), column_(column) {
    const bool counts = column.type.kind == zan::Kind::kYesNo || column.type.kind == zan::Kind::kEnum;
    if (counts && column.bounds && column.bounds->greatest >= 0) of_value_.resize(static_cast<size_t>(column.bounds->greatest) + 1);
    for (int64_t row = 0; row < rows; ++row) {
      if (!column.is_known(row)) {
        ++unknown_;
      } else if (const int64_t value = column.at(row); column.type.or_none && value == zan::none_mark(column.storage)) {
        ++none_;
      } else if (!of_value_.empty()) {
        ++of_value_[static_cast<size_t>(value)];
      }
    }
  }

  void print() const {
    fmt::print("  {:<28} {:<16} unknown {:<9} none {:<9} {}\n", column_.path, type_name(corpus_, column_.type), unknown_, none_, values());
  }

 private:
  static constexpr size_t kShown = 6;

  std::string values() const {
    if (!of_value_.empty()) return most_frequent();
    if (!column_.bounds || column_.bounds->least > column_.bounds->greatest) return "";
    return zan::plain_text(corpus_, column_.type, column_.bounds->least) + " to " +
           zan::plain_text(corpus_, column_.type, column_.bounds->greatest);
  }

  std::string most_frequent() const {
    std::vector<std::pair<int64_t, int64_t>> order;
    for (size_t i = 0; i < of_value_.size(); ++i) {
      if (of_value_[i] > 0) order.emplace_back(-of_value_[i], static_cast<int64_t>(i));
    }
    std::ranges::sort(order);
    std::string out;
    for (size_t i = 0; i < std::min(order.size(), kShown); ++i) {
      out += (i > 0 ? ", " : "") + zan::plain_text(corpus_, column_.type, order[i].second) + " " + std::to_string(-order[i].first);
    }
    if (order.size() > kShown) out += " and " + std::to_string(order.size() - kShown) + " more";
    return out;
  }

  const zan::Corpus& corpus_;
  const zan::Column& column_;
  int64_t unknown_ = 0;
  int64_t none_ = 0;
  std::vector<int64_t> of_value_;
};

}  // namespace

int run_population_synthesise(const PopulationOptions& options) {
  const auto law = load_law(options.folders);
  if (!law) return kBadInput;
  if (options.persons < 1 || options.persons > observatory::kPersonsMax) {
    return complain_all({"--persons is 1 to " + std::to_string(observatory::kPersonsMax)});
  }
  const auto model = observatory::read_model(population_model(options.model));
  if (!model) return complain_all({model.error().message});
  const auto fit = observatory::fit(*model);
  if (!fit) return complain_all({fit.error().message});
  const auto drawn = observatory::draw(law->corpus(), *model, *fit, options.persons, options.seed);
  if (!drawn) return complain_all(drawn.error());
  const std::string report = observatory::report(*model, *fit, *drawn, options.seed);
  if (const auto saved = save(*law, *drawn, options.out, options.format, report); !saved) {
    complain(saved.error().message);
    return kMachine;
  }
  fmt::print("              margins, fit and assumptions: {}\n", (options.out / "report.md").string());
  return kAnswered;
}

int run_population_describe(const PopulationOptions& options) {
  const auto law = load_law(options.folders);
  if (!law) return kBadInput;
  const auto loaded = observatory::load_population(law->corpus(), options.file);
  if (!loaded) return complain_all(loaded.error());
  for (const zan::Table& table : loaded->population.tables) {
    fmt::print("{}: {} rows\n", law->corpus().entities[static_cast<size_t>(table.entity)].name, table.rows);
    for (const zan::Column& column : table.columns) ColumnSummary(law->corpus(), column, table.rows).print();
    for (const zan::LinkColumn& link : table.links) fmt::print("  {:<28} link to one\n", link.link);
    for (const zan::ManyColumn& link : table.many) fmt::print("  {:<28} link to many\n", link.link);
  }
  for (const std::string& name : loaded->unread) fmt::print("not read: {}\n", name);
  return kAnswered;
}

}  // namespace koshi::cli
