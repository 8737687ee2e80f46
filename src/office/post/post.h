#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "office/desk/desk.h"
#include "office/post/notice_channel.h"

/// Takes notices out of the desk's outbox and brings them to the people whom they concern. No act waits for it: an act leaves a notice in
/// its own transaction, and that is all.
///
///   outbox ──sort()──▶ a letter for each account and way, in its language, kept in the database ──deliver_one()──▶ a channel
///
/// At least once: what was delivered but not recorded, because the machine stopped in between, is delivered again under the same id.
/// Several servers may work on one database: a letter is taken by claiming its next time.
///
/// Who is told: of a role that the procedure binds to a fact of the case, all accounts with that role in the case's scope; of a party that
/// is bound to nothing, the account that opened the case; of another role, who has it everywhere.
namespace koshi::post {

inline constexpr int kTriesMax = 12;                         ///< about two days, then it is given up
inline constexpr int64_t kBackoffFirstMs = 60'000;           ///< doubled by each try …
inline constexpr int64_t kBackoffMaxMs = 6LL * 60 * 60'000;  ///< … up to this
inline constexpr int64_t kLeaseMs = 2 * 60'000;              ///< in which who took a letter must have delivered it
inline constexpr int64_t kKeptMs = 30LL * 24 * 60 * 60'000;  ///< for which it is known what became of a letter
inline constexpr size_t kTroubleMaxBytes = 300;

/// When to try again after so many tries.
int64_t backoff_ms(int tries);

/// Thread contract: one thread calls; any number of servers.
class Post {
 public:
  struct Parts {
    store::Store& store;
    office::Desk& desk;
    office::Law law;
    office::Clock clock;
    std::vector<std::unique_ptr<NoticeChannel>> channels;
    std::string link = {};  ///< "https://koshi.example.kz"; empty: letters lead nowhere
  };
  explicit Post(Parts parts) : parts_(std::move(parts)) {}

  /// Makes letters of a page of notices, oldest first. Returns how many notices there were: call until it is 0.
  store::StoreResult<size_t> sort();

  enum class Turn : uint8_t { kIdle, kDelivered, kPutOff, kGivenUp };
  /// Tries the letter that has waited longest. kIdle: none is due.
  store::StoreResult<Turn> deliver_one();

  /// Forgets letters that ended kKeptMs ago.
  store::StoreResult<void> tidy();

 private:
  struct Waiting;
  store::StoreResult<std::optional<Waiting>> take();
  store::StoreResult<Turn> settle(const Waiting& waiting, const std::expected<void, ChannelFault>& done);
  NoticeChannel* channel(std::string_view way) const;
  Letter compose(const office::Desk::OutboxEntry& notice, words::Language language) const;
  store::StoreResult<void> sort(const office::Desk::OutboxEntry& notice);

  Parts parts_;
};

}  // namespace koshi::post
