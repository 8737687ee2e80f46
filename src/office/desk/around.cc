#include "office/desk/around.h"

#include "office/ledger/ledger.h"

namespace koshi::office {
namespace {

using store::StoreResult;

StoreResult<int64_t> read_balance(store::Reader& reader, const std::string& code) {
  TRY(balance, ledger::balance(reader, code));
  return balance ? balance->available() : 0;
}

StoreResult<Readings::Facts> read_register(store::Reader& reader, const std::string& path, const std::string& key) {
  Readings::Facts facts;
  if (key.size() > kRegisterKeyMaxBytes) return facts;
  TRY(rows, reader.query("SELECT fact, json FROM desk_register WHERE key_path = $1 AND key_value = $2 ORDER BY fact", {path, key}));
  for (const store::Row row : rows) facts.emplace_back(row.text(0), row.text(1));
  return facts;
}

StoreResult<int64_t> read_next_number(store::Reader& reader, const std::string& series) {
  TRY(last, ask_last_number(reader, series));
  TRY_DO(reader.settle());
  return next_number_of(*last);
}

/// The first error stays: what comes after it is its consequence.
template <typename T>
T keep_error(std::optional<store::StoreError>& error, StoreResult<T> result) {
  if (result) return std::move(*result);
  if (!error) error = std::move(result.error());
  return T{};
}

}  // namespace

StoreResult<store::LaterRows> ask_last_number(store::Reader& reader, std::string_view series) {
  return reader.query_later("SELECT running FROM desk_number WHERE series = $1 ORDER BY running DESC LIMIT 1", {series});
}

int64_t next_number_of(const store::Rows& last) {
  return last.empty() ? 1 : last[0].integer(0) + 1;
}

StoreResult<bool> still_reads(store::Reader& reader, const Readings& readings) {
  for (const auto& [code, free] : readings.balances) {
    TRY(now, read_balance(reader, code));
    if (now != free) return false;
  }
  for (const auto& [place, facts] : readings.registers) {
    TRY(now, read_register(reader, place.first, place.second));
    if (now != facts) return false;
  }
  return true;
}

Around::Around(store::Reader& reader) : reader_(reader) {
  surroundings_.balance = [this](const std::string& code) {
    const auto known = balances_.find(code);
    if (known != balances_.end()) return known->second;
    const int64_t free = keep_error(error_, read_balance(reader_, code));
    balances_.emplace(code, free);
    return free;
  };
  surroundings_.rests_on_balance = [this](const std::string& code) { readings_.balances.emplace(code, surroundings_.balance(code)); };
  surroundings_.register_facts = [this](const std::string& path, const std::string& key) {
    const auto known = readings_.registers.find({path, key});
    if (known != readings_.registers.end()) return known->second;
    auto facts = keep_error(error_, read_register(reader_, path, key));
    readings_.registers.emplace(std::pair(path, key), facts);
    return facts;
  };
  surroundings_.next_number = [this](const std::string& series) { return keep_error(error_, read_next_number(reader_, series)); };
}

StoreResult<void> Around::checked() const {
  if (error_) return std::unexpected(*error_);
  return {};
}

}  // namespace koshi::office
