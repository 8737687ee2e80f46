#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

/// What a database may answer instead of a result, the same on both engines.
namespace koshi::store {

enum class Fault : uint8_t {
  kConstraint,      ///< a rule of the schema does not hold; nothing of the work was kept
  kUnavailable,     ///< busy, connection lost, too many requests: nothing was kept, the same work may be tried again
  kOutcomeUnknown,  ///< lost during the commit: look for the idempotency key before trying again
  kFull,            ///< no space on the disk; nothing was kept
  kCorrupt,         ///< the database file or its indexes are damaged: stop writing and restore a backup
  kUnfit,           ///< a newer or edited schema, a wrong collation, fsync switched off: another database is needed
  kProgramming,     ///< a bug of ours: wrong SQL, wrong types, a limit of this layer exceeded
  kAbandoned,       ///< the work asked for its own rollback
};

enum class Rule : uint8_t { kNone, kCheck, kUnique, kNotNull, kForeignKey };

/// Which rule of the schema was broken. The name is the same on both engines:
///   CONSTRAINT name CHECK (…)          name
///   CREATE UNIQUE INDEX name ON …      name
///   UNIQUE (a, b) in table t           t_a_b_key
///   PRIMARY KEY of table t             t_pkey
///   a NOT NULL in table t              t_a_not_null
///   REFERENCES                         empty: SQLite does not tell which; who has to know asks before
/// When a row breaks several rules, the engines may name different ones. Two uniquenesses over the same columns of a
/// table (two partial indexes) cannot be told apart on SQLite: the first by name is given.
struct Violation {
  Rule rule = Rule::kNone;
  std::string name;
};

struct StoreError {
  Fault fault = Fault::kProgramming;
  std::string message;    ///< one English sentence, with the engine's own code; for the log, never for a user
  Violation violation{};  ///< only with kConstraint
};

template <typename T>
using StoreResult = std::expected<T, StoreError>;

inline std::unexpected<StoreError> fault(Fault kind, std::string message) {
  return std::unexpected(StoreError{kind, std::move(message), {}});
}

/// For a work that wants nothing kept: its caller gets this error back.
inline std::unexpected<StoreError> abandon(std::string message) {
  return fault(Fault::kAbandoned, std::move(message));
}

}  // namespace koshi::store
