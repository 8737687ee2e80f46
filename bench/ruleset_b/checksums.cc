#include "checksums.h"

#include <algorithm>

#include "people.h"

namespace koshi::ruleset_b {

std::string format(const Checksums& checksums) {
  std::string out;
  for (const int64_t sum : checksums.sums) out += std::to_string(sum) + " ";
  for (const int64_t count : checksums.status) out += std::to_string(count) + ",";
  return out;
}

namespace {

struct Expected {
  Variant run;
  int64_t rows;
  Checksums checksums;
};

constexpr Expected kExpected[] = {
    {Variant::kBase,
     200'000,
     {{9030688, 33500, 40082, 100156, 97977, 24414, 184362, 630103817800, 25489698900},
      {39912, 12783, 2929, 24535, 75704, 25630, 11404, 1009, 6094}}},
    {Variant::kDraft,
     200'000,
     {{9030688, 33500, 40082, 92977, 97977, 24414, 181970, 728443720000, 29467860000},
      {39912, 12783, 2929, 24535, 75704, 24038, 11404, 1716, 6979}}},
    {Variant::kOwnDays,
     200'000,
     {{8627012, 13923, 90034, 86353, 13982, 12585, 186954, 523979009798, 6891705459},
      {39912, 12783, 2929, 7731, 11827, 67531, 7810, 1333, 48144}}},
    {Variant::kBase,
     1'000'000,
     {{45202646, 167876, 202104, 500156, 488222, 122760, 920648, 3163839414300, 127174159750},
      {200111, 64065, 14739, 122434, 376900, 129150, 56958, 4882, 30761}}},
    {Variant::kDraft,
     1'000'000,
     {{45202646, 167876, 202104, 464677, 488222, 122760, 908340, 3657617820000, 147022150000},
      {200111, 64065, 14739, 122434, 376900, 121116, 56958, 8153, 35524}}},
    {Variant::kOwnDays,
     1'000'000,
     {{43184403, 69403, 449987, 431587, 69689, 63583, 934020, 2631036780684, 34429253817},
      {200111, 64065, 14739, 38062, 59333, 337851, 38893, 6508, 240438}}},
    {Variant::kBase,
     5'000'000,
     {{225980616, 841094, 1011275, 2499367, 2440967, 613231, 4604787, 15827383647750, 637350969450},
      {1000818, 319749, 73663, 612258, 1883695, 646505, 283872, 24730, 154710}}},
    {Variant::kDraft,
     5'000'000,
     {{225980616, 841094, 1011275, 2322809, 2440967, 613231, 4542818, 18297553350000, 736821930000},
      {1000818, 319749, 73663, 612258, 1883695, 606758, 283872, 41161, 178026}}},
    {Variant::kOwnDays,
     5'000'000,
     {{215885170, 347719, 2250146, 2155195, 347378, 317347, 4671265, 13163219649020, 172674672143},
      {1000818, 319749, 73663, 191106, 294969, 1687808, 194667, 32539, 1204681}}},
};

}  // namespace

const Checksums* expected(Variant run, int64_t rows) {
  const auto it = std::ranges::find_if(kExpected, [&](const Expected& e) { return e.run == run && e.rows == rows; });
  return it == std::end(kExpected) ? nullptr : &it->checksums;
}

Checksums checksums(const zan::Corpus& corpus, const zan::ColumnProgram& program, const zan::Outputs& outputs, int32_t world) {
  Checksums out;
  for (size_t i = 0; i < std::size(kNorms); ++i) {
    const zan::ColumnAnswer& answer = *program.find(corpus.find_norm(kNorms[i]), world);
    const zan::OutputColumn& column = outputs.columns[static_cast<size_t>(answer.value)];
    if (i == out.sums.size()) {
      const auto counts = histogram(column, outputs.rows);
      std::copy_n(counts.begin(), out.status.size(), out.status.begin());
    } else {
      const Int128 unit = answer.type.kind == zan::Kind::kMoney ? Money::kTenge : 1;
      out.sums[i] = static_cast<int64_t>(sum(column, outputs.rows) / unit);
    }
  }
  return out;
}

zan::ColumnQuestion question(const zan::Corpus& corpus, Variant run, bool both_worlds) {
  zan::ColumnQuestion out;
  out.entity = corpus.find_entity("person");
  for (const char* norm : kNorms) out.norms.push_back(corpus.find_norm(norm));
  out.law = out.today = kDay;
  if (run == Variant::kOwnDays) out.law_day = "judged_on";
  const std::vector<zan::ReformId> draft = {corpus.find_reform("draft")};
  out.worlds.emplace_back();
  if (both_worlds) out.worlds.push_back(draft);
  if (!both_worlds && run == Variant::kDraft) out.worlds = {draft};
  return out;
}

}  // namespace koshi::ruleset_b
