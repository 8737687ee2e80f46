#include "observatory/synthesis/draw_fact.h"

#include <algorithm>

namespace koshi::observatory {
namespace {

using zan::Kind;

constexpr int kPerMille = 1000;
/// Parts of a row's dice: each question its own.
enum Part : uint64_t { kValue, kIsNone, kIsUnknown };

/// Other choices may be for the cells of a member that stands for nothing by itself.
constexpr int64_t kNoCode = INT64_MIN + 1;

/// A choice with its values made ready.
struct ReadyChoice {
  const Choice* choice;
  std::vector<int64_t> values;  ///< kOdds, or of each member of the dimension; kNoCode: the member is no value of the fact
  std::vector<double> up_to;    ///< kOdds: sums of weights
  const zan::Column* after = nullptr;
};

Result<int64_t> stored(const zan::Corpus& corpus, const zan::Type& type, const std::string& text) {
  TRY(value, zan::parse_value(corpus, type, text));
  return value.is_none() ? zan::none_mark(zan::storage_of(corpus, type)) : value.number();
}

class FactDrawer {
 public:
  FactDrawer(const FactPlace& place, const FactRule& rule, const zan::Type& type) : p_(place), rule_(rule), type_(type) {}

  Result<LoadedColumn> draw() {
    for (const Choice& choice : rule_.choices) {
      TRY(ready, make_ready(choice));
      choices_.push_back(std::move(ready));
    }
    TRY_DO(find_choices());
    const zan::Storage storage = zan::storage_of(p_.corpus, type_);
    TRY(column, ColumnBuffer::create(storage, p_.table.rows, p_.table.columns.size()));
    for (int64_t row = 0; row < p_.table.rows; ++row) {
      const ReadyChoice& choice = choices_[p_.cells.empty() ? 0 : choice_of_[p_.cells[static_cast<size_t>(row)]]];
      if (happens(choice.choice->unknown_per_mille, row, kIsUnknown)) {
        column.add_unknown();
      } else if (happens(choice.choice->none_per_mille, row, kIsNone)) {
        column.add(zan::none_mark(storage));
      } else {
        column.add(value(choice, row));
      }
    }
    return std::move(column).finish(rule_.fact, type_);
  }

 private:
  bool happens(int per_mille, int64_t row, Part part) const {
    return per_mille > 0 && p_.dice.below(kPerMille, row, part) < static_cast<uint64_t>(per_mille);
  }

  Result<ReadyChoice> make_ready(const Choice& choice) const {
    ReadyChoice out{.choice = &choice, .values = {}, .up_to = {}};
    if (choice.none_per_mille > 0 && !type_.or_none) return fail("cannot be none");
    if (choice.past && !type_.or_none) return fail("cannot be none, so it cannot be only of the past");
    switch (choice.draw) {
      case Draw::kMember:
        for (const std::string& member : p_.model.dimensions[choice.dimension].members) {
          const auto code = choice.codes.find(member);
          out.values.push_back(stored(p_.corpus, type_, code == choice.codes.end() ? member : code->second).value_or(kNoCode));
        }
        return out;
      case Draw::kOdds: {
        double sum = 0;
        for (size_t i = 0; i < choice.values.size(); ++i) {
          TRY(value, stored(p_.corpus, type_, choice.values[i]));
          out.values.push_back(value);
          out.up_to.push_back(sum += choice.weights[i]);
        }
        return sum > 0 ? Result<ReadyChoice>(out) : fail("has no odds above 0");
      }
      case Draw::kBetween:
        if (type_.kind != Kind::kWhole && type_.kind != Kind::kDays && type_.kind != Kind::kMoney) return fail("is no number");
        return out;
      default: break;
    }
    if (type_.kind != Kind::kDate) return fail("is no date");
    if (choice.draw == Draw::kDaysAfter) {
      out.after = p_.table.find(choice.after);
      if (out.after == nullptr || out.after->type.kind != Kind::kDate)
        return fail("comes after `" + choice.after + "`, which is no date drawn before");
      if (out.after->type.or_none && !type_.or_none) return fail("comes after `" + choice.after + "`, which may be none");
    }
    return out;
  }

  /// For each cell the first choice that is for it.
  Result<void> find_choices() {
    if (p_.cells.empty()) return choices_.empty() ? fail("has no choice") : Result<void>{};
    constexpr uint32_t kNone = UINT32_MAX;
    choice_of_.assign(p_.model.cells(), kNone);
    for (size_t cell = 0; cell < choice_of_.size(); ++cell) {
      for (size_t i = 0; i < choices_.size() && choice_of_[cell] == kNone; ++i) {
        if (p_.model.has(choices_[i].choice->cells, cell)) choice_of_[cell] = static_cast<uint32_t>(i);
      }
    }
    for (const uint32_t cell : p_.cells) {
      if (choice_of_[cell] == kNone) return fail("has no choice for " + name_of(cell));
      const ReadyChoice& choice = choices_[choice_of_[cell]];
      if (choice.choice->draw == Draw::kMember && choice.values[p_.model.member(cell, choice.choice->dimension)] == kNoCode) {
        return fail("cannot be what it is to be for " + name_of(cell) + "; give it a code or a choice before");
      }
    }
    return {};
  }

  std::string name_of(size_t cell) const {
    std::string out;
    for (size_t i = 0; i < p_.model.dimensions.size(); ++i) {
      const Dimension& dimension = p_.model.dimensions[i];
      out += (i > 0 ? ", " : "") + dimension.name + " " + dimension.members[p_.model.member(cell, i)];
    }
    return out;
  }

  int64_t between(const Choice& choice, int64_t row) const {
    const auto span = static_cast<uint64_t>(choice.greatest - choice.least) + 1;
    return choice.least + static_cast<int64_t>(p_.dice.below(span, row, kValue));
  }

  int64_t value(const ReadyChoice& ready, int64_t row) const {
    const Choice& choice = *ready.choice;
    switch (choice.draw) {
      case Draw::kMember: return ready.values[p_.model.member(p_.cells[static_cast<size_t>(row)], choice.dimension)];
      case Draw::kOdds: {
        const double at = p_.dice.share(row, kValue) * ready.up_to.back();
        const auto found = std::ranges::upper_bound(ready.up_to, at);
        return ready.values[static_cast<size_t>(std::min(found - ready.up_to.begin(), std::ssize(ready.up_to) - 1))];
      }
      case Draw::kBetween: return between(choice, row) * (type_.kind == Kind::kMoney ? Money::kTenge : 1);
      case Draw::kDaysBefore: return p_.model.day.days - between(choice, row);
      case Draw::kYearsBefore: {
        // Some day of the year that ends so many years ago, so that the years are completed ones.
        const Date last = add_months(p_.model.day, -12 * between(choice, row), MonthEnd::kDown).value_or(kFirstDate);
        return last.days - static_cast<int64_t>(p_.dice.below(365, row, kIsNone));
      }
      case Draw::kDaysAfter: break;
    }
    const int64_t begin = ready.after->at(row);
    const int64_t none = zan::none_mark(zan::Storage::kI32);
    if (!ready.after->is_known(row) || begin == none) return none;
    const int64_t day = begin + between(choice, row);
    return choice.past && day > p_.model.day.days ? none : day;
  }

  const FactPlace& p_;
  const FactRule& rule_;
  const zan::Type& type_;
  std::vector<ReadyChoice> choices_;
  std::vector<uint32_t> choice_of_;
};

}  // namespace

Result<LoadedColumn> draw_fact(const FactPlace& place, const FactRule& rule) {
  const zan::Fact* fact = zan::find_fact(place.corpus, place.table.entity, rule.fact);
  if (fact == nullptr) return fail("is no fact of the law");
  return FactDrawer(place, rule, fact->type).draw();
}

}  // namespace koshi::observatory
