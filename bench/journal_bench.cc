/// What an act costs in hashes and signatures, before any disk: encode, hash, append to the tree, prove, sign, verify.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "office/journal/audit.h"
#include "office/journal/canonical_json.h"
#include "office/journal/receipt.h"

namespace koshi::journal {
namespace {

constexpr const char* kName = "office.example";

Event event(uint64_t sequence) {
  return {.sequence = sequence,
          .entry = {.case_id = "case-" + std::to_string(sequence % 1000),
                    .actor = "officer:12",
                    .action = "grant",
                    .law_date = Date{20'000},
                    .recorded_at_ms = 1'750'000'000'000,
                    .payload = R"json({"fee":123456,"grounds":["art. 12(1)","art. 14"],"region":"KZ-ALA",)json"
                               R"json("term":{"from":"2025-01-01","until":"2025-12-31"}})json"},
          .previous = {}};
}

MerkleTree tree_of(int64_t size) {
  MerkleTree tree;
  for (int64_t i = 0; i < size; ++i) tree.append(leaf_hash(std::to_string(i)));
  return tree;
}

SigningKey signing_key() {
  auto made = SigningKey::create(kName, Seed{1});
  if (!made) std::abort();
  return std::move(*made);
}

void append_in_memory(benchmark::State& state) {
  MerkleFrontier tree;
  for (auto _ : state) {
    const Event next = event(tree.size() + 1);
    if (!check_entry(next.entry)) state.SkipWithError("the event is malformed");
    tree.append(leaf_hash(bytes_of(event_hash(next))));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(append_in_memory);

void inclusion(benchmark::State& state) {
  MerkleTree tree = tree_of(state.range(0));
  const auto size = static_cast<uint64_t>(state.range(0));
  uint64_t index = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(inclusion_proof(index, size, tree));
    index = (index + 7919) % size;
  }
}
BENCHMARK(inclusion)->Arg(1000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

void consistency(benchmark::State& state) {
  MerkleTree tree = tree_of(state.range(0));
  const auto size = static_cast<uint64_t>(state.range(0));
  uint64_t old = 1;
  for (auto _ : state) {
    benchmark::DoNotOptimize(consistency_proof(old, size, tree));
    old = (old + 7919) % (size - 1) + 1;
  }
}
BENCHMARK(consistency)->Arg(100'000)->Unit(benchmark::kMicrosecond);

void sign(benchmark::State& state) {
  const SigningKey key = signing_key();
  uint64_t size = 0;
  for (auto _ : state) benchmark::DoNotOptimize(sign_checkpoint({kName, ++size, sha256("")}, key));
}
BENCHMARK(sign)->Unit(benchmark::kMicrosecond);

void verify_a_receipt(benchmark::State& state) {
  const SigningKey key = signing_key();
  const std::vector keys{key.verifying_key()};
  MerkleTree tree = tree_of(99'999);
  tree.append(leaf_hash(bytes_of(sha256("event"))));
  auto proof = inclusion_proof(99'999, 100'000, tree);
  auto note = sign_checkpoint({kName, 100'000, tree.root()}, key);
  if (!proof || !note) return state.SkipWithError("no receipt");
  const std::string text = format_receipt({100'000, sha256("event"), *proof, *note});
  for (auto _ : state) {
    const auto receipt = parse_receipt(text);
    if (!receipt || !verify_receipt(*receipt, kName, keys)) state.SkipWithError("the receipt does not hold");
  }
}
BENCHMARK(verify_a_receipt)->Unit(benchmark::kMicrosecond);

/// A full audit of events without checkpoints, as at the start of a server.
void audit(benchmark::State& state) {
  std::vector<std::pair<Event, Hash>> events;
  std::vector<Hash> last(1000, Hash{});
  for (uint64_t sequence = 1; sequence <= 100'000; ++sequence) {
    Event next = event(sequence);
    next.previous = last[sequence % 1000];
    last[sequence % 1000] = event_hash(next);
    events.emplace_back(std::move(next), last[sequence % 1000]);
  }
  for (auto _ : state) {
    Audit fresh({kName, {}, {}});
    for (const auto& [next, hash] : events) {
      if (fresh.event(next, hash)) state.SkipWithError("the journal is damaged");
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(events.size()));
}
BENCHMARK(audit)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace koshi::journal
