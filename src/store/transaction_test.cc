/// What is kept and what is not, and what a broken rule is called: the same on both engines.
#include <thread>

#include "store/test_store.h"

namespace koshi::store {
namespace {

using testing::HasSubstr;

constexpr std::string_view kSchema =
    "CREATE TABLE place (code text PRIMARY KEY);\n"
    "CREATE TABLE seat (\n"
    "  id bigint PRIMARY KEY,\n"
    "  place text NOT NULL REFERENCES place (code),\n"
    "  row_no bigint, seat_no bigint, ticket text, note text,\n"
    "  CONSTRAINT seat_row_is_positive CHECK (row_no > 0),\n"
    "  CONSTRAINT seat_note_is_short CHECK (length(note) <= 5),\n"
    "  UNIQUE (row_no, seat_no)\n"
    ");\n"
    "CREATE UNIQUE INDEX seat_ticket_once ON seat (ticket) WHERE ticket <> 'free';\n"
    "CREATE UNIQUE INDEX seat_note_once ON seat (place, (length(note)));\n"
    "INSERT INTO place (code) VALUES ('hall');\n"
    "INSERT INTO seat (id, place, row_no, seat_no, ticket, note) VALUES (1, 'hall', 1, 1, 'A', 'a');\n";

class Transactions : public BothEngines {
 protected:
  void SetUp() override {
    open();
    ASSERT_TRUE(succeeded(script(kSchema)));
  }
  int64_t seats() { return number("SELECT count(*) FROM seat"); }

  static StoreResult<int64_t> add(Transaction& transaction, int64_t id) {
    return transaction.execute("INSERT INTO seat (id, place) VALUES ($1, 'hall')", {id});
  }
  static StoreResult<int64_t> add_twice(Transaction& transaction, int64_t id) {
    auto first = add(transaction, id);
    return first ? add(transaction, id) : first;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Transactions, both_engines(), engine_name);

TEST_P(Transactions, ABrokenRuleIsNamed) {
  const auto broken = [&](std::string_view sql) {
    const auto result = execute(sql);
    EXPECT_EQ(fault_in(result), Fault::kConstraint) << sql;
    return result ? Violation{} : result.error().violation;
  };
  const auto is = [&](Rule rule, std::string_view name, std::string_view sql) {
    const Violation violation = broken(sql);
    EXPECT_EQ(violation.rule, rule) << sql;
    EXPECT_EQ(violation.name, name) << sql;
  };
  is(Rule::kCheck, "seat_row_is_positive", "INSERT INTO seat (id, place, row_no) VALUES (2, 'hall', 0)");
  is(Rule::kCheck, "seat_note_is_short", "UPDATE seat SET note = 'longer'");
  is(Rule::kUnique, "seat_row_no_seat_no_key", "INSERT INTO seat (id, place, row_no, seat_no) VALUES (2, 'hall', 1, 1)");
  is(Rule::kUnique, "seat_pkey", "INSERT INTO seat (id, place) VALUES (1, 'hall')");
  is(Rule::kUnique, "place_pkey", "INSERT INTO place (code) VALUES ('hall')");
  is(Rule::kUnique, "seat_ticket_once", "INSERT INTO seat (id, place, ticket) VALUES (2, 'hall', 'A')");
  is(Rule::kUnique, "seat_note_once", "INSERT INTO seat (id, place, note) VALUES (2, 'hall', 'b')");
  is(Rule::kNotNull, "seat_place_not_null", "INSERT INTO seat (id, place) VALUES (2, NULL)");
  is(Rule::kNotNull, "place_code_not_null", "INSERT INTO place (code) VALUES (NULL)");
  is(Rule::kForeignKey, "", "INSERT INTO seat (id, place) VALUES (2, 'nowhere')");
  is(Rule::kForeignKey, "", "DELETE FROM place");
  EXPECT_EQ(seats(), 1);
}

TEST_P(Transactions, AnErrorKeepsNothing) {
  const auto result = store_->write([&](Transaction& transaction) -> StoreResult<int> {
    must(add(transaction, 2));
    return abandon("changed my mind");
  });
  EXPECT_EQ(fault_in(result), Fault::kAbandoned);
  EXPECT_EQ(seats(), 1);
}

TEST_P(Transactions, AValueKeepsEverything) {
  const auto result = store_->write([&](Transaction& transaction) -> StoreResult<std::string> {
    must(add(transaction, 2));
    EXPECT_EQ(must(transaction.query("SELECT count(*) FROM seat"))[0].integer(0), 2);
    return "kept";
  });
  EXPECT_EQ(must(result), "kept");
  open();
  EXPECT_EQ(seats(), 2);
}

TEST_P(Transactions, ASwallowedFailureKeepsNothing) {
  const auto result = store_->write([&](Transaction& transaction) -> StoreResult<int> {
    must(add(transaction, 2));
    EXPECT_FALSE(add(transaction, 2));
    EXPECT_EQ(fault_in(add(transaction, 3)), Fault::kProgramming);
    EXPECT_EQ(fault_in(transaction.query("SELECT 1")), Fault::kProgramming);
    EXPECT_EQ(fault_in(transaction.nested([&] { return add(transaction, 4); })), Fault::kProgramming);
    return 1;
  });
  ASSERT_EQ(fault_in(result), Fault::kConstraint);
  EXPECT_EQ(result.error().violation.name, "seat_pkey");
  EXPECT_EQ(seats(), 1);
}

TEST_P(Transactions, ANestedFailureUndoesJustItself) {
  const auto result = store_->write([&](Transaction& transaction) -> StoreResult<int> {
    must(add(transaction, 2));
    EXPECT_EQ(fault_in(transaction.nested([&] { return add_twice(transaction, 3); })), Fault::kConstraint);
    EXPECT_TRUE(transaction.nested([&] { return add(transaction, 4); }));
    EXPECT_EQ(fault_in(transaction.nested([&]() -> StoreResult<int> {
                must(add(transaction, 5));
                EXPECT_TRUE(transaction.nested([&] { return add(transaction, 6); }));
                return abandon("outer");
              })),
              Fault::kAbandoned);
    return 1;
  });
  EXPECT_TRUE(succeeded(result));
  EXPECT_EQ(seats(), 3);  // 1, 2 and 4
}

TEST_P(Transactions, NestingHasALimit) {
  const auto result = store_->write([&](Transaction& transaction) -> StoreResult<int> {
    std::function<StoreResult<int>(int)> deeper = [&](int depth) -> StoreResult<int> {
      return transaction.nested([&] { return deeper(depth + 1); });
    };
    return deeper(0);
  });
  EXPECT_EQ(fault_in(result), Fault::kProgramming);
  EXPECT_TRUE(succeeded(execute("DELETE FROM seat")));
}

TEST_P(Transactions, AReaderSeesOneState) {
  const auto read = store_->read([&](Reader& reader) -> StoreResult<int> {
    constexpr std::string_view kCount = "SELECT count(*) FROM seat";
    const int64_t before = must(reader.query(kCount))[0].integer(0);
    must(execute("INSERT INTO seat (id, place) VALUES (2, 'hall')"));
    EXPECT_EQ(must(reader.query(kCount))[0].integer(0), before);
    return 0;
  });
  EXPECT_TRUE(succeeded(read));
  EXPECT_EQ(seats(), 2);
}

TEST_P(Transactions, AWriteInsideAWriteIsRefusedInsteadOfWaitingForItself) {
  const auto result = store_->write([&](Transaction&) { return execute("DELETE FROM seat"); });
  EXPECT_EQ(fault_in(result), Fault::kProgramming);
  EXPECT_EQ(seats(), 1);
}

TEST_P(Transactions, AReadThatSwallowsAFailureFails) {
  const auto result = store_->read([&](Reader& reader) -> StoreResult<int> {
    EXPECT_FALSE(reader.query("SELECT nothing"));
    return 1;
  });
  EXPECT_EQ(fault_in(result), Fault::kProgramming);
  EXPECT_EQ(seats(), 1);
}

}  // namespace
}  // namespace koshi::store
