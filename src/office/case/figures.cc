#include "office/case/figures.h"

#include "office/case/look.h"

namespace koshi::office {

std::vector<std::optional<zan::Value>> values_of(const Law& law, const Case& item, std::span<const zan::NormId> norms, Date today) {
  std::vector<std::optional<zan::Value>> values(norms.size());
  const int32_t index = law.corpus.find_procedure(item.procedure);
  if (index == zan::kNoId) return values;
  const Surroundings nothing;
  const Look look(law, law.corpus.procedures[static_cast<size_t>(index)], item, nothing, today);
  for (size_t i = 0; i < norms.size(); ++i) values[i] = look.value_of(norms[i]);
  return values;
}

}  // namespace koshi::office
