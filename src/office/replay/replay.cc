#include "office/replay/replay.h"

#include "office/desk/desk.h"

namespace koshi::office {
namespace {

using store::StoreResult;

bool is_act(const journal::Event& event) {
  return event.entry.action.starts_with("acted:");
}

/// "acted:submit" stands in the journal for the event "acted".
std::string event_name(const std::string& journal_action) {
  return journal_action.substr(0, journal_action.find(':'));
}

/// A long list of differences shall not hold a proof for each.
void drop_proofs(ReplayedAct& act) {
  for (ReplayedQuestion& question : act.differences) {
    for (std::optional<zan::Answer>* answer : {&question.before, &question.after}) {
      if (!*answer) continue;
      (*answer)->proof = {};
      (*answer)->paths = {};
    }
  }
}

class OfficeReplay {
 public:
  OfficeReplay(const journal::Journal& journal, const OtherLaw& laws, const ReplayQuestion& question)
      : journal_(journal), laws_(laws), question_(question) {}

  /// A page of cases after this one; the last one read, or nothing at the end.
  StoreResult<std::string> page(store::Reader& reader, const std::string& after) {
    TRY(rows, reader.query("SELECT id, procedure FROM desk_case WHERE id > $1 ORDER BY id LIMIT $2",
                           {after, static_cast<int64_t>(kReplayPageCases)}));
    std::string last;
    for (const store::Row row : rows) {
      last = row.text(0);
      if (!question_.procedure.empty() && row.text(1) != question_.procedure) continue;
      ++out_.totals.cases;
      if (journal::is_sealed(last)) {
        ++out_.totals.sealed;
      } else {
        TRY_DO(replay_case(reader, last));
      }
    }
    return last;
  }

  Replays take() { return std::move(out_); }
  int64_t cases() const { return out_.totals.cases; }

 private:
  StoreResult<void> replay_case(store::Reader& reader, const std::string& id) {
    Case item;
    item.id = id;
    uint64_t after = 0;
    for (bool more = true; more;) {
      TRY(events, journal_.events(reader, id, after));
      more = events.size() == journal::kPageEventsMax;
      for (const journal::Event& event : events) {
        after = event.sequence;
        const Date on = office_day(event.entry.recorded_at_ms);
        if (is_act(event)) replay_event(item, event, on);
        if (!apply(item, {event_name(event.entry.action), event.entry.payload}, on)) {
          ++out_.totals.unreadable;
          return {};
        }
      }
    }
    return {};
  }

  void replay_event(const Case& before, const journal::Event& event, Date on) {
    ReplayTotals& totals = out_.totals;
    ++totals.acts;
    auto act = replay_act(laws_, before, event.entry.payload, on, question_.language);
    if (!act) {
      ++totals.unreadable;
      return;
    }
    ++totals.outcomes[static_cast<size_t>(act->outcome)];
    totals.text_changed += act->text_changed ? 1 : 0;
    totals.charged += act->charged;
    totals.charged_after += act->charged_after;
    totals.charged_open += act->charged_open;
    if (act->outcome == Replayed::kSame && !act->text_changed) return;
    if (out_.differences.size() == kReplayDifferencesMax) {
      ++out_.left_out;
      return;
    }
    drop_proofs(*act);
    out_.differences.push_back({before.id, before.procedure, event.sequence, on, before.law_date(on), std::move(*act)});
  }

  const journal::Journal& journal_;
  const OtherLaw& laws_;
  const ReplayQuestion& question_;
  Replays out_;
};

}  // namespace

Result<void> check_drafts(const zan::Corpus& corpus, const zan::Standpoint& standpoint) {
  for (const Date first : corpus.epochs) TRY_DO(zan::specialise(corpus, first, standpoint.reforms));
  return {};
}

StoreResult<Replays> replay(store::Store& store, const journal::Journal& journal, const Law& own, const ReplayQuestion& question,
                            const ReplayProgress& progress) {
  zan::ProgramLibrary library(own.corpus, question.standpoint);
  const Law other{own.corpus, library, own.words};
  const OtherLaw laws{own, other, question.standpoint.on};
  OfficeReplay work(journal, laws, question);
  std::string after;
  while (true) {
    // One state of the database a page: acts go on meanwhile.
    TRY(last, store.read([&](store::Reader& reader) { return work.page(reader, after); }));
    if (last.empty()) return work.take();
    after = std::move(last);
    if (progress) progress(work.cases());
  }
}

}  // namespace koshi::office
