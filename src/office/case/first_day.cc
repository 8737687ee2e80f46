#include "office/case/first_day.h"

#include <algorithm>

namespace koshi::office {
namespace {

/// A condition of the action, and what it said when it was last asked.
struct Watched {
  zan::NormId norm = zan::kNoId;
  const zan::DateRange* in_force = nullptr;  ///< none: always
  std::optional<size_t> each;                ///< its place in FirstDays::of_each, if it is broken today
  bool is_asked = false;
  bool moves = false;  ///< may say something else on another day of one law
  bool broken = false;
};

class Search {
 public:
  Search(Look look, const zan::Action& action) : look_(std::move(look)), action_(action) {
    if (action.when != zan::kNoId) watched_.push_back({action.when, nullptr, std::nullopt});
    for (const zan::Requirement& requirement : action.requirements) {
      watched_.push_back({requirement.condition, &requirement.in_force, std::nullopt});
    }
  }

  FirstDays run(std::optional<Date> last) {
    const Date today = look_.today();
    stand();
    for (Watched& one : watched_) {
      if (one.in_force == nullptr || !counts(one) || !one.broken) continue;
      one.each = out_.of_each.size();
      out_.of_each.emplace_back();
    }
    auto day = next_day();
    const auto within = [&](Date next) { return next.days - today.days <= kFirstDayHorizonDays && !(last && *last < next); };
    while (day && within(*day) && !out_.all && !is_hopeless() && asks_ < kFirstDayAsksMax) {
      move_to(*day);
      day = next_day();
    }
    return std::move(out_);
  }

 private:
  bool counts(const Watched& one) const { return one.in_force == nullptr || look_.in_force(*one.in_force); }

  void ask(Watched& one) {
    const zan::Answer answer = look_.ask(one.norm);
    ++asks_;
    one.is_asked = true;
    one.moves = look_.rests_on_day(answer);
    one.broken = answer.outcome == zan::Outcome::kValue && !answer.value.is_yes();
  }

  /// Asks what may have changed; yes: nothing stands against the action.
  bool stand() {
    bool good = look_.in_force(action_.in_force);
    for (Watched& one : watched_) {
      if (!counts(one)) continue;
      if (!one.is_asked || one.moves) ask(one);
      good = good && !one.broken;
    }
    return good;
  }

  void move_to(Date day) {
    const size_t epoch = look_.law().corpus.epoch_of(look_.law_date());
    look_.move_to(day);
    if (look_.law().corpus.epoch_of(look_.law_date()) != epoch) {
      for (Watched& one : watched_) one.is_asked = false;
    }
    if (stand()) out_.all = day;
    for (const Watched& one : watched_) {
      if (!one.each || out_.of_each[*one.each] || (counts(one) && one.broken)) continue;
      out_.of_each[*one.each] = day;
    }
  }

  /// Something stands against the action that no day will mend, and of each other thing the day is known.
  bool is_hopeless() const {
    if (!look_.is_filed()) return false;
    const auto stays = [](const Watched& one) { return one.broken && !one.moves; };
    const auto is_told = [&](const Watched& one) { return !one.each || out_.of_each[*one.each] || stays(one); };
    return std::ranges::any_of(watched_, [&](const Watched& one) { return counts(one) && stays(one); }) &&
           std::ranges::all_of(watched_, is_told);
  }

  /// Tomorrow, or, where nothing rests on the day, the day on which the law changes. Parts of a procedure come into force on such days,
  /// too, or at least on days of their own.
  std::optional<Date> next_day() const {
    const bool moves = std::ranges::any_of(watched_, [&](const Watched& one) { return counts(one) && one.moves; });
    if (moves) return Date{look_.today().days + 1};
    if (look_.is_filed()) return std::nullopt;
    const auto& epochs = look_.law().corpus.epochs;
    const auto next = std::ranges::upper_bound(epochs, look_.law_date());
    std::optional<Date> day = next == epochs.end() ? std::nullopt : std::optional(*next);
    for_each_bound([&](Date bound) {
      if (look_.today() < bound && (!day || bound < *day)) day = bound;
    });
    return day;
  }

  template <typename Do>
  void for_each_bound(Do each) const {
    const auto bounds = [&](const zan::DateRange& range) {
      each(range.from);
      if (range.until < kLastDate) each(Date{range.until.days + 1});
    };
    bounds(action_.in_force);
    for (const Watched& one : watched_) {
      if (one.in_force != nullptr) bounds(*one.in_force);
    }
  }

  Look look_;
  const zan::Action& action_;
  std::vector<Watched> watched_;
  FirstDays out_;
  int asks_ = 0;
};

}  // namespace

std::optional<Date> last_day_of(const std::optional<Due>& due, Date today) {
  if (!due || due->action.empty() || due->last_day < today) return std::nullopt;
  return due->last_day;
}

FirstDays first_days(Look look, const zan::Action& action, std::optional<Date> last) {
  return Search(std::move(look), action).run(last);
}

}  // namespace koshi::office
