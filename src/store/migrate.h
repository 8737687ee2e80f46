#pragma once

#include <span>
#include <string_view>

#include "store/store.h"

namespace koshi::store {

/// One step of the schema. Its SQL is one text for both engines, held to check_definition() (dialect.h), and never
/// changes once it has been released: the next step changes the schema further.
struct Migration {
  int number;  ///< 1, 2, 3, … without gaps
  std::string_view name;
  std::string_view sql;
};

/// Applies the steps that the database has not seen, all in one transaction: a failure leaves the database as it was.
/// Servers that start together wait for each other. Defines nothing, and so needs no right to, when all steps are there. Returns how many
/// steps were applied. Errors: kUnfit when the database knows a later step than this program, or another text under the same number.
StoreResult<int> migrate(Store& store, std::span<const Migration> migrations);

}  // namespace koshi::store
