#include <cstdlib>

#include "matrix_asker.h"
#include "office/people/token.h"

/// The access matrix: every procedure of the law × every state × everybody × every act and every way to look, asked of the real program
/// over HTTP. What must come is read from the text of the procedure (access_oracle.h), not from the office's own rules of access.
///
///   everybody   each role of the procedure for its own region or number ("home"), for another one ("away") and everywhere ("all"); each
///               role of every other procedure; the holder of the case's key and of another key; nobody, a token of nobody, a session that
///               has ended
///   every act   with facts that nobody asks, so that an act that is allowed is refused for them (422) and nothing is ever done; those who
///               see the case but not in this state or role get 409 or 403, and to all others the case does not exist (404)
///
/// Which cells must be asked is counted from the texts apart from the asking: a role, an act or a scope that nobody asked fails the test.
namespace koshi::access {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kToday[] = "2026-07-15";
/// When the procedures were in force that are no longer.
constexpr char kThen[] = "2012-06-01";
/// After the reform of 2017 and before those of 2020: other procedures stand open than on either of the other days.
constexpr char kBetween[] = "2018-06-01";

struct Run {
  store::Engine engine;
  const char* day;
  auto operator<=>(const Run&) const = default;
};

int64_t count(MatrixOffice& matrix, const std::string& where) {
  return store::must(matrix.office.beside().store().read([&](store::Reader& reader) -> store::StoreResult<int64_t> {
    TRY(rows, reader.query("SELECT count(*) FROM journal_event WHERE case_id " + where));
    return rows[0].integer(0);
  }));
}

/// Every cell that the texts have where cases stand on this day.
std::set<Cell> cells_of(const MatrixOffice& matrix) {
  std::set<std::string> all_roles;
  for (const auto& [name, person] : matrix.people) {
    if (person.scope != "key") all_roles.insert(name.substr(name.find('.') + 1));
  }
  std::set<Cell> cells;
  for (const Stand& stand : matrix.stands) {
    const zan::Procedure& procedure = *stand.procedure;
    for (const zan::Action& action : stand.here().actions) {
      cells.insert({procedure.name, kNobody, "", action.name});
      for (const std::string& role : all_roles) {
        const int32_t at = procedure.find_role(role);
        if (at == zan::kNoId) {
          cells.insert({procedure.name, role, matrix.stranger(role)->scope, action.name});
          continue;
        }
        const zan::Role& own = procedure.roles[static_cast<size_t>(at)];
        for (const char* scope : {"away", "all"}) cells.insert({procedure.name, role, scope, action.name});
        if (own.within) cells.insert({procedure.name, role, "home", action.name});
        if (own.without_account) cells.insert({procedure.name, role, "key", action.name});
      }
    }
  }
  return cells;
}

/// Cells that should have been asked and were not.
std::vector<Cell> left_out(const std::set<Cell>& cells, const std::set<Cell>& asked) {
  std::vector<Cell> left;
  std::ranges::set_difference(cells, asked, std::back_inserter(left));
  return left;
}

/// One office a run, for all that is asked of it.
class Offices : public testing::Environment {
 public:
  void TearDown() override { offices_.clear(); }
  std::unique_ptr<MatrixOffice>& at(const Run& run) { return offices_[run]; }

 private:
  std::map<Run, std::unique_ptr<MatrixOffice>> offices_;
};
Offices& kOffices = *static_cast<Offices*>(testing::AddGlobalTestEnvironment(new Offices()));  // which the framework then owns

class Matrix : public testing::TestWithParam<Run> {
 protected:
  void SetUp() override {
    std::unique_ptr<MatrixOffice>& office = kOffices.at(GetParam());
    if (!office) {
      office = std::make_unique<MatrixOffice>(GetParam().engine, GetParam().day);
      office->make();
    }
    matrix_ = office.get();
  }

  /// What the test of one case finds when this is wrong in the oracle.
  std::vector<std::string> found(const Planted& planted) {
    Tally tally;
    Asker asker(*matrix_, tally, planted);
    for (const Stand& stand : matrix_->stands) {
      if (stand.procedure->name == planted.procedure && stand.here().name == planted.state && stand.filed) asker.ask(stand);
    }
    EXPECT_GT(tally.answers(), 0u);
    EXPECT_EQ(tally.wrong() == 0, tally.mistakes().empty());
    return tally.mistakes();
  }

  MatrixOffice* matrix_ = nullptr;
};

TEST_P(Matrix, IsWhatTheTextsSay) {
  Tally tally;
  people::SignIns& sign_ins = matrix_->office.beside().sign_ins();
  const int64_t now = matrix_->office.beside().now_ms();
  const auto ended = sign_ins.sign_in("all.ministry", ServedOffice::kPassword, "", now - people::kSessionMaxMs - 1000);
  ASSERT_TRUE(ended.has_value() && ended->has_value());
  const std::string nobody[] = {"", "Authorization: Bearer " + (*ended)->token + "\r\n",
                                "Authorization: Bearer " + people::make_token(people::system_random()) + "\r\n",
                                "Authorization: Basic aG9tZTpob21l\r\n", "Cookie: koshi_session=" + (*ended)->token + "\r\n"};
  const int64_t acts = count(*matrix_, "NOT LIKE 'seen/%'"), looks = count(*matrix_, "LIKE 'seen/%'");
  side_by_side(*matrix_, tally, [&](Asker& asker, const Stand& stand) {
    asker.ask(stand);
    for (const std::string& headers : nobody) asker.ask_as_nobody(stand, headers);
  });
  EXPECT_EQ(tally.wrong(), 0u);
  EXPECT_THAT(tally.mistakes(), IsEmpty());
  EXPECT_EQ(count(*matrix_, "NOT LIKE 'seen/%'"), acts) << "nothing was done";
  EXPECT_EQ(count(*matrix_, "LIKE 'seen/%'"), looks + static_cast<int64_t>(tally.looks()))
      << "each look of who is no party is kept, and each act that was not his to try, and no other";
  const std::set<Cell> cells = cells_of(*matrix_);
  EXPECT_THAT(left_out(cells, tally.cells()), IsEmpty());
  std::printf("%zu cells, %zu answers, %zu cases, %zu people, %zu looks kept\n", cells.size(), tally.answers(), matrix_->stands.size(),
              matrix_->people.size(), tally.looks());
}

TEST_P(Matrix, ListsAreWhatIsSeen) {
  Tally tally;
  Asker asker(*matrix_, tally);
  for (const auto& [login, person] : matrix_->people) asker.ask_lists(person);
  EXPECT_THAT(tally.mistakes(), IsEmpty());
  EXPECT_EQ(tally.answers(), matrix_->people.size());
}

using store::Engine;
/// What is asked in ./test, and with KOSHI_MATRIX=long what takes minutes more (ctest -R office_matrix_long).
std::vector<Run> runs() {
  std::vector<Run> all{{Engine::kSqlite, kToday}, {Engine::kSqlite, kThen}, {Engine::kPostgres, kThen}};
  const char* more = std::getenv("KOSHI_MATRIX");
  if (more == nullptr || std::string_view(more) != "long") return all;
  all.insert(all.end(), {{Engine::kPostgres, kToday}, {Engine::kSqlite, kBetween}, {Engine::kPostgres, kBetween}});
  return all;
}
std::string name_of(const Run& run) {
  const std::string_view day(run.day);
  const std::string when = day == kToday ? "Today" : day == kThen ? "Then" : "Between";
  return when + (run.engine == Engine::kSqlite ? "Sqlite" : "Postgres");
}
INSTANTIATE_TEST_SUITE_P(Days, Matrix, testing::ValuesIn(runs()), [](const auto& one) { return name_of(one.param); });

/// The test of the test: what is planted is found.
class PlantedInMatrix : public Matrix {};

TEST_P(PlantedInMatrix, AWrongOracleIsFound) {
  const std::string procedure = "work_permit", state = "examined";
  EXPECT_THAT(found({nullptr, procedure, state, "", false, 0}), IsEmpty()) << "nothing is planted";
  const Person* neighbour = matrix_->person("away", "akimat");
  EXPECT_THAT(found({neighbour, procedure, state, "", true, 0}), Contains(HasSubstr("away.akimat: 404")))
      << "the text is said to let the neighbouring region see";
  const Person* officer = matrix_->person("home", "akimat");
  EXPECT_THAT(found({officer, procedure, state, "", true, 0}), Contains(HasSubstr("home.akimat: 200")))
      << "the text is said to hide the case from its own region";
  const Person* employer = matrix_->person("home", "employer");
  EXPECT_THAT(found({employer, procedure, state, "grant", false, 422}), Contains(HasSubstr("home.employer: 403, not 422")));
  EXPECT_THAT(found({officer, procedure, state, "grant", false, 403}), Contains(HasSubstr("home.akimat: 422, not 403")));
}

TEST_P(PlantedInMatrix, ARightThatTheOfficeGivesTooMuchIsFound) {
  const auto grant = [&](const std::string& region) {
    store::must(matrix_->office.beside().store().write([&](store::Transaction& transaction) -> store::StoreResult<void> {
      TRY(account, people::find_account(transaction, "away.akimat"));
      TRY(done, people::set_roles(transaction, account->id, std::vector<people::RoleGrant>{{"akimat", region, false}}));
      EXPECT_TRUE(done.has_value());
      return {};
    }));
  };
  const Planted nothing{nullptr, "work_permit", "examined", "", false, 0};
  grant(matrix_->homes.region);
  EXPECT_THAT(found(nothing), Contains(HasSubstr("away.akimat: 422, not 404")));
  grant(matrix_->homes.other_region);
  EXPECT_THAT(found(nothing), IsEmpty());
}

TEST_P(PlantedInMatrix, ACellThatNobodyAsksIsFound) {
  const std::set<Cell> cells = cells_of(*matrix_);
  EXPECT_GT(cells.size(), 1000u);
  for (const Cell& one : {Cell{"work_permit", "akimat", "away", "grant"}, Cell{"complaint", "police", "home", "submit"},
                          Cell{"work_permit", kNobody, "", "submit"}, Cell{"work_permit", "complainant", "home", "grant"}}) {
    ASSERT_TRUE(cells.contains(one)) << std::get<0>(one) << std::get<1>(one);
    std::set<Cell> asked = cells;
    asked.erase(one);
    EXPECT_THAT(left_out(cells, asked), testing::ElementsAre(one));
  }
}
INSTANTIATE_TEST_SUITE_P(Day, PlantedInMatrix, testing::Values(Run{Engine::kSqlite, kToday}),
                         [](const auto&) { return std::string("Today"); });

/// Were a procedure in force on neither day, its cells would be asked of nobody.
TEST(MatrixDays, ReachEveryProcedureEveryStateAndEveryAct) {
  std::set<std::string> left;
  size_t acts = 0;
  for (const zan::Procedure& procedure : office::LoadedLaw::real().corpus.procedures) {
    std::set<std::string> reached;
    for (const char* day : {kToday, kThen}) {
      if (!procedure.in_force.contains(*parse_date(day))) continue;
      for (const Stand& stand : stands_of(procedure, *parse_date(day))) reached.insert(stand.here().name);
    }
    for (const zan::ProcedureState& state : procedure.states) {
      if (!reached.contains(state.name)) left.insert(procedure.name + " " + state.name);
      acts += state.actions.size();
    }
  }
  EXPECT_THAT(left, IsEmpty());
  EXPECT_GT(acts, 100u);
}

}  // namespace
}  // namespace koshi::access
