#include <algorithm>

#include "base/check.h"
#include "office/desk/case_id.h"
#include "office/desk/desk_impl.h"
#include "office/journal/canonical_json.h"

/// How an act flows: planned on a snapshot, kept in one write, answered when it is durable.
namespace koshi::office {
namespace {

using store::StoreResult;

constexpr int kIdTries = 8;  ///< for an id that is not taken

std::string version_text(int64_t version) {
  return std::to_string(version);
}

StoreResult<bool> is_taken(store::Reader& reader, std::string_view id) {
  TRY(rows, reader.query("SELECT 1 FROM desk_case WHERE id = $1", {id}));
  return !rows.empty();
}

bool same_facts(const Case& one, const Case& other) {
  return std::ranges::equal(one.facts, other.facts,
                            [](const FactEntry& a, const FactEntry& b) { return a.path == b.path && a.json == b.json; });
}

}  // namespace

Named named(const Law& law, const std::optional<StoredCase>& before, const Case& after) {
  Named both;
  if (after.filed) both.after = subjects_of(law, after);
  if (!before || !before->item.filed) return both;
  // Most acts leave the facts as they are, and to read them all again costs as much as the rest of the plan.
  both.before = same_facts(before->item, after) ? both.after : subjects_of(law, before->item);
  return both;
}

Desk::Impl::Now Desk::Impl::now() const {
  const int64_t ms = parts.clock();
  return {ms, office_day(ms)};
}

std::string Desk::Impl::new_case_id(bool sealed) {
  std::vector<std::byte> bytes(sealed ? journal::kSealedNameBytes : kCaseIdCharacters);
  {
    const std::lock_guard lock(random_mutex);
    parts.random(bytes);
  }
  std::string id;
  for (const std::byte byte : bytes) id.push_back(kCrockford[std::to_integer<size_t>(byte) % kCrockford.size()]);
  return id;
}

StoreResult<Planned> Desk::Impl::plan(store::Reader& reader, const Deed& deed, Now at) {
  store::LaterRows request;
  if (!deed.key.empty()) {
    TRY(asked, ask_request(reader, deed.actor.account, deed.key));
    request = std::move(asked);
  }
  std::optional<StoredCase> stored;
  if (!deed.case_id.empty()) {
    const bool is_clock = deed.actor.role == kClockRole;
    TRY(found, is_clock ? read_case(reader, deed.case_id, &memory) : read_case_for(reader, deed.actor, deed.case_id, &memory));
    stored = std::move(found);
  }
  TRY_DO(reader.settle());
  if (auto answered = request != nullptr ? request_of(*request) : std::nullopt) {
    if (answered->hash != deed.request) return refuse(RefusalKind::kStale, deed.actor.language, "key_reused");
    return Repeat{std::move(*answered)};
  }
  Plan plan;
  Case item;
  if (!deed.case_id.empty()) {
    if (!stored) return refuse(RefusalKind::kNoSuchThing, deed.actor.language, "no_such_case");
    plan.before = std::move(*stored);
    item = plan.before->item;
  }
  for (int i = 0; item.id.empty(); ++i) {
    CHECK(i < kIdTries);
    std::string id = new_case_id(deed.sealed);
    TRY(taken, is_taken(reader, id));
    if (!taken) item.id = std::move(id);
  }
  Around around(reader);
  auto decided = deed.decide(item, around.surroundings(), at.day);
  TRY_DO(around.checked());
  if (!decided) return Idle{};
  if (!*decided) return std::move(decided->error());
  plan.decision = std::move(**decided);
  if (is_too_large(plan.decision)) {
    return refuse(RefusalKind::kTooMuch, deed.actor.language, "too_large", {{"bytes", std::to_string(journal::kJsonMaxBytes)}});
  }
  for (const CaseEvent& event : plan.decision.events) plan.actions.push_back(journal_action(event, plan.decision.action));
  const Case& after = plan.decision.after;
  const auto due = next_due(parts.law, after, around.surroundings(), at.day);
  plan.named = named(parts.law, plan.before, after);
  plan.line = line_of(parts.law, after, std::move(plan.decision.after_json), plan.named.after, due, around.surroundings());
  TRY_DO(around.checked());
  TRY(entries, entries_of(deed, plan, at));
  plan.entries = std::move(entries);
  if (plan.before) plan.scopes = scope_change(parts.law, *plan.before, plan.line);
  plan.readings = around.take_readings();
  return plan;
}

/// Of acts that file side by side each takes the next number of its series, which is the writer's to say.
StoreResult<bool> Desk::Impl::take_number(const Deed& deed, Plan& plan, int64_t next, Now at) const {
  if (next == plan.decision.number->running) return true;
  plan.decision.after_json.swap(plan.line.body);
  const bool done = renumber(plan.decision, next);
  plan.decision.after_json.swap(plan.line.body);
  if (!done) return false;
  plan.line.number = plan.decision.after.number;
  TRY(entries, entries_of(deed, plan, at));
  plan.entries = std::move(entries);
  return true;
}

StoreResult<bool> Desk::Impl::still_good(store::Transaction& transaction, const Deed& deed, Plan& plan, Now at) {
  store::LaterRows request, last_number;
  if (!deed.key.empty()) {
    TRY(asked, ask_request(transaction, deed.actor.account, deed.key));
    request = std::move(asked);
  }
  const std::string& id = plan.decision.after.id;
  TRY(rows, transaction.query_later("SELECT last_sequence FROM desk_case WHERE id = $1", {id}));
  if (plan.decision.number) {
    TRY(asked, ask_last_number(transaction, plan.decision.number->series));
    last_number = std::move(asked);
  }
  TRY(place, parts.journal.ask_place(transaction, id));
  TRY_DO(transaction.settle());
  if (request != nullptr && request_of(*request)) return false;
  if (rows->empty() != !plan.before) return false;
  if (plan.before && (*rows)[0].integer(0) != plan.before->last_sequence) return false;
  plan.place = std::move(place);
  TRY(same, still_reads(transaction, plan.readings));
  if (!same || last_number == nullptr) return same;
  return take_number(deed, plan, next_number_of(*last_number), at);
}

namespace {

/// What a planned deed comes to without anything to keep.
std::optional<Outcome> settled(Planned& planned) {
  if (auto* refusal = std::get_if<Refusal>(&planned)) return std::move(*refusal);
  if (auto* repeat = std::get_if<Repeat>(&planned)) return std::move(*repeat);
  if (std::holds_alternative<Idle>(planned)) return Idle{};
  return std::nullopt;
}

}  // namespace

StoreResult<Outcome> Desk::Impl::decide_and_keep(store::Transaction& transaction, const Deed& deed, std::optional<Plan>& ready, Now at,
                                                 std::optional<Refusal>& refused) {
  bool good = false;
  if (ready) {
    TRY(still, still_good(transaction, deed, *ready, at));
    good = still;
  }
  if (!good) {
    TRY(planned, plan(transaction, deed, at));
    if (auto outcome = settled(planned)) return std::move(*outcome);
    ready = std::move(std::get<Plan>(planned));
  }
  TRY(kept, keep(transaction, deed, *ready, at));
  if (kept) return std::move(*kept);
  refused = std::move(kept.error());
  return store::abandon("refused");
}

std::expected<Outcome, Failure> Desk::Impl::carry_out(const Deed& deed) {
  const Now at = now();
  TRY_DO(end_holds_of_past_days(at));
  std::optional<Plan> ready;  // outlives the write: others wait for the writer, so what can be done after it is done after it
  if (!parts.store.idle()) {
    auto planned = parts.store.read([&](store::Reader& reader) { return plan(reader, deed, at); });
    if (!planned) return std::unexpected(failure(std::move(planned.error())));
    if (auto outcome = settled(*planned)) return std::move(*outcome);
    ready = std::move(std::get<Plan>(*planned));
  }
  std::optional<Refusal> refused;
  auto done = parts.store.write([&](store::Transaction& transaction) { return decide_and_keep(transaction, deed, ready, at, refused); });
  if (done) {
    if (auto* kept = std::get_if<Kept>(&*done)) {
      kept->after = std::move(ready->decision.after);
      memory.keep(std::move(ready->line.body), kept->after);
    }
    return std::move(*done);
  }
  if (refused && done.error().fault == store::Fault::kAbandoned) return Outcome(std::move(*refused));
  return std::unexpected(failure(std::move(done.error())));
}

/// A repeated request is answered by what was done then, and an outsider is not told more of a case than that there is none.
Done Desk::Impl::finish(const Deed& deed, Outcome outcome) {
  if (auto* kept = std::get_if<Kept>(&outcome)) return Acknowledged{std::move(kept->after), kept->sequence, false};
  if (const auto* repeat = std::get_if<Repeat>(&outcome)) {
    const AnsweredRequest& then = repeat->answered;
    auto item = parts.store.read([&](store::Reader& reader) { return as_of(reader, then.case_id, then.sequence); });
    if (!item) return std::unexpected(failure(std::move(item.error())));
    return Acknowledged{std::move(*item), then.sequence, true};
  }
  Refusal& refusal = std::get<Refusal>(outcome);
  if (deed.case_id.empty() || refusal.kind == RefusalKind::kNoSuchThing) return std::unexpected(Failure(std::move(refusal)));
  auto seen = parts.store.read([&](store::Reader& reader) { return visible(reader, deed.actor, deed.case_id); });
  if (!seen) return std::unexpected(failure(std::move(seen.error())));
  if (!*seen) return std::unexpected(Failure(refuse(RefusalKind::kNoSuchThing, deed.actor.language, "no_such_case")));
  return std::unexpected(Failure(std::move(refusal)));
}

Done Desk::Impl::perform(const Request& request, Deed deed) {
  deed.actor = request.actor;
  deed.key = request.idempotency_key;
  if (deed.key.size() > kIdempotencyKeyMaxBytes) {
    return std::unexpected(
        Failure(refuse(RefusalKind::kTooMuch, deed.actor.language, "key_too_long", {{"bytes", std::to_string(kIdempotencyKeyMaxBytes)}})));
  }
  if (!is_storable(deed.key)) return std::unexpected(Failure(refuse(RefusalKind::kBadFacts, deed.actor.language, "no_text")));
  // The clock is no account's role, whatever a caller believes.
  if (deed.actor.role == kClockRole) return std::unexpected(Failure(refuse(RefusalKind::kForbidden, deed.actor.language, "clock_only")));
  auto outcome = carry_out(deed);
  if (!outcome) return std::unexpected(std::move(outcome.error()));
  CHECK(!std::holds_alternative<Idle>(*outcome));
  return finish(deed, std::move(*outcome));
}

Done Desk::open_case(const Request& request, std::string_view procedure) {
  Deed deed;
  const int32_t found = impl_->parts.law.corpus.find_procedure(procedure);
  deed.sealed = found != zan::kNoId && impl_->parts.law.corpus.procedures[static_cast<size_t>(found)].sealed;
  deed.request = request_hash({"open", procedure, request.actor.role});
  deed.decide = [&](const Case& item, const Surroundings&, Date today) {
    return std::optional(office::open_case(impl_->parts.law, item.id, procedure, request.actor, today));
  };
  return impl_->perform(request, std::move(deed));
}

Done Desk::give_facts(const Request& request, std::string_view id, int64_t version, std::string_view facts_json,
                      const std::vector<std::string>& remove) {
  Deed deed;
  deed.case_id = id;
  std::string removed;
  for (const std::string& path : remove) removed.append(path).push_back('\n');
  deed.request = request_hash({"facts", id, version_text(version), facts_json, removed, request.actor.role});
  deed.decide = [&](const Case& item, const Surroundings&, Date today) {
    return std::optional(office::give_facts(impl_->parts.law, item, request.actor, version, facts_json, remove, today));
  };
  return impl_->perform(request, std::move(deed));
}

Done Desk::take_facts(const Request& request, std::string_view id, int64_t version, std::string_view from) {
  // An ended case does not change, so it may be read before the write.
  const auto earlier = show(request.actor, from);
  if (!earlier) return std::unexpected(earlier.error());
  Deed deed;
  deed.case_id = id;
  deed.request = request_hash({"take", id, version_text(version), from, request.actor.role});
  deed.decide = [&](const Case& item, const Surroundings&, Date today) {
    return std::optional(office::take_facts(impl_->parts.law, item, request.actor, version, *earlier, today));
  };
  return impl_->perform(request, std::move(deed));
}

Done Desk::attach_document(const Request& request, std::string_view id, int64_t version, DocumentEntry document, std::string_view bytes) {
  document.sha256 = journal::hex(journal::sha256(bytes));
  document.size_bytes = static_cast<int64_t>(bytes.size());
  Deed deed;
  deed.case_id = id;
  deed.document = bytes;
  deed.sha256 = document.sha256;
  deed.request = request_hash(
      {"attach", id, version_text(version), document.kind, document.file_name, document.media_type, document.sha256, request.actor.role});
  deed.decide = [&](const Case& item, const Surroundings&, Date today) {
    document.by = request.actor.role;
    document.on = today;
    return std::optional(office::attach_document(impl_->parts.law, item, request.actor, version, document, today));
  };
  return impl_->perform(request, std::move(deed));
}

Done Desk::remove_document(const Request& request, std::string_view id, int64_t version, std::string_view kind, std::string_view sha256) {
  Deed deed;
  deed.case_id = id;
  deed.request = request_hash({"remove", id, version_text(version), kind, sha256, request.actor.role});
  deed.decide = [&](const Case& item, const Surroundings&, Date today) {
    return std::optional(office::remove_document(impl_->parts.law, item, request.actor, version, kind, sha256, today));
  };
  return impl_->perform(request, std::move(deed));
}

Done Desk::act(const Request& request, std::string_view id, int64_t version, std::string_view action, std::string_view facts_json) {
  Deed deed;
  deed.case_id = id;
  deed.request = request_hash({"act", id, version_text(version), action, facts_json, request.actor.role});
  deed.decide = [&](const Case& item, const Surroundings& around, Date today) {
    return std::optional(office::decide(impl_->parts.law, item, request.actor, version, action, facts_json, around, today));
  };
  return impl_->perform(request, std::move(deed));
}

}  // namespace koshi::office
