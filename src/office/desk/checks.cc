#include "office/desk/desk_impl.h"
#include "zan/corpus/who_acts.h"

/// What the law asks of a case's actions, and where it stands in a queue.
namespace koshi::office {
namespace {

using store::StoreResult;

/// The office in whose queue the case waits: the first with an action in its state and a scope that the case names.
struct Queue {
  std::string role, value;
};
std::optional<Queue> queue_of(const zan::Corpus& corpus, const Case& item) {
  const int32_t found = corpus.find_procedure(item.procedure);
  // How many others have complained is nobody's to know.
  if (found == zan::kNoId || !item.filed || item.is_sealed()) return std::nullopt;
  const zan::Procedure& procedure = corpus.procedures[static_cast<size_t>(found)];
  const int32_t state = procedure.find_state(item.state);
  if (state == zan::kNoId) return std::nullopt;
  for (size_t i = 0; i < procedure.roles.size(); ++i) {
    const zan::Role& role = procedure.roles[i];
    if (role.kind != zan::Role::Kind::kOffice || !role.within ||
        !acts_in(procedure.states[static_cast<size_t>(state)], static_cast<int32_t>(i)))
      continue;
    const FactEntry* value = item.find_fact(role.within->text);
    if (value != nullptr) return Queue{role.name, value->json};
  }
  return std::nullopt;
}

StoreResult<std::optional<QueuePlace>> place_in(store::Reader& reader, const Case& item, const Queue& queue) {
  TRY(stored, read_case(reader, item.id));
  if (!stored) return std::nullopt;
  // Both counts stop at a bound: what is told of a long queue is that it is long.
  static constexpr char kSql[] =
      "SELECT count(*), coalesce(sum(ahead), 0) FROM ("
      "SELECT CASE WHEN due_order < $1 OR (due_order = $2 AND case_id < $3) THEN 1 ELSE 0 END AS ahead FROM desk_scope "
      "WHERE role = $4 AND value = $5 AND stage = $6 AND procedure = $7 AND state = $8 ORDER BY due_order, case_id LIMIT 1000) q";
  TRY(rows, reader.query(kSql, {stored->due_order, stored->due_order, item.id, queue.role, queue.value, static_cast<int>(Stage::kOpen),
                                item.procedure, item.state}));
  return QueuePlace{rows[0].integer(1) + 1, std::max(rows[0].integer(0), rows[0].integer(1) + 1)};
}

}  // namespace

std::expected<std::vector<ActionCheck>, Failure> Desk::checks(const Actor& actor, const Case& item) {
  using Checks = std::vector<ActionCheck>;
  return lift<Checks>(impl_->parts.store.read([&](store::Reader& reader) -> StoreResult<Checks> {
    Around around(reader);
    Checks found = check_actions(impl_->parts.law, item, actor, around.surroundings(), impl_->now().day);
    TRY_DO(around.checked());
    return found;
  }));
}

std::expected<std::optional<QueuePlace>, Failure> Desk::queue_place(const Case& item) {
  const auto queue = queue_of(impl_->parts.law.corpus, item);
  if (!queue) return std::nullopt;
  return lift<std::optional<QueuePlace>>(impl_->parts.store.read([&](store::Reader& reader) { return place_in(reader, item, *queue); }));
}

}  // namespace koshi::office
