#include <atomic>
#include <cstring>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/check.h"
#include "zan/columns/parts.h"

/// Tiles, morsels and threads. Every output is a function of its own row, so it does not matter who computes it.
namespace koshi::zan {
namespace {

using namespace columns;

constexpr size_t kBeyondCacheBytes = size_t{32} << 20;  // outputs larger than this are written past the cache
constexpr size_t kStoreLine = 64;
static_assert(kMorselRows % kLargeTile == 0);

/// One thread's walk over tiles. The places that move from tile to tile stand first.
class Worker {
 public:
  Worker(const Bound& bound, const std::vector<BoundSource>& sources, Outputs& outputs, bool looks_ahead)
      : memory_(Memory::make(bound, sources)), places_(bound.linear->places), tile_(bound.tile) {
    for (size_t i = 0; i < places_.size() && moves(places_[i]); ++i) {
      if (places_[i].what == Place64::What::kOutput) {
        base_.push_back(outputs.columns[static_cast<size_t>(places_[i].number)].data.as<std::byte>());
      } else {
        base_.push_back(memory_->p[i]);
      }
      step_.push_back(places_[i].row_bits * static_cast<size_t>(tile_) / 8);
      is_output_.push_back(places_[i].what == Place64::What::kOutput);
      gathered_.push_back(false);
    }
    // A column that is only gathered from stays where it is.
    for (const Instruction& i : bound.code) {
      if (i.code == Code::kGather || i.code == Code::kGatherBit) gathered_[static_cast<size_t>(i.b)] = true;
    }
    for (size_t i = 0; i < step_.size(); ++i) {
      if (gathered_[i]) step_[i] = 0;
    }
    if (looks_ahead) plan_ahead(bound.code.size());
  }

  void run(int64_t begin, int64_t end) {
    std::byte** p = memory_->p.data();
    const size_t moving = base_.size();
    for (size_t i = 0; i < moving; ++i) p[i] = base_[i] + static_cast<size_t>(begin / tile_) * step_[i];
    Frame frame{p, nullptr, begin, tile_, memory_.get()};
    for (; frame.row + tile_ <= end; frame.row += tile_) {
      ahead_.empty() ? run_tile(*memory_, frame) : run_tile_ahead(frame);
      for (size_t i = 0; i < moving; ++i) p[i] += step_[i];
    }
    if (frame.row < end) run_rest(frame, static_cast<size_t>(end - frame.row));
  }

 private:
  static bool moves(const Place64& place) {
    return place.what == Place64::What::kColumn || place.what == Place64::What::kValidity || place.what == Place64::What::kOutput;
  }

  void plan_ahead(size_t instructions) {
    for (size_t i = 0; i < base_.size(); ++i) {
      if (is_output_[i]) continue;
      for (size_t offset = 0; offset < step_[i]; offset += kStoreLine) ahead_.push_back({i, step_[i] + offset});
    }
    ahead_at_once_ = (ahead_.size() + instructions - 1) / instructions;
  }

  /// While a tile is computed the next one is fetched, a few lines with each instruction: a tile of a column is about a page, at whose end
  /// the processor's own fetching ahead stops.
  void run_tile_ahead(const Frame& frame) const {
    size_t next = 0;
    for (const Instruction& instruction : memory_->bound->code) {
      const size_t end = std::min(ahead_.size(), next + ahead_at_once_);
      for (; next < end; ++next) __builtin_prefetch(frame.p[ahead_[next].place] + ahead_[next].offset, 0, 2);
      instruction.run(instruction, frame);
    }
  }

  /// The last rows, fewer than a tile, through memory of our own: nothing is read or written past the end of a column.
  void run_rest(const Frame& frame, size_t rows) {
    std::vector<std::vector<std::byte>> rest(base_.size());
    std::vector<std::byte*> real(base_.size());
    std::byte** p = memory_->p.data();
    for (size_t i = 0; i < base_.size(); ++i) {
      real[i] = p[i];
      if (gathered_[i]) continue;
      rest[i].resize(step_[i] + kStoreLine);
      const auto at = reinterpret_cast<uintptr_t>(rest[i].data());
      p[i] = rest[i].data() + (kStoreLine - at % kStoreLine) % kStoreLine;
      if (!is_output_[i]) std::memcpy(p[i], real[i], (rows * places_[i].row_bits + 7) / 8);
    }
    run_tile(*memory_, frame);
    for (size_t i = 0; i < base_.size(); ++i) {
      if (is_output_[i]) std::memcpy(real[i], p[i], rows * places_[i].row_bits / 8);
    }
  }

  std::unique_ptr<Memory> memory_;
  const std::vector<Place64>& places_;
  const int tile_;
  std::vector<std::byte*> base_;
  std::vector<size_t> step_;
  std::vector<bool> is_output_, gathered_;
  struct Line {
    size_t place, offset;
  };
  std::vector<Line> ahead_;  ///< lines of the next tile
  size_t ahead_at_once_ = 0;
};

/// What all threads of one run share.
class Morsels {
 public:
  Morsels(int64_t rows, const std::function<void(int64_t)>& progress) : rows_(rows), progress_(progress) {}

  void work(Worker& worker) {
    for (;;) {
      const int64_t begin = next_.fetch_add(kMorselRows);
      if (begin >= rows_) break;
      const int64_t end = std::min(rows_, begin + kMorselRows);
      worker.run(begin, end);
      if (!progress_) continue;
      const std::lock_guard lock(mutex_);
      done_ += end - begin;
      progress_(done_);
    }
    // What went past the cache has to be there before the caller reads it.
    std::atomic_thread_fence(std::memory_order_seq_cst);
  }

 private:
  const int64_t rows_;
  const std::function<void(int64_t)>& progress_;
  std::atomic<int64_t> next_{0};
  std::mutex mutex_;
  int64_t done_ = 0;
};

Body body_of(RunOptions::Bodies wanted) {
  switch (wanted) {
    case RunOptions::Bodies::kScalar: return Body::kScalar;
    case RunOptions::Bodies::kAvx2: return Body::kAvx2;
    case RunOptions::Bodies::kAvx512: return Body::kAvx512;
    case RunOptions::Bodies::kBest: break;
  }
  return best_body();
}

int thread_count(int wanted, int64_t rows) {
  const int64_t morsels = std::max<int64_t>(1, (rows + kMorselRows - 1) / kMorselRows);
  const int all = wanted > 0 ? wanted : static_cast<int>(std::thread::hardware_concurrency());
  return static_cast<int>(std::min<int64_t>({std::max(all, 1), kThreadsMax, morsels}));
}

}  // namespace

Result<Outputs> ColumnProgram::make_outputs() const {
  Outputs out;
  out.rows = parts_->rows;
  for (const OutputNode& output : parts_->outputs) {
    TRY(buffer, Buffer::create(static_cast<size_t>(out.rows) * width_bytes(output.storage), parts_->sources.size() + out.columns.size()));
    out.columns.push_back({output.storage, std::move(buffer)});
  }
  return out;
}

Result<void> ColumnProgram::run(Outputs& outputs, const RunOptions& options) const {
  CHECK(outputs.rows == parts_->rows && outputs.columns.size() == parts_->outputs.size());
  Body body = body_of(options.bodies);
  if (parts_->bound[static_cast<size_t>(body)] == nullptr) body = Body::kScalar;
  const bool beyond = static_cast<size_t>(outputs.rows) * row_bytes() > kBeyondCacheBytes;
  const Bound& bound = *(beyond ? parts_->streaming : parts_->bound)[static_cast<size_t>(body)];
  Morsels morsels(parts_->rows, options.progress);
  std::vector<std::unique_ptr<Worker>> workers;
  const int count = thread_count(options.threads, parts_->rows);
  for (int i = 0; i < count; ++i) workers.push_back(std::make_unique<Worker>(bound, parts_->sources, outputs, beyond));
  std::vector<std::jthread> threads;
  try {
    for (int i = 1; i < count; ++i)
      threads.emplace_back([&morsels, worker = workers[static_cast<size_t>(i)].get()] { morsels.work(*worker); });
  } catch (const std::system_error&) {
    // Fewer threads do the same work.
  }
  morsels.work(*workers.front());
  threads.clear();
  return {};
}

int64_t OutputColumn::at(int64_t row) const {
  Column column;
  column.storage = storage;
  column.data = data.data();
  return column.at(row);
}

std::vector<int64_t> histogram(const OutputColumn& column, int64_t rows) {
  CHECK(column.storage == Storage::kU8 || column.storage == Storage::kU16);
  std::vector<int64_t> counts(column.storage == Storage::kU8 ? 256 : 65536);
  for (int64_t row = 0; row < rows; ++row) ++counts[static_cast<size_t>(column.at(row))];
  return counts;
}

Int128 sum(const OutputColumn& column, int64_t rows, std::optional<int64_t> skip) {
  Int128 total = 0;
  for (int64_t row = 0; row < rows; ++row) {
    const int64_t value = column.at(row);
    if (!skip || value != *skip) total += value;
  }
  return total;
}

std::optional<int64_t> find_state(const OutputColumn& column, int64_t rows, RowState state) {
  for (int64_t row = 0; row < rows; ++row) {
    if (column.at(row) == static_cast<int64_t>(state)) return row;
  }
  return std::nullopt;
}

}  // namespace koshi::zan
