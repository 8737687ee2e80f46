#pragma once

#include "zan/columns/columns.h"
#include "zan/reason/answer.h"

/// Answers of the readers of the law in one form, so that they can be compared: "yes", "conflict", "3 by rule 7".
namespace koshi::agreement {

std::string reasoner_told(const zan::Corpus& corpus, const zan::Answer& answer);
std::string columns_told(const zan::Corpus& corpus, const zan::ColumnAnswer& answer, const zan::Outputs& outputs, int64_t row);
/// The norms that both readers can be asked of the entity.
std::vector<zan::NormId> norms_of(const zan::Corpus& corpus, zan::EntityId entity);

}  // namespace koshi::agreement
