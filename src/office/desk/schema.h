#pragma once

#include "store/dialect.h"

namespace koshi::office {

/// The tables of the desk, as a step for store::migrate(). Never changed once released.
///
///   desk_case      each case as its events make it: `body` is case_json(). Beside it what lists and the clock look for; `stage` as in
///                  case_line.h, `due_order` the day by which a queue is ordered (far away when nothing is due), `clock_day` the last day
///                  on which the clock lets the case alone, `trouble` why the clock could not act. All but `trouble` can be rebuilt from
///                  the journal
///   desk_scope     one row for each role that the procedure binds to a fact of the case, and that may see it: in whose queues it stands
///   desk_register  what acts wrote down about parties, by the value of a fact: the last word on each
///   desk_paper     which case issued the paper with this number
///   desk_document  uploaded bytes by their SHA-256
///   desk_notice    what is to be told to whom; number = sequence of the act * 256 + its place among the notices of the act
///   desk_request   which act answered which idempotency key
///   desk_draft     what somebody was typing
inline constexpr char kSchema[] =
    "CREATE TABLE desk_case ("
    "  id text PRIMARY KEY CONSTRAINT desk_case_id CHECK (length(id) BETWEEN 1 AND 64),"
    "  procedure text NOT NULL,"
    "  state text NOT NULL,"
    "  stage bigint NOT NULL CONSTRAINT desk_case_stage CHECK (stage BETWEEN 0 AND 3),"
    "  opened_by text NOT NULL,"
    "  version bigint NOT NULL CONSTRAINT desk_case_version CHECK (version >= 1),"
    "  opened text NOT NULL CONSTRAINT desk_case_opened CHECK (" KOSHI_SQL_IS_DATE("opened") "),"
    "  filed text CONSTRAINT desk_case_filed CHECK (filed IS NULL OR " KOSHI_SQL_IS_DATE("filed") "),"
    "  due text CONSTRAINT desk_case_due CHECK (due IS NULL OR " KOSHI_SQL_IS_DATE("due") "),"
    "  late text CONSTRAINT desk_case_late CHECK (late IS NULL OR " KOSHI_SQL_IS_DATE("late") "),"
    "  due_order text NOT NULL CONSTRAINT desk_case_due_order CHECK (" KOSHI_SQL_IS_DATE("due_order") "),"
    "  clock_day text CONSTRAINT desk_case_clock_day CHECK (clock_day IS NULL OR " KOSHI_SQL_IS_DATE("clock_day") "),"
    "  title text NOT NULL,"
    "  first_sequence bigint NOT NULL CONSTRAINT desk_case_first_sequence CHECK (first_sequence >= 1),"
    "  last_sequence bigint NOT NULL CONSTRAINT desk_case_last_sequence CHECK (last_sequence >= first_sequence),"
    "  trouble text,"
    "  body text NOT NULL"
    ");"
    "CREATE INDEX desk_case_by_due ON desk_case (procedure, stage, due_order, id);"
    "CREATE INDEX desk_case_by_state_due ON desk_case (procedure, state, stage, due_order, id);"
    "CREATE INDEX desk_case_by_age ON desk_case (procedure, stage, first_sequence);"
    "CREATE INDEX desk_case_by_state_age ON desk_case (procedure, state, stage, first_sequence);"
    "CREATE INDEX desk_case_by_account ON desk_case (opened_by, first_sequence);"
    "CREATE INDEX desk_case_by_clock ON desk_case (clock_day, id) WHERE clock_day IS NOT NULL;"
    "CREATE INDEX desk_case_by_trouble ON desk_case (id) WHERE trouble IS NOT NULL;"
    "CREATE TABLE desk_scope ("
    "  case_id text NOT NULL REFERENCES desk_case (id),"
    "  role text NOT NULL,"
    "  value text NOT NULL,"
    "  procedure text NOT NULL,"
    "  state text NOT NULL,"
    "  stage bigint NOT NULL CONSTRAINT desk_scope_stage CHECK (stage BETWEEN 0 AND 3),"
    "  due_order text NOT NULL,"
    "  first_sequence bigint NOT NULL,"
    "  PRIMARY KEY (case_id, role)"
    ");"
    "CREATE INDEX desk_scope_by_due ON desk_scope (role, value, stage, due_order, case_id, procedure, state);"
    "CREATE INDEX desk_scope_by_age ON desk_scope (role, value, stage, first_sequence, case_id, procedure, state);"
    "CREATE TABLE desk_register ("
    "  key_path text NOT NULL,"
    "  key_value text NOT NULL,"
    "  fact text NOT NULL,"
    "  json text NOT NULL,"
    "  case_id text NOT NULL,"
    "  sequence bigint NOT NULL CONSTRAINT desk_register_sequence CHECK (sequence >= 1),"
    "  PRIMARY KEY (key_path, key_value, fact)"
    ");"
    "CREATE TABLE desk_paper ("
    "  number text PRIMARY KEY,"
    "  case_id text NOT NULL"
    ");"
    "CREATE INDEX desk_paper_by_case ON desk_paper (case_id);"
    "CREATE TABLE desk_document ("
    "  sha256 text PRIMARY KEY CONSTRAINT desk_document_sha256 CHECK (length(sha256) = 64),"
    "  bytes bytea NOT NULL"
    ");"
    "CREATE TABLE desk_notice ("
    "  number bigint PRIMARY KEY,"
    "  case_id text NOT NULL,"
    "  role text NOT NULL,"
    "  body text NOT NULL,"
    "  recorded_at bigint NOT NULL,"
    "  is_sent bigint NOT NULL CONSTRAINT desk_notice_is_sent CHECK (is_sent IN (0, 1))"
    ");"
    "CREATE INDEX desk_notice_unsent ON desk_notice (number) WHERE is_sent = 0;"
    "CREATE TABLE desk_request ("
    "  account text NOT NULL,"
    "  request_key text NOT NULL,"
    "  hash bytea NOT NULL CONSTRAINT desk_request_hash CHECK (length(hash) = 32),"
    "  case_id text NOT NULL,"
    "  sequence bigint NOT NULL,"
    "  day text NOT NULL CONSTRAINT desk_request_day CHECK (" KOSHI_SQL_IS_DATE("day") "),"
    "  PRIMARY KEY (account, request_key)"
    ");"
    "CREATE INDEX desk_request_by_day ON desk_request (day);"
    "CREATE TABLE desk_draft ("
    "  account text NOT NULL,"
    "  place text NOT NULL,"
    "  json text NOT NULL,"
    "  saved_at bigint NOT NULL,"
    "  PRIMARY KEY (account, place)"
    ");";

}  // namespace koshi::office
