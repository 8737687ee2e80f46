#pragma once

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>

#include "store/store.h"
#include "store/test_postgres.h"

/// For tests only: the same test on both engines, each with a new database.
namespace koshi::store {

/// For tests that stand on a value: ends the test run with the reason if there is none.
template <typename T>
T must(StoreResult<T> result) {
  if (!result) {
    (void)::fprintf(stderr, "FAILED: %s\n", result.error().message.c_str());
    ::abort();
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

template <typename T>
testing::AssertionResult succeeded(const StoreResult<T>& result) {
  if (result) return testing::AssertionSuccess();
  return testing::AssertionFailure() << result.error().message;
}

/// The fault that was answered, for EXPECT_EQ.
template <typename T>
std::optional<Fault> fault_in(const StoreResult<T>& result) {
  return result ? std::nullopt : std::optional(result.error().fault);
}

class TestFolder {
 public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "koshi_store_XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }

  std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

class BothEngines : public testing::TestWithParam<Engine> {
 protected:
  std::string new_address() {
    if (GetParam() == Engine::kSqlite) return (folder_ / ("t" + std::to_string(++count_) + ".db").c_str()).string();
    auto made = whole_database_ ? TestPostgres::shared().make_database() : TestPostgres::shared().make_schema();
    if (made) return *made;
    ADD_FAILURE() << made.error().message;
    return "postgresql:///none";
  }

  void open(const StoreOptions& options = {}) {
    if (address_.empty()) address_ = new_address();
    store_.reset();
    store_ = must(open_store(address_, options));
  }

  StoreResult<void> script(std::string_view sql) {
    return store_->write([&](Transaction& transaction) { return transaction.script(sql); });
  }
  StoreResult<int64_t> execute(std::string_view sql, Params params = {}) {
    return store_->write([&](Transaction& transaction) { return transaction.execute(sql, params); });
  }
  StoreResult<Rows> query(std::string_view sql, Params params = {}) {
    return store_->read([&](Reader& reader) { return reader.query(sql, params); });
  }
  int64_t number(std::string_view sql, Params params = {}) { return must(query(sql, params))[0].integer(0); }

  TestFolder folder_;
  bool whole_database_ = false;  ///< or a schema, which is faster
  std::string address_;
  std::unique_ptr<Store> store_;

 private:
  int count_ = 0;
};

inline std::string engine_name(const testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::kSqlite ? "Sqlite" : "Postgres";
}

inline auto both_engines() {
  return testing::Values(Engine::kSqlite, Engine::kPostgres);
}

}  // namespace koshi::store
