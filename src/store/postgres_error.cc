#include "store/postgres_error.h"

#include <array>

#include "store/postgres.h"

namespace koshi::store {
namespace {

struct Meaning {
  std::string_view prefix;  ///< of the SQLSTATE (PostgreSQL manual, appendix A)
  Fault fault;
};

/// The first that fits; everything else is our bug.
constexpr std::array kMeanings{
    Meaning{"23", Fault::kConstraint},     Meaning{"08", Fault::kUnavailable},  // connection
    Meaning{"40", Fault::kUnavailable},                                         // serialization failure, deadlock
    Meaning{"53100", Fault::kFull},        Meaning{"53", Fault::kUnavailable},  // memory, connections
    Meaning{"55P03", Fault::kUnavailable},                                      // lock_timeout
    Meaning{"57", Fault::kUnavailable},                                         // shutdown, statement_timeout
    Meaning{"25P03", Fault::kUnavailable},                                      // idle_in_transaction_session_timeout
    Meaning{"58", Fault::kUnavailable},                                         // input and output
    Meaning{"XX001", Fault::kCorrupt},     Meaning{"XX002", Fault::kCorrupt},
};

std::string field(const PGresult* result, int code) {
  const char* text = result == nullptr ? nullptr : PQresultErrorField(result, code);
  return text == nullptr ? "" : text;
}

Violation violation_of(const PGresult* result, std::string_view state) {
  const std::string name = field(result, PG_DIAG_CONSTRAINT_NAME);
  if (state == "23505") return {Rule::kUnique, name};
  if (state == "23514") return {Rule::kCheck, name};
  if (state == "23503") return {Rule::kForeignKey, ""};
  if (state != "23502") return {Rule::kNone, name};
  return {Rule::kNotNull, field(result, PG_DIAG_TABLE_NAME) + "_" + field(result, PG_DIAG_COLUMN_NAME) + "_not_null"};
}

}  // namespace

Fault fault_of_sqlstate(std::string_view state) {
  for (const Meaning& meaning : kMeanings) {
    if (state.starts_with(meaning.prefix)) return meaning.fault;
  }
  return Fault::kProgramming;
}

StoreError postgres_error(PGconn* connection, const PGresult* result, std::string_view doing) {
  const std::string state = field(result, PG_DIAG_SQLSTATE);
  std::string message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (message.empty()) message = PQerrorMessage(connection);
  while (message.ends_with('\n')) message.pop_back();
  const bool lost = state.empty() || PQstatus(connection) == CONNECTION_BAD;
  StoreError error{lost ? Fault::kUnavailable : fault_of_sqlstate(state), "", {}};
  // After a migration by another server: the statement has to be compiled again.
  if (field(result, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery") error.fault = Fault::kUnavailable;
  if (error.fault == Fault::kConstraint) error.violation = violation_of(result, state);
  error.message = "PostgreSQL " + (state.empty() ? "connection" : state) + ": " + message + ", in: " + std::string(doing);
  return error;
}

}  // namespace koshi::store
