#pragma once

#include "zan/sql/sql.h"

namespace koshi::zan::sql {

/// What a query's reader must know, as comments before it. Internal to this folder.
std::string header(const Corpus& corpus, const Question& question, const Query& query);

}  // namespace koshi::zan::sql
