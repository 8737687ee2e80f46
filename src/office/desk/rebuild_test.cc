/// Whatever somebody changes in the projections is named, and made good from the journal; what is wrong in the truth is only named.
#include "office/desk/test_desk.h"

namespace koshi::office {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class RebuildTest : public DeskFixture {
 protected:
  void SetUp() override {
    DeskFixture::SetUp();
    allot(20);
    in_force(1);
    const Case item = submitted(2, "222");
    must_do(desk_->act(by(akimat()), item.id, item.version, "refuse", R"({"fits":false})"));
    submitted(3, "333");
    draft(4, "444");
    must_have(desk_->record_view(employer("444"), must_have(desk_->list({.account = "employer-444"})).rows[0].id, "looks"));
  }
  void change(std::string_view sql) {
    const auto changed = execute(sql);
    ASSERT_TRUE(store::succeeded(changed));
    ASSERT_GT(*changed, 0) << sql;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, RebuildTest, store::both_engines(), store::engine_name);

TEST_P(RebuildTest, NothingDiffersInAnOfficeThatWorked) {
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
  const std::string before = counts();
  EXPECT_THAT(found_by_rebuild(true), IsEmpty());
  EXPECT_EQ(counts(), before);
}

TEST_P(RebuildTest, EveryPlantedDifferenceIsFoundAndRepaired) {
  struct Plant {
    const char* sql;
    const char* found;
  };
  const Plant plants[] = {
      {"UPDATE desk_case SET state = 'granted' WHERE state = 'examined'", "state is \"granted\", but the events make \"examined\""},
      {"UPDATE desk_case SET due = '2030-01-01' WHERE state = 'examined'", "due is"},
      {"UPDATE desk_case SET clock_day = NULL WHERE state = 'in_force'", "clock_day is \"none\""},
      {"UPDATE desk_case SET due_order = '2030-01-01' WHERE state = 'examined'", "due_order is"},
      {"UPDATE desk_case SET version = version + 1 WHERE state = 'draft'", "version is"},
      {"UPDATE desk_case SET stage = 3 WHERE state = 'draft'", "stage is"},
      {"UPDATE desk_case SET opened_by = 'somebody' WHERE state = 'draft'", "opened_by is"},
      {"UPDATE desk_case SET title = 'somebody' WHERE state = 'draft'", "title is"},
      {"UPDATE desk_case SET last_sequence = last_sequence + 1 WHERE state = 'draft'", "last_sequence is"},
      {"UPDATE desk_case SET body = replace(body, '\"json\":\"3\"', '\"json\":\"9\"') WHERE state = 'examined'", "the snapshot is not"},
      {"UPDATE desk_scope SET value = '\"KZ-71\"' WHERE role = 'akimat' AND state = 'examined'", "scopes is"},
      {"UPDATE desk_scope SET state = 'draft' WHERE role = 'akimat' AND state = 'examined'", "state for akimat is"},
      {"UPDATE desk_scope SET due_order = '2030-01-01' WHERE role = 'akimat' AND state = 'examined'", "due_order for akimat is"},
      {"DELETE FROM desk_scope WHERE role = 'employer'", "scopes is"},
      {"DELETE FROM desk_paper", "papers is"},
      {"UPDATE desk_register SET json = 'null'", "the register's"},
      {"UPDATE desk_register SET sequence = sequence - 1", "the register's"},
      {"DELETE FROM desk_register", "is missing"},
      {"INSERT INTO desk_register (key_path, key_value, fact, json, case_id, sequence) VALUES ('a', 'b', 'c', 'null', 'x', 1)",
       "is not what event 1 says"},
      {"INSERT INTO desk_case (id, procedure, state, stage, opened_by, version, opened, due_order, title, first_sequence, last_sequence, "
       "body)"
       " VALUES ('PHANTOM', 'work_permit', 'in_force', 1, 'x', 1, '2026-01-01', '9999-12-31', 'x', 1, 1, '{}')",
       "case PHANTOM: the journal knows nothing of it"},
  };
  for (const Plant& plant : plants) {
    change(plant.sql);
    EXPECT_THAT(found_by_rebuild(true), Contains(HasSubstr(plant.found))) << plant.sql;
    EXPECT_THAT(found_by_rebuild(), IsEmpty()) << plant.sql;
  }
}

TEST_P(RebuildTest, ALostCaseIsMadeAnew) {
  const std::string before = counts();
  change("DELETE FROM desk_scope");
  change("DELETE FROM desk_paper");
  change("DELETE FROM desk_case");
  EXPECT_THAT(found_by_rebuild(true), Contains(HasSubstr("it stands in the journal only")));
  EXPECT_THAT(found_by_rebuild(), IsEmpty());
  EXPECT_EQ(counts(), before);
}

TEST_P(RebuildTest, WhatIsWrongInTheLedgerIsNamedAndLeft) {
  change("UPDATE ledger_account SET held = held + 1");
  EXPECT_THAT(found_by_rebuild(true), Contains(HasSubstr("ledger permits/2026/KZ-75: held")));
  EXPECT_THAT(found_by_rebuild(), Not(IsEmpty()));
}

TEST_P(RebuildTest, PlacesThatACaseLostAreNamed) {
  change("UPDATE ledger_hold SET case_id = 'OTHER' WHERE state = 'held'");
  EXPECT_THAT(found_by_rebuild(), Contains(HasSubstr("3 places more held in permits/2026/KZ-75 than in the ledger")));
}

TEST_P(RebuildTest, LostAndChangedDocumentsAreNamed) {
  change(
      "UPDATE desk_document SET bytes = (SELECT bytes FROM desk_document ORDER BY sha256 LIMIT 1)"
      " WHERE sha256 = (SELECT max(sha256) FROM desk_document)");
  EXPECT_THAT(found_by_rebuild(), Contains(HasSubstr("are others")));
  change("DELETE FROM desk_document");
  EXPECT_THAT(found_by_rebuild(), Contains(HasSubstr("are missing")));
}

TEST_P(RebuildTest, AnEventThatDoesNotFollowIsNamed) {
  change(
      "UPDATE journal_event SET payload = replace(payload, '\"from\":\"examined\"', '\"from\":\"draft\"') WHERE action = 'acted:refuse'");
  EXPECT_THAT(found_by_rebuild(), Contains(HasSubstr("an act in the state `draft`")));
  EXPECT_NE(journal_damage(), "");
}

}  // namespace
}  // namespace koshi::office
