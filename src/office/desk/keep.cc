#include <algorithm>

#include "base/check.h"
#include "office/desk/desk_impl.h"
#include "office/journal/canonical_json.h"

/// Everything that one act leaves in the database.
namespace koshi::office {
namespace {

using store::StoreResult;

constexpr int64_t kNoticesMax = 256;  ///< of one act; the place of a notice is the low byte of its number

StoreResult<void> keep_records(store::Transaction& transaction, const std::string& case_id, const std::vector<RegisterEntry>& records,
                               int64_t sequence) {
  for (const RegisterEntry& record : records) {
    TRY_DO(transaction.execute_later(
        "INSERT INTO desk_register (key_path, key_value, fact, json, case_id, sequence) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (key_path, key_value, fact) DO UPDATE SET json = excluded.json, case_id = excluded.case_id,"
        " sequence = excluded.sequence",
        {record.key_path, record.key, record.fact, record.json, case_id, sequence}));
  }
  return {};
}

/// Of a sealed case something neutral is sent, since others may read the letter or the screen on which it arrives. The notice itself
/// stands in the case.
StoreResult<void> keep_notices(store::Transaction& transaction, const std::string& case_id, const std::vector<Notice>& notices,
                               int64_t sequence, int64_t now_ms, const words::Words& words) {
  CHECK(notices.size() < static_cast<size_t>(kNoticesMax));
  const bool sealed = journal::is_sealed(case_id);
  int64_t number = sequence * kNoticesMax;
  for (const Notice& notice : notices) {
    const std::string text = sealed ? words.phrase(words::Language::kEn, "desk.sealed_notice") : notice.text;
    TRY_DO(transaction.execute_later(
        "INSERT INTO desk_notice (number, case_id, role, body, recorded_at, is_sent) VALUES ($1, $2, $3, $4, $5, 0)",
        {number++, case_id, notice.role, text, now_ms}));
  }
  return {};
}

StoreResult<void> keep_document(store::Transaction& transaction, const Deed& deed) {
  if (deed.sha256.empty()) return {};
  // Bytes that were erased (retention.h) come back with a case that has them anew.
  return transaction.execute_later(
      "INSERT INTO desk_document (sha256, bytes) VALUES ($1, $2) ON CONFLICT (sha256) DO UPDATE"
      " SET bytes = excluded.bytes WHERE length(desk_document.bytes) = 0",
      {deed.sha256, store::Blob{deed.document}});
}

}  // namespace

bool is_too_large(const Decision& decision) {
  for (const CaseEvent& event : decision.events) {
    if (event.payload.size() > journal::kJsonMaxBytes) return true;
  }
  for (const RegisterEntry& record : decision.records) {
    if (record.key.size() > kRegisterKeyMaxBytes) return true;
  }
  return false;
}

std::string journal_action(const CaseEvent& event, const std::string& action) {
  return action.empty() ? event.name : event.name + ":" + action;
}

std::string actor_name(const Actor& actor) {
  return actor.account + "/" + actor.role;
}

std::string event_name(std::string_view journal_action) {
  return std::string(journal_action.substr(0, journal_action.find(':')));
}

Refusal Desk::Impl::hindered(const Deed& deed, const PostingHindrance& hindrance, int64_t version) const {
  Refusal refusal;
  if (const auto* lacking = std::get_if<ledger::Insufficient>(&hindrance)) {
    const int64_t free = lacking->limit - lacking->held - lacking->committed;
    refusal = refuse(RefusalKind::kNoPlaces, deed.actor.language, "no_places",
                     {{"account", lacking->account}, {"free", std::to_string(free)}, {"asked", std::to_string(lacking->asked)}});
  } else if (const auto* ended = std::get_if<HoldEnded>(&hindrance)) {
    refusal = refuse(RefusalKind::kNoPlaces, deed.actor.language, "hold_ended", {{"account", ended->account}});
  } else {
    refusal = refuse(RefusalKind::kBadFacts, deed.actor.language, "bad_posting", {{"account", std::get<NoPosting>(hindrance).account}});
  }
  refusal.version = version;
  return refusal;
}

StoreResult<std::vector<journal::CheckedEntry>> Desk::Impl::entries_of(const Deed& deed, const Plan& plan, Now at) const {
  std::vector<journal::CheckedEntry> entries;
  const Case& after = plan.decision.after;
  for (size_t i = 0; i < plan.decision.events.size(); ++i) {
    auto entry = journal::CheckedEntry::create({.case_id = after.id,
                                                .actor = actor_name(deed.actor),
                                                .action = plan.actions[i],
                                                .law_date = after.law_date(at.day),
                                                .recorded_at_ms = at.ms,
                                                .payload = plan.decision.events[i].payload});
    if (!entry) return store::fault(store::Fault::kProgramming, entry.error().message);
    entries.push_back(std::move(*entry));
  }
  return entries;
}

StoreResult<void> Desk::Impl::keep_step_and_subjects(store::Transaction& transaction, const Plan& plan, int64_t sequence, Now at) {
  const Case& after = plan.decision.after;
  if (after.is_sealed()) return {};
  if (!plan.decision.action.empty()) {
    const std::string from = plan.before ? plan.before->item.state : after.state;
    TRY_DO(insert_step(transaction, plan.line, {sequence, plan.decision.action, from, after.state, at.day}));
  }
  if (plan.line.subjects.empty()) return {};
  TRY_DO(update_subjects(transaction, plan.line, keys_of(plan.named.before)));
  if (!parts.file_subjects) return {};
  std::vector<Subject> fresh;
  for (const Subject& subject : plan.named.after) {
    if (std::ranges::find(plan.named.before, subject) == plan.named.before.end()) fresh.push_back(subject);
  }
  return fresh.empty() ? StoreResult<void>() : parts.file_subjects(transaction, fresh, after, at.ms);
}

StoreResult<KeptOrNot> Desk::Impl::keep(store::Transaction& transaction, const Deed& deed, Plan& plan, Now at) {
  const Decision& decision = plan.decision;
  const Case& after = decision.after;
  CHECK(!decision.events.empty());
  if (!plan.place) {
    TRY(place, parts.journal.ask_place(transaction, after.id));
    TRY_DO(transaction.settle());
    plan.place = std::move(place);
  }
  TRY(appended, parts.journal.append(transaction, plan.entries, *plan.place));
  const auto sequence = static_cast<int64_t>(appended.back().sequence);
  plan.line.first_sequence = plan.before ? plan.before->first_sequence : static_cast<int64_t>(appended.front().sequence);
  plan.line.last_sequence = sequence;
  TRY_DO(plan.before ? update_line(transaction, plan.line, plan.scopes) : insert_line(transaction, plan.line));
  const ledger::Why why{std::to_string(sequence), after.procedure + " " + plan.actions.back(), at.ms};
  TRY(hindrance, post(transaction, after, decision.postings, why));
  if (hindrance) return KeptOrNot(std::unexpect, hindered(deed, *hindrance, plan.before ? plan.before->item.version : 0));
  TRY_DO(insert_papers(transaction, after.id, decision.papers));
  if (decision.number) TRY_DO(insert_number(transaction, after.id, *decision.number));
  TRY_DO(keep_step_and_subjects(transaction, plan, sequence, at));
  TRY_DO(keep_records(transaction, after.id, decision.records, sequence));
  TRY_DO(keep_notices(transaction, after.id, decision.notices, sequence, at.ms, parts.law.words));
  TRY_DO(keep_document(transaction, deed));
  if (!deed.key.empty()) {
    TRY_DO(insert_request(transaction, deed.actor.account, deed.key, {deed.request, after.id, appended.back().sequence}, at.day));
  }
  TRY_DO(transaction.settle());
  return Kept{appended.back().sequence};
}

}  // namespace koshi::office
