#include "office.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

namespace koshi::simulation {
namespace {

constexpr int64_t kStartMs = 1'768'453'200'000;  ///< 2026-01-15, 10:00 in Astana
constexpr int kTriesMax = 12;                    ///< of opening a server; the last ones are spared by the faults
constexpr int kTriesWithFaults = 4;

journal::Journal make_journal() {
  return journal::Journal::create(journal::SigningKey::create("office.example", journal::Seed{7}).value()).value();
}

}  // namespace

Office::Office(const Setting& setting, office::Law law, Shared& shared, Disk* disk)
    : setting_(setting),
      law_(law),
      shared_(shared),
      disk_(disk),
      journal_(make_journal()),
      ids_(setting.seed),
      servers_(static_cast<size_t>(setting.servers)),
      base_ms_(kStartMs),
      latest_ms_(kStartMs),
      latest_(office::office_day(kStartMs)) {
  shared_.journal = &journal_;
  shared_.planted = setting.planted;
  if (disk_ != nullptr) disk_->ignore_syncs(setting.planted == Planted::kDroppedSync);
  for (int server = 0; disk_ != nullptr && server < size(); ++server) {
    std::filesystem::create_directories(std::filesystem::path(setting_.address) / std::to_string(server));
  }
}

Office::~Office() {
  for (int server = 0; server < size(); ++server) close(server);
}

bool Office::is_killed(int server) const {
  const Server& one = servers_[static_cast<size_t>(server)];
  return one.store == nullptr || one.store->killed();
}

void Office::note_latest() {
  for (int server = 0; server < size(); ++server) latest_ms_ = std::max(latest_ms_, now_ms(server));
  latest_ = office::office_day(latest_ms_);
}

void Office::turn_clock(int64_t by_ms) {
  base_ms_ += by_ms;
  note_latest();
}

void Office::turn_clock_of(int server, int64_t by_ms) {
  servers_[static_cast<size_t>(server)].skew_ms += by_ms;
  note_latest();
}

void Office::align_clocks() {
  base_ms_ = latest_ms_;
  for (Server& server : servers_) server.skew_ms = 0;
}

void Office::close(int server) {
  Server& one = servers_[static_cast<size_t>(server)];
  one.desk.reset();
  one.store.reset();
}

bool Office::open(int server) {
  Server& one = servers_[static_cast<size_t>(server)];
  if (disk_ != nullptr) disk_->admit(server);
  const std::string address = disk_ == nullptr ? setting_.address : setting_.address + "/" + std::to_string(server) + "/office.db";
  const store::StoreOptions options{
      .group_max = static_cast<size_t>(shared_.group_max), .group_time_max = std::chrono::hours(1), .sqlite_checkpoint_thread = false};
  auto opened = store::open_store(address, options);
  if (!opened) {
    why_down_ = opened.error().message;
    return false;
  }
  one.store = std::make_unique<SimStore>(shared_, server, std::move(*opened));
  auto desk = office::Desk::open({.store = *one.store,
                                  .journal = journal_,
                                  .law = law_,
                                  .clock = [this, server] { return now_ms(server); },
                                  .random =
                                      [this](std::span<std::byte> bytes) {
                                        for (std::byte& byte : bytes) byte = static_cast<std::byte>(ids_.next());
                                      },
                                  .further_steps = {}});
  ++openings_;
  if (desk) one.desk = std::move(*desk);
  if (!desk) why_down_ = desk.error().message;
  return one.desk != nullptr && !one.store->killed();
}

bool Office::bring_up() {
  for (int tries = 0; tries < kTriesMax; ++tries) {
    const bool dark = disk_ != nullptr && disk_->dark();
    for (int server = 0; server < size(); ++server) {
      if (dark || is_killed(server) || desk(server) == nullptr) close(server);
    }
    if (dark) disk_->restore_power();
    const FaultRates rates = shared_.rates;
    if (tries >= kTriesWithFaults) shared_.rates = {};
    bool all = true;
    for (int server = 0; server < size(); ++server) {
      if (desk(server) == nullptr) all = open(server) && all;
    }
    shared_.rates = rates;
    if (all && (disk_ == nullptr || !disk_->dark())) return true;
  }
  return false;
}

}  // namespace koshi::simulation
