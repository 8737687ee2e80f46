#pragma once

#include <algorithm>
#include <thread>

#include "base/check.h"
#include "checksums.h"
#include "hand_written.h"
#include "people.h"

/// The program written by hand over the people of rule set (b), for benchmarks.
namespace koshi::ruleset_b {

/// Amount: what the amounts of money are written as.
template <class Amount>
class ByHand {
 public:
  explicit ByHand(const People& p) : law_(hand_law(kDay.days, false)), ages_(kBirths), rows_(p.rows) {
    hand_ages(law_, ages_.data());
    in_ = {p.column<uint8_t>(kCitizenship),      p.column<uint8_t>(kSex),
           p.column<uint8_t>(kCategory),         p.column<uint8_t>(kSector),
           p.column<uint8_t>(kResidence),        p.column<uint8_t>(kRefugee),
           p.column<uint8_t>(kFamily),           p.column<uint8_t>(kInsuredMonths),
           p.column<uint16_t>(kPlannedDays),     p.column<int64_t>(kFunds),
           p.column<int32_t>(kBirthDate),        p.column<int32_t>(kEntryDate),
           p.column<int32_t>(kRegistrationDate), p.column<int32_t>(kContractStart),
           p.column<int32_t>(kContractEnd),      p.column<int32_t>(kPermitUntil)};
    constexpr size_t kWidths[] = {1, 1, 1, 1, 1, 1, 1, 1, sizeof(Amount), sizeof(Amount)};
    for (size_t i = 0; i < std::size(kWidths); ++i) {
      auto buffer = zan::Buffer::create(static_cast<size_t>(rows_) * kWidths[i], kInputs + i);
      CHECK(buffer.has_value());
      memory_.push_back(std::move(*buffer));
    }
    const auto byte = [&](size_t i) { return memory_[i].as<uint8_t>(); };
    out_ = {byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7), memory_[8].as<Amount>(), memory_[9].as<Amount>()};
  }

  void run(int threads) const {
    constexpr int64_t kPart = 2048;
    std::vector<std::jthread> others;
    const int64_t share = (rows_ / threads + kPart - 1) / kPart * kPart;
    for (int t = 1; t < threads; ++t) {
      others.emplace_back([this, t, share] { run_by_hand(law_, ages_.data(), in_, out_, t * share, std::min(rows_, (t + 1) * share)); });
    }
    run_by_hand(law_, ages_.data(), in_, out_, 0, std::min(rows_, share));
  }

  /// The ten outputs are those of the program; order as in kNorms.
  void compare(const zan::Corpus& corpus, const zan::ColumnProgram& program, const zan::Outputs& outputs) const {
    const uint8_t* bytes[] = {out_.age,      out_.permit_required, out_.permit_valid, out_.registration_overdue,
                              out_.overstay, out_.insured,         out_.funds_ok,     nullptr,
                              nullptr,       out_.status};
    for (size_t i = 0; i < std::size(kNorms); ++i) {
      const zan::ColumnAnswer& answer = *program.find(corpus.find_norm(kNorms[i]));
      const zan::OutputColumn& column = outputs.columns[static_cast<size_t>(answer.value)];
      const Amount* money = i == 7 ? out_.required_funds : out_.permit_fee;
      for (int64_t row = 0; row < rows_; ++row) CHECK(column.at(row) == (bytes[i] != nullptr ? bytes[i][row] : money[row]));
    }
  }

 private:
  HandLaw law_;
  std::vector<uint8_t> ages_;
  int64_t rows_;
  HandInputs in_{};
  HandOutputs<Amount> out_{};
  std::vector<zan::Buffer> memory_;
};

}  // namespace koshi::ruleset_b
