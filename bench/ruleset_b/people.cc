#include "people.h"

#include <filesystem>

#include "base/check.h"

namespace koshi::ruleset_b {
namespace {

using zan::Storage;

struct InputInfo {
  const char* name;
  Storage storage;
};

constexpr InputInfo kInfos[kInputs] = {{"citizenship", Storage::kU8},
                                       {"sex", Storage::kU8},
                                       {"birth_date", Storage::kI32},
                                       {"entry_date", Storage::kI32},
                                       {"registration_date", Storage::kI32},
                                       {"contract_start", Storage::kI32},
                                       {"contract_end", Storage::kI32},
                                       {"permit_until", Storage::kI32},
                                       {"category", Storage::kU8},
                                       {"sector", Storage::kU8},
                                       {"residence", Storage::kU8},
                                       {"refugee", Storage::kU8},
                                       {"n_family", Storage::kU8},
                                       {"planned_days", Storage::kU16},
                                       {"funds", Storage::kI64},
                                       {"insured_months", Storage::kU8},
                                       {"judged_on", Storage::kI32}};

/// The finaliser of splitmix64 over row and draw.
uint64_t draw(int64_t row, uint64_t number, uint64_t sides) {
  uint64_t z = static_cast<uint64_t>(row) * 32 + number + 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (z ^ (z >> 31)) % sides;
}

uint8_t citizenship(uint64_t percent) {
  constexpr uint64_t kBelow[] = {20, 32, 44, 47, 50, 70, 78, 80, 82, 84, 86, 91, 94, 96, 97, 98, 99};
  uint8_t code = 0;
  while (code < std::size(kBelow) && percent >= kBelow[code]) ++code;
  return code;
}

template <typename T>
T* of(People& people, Input input) {
  return people.columns[input].as<T>();
}

void fill_dates(People& p, int64_t row) {
  const auto u = [row](uint64_t number, uint64_t sides) { return static_cast<int32_t>(draw(row, number, sides)); };
  const int32_t entry = 18993 + u(3, 1535);
  of<int32_t>(p, kBirthDate)[row] = -7305 + u(2, 22280);
  of<int32_t>(p, kEntryDate)[row] = entry;
  of<int32_t>(p, kRegistrationDate)[row] = u(4, 100) < 15 ? INT32_MIN : entry + u(5, 40);
  const int32_t start = u(6, 100) < 30 ? INT32_MIN : entry + u(7, 120);
  of<int32_t>(p, kContractStart)[row] = start;
  of<int32_t>(p, kContractEnd)[row] = start == INT32_MIN || u(8, 100) < 20 ? INT32_MIN : start + 90 + u(9, 1000);
  of<int32_t>(p, kPermitUntil)[row] = u(10, 100) < 55 ? INT32_MIN : entry + 90 + u(11, 1200);
  of<int32_t>(p, kJudgedOn)[row] = entry + kOwnDayAfterEntry;
}

void fill_codes(People& p, int64_t row) {
  const auto u = [row](uint64_t number, uint64_t sides) { return static_cast<uint8_t>(draw(row, number, sides)); };
  of<uint8_t>(p, kCitizenship)[row] = citizenship(draw(row, 0, 100));
  of<uint8_t>(p, kSex)[row] = u(1, 2);
  of<uint8_t>(p, kCategory)[row] = u(12, 6);
  of<uint8_t>(p, kSector)[row] = u(13, 8);
  of<uint8_t>(p, kResidence)[row] = draw(row, 14, 100) < 8 ? 1 : 0;
  of<uint8_t>(p, kRefugee)[row] = draw(row, 15, 100) < 2 ? 1 : 0;
  of<uint8_t>(p, kFamily)[row] = u(16, 5);
  of<uint16_t>(p, kPlannedDays)[row] = static_cast<uint16_t>(1 + draw(row, 17, 365));
  of<int64_t>(p, kFunds)[row] = static_cast<int64_t>(draw(row, 18, 40'000'000)) * Money::kTenge;
  of<uint8_t>(p, kInsuredMonths)[row] = u(19, 60);
}

}  // namespace

Result<People> make_people(int64_t rows) {
  People people;
  people.rows = rows;
  people.validity.resize(kInputs);
  for (size_t i = 0; i < kInputs; ++i) {
    TRY(buffer, zan::Buffer::create(static_cast<size_t>(rows) * width_bytes(kInfos[i].storage), i));
    people.columns.push_back(std::move(buffer));
  }
  for (int64_t row = 0; row < rows; ++row) {
    fill_codes(people, row);
    fill_dates(people, row);
  }
  return people;
}

void forget_some(People& people) {
  constexpr uint64_t kOneIn = 20, kFirstDraw = 1000;
  for (size_t i = 0; i < kInputs; ++i) {
    std::vector<uint8_t>& bits = people.validity[i];
    bits.assign(static_cast<size_t>(people.rows) / 8 + zan::Buffer::kPaddingBytes, 0);
    for (int64_t row = 0; row < people.rows; ++row) {
      const bool known = draw(row, kFirstDraw + i, kOneIn) != 0;
      bits[static_cast<size_t>(row / 8)] = static_cast<uint8_t>(bits[static_cast<size_t>(row / 8)] | (known ? 1U : 0U) << (row % 8));
    }
  }
}

zan::Population People::population(const zan::Corpus& corpus) const {
  zan::Table table;
  table.entity = corpus.find_entity("person");
  table.rows = rows;
  const zan::Entity& person = corpus.entities[static_cast<size_t>(table.entity)];
  for (size_t i = 0; i < kInputs; ++i) {
    zan::Column column;
    column.path = kInfos[i].name;
    column.type = person.facts[static_cast<size_t>(person.find_fact(column.path))].type;
    column.storage = kInfos[i].storage;
    column.data = columns[i].data();
    column.validity = validity[i].empty() ? nullptr : validity[i].data();
    table.columns.push_back(std::move(column));
  }
  measure_bounds(table);
  return {{std::move(table)}};
}

Result<zan::Corpus> read_law(const std::string& folder) {
  TRY(compilation, zan::compile_folder(folder));
  CHECK(!zan::has_errors(compilation.diagnostics));
  return std::move(compilation.corpus);
}

}  // namespace koshi::ruleset_b
