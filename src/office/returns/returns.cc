#include "office/returns/returns.h"

#include <algorithm>
#include <map>
#include <set>

#include "office/case/event.h"
#include "office/case/figures.h"
#include "office/desk/desk.h"

namespace koshi::office {
namespace {

using Of = zan::Figure::Of;
using store::StoreResult;

constexpr int64_t kPage = 500;

/// What happened to one case in the period.
struct Happened {
  std::vector<std::pair<std::string, std::string>> steps;  ///< action and the state it led to, where that is another; else empty
};

std::string event_name(std::string_view action) {
  return std::string(action.substr(0, action.find(':')));
}

/// The order of lines: as the law's codes are, what is not told last.
bool comes_before(const std::optional<zan::Value>& a, const std::optional<zan::Value>& b) {
  if (!a || !b) return a.has_value() && !b.has_value();
  if (a->is_none() || b->is_none()) return !a->is_none() && b->is_none();
  if (a->kind() == zan::Kind::kText) return a->as_text() < b->as_text();
  return a->number() < b->number();
}

struct KeyOrder {
  bool operator()(const std::vector<std::optional<zan::Value>>& a, const std::vector<std::optional<zan::Value>>& b) const {
    return std::ranges::lexicographical_compare(a, b, comes_before);
  }
};

class Maker {
 public:
  Maker(store::Reader& reader, const journal::Journal& journal, const Law& law, const ReturnAsk& ask)
      : reader_(reader), journal_(journal), law_(law), ask_(ask) {
    for (const zan::ReturnRow& row : ask.item.rows) norms_.push_back(row.value);
    for (const zan::Figure& figure : ask.item.figures) {
      norms_.push_back(figure.where);
      norms_.push_back(figure.amount);
      standing_ = standing_ || figure.of == Of::kStanding;
    }
    std::erase(norms_, zan::kNoId);
    table_.period = ask.period;
    table_.total.figures.resize(ask.item.figures.size());
  }

  StoreResult<ReturnTable> run() {
    for (const int32_t id : ask_.item.procedures) {
      const std::string& procedure = law_.corpus.procedures[static_cast<size_t>(id)].name;
      TRY_DO(read_steps(procedure));
      TRY_DO(count_all(procedure));
      happened_.clear();
    }
    for (auto& [keys, figures] : lines_) table_.lines.push_back({keys, std::move(figures)});
    return std::move(table_);
  }

 private:
  StoreResult<void> read_steps(const std::string& procedure) {
    TRY(rows, reader_.query("SELECT case_id, action, from_state, to_state FROM desk_step WHERE procedure = $1 AND day >= $2 AND day <= $3"
                            " ORDER BY case_id, sequence",
                            {procedure, format_date(ask_.period.first), format_date(ask_.period.last)}));
    for (const store::Row row : rows) {
      const std::string to(row.text(2) == row.text(3) ? "" : row.text(3));
      happened_[std::string(row.text(0))].steps.emplace_back(row.text(1), to);
    }
    return {};
  }

  /// Only what stands at the end of the period needs cases to which nothing happened in it.
  StoreResult<void> count_all(const std::string& procedure) {
    if (!standing_) {
      for (const auto& [id, happened] : happened_) TRY_DO(count_case(id));
      return {};
    }
    std::string after;
    while (true) {
      TRY(rows, reader_.query("SELECT DISTINCT case_id FROM desk_step WHERE procedure = $1 AND day <= $2 AND case_id > $3"
                              " ORDER BY case_id LIMIT $4",
                              {procedure, format_date(ask_.period.last), after, kPage}));
      for (const store::Row row : rows) {
        after = row.text(0);
        TRY_DO(count_case(after));
      }
      if (rows.size() < static_cast<size_t>(kPage)) return {};
    }
  }

  /// As it stood at the end of the period: its snapshot, if nothing came since, else what the events up to then make.
  StoreResult<Case> case_then(const std::string& id) {
    TRY(rows, reader_.query("SELECT c.body, e.recorded_at FROM desk_case c JOIN journal_event e ON e.sequence = c.last_sequence"
                            " WHERE c.id = $1",
                            {id}));
    if (!rows.empty() && office_day(rows[0].integer(1)) <= ask_.period.last) {
      auto item = parse_case_json(rows[0].text(0));
      if (!item) return store::fault(store::Fault::kCorrupt, "the snapshot of case " + id + " is damaged: " + item.error().message);
      return std::move(*item);
    }
    Case item;
    item.id = id;
    for (uint64_t after = 0;;) {
      TRY(events, journal_.events(reader_, id, after));
      for (const journal::Event& event : events) {
        const Date on = office_day(event.entry.recorded_at_ms);
        if (on > ask_.period.last) return item;
        after = event.sequence;
        const auto applied = apply(item, {event_name(event.entry.action), event.entry.payload}, on);
        if (!applied) return store::fault(store::Fault::kCorrupt, "event " + std::to_string(after) + ": " + applied.error().message);
      }
      if (events.size() < journal::kPageEventsMax) return item;
    }
  }

  StoreResult<void> count_case(const std::string& id) {
    if (++looked_at_ > kReturnCasesMax || lines_.size() > kReturnLinesMax)
      return store::fault(store::Fault::kProgramming, "a return of more than " + std::to_string(kReturnCasesMax) + " cases");
    TRY(item, case_then(id));
    if (item.is_sealed()) return {};
    const auto known = happened_.find(id);
    const Happened nothing;
    const Happened& happened = known == happened_.end() ? nothing : known->second;
    std::vector<int64_t> times;
    for (const zan::Figure& figure : ask_.item.figures) times.push_back(times_of(figure, item, happened));
    if (std::ranges::all_of(times, [](int64_t one) { return one == 0; })) return {};
    add(item, times);
    return {};
  }

  /// How often the case counts for the figure, without its condition.
  int64_t times_of(const zan::Figure& figure, const Case& item, const Happened& happened) const {
    const auto among = [&](const std::string& place) { return std::ranges::find(figure.places, place) != figure.places.end(); };
    switch (figure.of) {
      case Of::kFiled: return item.filed && ask_.period.first <= *item.filed && *item.filed <= ask_.period.last ? 1 : 0;
      case Of::kReached: return std::ranges::any_of(happened.steps, [&](const auto& step) { return among(step.second); }) ? 1 : 0;
      case Of::kDone: return std::ranges::count_if(happened.steps, [&](const auto& step) { return among(step.first); });
      case Of::kStanding: return among(item.state) ? 1 : 0;
    }
    return 0;
  }

  void add(const Case& item, const std::vector<int64_t>& times) {
    const auto values = values_of(law_, item, norms_, ask_.period.last);
    size_t at = 0;
    std::vector<std::optional<zan::Value>> keys;
    for (; at < ask_.item.rows.size(); ++at) keys.push_back(values[at]);
    if (ask_.within != zan::kNoId) {
      const auto& key = keys[static_cast<size_t>(ask_.within)];
      if (!key || !ask_.scope || !(*key == *ask_.scope)) return;
    }
    std::vector<int64_t> figures(times.size());
    bool is_unclear = false, counts = false;
    for (size_t i = 0; i < times.size(); ++i) {
      const zan::Figure& figure = ask_.item.figures[i];
      const std::optional<zan::Value>* where = figure.where == zan::kNoId ? nullptr : &values[at++];
      const std::optional<zan::Value>* amount = figure.amount == zan::kNoId ? nullptr : &values[at++];
      if (times[i] == 0) continue;
      const bool is_open = where != nullptr && (!*where || (*where)->is_none());
      if (where != nullptr && !is_open && !(*where)->is_yes()) continue;
      if (is_open || (amount != nullptr && !*amount)) {
        is_unclear = true;
        continue;
      }
      counts = true;
      figures[i] = amount == nullptr ? times[i] : (*amount)->is_none() ? 0 : times[i] * (*amount)->number();
    }
    table_.unclear += is_unclear ? 1 : 0;
    if (!counts) return;
    ++table_.cases;
    auto& line = lines_.try_emplace(std::move(keys), figures.size()).first->second;
    for (size_t i = 0; i < figures.size(); ++i) {
      line[i] += figures[i];
      table_.total.figures[i] += figures[i];
    }
  }

  store::Reader& reader_;
  const journal::Journal& journal_;
  const Law& law_;
  const ReturnAsk& ask_;
  std::vector<zan::NormId> norms_;  ///< of the rows, then of each figure where and amount, as far as written
  bool standing_ = false;
  size_t looked_at_ = 0;
  std::map<std::string, Happened> happened_;
  std::map<std::vector<std::optional<zan::Value>>, std::vector<int64_t>, KeyOrder> lines_;
  ReturnTable table_;
};

}  // namespace

StoreResult<ReturnTable> make_return(store::Store& store, const journal::Journal& journal, const Law& law, const ReturnAsk& ask) {
  return store.read([&](store::Reader& reader) { return Maker(reader, journal, law, ask).run(); });
}

}  // namespace koshi::office
