#include "zan/columns/bound.h"

#include <algorithm>

#include "base/check.h"

namespace koshi::zan::columns {
namespace {

constexpr size_t kLine = 64;
constexpr size_t kFewInstructions = 200;  // with more, finding the next one costs more than a small tile saves

}  // namespace

std::unique_ptr<Bound> bind(const Linear& linear, const std::vector<BoundSource>& sources, Body body, bool streaming) {
  const Kernels& bodies = kernels(body);
  auto bound = std::make_unique<Bound>();
  bound->linear = &linear;
  bound->code = linear.code;
  for (Instruction& i : bound->code) {
    const bool past = streaming && i.dst >= 0 && linear.places[static_cast<size_t>(i.dst)].what == Place64::What::kOutput;
    i.run = i.code == Code::kLogic3 ? logic_kernel(body, i.k)
                                    : (past ? streaming_kernels(body) : bodies)[static_cast<size_t>(i.code)][way_of(i.a_as, i.b_as)];
    CHECK(i.run != nullptr);
    if (i.code != Code::kGather && i.code != Code::kGatherBit) continue;
    i.k = sources[static_cast<size_t>(linear.places[static_cast<size_t>(i.b)].number)].rows;
  }
  const bool any =
      linear.block == kRootBlock && std::ranges::all_of(bound->code, [&](const Instruction& i) { return takes_any_tile(body, i); });
  if (any) bound->tile = bound->code.size() <= kFewInstructions ? kSmallTile : kLargeTile;
  for (const auto& list : linear.lists) bound->lists.push_back(bind(*list->inner, sources, body, streaming));
  return bound;
}

std::unique_ptr<Memory> Memory::make(const Bound& bound, const std::vector<BoundSource>& sources) {
  auto memory = std::make_unique<Memory>();
  memory->bound = &bound;
  memory->sources = &sources;
  memory->arena.resize(bound.linear->arena_bytes + kLine);
  memory->rows.resize(kTile);
  memory->lanes.resize(kTile);
  const auto begin = reinterpret_cast<uintptr_t>(memory->arena.data());
  std::byte* arena = memory->arena.data() + (kLine - begin % kLine) % kLine;
  for (const Place64& place : bound.linear->places) {
    std::byte* at = nullptr;
    switch (place.what) {
      case Place64::What::kTemporary: at = arena + place.offset; break;
      case Place64::What::kRows: at = reinterpret_cast<std::byte*>(memory->rows.data()); break;
      case Place64::What::kLanes: at = reinterpret_cast<std::byte*>(memory->lanes.data()); break;
      // Read only; one table of places serves both.
      case Place64::What::kColumn: at = const_cast<std::byte*>(sources[static_cast<size_t>(place.number)].data); break;
      case Place64::What::kValidity:
        at = reinterpret_cast<std::byte*>(const_cast<uint8_t*>(sources[static_cast<size_t>(place.number)].validity));
        break;
      case Place64::What::kOutput: break;
    }
    memory->p.push_back(at);
  }
  for (const auto& list : bound.lists) memory->lists.push_back(make(*list, sources));
  return memory;
}

}  // namespace koshi::zan::columns
