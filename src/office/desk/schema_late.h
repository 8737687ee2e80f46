#pragma once

#include "store/dialect.h"

namespace koshi::office {

/// What came to the desk after schema.h, as a step of its own behind those of whoever opens the database. Never changed once released. All
/// of it can be made from the journal again (`koshi office rebuild`), which a database from before this step needs once.
///
///   desk_number   the running number of each case that the law numbers, within its series ("KZ-75/WP/2026/"): given when the case is filed
///   desk_step     each act on a case that is not sealed: from which state to which, on which day. What returns are counted from
///   desk_subject  by which keys the persons and employers that a case names are found (office/case/subjects.h)
inline constexpr char kLateSchema[] =
    "CREATE TABLE desk_number ("
    "  number text PRIMARY KEY,"
    "  series text NOT NULL,"
    "  running bigint NOT NULL CONSTRAINT desk_number_running CHECK (running >= 1),"
    "  case_id text NOT NULL"
    ");"
    "CREATE UNIQUE INDEX desk_number_by_series ON desk_number (series, running);"
    "CREATE UNIQUE INDEX desk_number_by_case ON desk_number (case_id);"
    "CREATE TABLE desk_step ("
    "  sequence bigint PRIMARY KEY CONSTRAINT desk_step_sequence CHECK (sequence >= 1),"
    "  case_id text NOT NULL,"
    "  procedure text NOT NULL,"
    "  action text NOT NULL,"
    "  from_state text NOT NULL,"
    "  to_state text NOT NULL,"
    "  day text NOT NULL CONSTRAINT desk_step_day CHECK (" KOSHI_SQL_IS_DATE("day") ")"
    ");"
    "CREATE INDEX desk_step_by_day ON desk_step (procedure, day, case_id);"
    "CREATE INDEX desk_step_by_case ON desk_step (case_id, sequence);"
    "CREATE TABLE desk_subject ("
    "  case_id text NOT NULL,"
    "  subject text NOT NULL,"
    "  PRIMARY KEY (case_id, subject)"
    ");"
    "CREATE INDEX desk_subject_by_key ON desk_subject (subject, case_id);";

}  // namespace koshi::office
