#pragma once

#include "engine.h"
#include "zan/columns/table.h"

namespace koshi::agreement {

/// CREATE TABLE and INSERT statements for a whole population, links and lists included, as linked queries read it (zan/sql/sql.h): every
/// fact that may be none has its column FACT_unknown.
std::vector<std::string> table_statements(const zan::Corpus& corpus, const zan::Population& population, zan::sql::Dialect dialect);

/// A linked question about the tables above.
zan::sql::Question linked_question(const zan::Corpus& corpus, zan::EntityId entity, zan::sql::Dialect dialect);

/// "yes", "unknown", "3 by rule 7": one norm of one row of a result; `column` is where its value stands.
std::string told(const zan::Corpus& corpus, zan::sql::Dialect dialect, const zan::sql::Output& output, const engine::Row& row,
                 size_t column);

}  // namespace koshi::agreement
