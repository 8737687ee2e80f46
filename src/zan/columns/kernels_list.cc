#include <algorithm>
#include <cstring>

#include "zan/columns/bound.h"

/// Aggregates: the members of all rows of a tile one after another, a tile of members at a time, then folded in the order of each list.
/// The rules of folding are those of zan/reason/aggregate.cc.
namespace koshi::zan::columns {
namespace {

enum class Broken : uint8_t { kNot, kConflict, kGap, kFault };

/// What one row's list has come to so far.
struct Fold {
  bool settled = false;  ///< `any` met a yes, `all` a no
  bool open = false;
  Broken broken = Broken::kNot;
  bool overflow = false;
  bool has_value = false;
  int64_t count = 0, members = 0, total = 0;
};

class ListFold {
 public:
  ListFold(const ListPlan& plan, const Frame& outer, Memory& memory) : plan_(plan), outer_(outer), memory_(memory) {}

  void run() {
    const auto& own = *static_cast<const Memory*>(outer_.context);
    const BoundSource& list = (*own.sources)[static_cast<size_t>(plan_.source)];
    for (int32_t lane = 0; lane < kTile; ++lane) {
      const int64_t row = plan_.rows >= 0 ? number(outer_.p, plan_.rows, lane) : outer_.row + lane;
      if (!bit(outer_.p, plan_.listed, true, lane) || row < 0 || row >= list.rows) continue;
      for (int64_t i = list.first[row]; i < list.first[row + 1]; ++i) {
        memory_.rows[static_cast<size_t>(size_)] = list.members == nullptr ? static_cast<int32_t>(i) : list.members[i];
        memory_.lanes[static_cast<size_t>(size_)] = lane;
        if (++size_ == kTile) flush();
      }
    }
    flush();
    if (plan_.op == Op::kDaysPresent) end_stays();
    write();
  }

 private:
  static bool bit(std::byte* const* p, int32_t place, bool constant, int32_t at) {
    if (place < 0) return constant;
    return (std::to_integer<unsigned>(p[place][at / 8]) >> (at % 8) & 1) != 0;
  }
  static int32_t number(std::byte* const* p, int32_t place, int32_t at) { return reinterpret_cast<const int32_t*>(p[place])[at]; }
  bool in(const ListPlan::Input& input, int32_t at) const { return bit(memory_.p.data(), input.place, input.value, at); }
  int64_t value(int32_t place, int64_t constant, int32_t at) const {
    return place < 0 ? constant : reinterpret_cast<const int64_t*>(memory_.p[static_cast<size_t>(place)])[at];
  }

  void flush() {
    if (size_ == 0) return;
    for (int32_t i = size_; i < kTile; ++i) {
      memory_.rows[static_cast<size_t>(i)] = kNoRow;
      memory_.lanes[static_cast<size_t>(i)] = 0;
    }
    const Frame inner{memory_.p.data(), &outer_, 0, kTile, &memory_};
    run_tile(memory_, inner);
    for (int32_t i = 0; i < size_; ++i) {
      const int32_t lane = memory_.lanes[static_cast<size_t>(i)];
      Fold& fold = folds_[lane];
      ++fold.members;
      switch (plan_.op) {
        case Op::kAny:
        case Op::kAll: fold_any(fold, i); break;
        case Op::kCount:
        case Op::kShare: fold_count(fold, i); break;
        case Op::kDaysPresent: fold_stay(lane, i); break;
        default: fold_sum(fold, i);
      }
    }
    size_ = 0;
  }

  Broken broken_where(int32_t i) const {
    if (in(plan_.conflict, i)) return Broken::kConflict;
    if (in(plan_.gap, i)) return Broken::kGap;
    return in(plan_.fault, i) ? Broken::kFault : Broken::kNot;
  }

  Broken broken_value(int32_t i) const {
    if (in(plan_.value_conflict, i)) return Broken::kConflict;
    if (in(plan_.value_gap, i)) return Broken::kGap;
    return in(plan_.value_fault, i) ? Broken::kFault : Broken::kNot;
  }

  void fold_any(Fold& fold, int32_t i) const {
    const bool yes = in(plan_.yes, i), no = in(plan_.no, i);
    if (yes || no) {
      fold.settled = fold.settled || yes == (plan_.op == Op::kAny);
      return;
    }
    const Broken broken = broken_where(i);
    if (broken == Broken::kNot) fold.open = true;
    if (fold.broken == Broken::kNot) fold.broken = broken;
  }

  void fold_count(Fold& fold, int32_t i) const {
    if (fold.broken == Broken::kNot) fold.broken = broken_where(i);
    const bool yes = in(plan_.yes, i);
    fold.count += yes ? 1 : 0;
    fold.open = fold.open || (!yes && !in(plan_.no, i) && broken_where(i) == Broken::kNot);
  }

  void fold_sum(Fold& fold, int32_t i) const {
    if (fold.broken != Broken::kNot || in(plan_.no, i)) return;
    const bool yes = in(plan_.yes, i);
    fold.broken = broken_where(i);
    if (fold.broken != Broken::kNot) return;
    // Whether a member counts that is not known to count decides whether its error does.
    if (yes) fold.broken = broken_value(i);
    fold.open = fold.open || !yes || !in(plan_.known, i);
    if (fold.broken != Broken::kNot || fold.open || fold.overflow) return;
    const int64_t next = value(plan_.number_place, plan_.number_k, i);
    if (!fold.has_value) {
      fold.total = next;
    } else if (plan_.op == Op::kSum) {
      fold.overflow = __builtin_add_overflow(fold.total, next, &fold.total);
    } else {
      fold.total = plan_.op == Op::kMaxOf ? std::max(fold.total, next) : std::min(fold.total, next);
    }
    fold.has_value = true;
  }

  void fold_stay(int32_t lane, int32_t i) {
    if (lane != stay_lane_) end_stays();
    stay_lane_ = lane;
    Fold& fold = folds_[lane];
    fold.open = fold.open || !in(plan_.known, i) || !in(plan_.left_known, i);
    if (fold.open || in(plan_.none, i)) return;
    const int64_t today = plan_.today >= 0 ? number(outer_.p, plan_.today, lane) : plan_.today_k;
    const int64_t from = std::max(value(plan_.number_place, plan_.number_k, i), today - plan_.window + 1);
    const int64_t until = in(plan_.left_none, i) ? today : std::min(value(plan_.left_place, plan_.left_k, i), today);
    if (from <= until) stays_.emplace_back(from, until);
  }

  /// Days of overlapping stays count once.
  void end_stays() {
    if (stay_lane_ < 0) return;
    std::ranges::sort(stays_);
    int64_t days = 0, counted = INT64_MIN;
    for (const auto& [from, until] : stays_) {
      const int64_t begin = counted == INT64_MIN ? from : std::max(from, counted + 1);
      days += std::max<int64_t>(0, until - begin + 1);
      counted = std::max(counted, until);
    }
    folds_[stay_lane_].total = days;
    stays_.clear();
    stay_lane_ = -1;
  }

  void put(AggregatePart part, int32_t lane, bool set) const {
    std::byte& byte = outer_.p[plan_.parts[part]][lane / 8];
    const auto one = static_cast<std::byte>(1U << (lane % 8));
    byte = set ? byte | one : byte & ~one;
  }

  void write() {
    auto* numbers = reinterpret_cast<int64_t*>(outer_.p[plan_.parts[kPartNumber]]);
    const bool truth = plan_.op == Op::kAny || plan_.op == Op::kAll;
    const bool sum = plan_.op == Op::kSum || plan_.op == Op::kMaxOf || plan_.op == Op::kMinOf;
    for (int32_t lane = 0; lane < kTile; ++lane) {
      const Fold& fold = folds_[lane];
      Broken broken = fold.broken;
      // In a condition what is open may still settle it; in a number an error stays one.
      if (truth && (fold.settled || fold.open)) broken = Broken::kNot;
      bool known = broken == Broken::kNot && (truth ? fold.settled || !fold.open : !fold.open);
      if (known && sum && fold.overflow) {
        broken = Broken::kFault;
        known = false;
      }
      put(kPartYes, lane, known && fold.settled == (plan_.op == Op::kAny));
      put(kPartKnown, lane, known);
      put(kPartNone, lane, known && !fold.has_value && sum && plan_.op != Op::kSum);
      put(kPartConflict, lane, broken == Broken::kConflict);
      put(kPartGap, lane, broken == Broken::kGap);
      put(kPartFault, lane, broken == Broken::kFault);
      numbers[lane] = known ? result(fold) : 0;
    }
  }

  int64_t result(const Fold& fold) const {
    if (plan_.op == Op::kCount) return fold.count;
    if (plan_.op != Op::kShare) return fold.total;
    if (fold.members == 0) return 0;
    return static_cast<int64_t>(divide(Int128{fold.count} * Decimal::kOne, Int128{fold.members}, Rounding::kDown));
  }

  const ListPlan& plan_;
  const Frame& outer_;
  Memory& memory_;
  Fold folds_[kTile];
  int32_t size_ = 0;
  std::vector<std::pair<int64_t, int64_t>> stays_;
  int32_t stay_lane_ = -1;
};

}  // namespace

void list_kernel(const Instruction& i, const Frame& f) {
  const auto& plan = *static_cast<const ListPlan*>(i.table);
  const auto& own = *static_cast<const Memory*>(f.context);
  ListFold(plan, f, *own.lists[static_cast<size_t>(plan.number)]).run();
}

}  // namespace koshi::zan::columns
