#include "law.h"

#include "base/check.h"
#include "office/desk/test_law.h"

namespace koshi::simulation {

struct SimulatedLaw::Impl {
  Impl() : compiled(zan::compile({{"law.zan", office::kTestLaw}}, {})), library(compiled.corpus) {
    auto loaded = words::Words::load(KOSHI_SOURCE_DIR "/words", KOSHI_SOURCE_DIR "/words/none", compiled.corpus);
    CHECK(loaded.has_value());
    words.emplace(std::move(*loaded));
  }

  zan::Compilation compiled;
  zan::ProgramLibrary library;
  std::optional<words::Words> words;
};

SimulatedLaw::SimulatedLaw() : impl_(std::make_unique<Impl>()) {}
SimulatedLaw::~SimulatedLaw() = default;

office::Law SimulatedLaw::law() const {
  return {impl_->compiled.corpus, impl_->library, *impl_->words};
}

}  // namespace koshi::simulation
