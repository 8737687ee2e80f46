#pragma once

namespace koshi::journal {

/// The tables of the journal, as a step for store::migrate(). Never changed once released.
///
///   journal_event       the acts; the truth
///   journal_checkpoint  signed tree heads, numbered from 1
///   journal_node        inner nodes of the Merkle tree at the stored levels (merkle.h); can be rebuilt from the events
///   journal_state       one row: the number of events, the edge of the tree (MerkleFrontier::bytes), of checkpoints
inline constexpr char kSchema[] =
    "CREATE TABLE journal_event ("
    "  sequence bigint PRIMARY KEY CONSTRAINT journal_event_sequence CHECK (sequence >= 1),"
    "  case_id text NOT NULL,"
    "  actor text NOT NULL,"
    "  action text NOT NULL,"
    "  law_date text NOT NULL CONSTRAINT journal_event_law_date CHECK (length(law_date) = 10),"
    "  recorded_at bigint NOT NULL,"
    "  payload text NOT NULL,"
    "  previous bytea NOT NULL CONSTRAINT journal_event_previous CHECK (length(previous) = 32),"
    "  hash bytea NOT NULL CONSTRAINT journal_event_hash CHECK (length(hash) = 32)"
    ");"
    "CREATE UNIQUE INDEX journal_event_by_case ON journal_event (case_id, sequence);"
    "CREATE TABLE journal_checkpoint ("
    "  number bigint PRIMARY KEY CONSTRAINT journal_checkpoint_number CHECK (number >= 1),"
    "  size bigint NOT NULL CONSTRAINT journal_checkpoint_size CHECK (size >= 0),"
    "  note text NOT NULL"
    ");"
    "CREATE UNIQUE INDEX journal_checkpoint_by_size ON journal_checkpoint (size);"
    "CREATE TABLE journal_node ("
    "  level bigint NOT NULL,"
    "  position bigint NOT NULL,"
    "  hash bytea NOT NULL CONSTRAINT journal_node_hash CHECK (length(hash) = 32),"
    "  PRIMARY KEY (level, position)"
    ");"
    "CREATE TABLE journal_state ("
    "  id bigint PRIMARY KEY CONSTRAINT journal_state_one_row CHECK (id = 1),"
    "  size bigint NOT NULL CONSTRAINT journal_state_size CHECK (size >= 0),"
    "  edge bytea NOT NULL,"
    "  checkpoints bigint NOT NULL CONSTRAINT journal_state_checkpoints CHECK (checkpoints >= 0)"
    ");";

}  // namespace koshi::journal
