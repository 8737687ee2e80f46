#include "observatory/tables/population_file.h"

#include <sys/resource.h>

#include <csignal>

#include "observatory/tables/test_tables.h"

namespace koshi::observatory {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using zan::Storage;

constexpr auto kUnknownRow = std::nullopt;
constexpr int64_t kNoDate = INT32_MIN;

class PopulationFile : public Tables, public testing::WithParamInterface<const char*> {
 protected:
  std::filesystem::path file(const std::string& stem) const { return folder_ / (stem + GetParam()); }

  LoadedTable people() const {
    LoadedTable out;
    out.table.entity = entity("person");
    add_column(out, "insured", Storage::kU8, {1, 0, kUnknownRow});
    add_column(out, "nationality", Storage::kU8, {2, 0, 1});
    add_column(out, "other_state", Storage::kU8, {255, 0, 255});
    add_column(out, "children", Storage::kI64, {3, 255, kUnknownRow});
    add_column(out, "left", Storage::kI32, {kNoDate, kUnknownRow, 20527});
    add_column(out, "born", Storage::kI32, {0, -1, 10957});
    add_column(out, "wage", Storage::kI64, {8'500'050, 0, 1});
    add_column(out, "share", Storage::kI64, {700'000'000, -1, 0});
    return out;
  }
};

TEST_P(PopulationFile, IsReadAsItWasWritten) {
  LoadedTable people = this->people();
  static constexpr int32_t kFirms[] = {0, zan::kNoRow, 1};
  people.table.links.push_back({.link = "firm", .rows = kFirms});
  ASSERT_TRUE(save_table(*corpus_, people.table, file("person")));
  LoadedTable firms;
  firms.table.entity = entity("firm");
  add_column(firms, "size", Storage::kI64, {7, 1'000'000});
  static constexpr int64_t kFirst[] = {0, 2, 3};
  static constexpr int32_t kMembers[] = {2, 0, 1};
  firms.table.many.push_back({.link = "staff", .first = kFirst, .members = kMembers, .validity = nullptr});
  ASSERT_TRUE(save_table(*corpus_, firms.table, file("firm")));

  const auto loaded = load_population(*corpus_, folder_);
  ASSERT_TRUE(loaded) << testing::PrintToString(loaded.error());
  EXPECT_THAT(loaded->unread, IsEmpty());
  const zan::Table* back = loaded->population.find(entity("person"));
  ASSERT_NE(back, nullptr);
  ASSERT_EQ(back->rows, 3);
  for (const zan::Column& column : people.table.columns) {
    EXPECT_EQ(values_of(*back, column.path), values_of(people.table, column.path)) << column.path;
    EXPECT_EQ(back->find(column.path)->type, column.type);
  }
  EXPECT_THAT(std::span(back->find_link("firm")->rows, 3), ElementsAre(0, zan::kNoRow, 1));
  const zan::Table* firm = loaded->population.find(entity("firm"));
  EXPECT_THAT(std::span(firm->find_many("staff")->first, 3), ElementsAre(0, 2, 3));
  EXPECT_THAT(std::span(firm->find_many("staff")->members, 3), ElementsAre(2, 0, 1));
}

TEST_P(PopulationFile, TheSamePeopleGiveTheSameBytes) {
  ASSERT_TRUE(save_table(*corpus_, people().table, file("a")));
  ASSERT_TRUE(save_table(*corpus_, people().table, file("b")));
  EXPECT_EQ(read_file(file("a")).value(), read_file(file("b")).value());
}

TEST_P(PopulationFile, MayBeOfNobody) {
  LoadedTable nobody;
  nobody.table.entity = entity("person");
  add_column(nobody, "born", Storage::kI32, {});
  ASSERT_TRUE(save_table(*corpus_, nobody.table, file("person")));
  const auto loaded = load_population(*corpus_, file("person"));
  ASSERT_TRUE(loaded) << testing::PrintToString(loaded.error());
  EXPECT_EQ(loaded->population.tables[0].rows, 0);
}

TEST_P(PopulationFile, ManyRowsOfEveryKind) {
  std::mt19937 dice(7);
  LoadedTable people;
  people.table.entity = entity("person");
  const int64_t rows = 200'003;
  Values left, wage, insured;
  for (int64_t i = 0; i < rows; ++i) {
    left.push_back(dice() % 5 == 0 ? kUnknownRow
                                   : std::optional<int64_t>(dice() % 3 == 0 ? kNoDate : static_cast<int64_t>(dice() % 30'000)));
    wage.push_back(static_cast<int64_t>(dice()) * 1000);
    insured.push_back(dice() % 7 == 0 ? kUnknownRow : std::optional<int64_t>(dice() % 2));
  }
  add_column(people, "left", Storage::kI32, left);
  add_column(people, "wage", Storage::kI64, wage);
  add_column(people, "insured", Storage::kU8, insured);
  ASSERT_TRUE(save_table(*corpus_, people.table, file("person")));
  const auto loaded = load_population(*corpus_, file("person"));
  ASSERT_TRUE(loaded) << testing::PrintToString(loaded.error());
  EXPECT_EQ(values_of(loaded->population.tables[0], "left"), left);
  EXPECT_EQ(values_of(loaded->population.tables[0], "wage"), wage);
  EXPECT_EQ(values_of(loaded->population.tables[0], "insured"), insured);
}

INSTANTIATE_TEST_SUITE_P(, PopulationFile, testing::Values(".arrow", ".csv"),
                         [](const auto& each) { return std::string(each.param).substr(1); });

class PopulationProblems : public Tables {};

TEST_F(PopulationProblems, AreToldTogether) {
  put("person.csv", "insured,born,nationality,wage\nyes,2000-01-01,KZ,1\nmaybe,2001-02-30,XX,1.234\n");
  EXPECT_THAT(
      problems_of(folder_ / "person.csv"),
      ElementsAre(AllOf(HasSubstr("column `insured` has in line 3 \"maybe\"")), HasSubstr("column `born` has in line 3 \"2001-02-30\""),
                  HasSubstr("column `nationality` has in line 3 \"XX\""), HasSubstr("column `wage` has in line 3 \"1.234\"")));
}

TEST_F(PopulationProblems, NameTheFileAndTheLine) {
  EXPECT_THAT(problems_of(folder_ / "nowhere"), ElementsAre(AllOf(HasSubstr("No such file or folder"), HasSubstr("nowhere"))));
  EXPECT_THAT(problems_of(put("persn.csv", "born\n")), ElementsAre(AllOf(HasSubstr("persn.csv"), HasSubstr("do you mean `person`?"))));
  EXPECT_THAT(problems_of(put("person.csv", "born,wage\n2000-01-01\n")),
              ElementsAre(HasSubstr("line 2: the row is not as long as the header")));
  EXPECT_THAT(problems_of(put("person.csv", "born,born\n")), ElementsAre(HasSubstr("the column born is there twice")));
  EXPECT_THAT(problems_of(put("person.csv", "born\n\xFF\n")), ElementsAre(HasSubstr("line 2 is not UTF-8")));
  EXPECT_THAT(problems_of(put("person.txt", "born\n")), ElementsAre(HasSubstr("ends neither in .arrow")));
  EXPECT_THAT(problems_of(folder_ / "none.csv"), ElementsAre(HasSubstr("No such file")));
}

TEST_F(PopulationProblems, LinksMustLeadSomewhere) {
  put("person.csv", "born,firm\n2000-01-01,0\n2000-01-01,2\n");
  EXPECT_THAT(problems_of(folder_), ElementsAre(HasSubstr("link `firm` leads to an entity without a table")));
  put("firm.csv", "size\n1\n1\n");
  EXPECT_THAT(problems_of(folder_), ElementsAre(HasSubstr("link `firm` leads nowhere in row 1: 2")));
}

TEST_F(PopulationProblems, WhatIsNoFactIsNotReadAndSaid) {
  const auto loaded = load_population(*corpus_, put("person.csv", "weight,name,born\n1.5,\"A, B\",2000-01-01\n"));
  ASSERT_TRUE(loaded);
  EXPECT_THAT(loaded->unread, ElementsAre("person.csv: weight", "person.csv: name"));
  EXPECT_THAT(loaded->population.tables[0].columns, SizeIs(1));
}

TEST_F(PopulationProblems, EveryCutOfAnArrowFileIsRefused) {
  LoadedTable people;
  people.table.entity = entity("person");
  add_column(people, "nationality", Storage::kU8, {0, 1, 2});
  add_column(people, "born", Storage::kI32, {1, 2, 3});
  ASSERT_TRUE(save_table(*corpus_, people.table, folder_ / "person.arrow"));
  const std::string whole = read_file(folder_ / "person.arrow").value();
  for (size_t size = 0; size < whole.size(); size += 3) {
    ASSERT_THAT(problems_of(put("person.arrow", whole.substr(0, size))), SizeIs(1)) << size;
  }
}

TEST_F(PopulationProblems, NoAlteredByteOfAnArrowFileDoesHarm) {
  LoadedTable people;
  people.table.entity = entity("person");
  add_column(people, "nationality", Storage::kU8, {0, 1, 2});
  add_column(people, "left", Storage::kI32, {1, kNoDate, kUnknownRow});
  ASSERT_TRUE(save_table(*corpus_, people.table, folder_ / "person.arrow"));
  const std::string whole = read_file(folder_ / "person.arrow").value();
  size_t refused = 0;
  for (size_t at = 0; at < whole.size(); ++at) {
    constexpr unsigned kFlips[] = {0x01, 0x80, 0xFF};
    std::string altered = whole;
    altered[at] = static_cast<char>(static_cast<unsigned char>(altered[at]) ^ kFlips[at % 3]);
    put("person.arrow", altered);
    const auto loaded = load_population(*corpus_, folder_ / "person.arrow");
    if (!loaded) ++refused;
    for (size_t i = 0; loaded && i < loaded->population.tables.size(); ++i) {
      const zan::Table& table = loaded->population.tables[i];
      for (const zan::Column& column : table.columns) values_of(table, column.path);
    }
  }
  EXPECT_GT(refused, whole.size() / 4);  // the rest is padding, and values that are values too
}

TEST_F(PopulationProblems, NothingIsLeftWhereWritingFails) {
  LoadedTable people;
  people.table.entity = entity("person");
  add_column(people, "born", Storage::kI32, {1});
  EXPECT_FALSE(save_table(*corpus_, people.table, folder_ / "missing" / "person.arrow"));
  EXPECT_FALSE(save_table(*corpus_, people.table, folder_ / "person.xls"));
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

/// While it lives, no file grows beyond this: what a full disk does to a writer.
class FilesUpTo {
 public:
  explicit FilesUpTo(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    EXPECT_EQ(getrlimit(RLIMIT_FSIZE, &before_), 0);
    const rlimit now{bytes, before_.rlim_max};
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &now), 0);
  }
  ~FilesUpTo() {
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before_), 0);
    std::signal(SIGXFSZ, handler_);
  }
  FilesUpTo(const FilesUpTo&) = delete;
  FilesUpTo& operator=(const FilesUpTo&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(PopulationProblems, AFullDiskLeavesTheFileOfBeforeAndNothingElse) {
  LoadedTable people;
  people.table.entity = entity("person");
  add_column(people, "born", Storage::kI32, Values(40'000, 7));
  for (const char* name : {"person.arrow", "person.csv"}) {
    put(name, "of before");
    {
      const FilesUpTo few(50'000);
      EXPECT_FALSE(save_table(*corpus_, people.table, folder_ / name)) << name;
    }
    EXPECT_EQ(read_file(folder_ / name).value(), "of before");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1) << name;
    std::filesystem::remove(folder_ / name);
    EXPECT_TRUE(save_table(*corpus_, people.table, folder_ / name)) << name;
    std::filesystem::remove(folder_ / name);
  }
}

}  // namespace
}  // namespace koshi::observatory
