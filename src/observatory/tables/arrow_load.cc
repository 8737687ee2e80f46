#include "observatory/tables/arrow_column.h"
#include "observatory/tables/load.h"

namespace koshi::observatory {
namespace {

class TableLoader {
 public:
  TableLoader(const zan::Corpus& corpus, const ArrowFile& file, zan::EntityId entity, const std::string& name)
      : corpus_(corpus), file_(file), name_(name), problems_(name) {
    out_.table.entity = entity;
    out_.table.rows = file.rows();
  }

  std::expected<LoadedTable, Problems> load() {
    for (size_t i = 0; i < file_.fields().size(); ++i) load(i);
    if (!problems_.empty()) return std::unexpected(std::move(problems_).take());
    return std::move(out_);
  }

 private:
  void load(size_t i) {
    const std::string& column = file_.fields()[i].name;
    switch (meaning_of(corpus_, out_.table.entity, column)) {
      case Meaning::kNothing: out_.unread.push_back(name_ + ": " + column); break;
      case Meaning::kFact: {
        const zan::Type& type = zan::find_fact(corpus_, out_.table.entity, column)->type;
        keep(column, load_column(corpus_, type, file_, i), out_.table.columns);
        break;
      }
      case Meaning::kLink: keep(column, load_link(file_, i), out_.table.links); break;
      case Meaning::kMany: keep(column, load_many(file_, i), out_.table.many); break;
    }
  }

  template <typename Column>
  void keep(const std::string& column, Result<Loaded<Column>> loaded, std::vector<Column>& to) {
    if (!loaded) return problems_.say(column, loaded.error().message);
    to.push_back(std::move(loaded->column));
    out_.memory.insert(out_.memory.end(), loaded->memory.begin(), loaded->memory.end());
  }

  const zan::Corpus& corpus_;
  const ArrowFile& file_;
  std::string name_;
  ProblemList problems_;
  LoadedTable out_;
};

}  // namespace

std::expected<LoadedTable, Problems> load_arrow(const zan::Corpus& corpus, const std::filesystem::path& path) {
  auto file = ArrowFile::open(path);
  if (!file) return std::unexpected(Problems{file.error().message});
  const std::string name = path.filename().string();
  const auto note = file->notes().find(std::string(kEntityNote));
  const auto entity = entity_of(corpus, note == file->notes().end() ? "" : note->second, path);
  if (!entity) return std::unexpected(Problems{name + ": " + entity.error().message});
  const auto kept = std::make_shared<const ArrowFile>(std::move(*file));
  auto table = TableLoader(corpus, *kept, *entity, name).load();
  if (table) table->memory.push_back(kept);
  return table;
}

}  // namespace koshi::observatory
