#include "zan/reason/evaluate.h"

/// `must` lines over all given records.
namespace koshi::zan {
namespace {

class MustCheck {
 public:
  MustCheck(const Corpus& corpus, Evaluation& evaluation) : corpus_(corpus), evaluation_(evaluation) {}

  void record(PathId path) {
    const PathEntry at = evaluation_.paths()[path];
    if (at.record == nullptr || at.entity == kNoId) return;
    const Entity& entity = corpus_.entities[static_cast<size_t>(at.entity)];
    for (const Must& must : entity.musts) {
      if (!evaluation_.is_broken(must.condition, path)) continue;
      found_.push_back({must.message, at.entity, evaluation_.paths().text(path)});
    }
    for (size_t link = 0; link < entity.links.size(); ++link) links(at, path, link, entity.links[link].many);
  }

  std::vector<Contradiction> take() { return std::move(found_); }

 private:
  // Records nest as deeply as they were given; readers of facts bound that.
  void links(const PathEntry& at, PathId path, size_t link, bool many) {
    const auto number = static_cast<int32_t>(link);
    if (!many) {
      if (at.record->one[link]) record(evaluation_.paths().child(path, number));
      return;
    }
    const auto& members = at.record->many[link];
    if (!members || members->empty()) return;
    const PathId first = evaluation_.paths().members(path, number);
    for (size_t i = 0; i < members->size(); ++i) record(first + static_cast<PathId>(i));
  }

  const Corpus& corpus_;
  Evaluation& evaluation_;
  std::vector<Contradiction> found_;
};

}  // namespace

std::vector<Contradiction> contradictions(ProgramLibrary& library, const Record& record, Moment on) {
  const auto program = library.on(on.law, {});
  if (!program) return {};
  Evaluation evaluation(library, {}, record, Law{*program, on.law, on.today}, false);
  MustCheck check(library.corpus(), evaluation);
  check.record(kRootPath);
  return check.take();
}

}  // namespace koshi::zan
