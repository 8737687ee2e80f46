#pragma once

namespace koshi::ledger {

/// The tables of the ledger, as a step for store::migrate(). Never changed once released.
///
///   ledger_account  what each account adds up to; its rules are the last defence against overselling
///   ledger_posting  the truth: only ever added to. `hold` is the hold that a posting moves, empty in the one that makes
///                   it, whose number is the hold's id. `_after` is what the posting left
///   ledger_hold     where each hold stands
///
/// "limit" is a word of SQL, hence limit_now.
inline constexpr char kSchema[] =
    "CREATE TABLE ledger_account ("
    "  code text PRIMARY KEY CONSTRAINT ledger_account_code CHECK (length(code) BETWEEN 1 AND 256),"
    "  limit_now bigint NOT NULL CONSTRAINT ledger_account_limit CHECK (limit_now BETWEEN 0 AND 1000000000000),"
    "  held bigint NOT NULL CONSTRAINT ledger_account_held CHECK (held >= 0),"
    "  committed bigint NOT NULL CONSTRAINT ledger_account_committed CHECK (committed >= 0),"
    "  CONSTRAINT ledger_account_not_oversold CHECK (held + committed <= limit_now)"
    ");"
    "CREATE TABLE ledger_posting ("
    "  number bigint PRIMARY KEY CONSTRAINT ledger_posting_number CHECK (number >= 1),"
    "  account text NOT NULL REFERENCES ledger_account (code),"
    "  kind text NOT NULL CONSTRAINT ledger_posting_kind CHECK (kind IN ('allot', 'withdraw', 'hold', 'expire', 'release',"
    "    'commit', 'uncommit', 'move_out', 'move_in', 'correct')),"
    "  amount bigint NOT NULL CONSTRAINT ledger_posting_amount CHECK (amount > 0 OR (amount < 0 AND kind = 'correct')),"
    "  case_id text,"
    "  hold bigint,"
    "  until text,"
    "  act text NOT NULL,"
    "  reason text NOT NULL,"
    "  recorded_at bigint NOT NULL,"
    "  limit_after bigint NOT NULL,"
    "  held_after bigint NOT NULL CONSTRAINT ledger_posting_held CHECK (held_after >= 0),"
    "  committed_after bigint NOT NULL CONSTRAINT ledger_posting_committed CHECK (committed_after >= 0),"
    "  CONSTRAINT ledger_posting_not_oversold CHECK (held_after + committed_after <= limit_after)"
    ");"
    "CREATE UNIQUE INDEX ledger_posting_by_account ON ledger_posting (account, number);"
    "CREATE TABLE ledger_hold ("
    "  id bigint PRIMARY KEY,"
    "  account text NOT NULL REFERENCES ledger_account (code),"
    "  case_id text NOT NULL,"
    "  amount bigint NOT NULL CONSTRAINT ledger_hold_amount CHECK (amount > 0),"
    "  until text CONSTRAINT ledger_hold_until CHECK (until IS NULL OR length(until) = 10),"
    "  state text NOT NULL CONSTRAINT ledger_hold_state CHECK (state IN ('held', 'committed', 'released', 'expired'))"
    ");"
    "CREATE INDEX ledger_hold_by_case ON ledger_hold (case_id, id);"
    "CREATE INDEX ledger_hold_by_account ON ledger_hold (account, id);"
    "CREATE INDEX ledger_hold_by_end ON ledger_hold (until, id) WHERE state = 'held';";

}  // namespace koshi::ledger
