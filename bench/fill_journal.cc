/// Fills the journal of an office that `koshi office init` has made, for bench/restart.sh.
///
///   fill_journal FILE KEYS EVENTS     FILE: the office's SQLite database; KEYS: the folder of its keys
///
/// The events are chains of five as a case has them, each with a payload of four hundred bytes, a checkpoint every ten thousand. There are
/// no cases behind them: what a start reads is the journal.
#include <cstdio>
#include <cstdlib>

#include "base/file.h"
#include "office/journal/journal.h"
#include "store/store.h"

namespace koshi {
namespace {

constexpr uint64_t kPerCommit = 1000;
constexpr uint64_t kPerCheckpoint = 10'000;
constexpr uint64_t kPerCase = 5;
constexpr size_t kPayloadBytes = 400;

journal::Entry entry(uint64_t n) {
  return {.case_id = "bench-" + std::to_string(n / (kPerCase * 100) * 100 + n % 100),  // a hundred cases are under way at a time
          .actor = "officer-" + std::to_string(n % 50),
          .action = "act",
          .law_date = Date{20'000},
          .recorded_at_ms = static_cast<int64_t>(1'750'000'000'000 + n),
          .payload = "{\"n\":" + std::to_string(n) + ",\"text\":\"" + std::string(kPayloadBytes, 'x') + "\"}"};
}

int complain(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  return 2;
}

int fill(const std::string& file, const std::filesystem::path& keys, uint64_t events) {
  auto text = read_file(keys / "journal.key");
  if (!text) return complain(text.error().message);
  while (text->ends_with('\n')) text->pop_back();
  auto key = journal::SigningKey::parse(*text);
  auto journal = key ? journal::Journal::create(std::move(*key)) : Result<journal::Journal>(std::unexpected(key.error()));
  if (!journal) return complain(journal.error().message);
  auto store = store::open_store(file);
  if (!store) return complain(store.error().message);
  for (uint64_t done = 0; done < events;) {
    const auto appended = (*store)->write([&](store::Transaction& transaction) -> store::StoreResult<void> {
      for (uint64_t i = 0; i < kPerCommit && done < events; ++i, ++done) {
        const journal::Entry next = entry(done);
        if (auto one = journal->append(transaction, {&next, 1}); !one) return std::unexpected(one.error());
      }
      return {};
    });
    if (!appended) return complain(appended.error().message);
    if (done % kPerCheckpoint == 0) {
      if (auto made = journal->checkpoint(**store); !made) return complain(made.error().message);
    }
  }
  return 0;
}

}  // namespace
}  // namespace koshi

int main(int count, char** words) {
  if (count != 4) return koshi::complain("usage: fill_journal FILE KEYS EVENTS");
  return koshi::fill(words[1], words[2], std::strtoull(words[3], nullptr, 10));
}
