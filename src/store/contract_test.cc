/// What both engines must answer alike: values, order, checks of statements, limits.
#include <rapidcheck.h>

#include "base/text.h"
#include "store/dialect.h"
#include "store/statement_cache.h"
#include "store/test_store.h"

namespace koshi::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Contract : public BothEngines {
 protected:
  void SetUp() override {
    open();
    ASSERT_TRUE(succeeded(script("CREATE TABLE thing (id bigint PRIMARY KEY, n bigint, t text, b bytea)")));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Contract, both_engines(), engine_name);

rc::Gen<std::string> text_gen() {
  const auto piece = rc::gen::elementOf(
      std::vector<std::string>{"a", "Z", "'", "\"", "\\", "$1", "%", "_", "\n", "\x01", "ә", "Қ", "ұ", "Ы", "€", "𐍈", "\u0301", "x'00'"});
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) { return join(pieces, ""); });
}

rc::Gen<int64_t> number_gen() {
  return rc::gen::oneOf(rc::gen::arbitrary<int64_t>(), rc::gen::element<int64_t>(INT64_MIN, INT64_MAX, 0, -1, INT32_MAX, INT32_MIN));
}

TEST_P(Contract, ValuesComeBackAsTheyWent) {
  int64_t id = 0;
  EXPECT_TRUE(rc::check([&] {
    const auto n = *rc::gen::maybe(number_gen());
    const auto t = *rc::gen::maybe(text_gen());
    const auto b = *rc::gen::maybe(rc::gen::string<std::string>());  // any bytes, NUL too
    std::optional<int64_t> number_in = n ? std::optional(*n) : std::nullopt;
    std::optional<std::string> text_in = t ? std::optional(*t) : std::nullopt;
    std::optional<Blob> blob_in = b ? std::optional(Blob{*b}) : std::nullopt;
    ++id;
    RC_ASSERT(must(execute("INSERT INTO thing (id, n, t, b) VALUES ($1, $2, $3, $4)", {id, number_in, text_in, blob_in})) == 1);
    const Rows rows = must(query("SELECT n, t, b FROM thing WHERE id = $1", {id}));
    RC_ASSERT(rows.size() == 1u);
    RC_ASSERT(rows[0].is_null(0) == !n);
    RC_ASSERT(rows[0].is_null(1) == !t);
    RC_ASSERT(rows[0].is_null(2) == !b);
    if (n) RC_ASSERT(rows[0].integer(0) == *n);
    if (t) RC_ASSERT(rows[0].text(1) == *t);
    if (b) RC_ASSERT(rows[0].blob(2) == *b);
  }));
}

TEST_P(Contract, EmptyTextAndEmptyBlobAreNotNull) {
  must(execute("INSERT INTO thing (id, t, b) VALUES ($1, $2, $3)", {1, "", Blob{""}}));
  const Rows rows = must(query("SELECT t, b, length(t), length(b) FROM thing"));
  EXPECT_EQ(rows[0].text(0), "");
  EXPECT_EQ(rows[0].blob(1), "");
  EXPECT_EQ(rows[0].integer(2) + rows[0].integer(3), 0);
}

TEST_P(Contract, TextThatAnEngineCannotHoldIsRefused) {
  for (const std::string& text : {std::string("a\0b", 3), std::string("\xff"), std::string("\xd0")}) {
    EXPECT_EQ(fault_in(execute("INSERT INTO thing (id, t) VALUES ($1, $2)", {1, text})), Fault::kProgramming);
  }
  const std::string large(kValueMaxBytes + 1, 'x');
  EXPECT_EQ(fault_in(execute("INSERT INTO thing (id, t) VALUES ($1, $2)", {1, large})), Fault::kProgramming);
  const std::vector<Value> many(kParamsMax + 1, Value(1));
  EXPECT_EQ(fault_in(execute("DELETE FROM thing", many)), Fault::kProgramming);
}

TEST_P(Contract, ConditionsAreNumbersAndCountsAreTold) {
  EXPECT_EQ(must(execute("INSERT INTO thing (id, n) VALUES ($1, $2), ($3, $4)", {1, 5, 2, 6})), 2);
  EXPECT_EQ(must(execute("UPDATE thing SET n = n + $1 WHERE id < $2", {1, 10})), 2);
  EXPECT_EQ(must(execute("DELETE FROM thing WHERE id = $1", {99})), 0);
  const Rows rows = must(query("SELECT n = 6, EXISTS (SELECT 1 FROM thing WHERE n = 99), 3, count(*) FROM thing WHERE id = 1 GROUP BY n"));
  EXPECT_EQ(rows[0].integer(0), 1);
  EXPECT_EQ(rows[0].integer(1), 0);
  EXPECT_EQ(rows[0].integer(2), 3);
  EXPECT_EQ(rows[0].integer(3), 1);
  const auto added = store_->write(
      [](Transaction& transaction) { return transaction.query("INSERT INTO thing (id, t) VALUES ($1, $2) RETURNING id, t", {7, "x"}); });
  EXPECT_EQ(must(added)[0].integer(0), 7);
  EXPECT_EQ(must(execute("INSERT INTO thing (id) VALUES ($1) ON CONFLICT (id) DO NOTHING", {7})), 0);
}

TEST_P(Contract, TextsAreOrderedByBytesAndLikeMindsCase) {
  for (const char* text : {"б", "Б", "a", "B", "Ә", "a b"}) {
    must(execute("INSERT INTO thing (id, t) SELECT count(*), $1 FROM thing", {text}));
  }
  std::string order;
  for (Row row : must(query("SELECT t FROM thing ORDER BY t"))) order += std::string(row.text(0)) + "|";
  EXPECT_EQ(order, "B|a|a b|Б|б|Ә|");
  EXPECT_EQ(number("SELECT count(*) FROM thing WHERE t LIKE $1", {"A%"}), 0);
  EXPECT_EQ(number("SELECT count(*) FROM thing WHERE t LIKE $1", {"a%"}), 2);
}

TEST_P(Contract, ColumnsHoldTheirType) {
  EXPECT_EQ(fault_in(execute("INSERT INTO thing (id, n) VALUES ($1, $2)", {1, "twelve"})), Fault::kProgramming);
  EXPECT_EQ(fault_in(execute("INSERT INTO thing (id, b) VALUES ($1, $2)", {1, 12})), Fault::kProgramming);
  EXPECT_EQ(fault_in(execute("INSERT INTO thing (id, n) VALUES ($1, $2 + $3)", {1, INT64_MAX, INT64_MAX})), Fault::kProgramming);
  EXPECT_EQ(number("SELECT count(*) FROM thing"), 0);
}

TEST_P(Contract, StatementsAreChecked) {
  must(execute("INSERT INTO thing (id, n) VALUES (1, 2)"));
  const auto refuses = [&](std::string_view sql, Params params = {}) { return fault_in(execute(sql, params)) == Fault::kProgramming; };
  EXPECT_TRUE(refuses("DELETE FROM thing WHERE id = $1"));                    // too few
  EXPECT_TRUE(refuses("DELETE FROM thing WHERE id = $1", {1, 2}));            // too many
  EXPECT_TRUE(refuses("DELETE FROM thing WHERE id = 1; DELETE FROM thing"));  // two statements
  EXPECT_TRUE(refuses("COMMIT"));
  EXPECT_TRUE(refuses("SELECT n FROM thing"));  // rows that nobody takes
  EXPECT_TRUE(refuses("UPDATE thing SET n = 3 RETURNING n"));
  EXPECT_TRUE(refuses("DELETE FROM nothing"));
  EXPECT_TRUE(refuses("DELETE thing"));
  EXPECT_TRUE(refuses("DELETE FROM thing WHERE t = \"x\""));  // a name, not a text
  EXPECT_EQ(fault_in(query("SELECT 1.5 FROM thing")), Fault::kProgramming);
  EXPECT_EQ(fault_in(query("DELETE FROM thing")), Fault::kProgramming);  // a reader writes
  EXPECT_EQ(fault_in(query("DELETE FROM thing RETURNING id")), Fault::kProgramming);
  EXPECT_EQ(must(execute("UPDATE thing SET n = $1", {1})), 1);
  EXPECT_TRUE(refuses("UPDATE thing SET n = $1", {"one"}));  // other types than before
  EXPECT_EQ(number("SELECT n FROM thing"), 1);
}

TEST_P(Contract, ADateIsADate) {
  ASSERT_TRUE(succeeded(script("CREATE TABLE day (d text NOT NULL, CONSTRAINT day_is_date CHECK (" KOSHI_SQL_IS_DATE("d") "))")));
  for (const char* date : {"2024-02-29", "0001-01-01", "9999-12-31"}) {
    EXPECT_TRUE(succeeded(execute("INSERT INTO day (d) VALUES ($1)", {date}))) << date;
  }
  for (const char* date : {"", "2024-13-01", "2024-00-10", "2024-01-32", "2024-1-011", "24-01-01", "2024-01-0x", "2024-01-1-", "2024/01/01",
                           "2024-0:-01", " 2024-01-0", "2024-01-01 "}) {
    const auto result = execute("INSERT INTO day (d) VALUES ($1)", {date});
    ASSERT_EQ(fault_in(result), Fault::kConstraint) << date;
    EXPECT_EQ(result.error().violation.name, "day_is_date");
  }
}

TEST_P(Contract, LongResultsAreStreamedOrRefused) {
  constexpr std::string_view kCount =
      "WITH RECURSIVE c(x) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT x + 1 FROM c WHERE x < $1) SELECT x FROM c";
  const auto rows_max = static_cast<int64_t>(kRowsMax);
  EXPECT_EQ(must(query(kCount, {rows_max})).size(), kRowsMax);
  EXPECT_EQ(fault_in(query(kCount, {rows_max + 1})), Fault::kProgramming);
  int64_t sum = 0;
  const auto add = [&](const Row& row) -> StoreResult<void> {
    sum += row.integer(0);
    return {};
  };
  EXPECT_TRUE(succeeded(store_->read([&](Reader& reader) { return reader.each(kCount, {2 * rows_max}, add); })));
  EXPECT_EQ(sum, rows_max * (2 * rows_max + 1));
}

TEST_P(Contract, EachStopsAtAnErrorAndKeepsItsReaderToItself) {
  constexpr std::string_view kCount =
      "WITH RECURSIVE c(x) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT x + 1 FROM c WHERE x < 100000) SELECT x FROM "
      "c";
  int seen = 0;
  const auto stopped = store_->read([&](Reader& reader) {
    return reader.each(kCount, {}, [&](const Row&) -> StoreResult<void> {
      if (++seen == 3) return abandon("enough");
      return {};
    });
  });
  EXPECT_EQ(fault_in(stopped), Fault::kAbandoned);
  EXPECT_EQ(seen, 3);
  const auto nested = store_->read([&](Reader& reader) {
    return reader.each(kCount, {}, [&](const Row&) -> StoreResult<void> {
      auto rows = reader.query("SELECT 1");
      if (!rows) return std::unexpected(rows.error());
      return {};
    });
  });
  EXPECT_EQ(fault_in(nested), Fault::kProgramming);
  EXPECT_EQ(number("SELECT 1"), 1);  // the connection is still good
}

TEST_P(Contract, ManyDifferentTextsGiveWayToEachOther) {
  const auto all = store_->read([&](Reader& reader) -> StoreResult<int64_t> {
    int64_t sum = 0;
    for (int round = 0; round < 2; ++round) {
      for (size_t i = 0; i < kStatementsMax + 50; ++i) {
        sum += must(reader.query("SELECT " + std::to_string(i) + " + $1", {0}))[0].integer(0);
      }
    }
    return sum;
  });
  const auto count = static_cast<int64_t>(kStatementsMax + 50);
  EXPECT_EQ(must(all), count * (count - 1));
}

}  // namespace
}  // namespace koshi::store
