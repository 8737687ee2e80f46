#pragma once

namespace koshi::ledger {

/// The tables of the ledger, as a step for store::migrate(). Never changed once released.
///
///   ledger_account  what each account adds up to; its rules are the last defence against overselling
///   ledger_posting  the truth: only ever added to. `hold` is the hold that a posting moves, empty in the one that makes
///                   it, whose number is the hold's id. `_after` is what the posting left
///   ledger_hold     where each hold stands
///
/// "limit" is a word of SQL, hence limit_now. No limit is negative, because the parts of it are not.
///
/// Only what carries the invariant is a rule here, that of an account as one CHECK: on PostgreSQL each is parsed again by
/// every statement, and a foreign key locks the account again after each savepoint of a group: with rules on all columns a
/// reservation cost the server twice the time. What else a row may hold is judged when it is read (kCorrupt) and by check().
inline constexpr char kSchema[] =
    "CREATE TABLE ledger_account ("
    "  code text PRIMARY KEY,"
    "  limit_now bigint NOT NULL,"
    "  held bigint NOT NULL,"
    "  committed bigint NOT NULL,"
    "  CONSTRAINT ledger_account_not_oversold"
    "    CHECK (held >= 0 AND committed >= 0 AND held + committed <= limit_now AND limit_now <= 1000000000000)"
    ");"
    "CREATE TABLE ledger_posting ("
    "  number bigint PRIMARY KEY,"
    "  account text NOT NULL,"
    "  kind text NOT NULL,"
    "  amount bigint NOT NULL CONSTRAINT ledger_posting_amount CHECK (amount <> 0),"
    "  case_id text,"
    "  hold bigint,"
    "  until text,"
    "  act text NOT NULL,"
    "  reason text NOT NULL,"
    "  recorded_at bigint NOT NULL,"
    "  limit_after bigint NOT NULL,"
    "  held_after bigint NOT NULL,"
    "  committed_after bigint NOT NULL"
    ");"
    "CREATE UNIQUE INDEX ledger_posting_by_account ON ledger_posting (account, number);"
    "CREATE TABLE ledger_hold ("
    "  id bigint PRIMARY KEY,"
    "  account text NOT NULL,"
    "  case_id text NOT NULL,"
    "  amount bigint NOT NULL CONSTRAINT ledger_hold_amount CHECK (amount > 0),"
    "  until text,"
    "  state text NOT NULL"
    ");"
    "CREATE INDEX ledger_hold_by_case ON ledger_hold (case_id, id);"
    "CREATE INDEX ledger_hold_by_account ON ledger_hold (account, id);"
    "CREATE INDEX ledger_hold_by_end ON ledger_hold (until, id) WHERE state = 'held';";

}  // namespace koshi::ledger
