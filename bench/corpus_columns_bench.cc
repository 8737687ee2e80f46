#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "base/check.h"
#include "zan/columns/columns.h"

/// All norms of a person and of a job that columns can hold, of the law of Kazakhstan, over people drawn at random: facts of every kind,
/// evenly, linked to employers. It says how fast the law is, not how people live.
///
///   corpus_columns_bench [people] [law folder] [people at a time]      (1 million, all at once)
///
/// With fewer at a time other people are drawn each time, so that memory is that of a part, and the rates are those of all parts together.
namespace koshi {
namespace {

using zan::Column;
using zan::Corpus;
using zan::EntityId;
using zan::Kind;
using zan::Population;
using zan::Table;

constexpr int64_t kJobsOfAnEmployer = 20, kStaysOfAPerson = 2;
const Date kDay = *parse_date("2026-03-15");

class Drawer {
 public:
  Drawer(const Corpus& corpus, int64_t persons, uint64_t part) : c_(corpus), persons_(persons), state_(20260315 + part) {}

  Population draw() {
    Population out;
    for (const char* name : {"person", "job", "employer", "stay"}) out.tables.push_back(table(c_.find_entity(name)));
    for (Table& made : out.tables) link(made, out);
    return out;
  }

 private:
  uint64_t next(uint64_t sides) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ >> 33) % sides;
  }

  int64_t rows_of(EntityId entity) const {
    const std::string& name = c_.entities[static_cast<size_t>(entity)].name;
    if (name == "employer") return persons_ / kJobsOfAnEmployer + 1;
    return name == "stay" ? persons_ * kStaysOfAPerson : persons_;
  }

  int64_t value(const zan::Type& type) {
    switch (type.kind) {
      case Kind::kYesNo: return static_cast<int64_t>(next(2));
      case Kind::kEnum: return static_cast<int64_t>(next(c_.enums[static_cast<size_t>(type.of)].members.size()));
      case Kind::kDate: return kDay.days - 3000 + static_cast<int64_t>(next(3500));
      case Kind::kMoney: return static_cast<int64_t>(next(2'000'000)) * Money::kTenge;
      case Kind::kDecimal: return static_cast<int64_t>(next(1000)) * 1'000'000;
      default: return static_cast<int64_t>(next(70));
    }
  }

  std::byte* memory(size_t bytes) {
    auto buffer = zan::Buffer::create(bytes, memory_.size());
    CHECK(buffer.has_value());
    memory_.push_back(std::move(*buffer));
    return memory_.back().as<std::byte>();
  }

  Table table(EntityId entity) {
    Table out;
    out.entity = entity;
    out.rows = rows_of(entity);
    for (const zan::Fact& fact : c_.entities[static_cast<size_t>(entity)].facts) {
      if (fact.type.kind == Kind::kText) continue;
      Column column;
      column.path = fact.name;
      column.type = fact.type;
      column.storage = fact.type.kind == Kind::kWhole || fact.type.kind == Kind::kDays ? zan::Storage::kI32 : storage_of(c_, fact.type);
      const size_t width = width_bytes(column.storage);
      std::byte* data = memory(static_cast<size_t>(out.rows) * width);
      for (int64_t row = 0; row < out.rows; ++row) {
        const int64_t drawn = fact.type.or_none && next(3) == 0 ? none_mark(column.storage) : value(fact.type);
        std::memcpy(data + static_cast<size_t>(row) * width, &drawn, width);
      }
      column.data = data;
      out.columns.push_back(std::move(column));
    }
    measure_bounds(out);
    return out;
  }

  void link(Table& from, const Population& all) {
    for (const zan::Link& info : c_.entities[static_cast<size_t>(from.entity)].links) {
      const Table* to = all.find(info.target);
      if (to == nullptr) continue;
      if (!info.many) {
        auto* rows = reinterpret_cast<int32_t*>(memory(static_cast<size_t>(from.rows) * sizeof(int32_t)));
        for (int64_t row = 0; row < from.rows; ++row) rows[row] = static_cast<int32_t>(row * to->rows / from.rows);
        from.links.push_back({info.name, rows});
      } else {
        auto* first = reinterpret_cast<int64_t*>(memory(static_cast<size_t>(from.rows + 1) * sizeof(int64_t)));
        for (int64_t row = 0; row <= from.rows; ++row) first[row] = row * to->rows / from.rows;
        from.many.push_back({info.name, first, nullptr, nullptr});
      }
    }
  }

  const Corpus& c_;
  const int64_t persons_;
  uint64_t state_;
  std::vector<zan::Buffer> memory_;
};

/// The norms of the entity that can be computed in columns; of the others says why not.
std::vector<zan::NormId> choose(zan::ProgramLibrary& library, const Population& population, zan::ColumnQuestion question) {
  const Corpus& corpus = library.corpus();
  std::vector<zan::NormId> chosen;
  for (size_t i = 0; i < corpus.norms.size(); ++i) {
    const zan::Norm& norm = corpus.norms[i];
    if (norm.entity != question.entity || norm.of_procedure || norm.type.kind == Kind::kText || norm.reform != zan::kNoId) continue;
    question.norms = {static_cast<zan::NormId>(i)};
    const auto program = zan::ColumnProgram::compile(library, population, question);
    if (program) {
      chosen.push_back(static_cast<zan::NormId>(i));
    } else {
      std::printf("not in columns: %s\n", program.error().front().c_str());
    }
  }
  return chosen;
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// What all parts took together.
struct Taken {
  double seconds = 0, cpu_seconds = 0, rows = 0;
  std::vector<zan::NormId> norms;  ///< chosen by the first part
};

void measure(zan::ProgramLibrary& library, const Population& population, const char* entity, Taken& taken) {
  zan::ColumnQuestion question;
  question.entity = library.corpus().find_entity(entity);
  question.law = question.today = kDay;
  question.missing_is_unknown = true;
  const bool first = taken.norms.empty();
  if (first) taken.norms = choose(library, population, question);
  question.norms = taken.norms;
  const auto start = std::chrono::steady_clock::now();
  const auto program = zan::ColumnProgram::compile(library, population, question);
  CHECK(program.has_value());
  const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  auto outputs = program->make_outputs();
  CHECK(outputs.has_value() && program->run(*outputs, {}).has_value());  // warms up
  const double cpu = cpu_seconds();
  const auto begin = std::chrono::steady_clock::now();
  CHECK(program->run(*outputs, {}).has_value());
  taken.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  taken.cpu_seconds += cpu_seconds() - cpu;
  taken.rows += static_cast<double>(outputs->rows);
  if (!first) return;
  std::printf("%s: %zu norms, compiled in %.0f ms to %zu instructions, %zu bytes a row out\n", entity, question.norms.size(), ms,
              program->instructions(), program->row_bytes());
}

void tell(const char* entity, const Taken& taken) {
  const auto norms = static_cast<double>(taken.norms.size());
  std::printf("%s: %.0f rows, %.2f M rows/s, %.0f M norms/s; %.2f M rows/CPU second\n", entity, taken.rows,
              taken.rows / taken.seconds / 1e6, taken.rows * norms / taken.seconds / 1e6, taken.rows / taken.cpu_seconds / 1e6);
}

int bench(int64_t people, const char* folder, int64_t at_a_time) {
  auto compilation = zan::compile_folder(folder);
  CHECK(compilation.has_value() && !zan::has_errors(compilation->diagnostics));
  zan::ProgramLibrary library(compilation->corpus);
  Taken persons, jobs;
  for (int64_t done = 0; done < people; done += at_a_time) {
    Drawer drawer(compilation->corpus, std::min(at_a_time, people - done), static_cast<uint64_t>(done));
    const Population population = drawer.draw();
    measure(library, population, "person", persons);
    measure(library, population, "job", jobs);
    if (isatty(STDERR_FILENO) != 0) std::fprintf(stderr, "\r%3lld %%", static_cast<long long>((done + at_a_time) * 100 / people));
  }
  tell("person", persons);
  tell("job", jobs);
  return 0;
}

}  // namespace
}  // namespace koshi

int main(int count, char** arguments) {
  const int64_t people = count > 1 ? std::atoll(arguments[1]) : 1'000'000;
  const int64_t at_a_time = count > 3 ? std::atoll(arguments[3]) : people;
  if (people < 1 || at_a_time < 1) return 2;
  return koshi::bench(people, count > 2 ? arguments[2] : KOSHI_SOURCE_DIR "/law/kz", at_a_time);
}
