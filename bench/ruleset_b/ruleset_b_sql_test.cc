#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>

#include "sql_people.h"

/// The checksums of rule set (b) by its text as SQL. DuckDB comes with npm: ./test installs it and sets KOSHI_DUCKDB, under which a DuckDB
/// that is not there is a failure.
namespace koshi::ruleset_b {
namespace {

constexpr int64_t kRows = 200'000;

class RulesetBSql : public ::testing::Test {
 protected:
  RulesetBSql()
      : people_(std::move(*make_people(kRows))), corpus_(std::move(*read_law(std::string(KOSHI_SOURCE_DIR) + "/bench/ruleset_b"))) {
    folder_ = (std::filesystem::temp_directory_path() / "koshi_sql_XXXXXX").string();
    EXPECT_NE(::mkdtemp(folder_.data()), nullptr);
    EXPECT_EQ(::chmod(folder_.c_str(), 0755), 0);
  }
  ~RulesetBSql() override { std::filesystem::remove_all(folder_); }

  void expect_checksums(engine::Engine& engine) {
    const auto loaded = load(engine, corpus_, people_, folder_);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
    zan::ProgramLibrary library(corpus_);
    for (const Variant variant : {Variant::kBase, Variant::kDraft, Variant::kOwnDays}) {
      const auto sums = checksums(engine, checksum_query(library, engine.dialect(), {variant, false, variant == Variant::kBase}));
      ASSERT_TRUE(sums.has_value()) << sums.error().message;
      EXPECT_EQ(format(*sums), format(*expected(variant, kRows)));
    }
  }

  People people_;
  zan::Corpus corpus_;
  std::string folder_;
};

TEST_F(RulesetBSql, InSqlite) {
  expect_checksums(**engine::make_sqlite());
}

TEST_F(RulesetBSql, InPostgresql) {
  expect_checksums(**engine::make_postgres());
}

TEST_F(RulesetBSql, InDuckdb) {
  if (::getenv("KOSHI_DUCKDB") == nullptr) GTEST_SKIP() << "(cd bench/peers && npm ci), then with KOSHI_DUCKDB=1";
  expect_checksums(**engine::make_duckdb(2));
}

}  // namespace
}  // namespace koshi::ruleset_b
