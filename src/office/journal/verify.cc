// The whole journal against itself and its signatures, or what came behind a checkpoint that was verified before.
#include <algorithm>

#include "office/journal/journal.h"
#include "office/journal/walk.h"

namespace koshi::journal {
namespace {

using store::Fault;
using store::StoreResult;
using Verified = Journal::Verified;

/// Stored nodes from those on that were not complete when the audit began.
StoreResult<uint64_t> audit_nodes(store::Reader& reader, const Audit& audit, std::optional<Damage>& damage) {
  uint64_t nodes = 0;
  const auto look = [&](const store::Row& row) -> StoreResult<void> {
    const auto hash = hash_from_bytes(row.blob(2));
    ++nodes;
    if (damage) return {};
    damage = audit.node({static_cast<unsigned>(std::clamp<int64_t>(row.integer(0), 0, kMerkleMaxLevels)),
                         static_cast<uint64_t>(row.integer(1)), hash.value_or(Hash{})});
    return {};
  };
  if (audit.first_node(0) == 0) {
    TRY_DO(reader.each("SELECT level, position, hash FROM journal_node ORDER BY level, position", {}, look));
    return nodes;
  }
  for (unsigned level = kStoredLevelStep; level <= kMerkleMaxLevels; level += kStoredLevelStep) {
    TRY_DO(reader.each("SELECT level, position, hash FROM journal_node WHERE level = $1 AND position >= $2 ORDER BY position",
                       {static_cast<int64_t>(level), static_cast<int64_t>(audit.first_node(level))}, look));
  }
  return nodes;
}

/// The stored nodes and the state against what the events made of them.
StoreResult<std::optional<Damage>> audit_the_rest(store::Reader& reader, const Audit& audit) {
  std::optional<Damage> damage;
  TRY(nodes, audit_nodes(reader, audit, damage));
  auto state = read_state(reader);
  if (!state && state.error().fault == Fault::kCorrupt) return Damage{1, audit.tree().size(), state.error().message};
  if (!state) return std::unexpected(state.error());
  // What is missing as a whole says more than the first node without leaves.
  if (auto lacking = audit.finish(state->tree, state->checkpoints, nodes)) return lacking;
  return damage;
}

/// Reads on with the audit, which stands where the walk begins.
StoreResult<Verified> read_on(store::Reader& reader, Audit& audit, Walk::Start start, std::string note,
                              const Journal::GiveUp& give_up = {}) {
  std::optional<Damage> damage;
  const auto event = [&](const StoredEvent& stored) -> StoreResult<bool> {
    const uint64_t expected = audit.tree().size() + 1;
    if (give_up && expected % kPageEventsMax == 0 && give_up()) return store::abandon("the verification was given up");
    if (stored.event && audit.first_node(0) > 0 && !audit.knows_case(stored.event->entry.case_id)) {
      TRY(last, last_hash_before(reader, stored.event->entry.case_id, audit.first_node(0)));
      audit.expect_case(stored.event->entry.case_id, last.value_or(Hash{}));
    }
    damage = stored.event ? audit.event(*stored.event, stored.hash) : Damage{expected, expected, "it is no event at all"};
    return !damage;
  };
  const auto mark = [&](const StoredCheckpoint& stored) -> StoreResult<bool> {
    damage = audit.checkpoint(stored.number, stored.note);
    if (!damage) note = stored.note;
    return !damage;
  };
  TRY_DO(Walk(reader, start).run(event, mark));
  if (!damage) {
    TRY(rest, audit_the_rest(reader, audit));
    damage = std::move(rest);
  }
  return Verified{std::move(damage), std::move(note)};
}

/// The edge of the tree of so many events, from the stored nodes; no value where one is lost.
StoreResult<std::optional<MerkleFrontier>> edge_at(store::Reader& reader, uint64_t size) {
  StoredNodes nodes(reader);
  std::string peaks;
  for (unsigned level = kMerkleMaxLevels + 1; level-- > 0;) {
    if ((size >> level & 1) == 0) continue;
    const auto peak = nodes.node(level, (size >> level) - 1);
    if (!peak) {
      auto error = nodes.error(peak.error());
      if (error.fault == Fault::kCorrupt) return std::nullopt;
      return std::unexpected(std::move(error));
    }
    peaks += bytes_of(*peak);
  }
  auto edge = MerkleFrontier::create(size, peaks);
  return edge ? std::optional(std::move(*edge)) : std::nullopt;
}

}  // namespace

StoreResult<std::optional<Damage>> Journal::verify(store::Reader& reader, std::vector<Checkpoint> known) const {
  TRY(verified, verify_all(reader, std::move(known)));
  return std::move(verified.damage);
}

StoreResult<Verified> Journal::verify_all(store::Reader& reader, std::vector<Checkpoint> known, const GiveUp& give_up) const {
  Audit audit({origin(), keys_, std::move(known)});
  return read_on(reader, audit, {}, {}, give_up);
}

StoreResult<uint64_t> Journal::size(store::Reader& reader) const {
  TRY(state, read_state(reader));
  return state.tree.size();
}

StoreResult<Verified> Journal::verify_behind(store::Reader& reader, std::string_view note) const {
  const auto from = open_checkpoint(note, origin(), keys_);
  if (!from) return store::fault(Fault::kProgramming, "the checkpoint that was verified before is worthless: " + from.error().message);
  if (from->size == 0) return verify_all(reader);
  const auto damaged = [&](std::string what) { return Verified{Damage{1, from->size, std::move(what)}, {}}; };
  TRY(marks, first_checkpoint_of(reader, from->size));
  auto state = read_state(reader);
  if (!state && state.error().fault == Fault::kCorrupt) return damaged(state.error().message);
  if (!state) return std::unexpected(state.error());
  if (state->tree.size() < from->size) {
    return Verified{Damage{state->tree.size() + 1, from->size,
                           "missing at the end; a checkpoint that was verified before has " + std::to_string(from->size) + " events"},
                    {}};
  }
  TRY(edge, edge_at(reader, from->size));
  if (!edge || edge->root() != from->root) return damaged("they are no longer the events that were verified before");
  if (!marks || marks->size != from->size) return damaged("the checkpoint that was verified before is missing");
  Audit audit({origin(), keys_, {}}, std::move(*edge), marks->number);
  return read_on(reader, audit, {static_cast<int64_t>(from->size), static_cast<int64_t>(marks->number)}, std::string(note));
}

}  // namespace koshi::journal
