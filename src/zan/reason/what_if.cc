#include <algorithm>
#include <limits>

#include "base/check.h"
#include "zan/reason/evaluate.h"
#include "zan/reason/record.h"

/// Which single fact would have to be otherwise for the answer to be otherwise.
///
/// Members of an enum, yes and no are all tried. On a line – dates, numbers, money – values are tried outwards from the given one on both
/// sides, each step at first and then in growing strides, and from the first that gives another answer back to the nearest that does. A
/// stretch narrower than a stride that begins and ends within it is not seen.
namespace koshi::zan {
namespace {

constexpr int64_t kSingleSteps = 32;  ///< tried one by one before strides grow
constexpr int64_t kMaxDays = 45'000;  ///< how far from the given date: a long life
constexpr int64_t kMaxWhole = int64_t{1} << 40;

/// A line of values: `unit` is the smallest change, `reach` the largest, both in Value::number().
struct Line {
  int64_t unit = 1;
  int64_t reach = 0;
};

Line line_of(const Value& value) {
  switch (value.kind()) {
    case Kind::kDate:
    case Kind::kDays: return {1, kMaxDays};
    case Kind::kWhole: return {1, kMaxWhole};
    case Kind::kMoney: {
      // Whole tenge stay whole tenge: nobody is told to earn a tiyn less.
      const int64_t unit = value.number() % Money::kTenge == 0 ? Money::kTenge : 1;
      return {unit, kMaxWhole * unit};
    }
    case Kind::kDecimal: {
      constexpr int64_t kHundredth = Decimal::kOne / 100;
      const int64_t unit = value.number() % kHundredth == 0 ? kHundredth : 1;
      return {unit, unit * (int64_t{1} << 32)};
    }
    default: return {};
  }
}

std::optional<Value> moved(const Value& value, int64_t by) {
  int64_t number = 0;
  if (__builtin_add_overflow(value.number(), by, &number)) return std::nullopt;
  switch (value.kind()) {
    case Kind::kDate:
      if (number < kFirstDate.days || number > kLastDate.days) return std::nullopt;
      return Value::date(Date{static_cast<int32_t>(number)});
    case Kind::kDays: return Value::days(number);
    case Kind::kWhole: return Value::whole(number);
    case Kind::kMoney: return Value::money({number});
    case Kind::kDecimal: return Value::decimal({number});
    default: return std::nullopt;
  }
}

/// A fact that the proof read, and where.
struct Candidate {
  int32_t path = kNoId;
  EntityId entity = kNoId;
  int32_t fact = kNoId;
  Value from;
};

struct Flip {
  Value to;
  Value answer;
  int64_t size = 0;
};

class Search {
 public:
  Search(ProgramLibrary& library, const Program& program, const Record& record, const Answer& answer)
      : library_(library), corpus_(library.corpus()), program_(program), record_(record.clone()), answer_(answer) {
    for (const Entity& entity : corpus_.entities) has_musts_ = has_musts_ || !entity.musts.empty();
  }

  std::vector<FactChange> run() {
    for (const Candidate& candidate : candidates()) try_fact(candidate);
    std::ranges::stable_sort(found_, {}, [](const Sized& change) { return change.size; });
    std::vector<FactChange> changes;
    for (Sized& change : found_) changes.push_back(std::move(change.change));
    return changes;
  }

 private:
  struct Sized {
    FactChange change;
    int64_t size;
  };

  std::vector<Candidate> candidates() const {
    std::vector<Candidate> found;
    for (const ProofNode& node : answer_.proof) {
      if (node.kind != ProofKind::kFact || node.outcome != Outcome::kValue) continue;
      const bool known =
          std::ranges::any_of(found, [&](const Candidate& other) { return other.path == node.path && other.fact == node.id; });
      if (!known) found.push_back({node.path, node.entity, node.id, node.value});
    }
    return found;
  }

  void try_fact(const Candidate& candidate) {
    Record* record = find_record(corpus_, record_, answer_.paths[static_cast<size_t>(candidate.path)]);
    if (record == nullptr) return;
    slot_ = &record->facts[static_cast<size_t>(candidate.fact)];
    const Type& type = corpus_.entities[static_cast<size_t>(candidate.entity)].facts[static_cast<size_t>(candidate.fact)].type;
    std::vector<Flip> flips;
    if (type.kind == Kind::kYesNo || type.kind == Kind::kEnum) {
      try_all(type, candidate.from, flips);
    } else if (!candidate.from.is_none()) {
      try_line(candidate.from, flips);
    }
    if (type.or_none) try_value(candidate.from.is_none() ? from_none(type) : Value::none(), std::numeric_limits<int32_t>::max(), flips);
    *slot_ = candidate.from;
    keep(candidate, flips);
  }

  /// What is absent might be there: something of today, or nothing much.
  std::optional<Value> from_none(const Type& type) const {
    switch (type.kind) {
      case Kind::kDate: return Value::date(answer_.today);
      case Kind::kWhole: return Value::whole(0);
      case Kind::kMoney: return Value::money({0});
      case Kind::kDecimal: return Value::decimal({0});
      case Kind::kDays: return Value::days(0);
      default: return std::nullopt;
    }
  }

  void try_all(const Type& type, const Value& from, std::vector<Flip>& flips) {
    const size_t count = type.kind == Kind::kYesNo ? 2 : corpus_.enums[static_cast<size_t>(type.of)].members.size();
    for (size_t i = 0; i < count; ++i) {
      const Value to = type.kind == Kind::kYesNo ? Value::yes_no(i == 1) : Value::member(type.of, static_cast<int64_t>(i));
      if (!(to == from)) try_value(to, 1, flips);
    }
  }

  void try_line(const Value& from, std::vector<Flip>& flips) {
    const Line line = line_of(from);
    if (line.reach == 0) return;
    std::vector<Flip> sides;
    for (const int64_t sign : {1, -1}) {
      if (const auto flip = nearest_flip(from, line, sign)) sides.push_back(*flip);
    }
    std::ranges::stable_sort(sides, {}, &Flip::size);
    flips.insert(flips.end(), sides.begin(), sides.end());
  }

  std::optional<Flip> nearest_flip(const Value& from, const Line& line, int64_t sign) {
    int64_t same = 0;  // the farthest step known to change nothing
    for (int64_t step = 1; step <= line.reach / line.unit; step = step < kSingleSteps ? step + 1 : step + std::max<int64_t>(1, step / 4)) {
      const auto to = moved(from, sign * step * line.unit);
      if (!to || tries_ == 0) return std::nullopt;
      auto flip = attempt(*to);
      if (!flip) {
        same = step;
        continue;
      }
      narrow_down(from, line, sign, same, step, *flip);
      flip->size = size_of(from, *flip);
      return flip;
    }
    return std::nullopt;
  }

  /// Between a step that changes nothing and one that does lies the nearest that does.
  void narrow_down(const Value& from, const Line& line, int64_t sign, int64_t same, int64_t other, Flip& flip) {
    while (other - same > 1 && tries_ > 0) {
      const int64_t middle = same + (other - same) / 2;
      const auto to = moved(from, sign * middle * line.unit);
      CHECK(to.has_value());
      if (auto nearer = attempt(*to)) {
        flip = std::move(*nearer);
        other = middle;
      } else {
        same = middle;
      }
    }
  }

  /// Days and heads count one by one; amounts and shares in hundredths of what was given.
  static int64_t size_of(const Value& from, const Flip& flip) {
    const auto distance =
        static_cast<uint64_t>(flip.to.number() > from.number() ? flip.to.number() - from.number() : from.number() - flip.to.number());
    if (from.kind() != Kind::kMoney && from.kind() != Kind::kDecimal) return static_cast<int64_t>(distance);
    const auto given = static_cast<uint64_t>(from.number());
    const uint64_t whole = from.number() < 0 ? uint64_t{0} - given : given;
    return static_cast<int64_t>(whole == 0 ? 100 : distance / std::max<uint64_t>(1, whole / 100) + 1);
  }

  void try_value(const std::optional<Value>& to, int64_t size, std::vector<Flip>& flips) {
    if (!to) return;
    auto flip = attempt(*to);
    if (!flip) return;
    flip->size = size;
    flips.push_back(std::move(*flip));
  }

  /// The other answer, if the value gives one that is settled and the facts stay possible.
  std::optional<Flip> attempt(const Value& to) {
    if (tries_ == 0) return std::nullopt;
    --tries_;
    *slot_ = to;
    if (has_musts_ && !contradictions(library_, record_, Moment(answer_.on, answer_.today)).empty()) return std::nullopt;
    Evaluation evaluation(library_, program_.reforms, record_, Law{&program_, answer_.on, answer_.today}, false);
    Cell cell = evaluation.ask(answer_.norm);
    if (!cell.is_known() || (answer_.outcome == Outcome::kValue && cell.value == answer_.value)) return std::nullopt;
    return Flip{to, std::move(cell.value), 0};
  }

  /// One change for each other answer, its values in the order found.
  void keep(const Candidate& candidate, const std::vector<Flip>& flips) {
    std::vector<Sized> own;
    for (const Flip& flip : flips) {
      const auto same = std::ranges::find_if(own, [&](const Sized& change) { return change.change.answer == flip.answer; });
      if (same != own.end()) {
        same->change.to.push_back(flip.to);
        continue;
      }
      FactChange change;
      change.path = answer_.paths[static_cast<size_t>(candidate.path)];
      if (!change.path.empty()) change.path += '.';
      change.path += corpus_.entities[static_cast<size_t>(candidate.entity)].facts[static_cast<size_t>(candidate.fact)].name;
      change.entity = candidate.entity;
      change.fact = candidate.fact;
      change.from = candidate.from;
      change.to = {flip.to};
      change.answer = flip.answer;
      own.push_back({std::move(change), flip.size});
    }
    std::ranges::move(own, std::back_inserter(found_));
  }

  ProgramLibrary& library_;
  const Corpus& corpus_;
  const Program& program_;
  Record record_;
  const Answer& answer_;
  std::optional<Value>* slot_ = nullptr;
  bool has_musts_ = false;
  size_t tries_ = kWhatIfMaxTries;
  std::vector<Sized> found_;
};

}  // namespace

Result<std::vector<FactChange>> what_would_change(ProgramLibrary& library, const Record& record, const Answer& answer) {
  if (answer.outcome == Outcome::kUnknown) return fail("the answer is not settled yet; give the facts that it needs first");
  TRY(program, library.on(answer.on, answer.reforms));
  return Search(library, *program, record, answer).run();
}

}  // namespace koshi::zan
