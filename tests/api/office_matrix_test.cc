#include <atomic>
#include <cstdlib>
#include <thread>

#include "matrix_office.h"

/// The access matrix: every procedure of the law × every state × everybody × every act and every way to look, asked of the real program
/// over HTTP. What must come is read from the text of the procedure (access_oracle.h).
///
///   everybody   each role of the procedure for its own region or number ("home"), for another one ("away") and everywhere ("all"); each
///               role of every other procedure; the holder of the case's key and of another key; nobody, a token of nobody, a session that
///               has ended
///   every act   with facts that nobody asks, so that an act that is allowed is refused for them (422) and nothing is ever done; those who
///               see the case but not in this state or role get 409 or 403, and to all others the case does not exist (404)
///
/// Cells of people outside the procedure, and of "away" and "all", are many and alike: ./test asks each of them of every state with every
/// way to look and one act, KOSHI_MATRIX=all asks everything.
namespace koshi::access {
namespace {

using testing::IsEmpty;

constexpr char kToday[] = "2026-07-15";
/// When the procedures were in force that are no longer.
constexpr char kThen[] = "2012-06-01";
constexpr char kWrongFacts[] = R"("facts":{"no_such_fact":1}})";
constexpr size_t kMistakesToldMax = 20;

bool asks_everything() {
  const char* wish = std::getenv("KOSHI_MATRIX");
  return wish != nullptr && std::string_view(wish) == "all";
}

/// What went otherwise, and how much was asked. Any thread.
class Ledger {
 public:
  void expect(bool is_right, const auto& tell) {
    ++cells_;
    if (is_right) return;
    const std::lock_guard lock(mutex_);
    if (mistakes_.size() < kMistakesToldMax) mistakes_.push_back(tell());
    ++wrong_;
  }
  void noted() { ++noted_; }
  size_t cells() const { return cells_; }
  size_t looks() const { return noted_; }
  void expect_none() const {
    EXPECT_EQ(wrong_.load(), 0u);
    EXPECT_THAT(mistakes_, IsEmpty());
  }

 private:
  std::atomic<size_t> cells_ = 0, noted_ = 0, wrong_ = 0;
  std::mutex mutex_;
  std::vector<std::string> mistakes_;
};

/// One thread's questions.
class Asker {
 public:
  Asker(const MatrixOffice& matrix, Ledger& ledger)
      : matrix_(matrix), oracle_(matrix.oracle()), line_(matrix.office.client().port()), ledger_(ledger) {
    const Person& somebody = matrix.people.begin()->second;
    none_ = line_.send("GET", "/api/v1/cases/ZZZZZZZZZZ", somebody.headers).body;
  }

  void ask(const Stand& stand) {
    std::set<std::string> own;
    for (const zan::Role& role : stand.procedure->roles) {
      if (role.kind == Kind::kClock) continue;
      own.insert(role.name);
      for (const Person* person : matrix_.people_of(role)) {
        look(*person, stand);
        try_acts(*person, stand, person->login.starts_with("home.") || asks_everything());
      }
    }
    for (const auto& [login, person] : matrix_.people) {
      if (own.contains(login.substr(login.find('.') + 1)) || login.ends_with(".key")) continue;
      if (!asks_everything() && !login.starts_with("home.")) continue;
      look_once(person, stand);
      try_acts(person, stand, asks_everything());
    }
  }
  /// Whoever is nobody learns nothing at all.
  void ask_as_nobody(const Stand& stand, const std::string& headers) {
    for (const std::string& below : {"", "/sheet", "/timeline", "/story", "/papers/1"}) {
      const auto reply = line_.send("GET", "/api/v1/cases/" + stand.id + below, headers);
      ledger_.expect(reply.status == 401,
                     [&] { return "GET " + below + " of " + stand.place() + " by nobody: " + std::to_string(reply.status); });
    }
    for (const zan::Action& action : stand.here().actions) {
      const auto reply = act(stand, action.name, headers);
      ledger_.expect(reply.status == 401,
                     [&] { return action.name + " in " + stand.place() + " by nobody: " + std::to_string(reply.status); });
    }
  }
  /// The role's list is exactly what it sees.
  void ask_lists(const Person& person) {
    std::set<std::string> expected, found;
    for (const Stand& stand : matrix_.stands) {
      if (oracle_.sees(person, stand)) expected.insert(stand.id);
    }
    for (const std::string& role : roles_of(person)) list(person, role, found);
    ledger_.expect(found == expected, [&] { return person.login + " finds in lists " + differences(found, expected); });
  }

 private:
  Line::Reply act(const Stand& stand, const std::string& action, const std::string& headers) {
    return line_.send("POST", "/api/v1/cases/" + stand.id + "/actions/" + action, headers + "Content-Type: application/json\r\n",
                      R"({"version":)" + std::to_string(stand.version) + "," + kWrongFacts);
  }

  void try_acts(const Person& person, const Stand& stand, bool all) {
    std::set<std::string> names = {"no_such_action"};
    for (const zan::ProcedureState& state : stand.procedure->states) {
      for (const zan::Action& action : state.actions) names.insert(action.name);
    }
    for (const std::string& name : names) {
      expect(person, stand, "act " + name, act(stand, name, person.headers), oracle_.act(person, stand, name));
      if (!all) break;
    }
    const std::string at = "/api/v1/cases/" + stand.id;
    const std::string version = R"({"version":)" + std::to_string(stand.version) + ",";
    const std::string headers = person.headers + "Content-Type: application/json\r\n";
    expect(person, stand, "facts", line_.send("POST", at + "/facts", headers, version + kWrongFacts), oracle_.facts(person, stand));
    const int hidden = oracle_.sees(person, stand) ? 0 : 404;
    expect(person, stand, "trial", line_.send("POST", at + "/trial", headers, version + kWrongFacts), hidden);
    if (hidden == 0) return;
    const std::string query = "?kind=trial&name=a.txt&version=" + std::to_string(stand.version);
    expect(person, stand, "attach",
           line_.send("POST", at + "/documents" + query, person.headers + "Content-Type: text/plain\r\n", kPaperText), 404);
    expect(person, stand, "detach", line_.send("DELETE", at + "/documents/" + sha() + query, person.headers), 404);
    expect(person, stand, "list", line_.send("POST", at + "/lists/workers" + query, person.headers + "Content-Type: text/csv\r\n", "A\n"),
           404);
  }

  void look_once(const Person& person, const Stand& stand) { look_at(person, stand, "", 200); }
  void look(const Person& person, const Stand& stand) {
    for (const std::string& below : {"", "/sheet", "/timeline", "/story"}) look_at(person, stand, below, 200);
    look_at(person, stand, "/receipts/" + std::to_string(stand.sequence), 200);
    look_at(person, stand, "/receipts/" + std::to_string(stand.sequence + 100'000), 404);
    look_at(person, stand, "/documents/" + sha(), 200);
    if (stand.has_paper && stand.here().is_final) look_at(person, stand, "/papers/1", 200);
    look_at(person, stand, "/papers/7", 404);
    look_at(person, stand, "/lists/no_such_list", 404);
    look_at(person, stand, "?as=no_such_role", 404);
  }
  void look_at(const Person& person, const Stand& stand, const std::string& below, int status) {
    const auto reply = line_.send("GET", "/api/v1/cases/" + stand.id + below, person.headers);
    const bool sees = oracle_.sees(person, stand);
    expect(person, stand, "look" + below, reply, sees ? status : 404);
    const bool is_receipt = below.starts_with("/receipts/");
    if (reply.status == 200 && !is_receipt && oracle_.is_noted(person, stand)) ledger_.noted();
  }

  /// `status` 0: anything but that the case is not there, and nothing done.
  void expect(const Person& person, const Stand& stand, const std::string& what, const Line::Reply& reply, int status) {
    const bool is_right = status == 0 ? reply.status != 404 && reply.status != 403 && reply.status < 500 : reply.status == status;
    // Hidden: told in the words for a case that is not there.
    const bool is_hidden = oracle_.sees(person, stand) || reply.body == none_;
    ledger_.expect(is_right && is_hidden, [&] {
      return what + " in " + stand.place() + " by " + person.login + ": " + std::to_string(reply.status) + ", not " +
             std::to_string(status) + " " + reply.body.substr(0, 200);
    });
  }

  static std::set<std::string> roles_of(const Person& person) {
    std::set<std::string> roles;
    for (const people::RoleGrant& grant : person.roles) roles.insert(grant.role);
    return roles;
  }
  void list(const Person& person, const std::string& role, std::set<std::string>& found) {
    std::string after;
    do {
      const auto reply =
          line_.send("GET", "/api/v1/cases?all=1&limit=100&as=" + role + (after.empty() ? "" : "&after=" + after), person.headers);
      EXPECT_EQ(reply.status, 200) << person.login << reply.body;
      if (reply.status != 200) return;
      const auto value = boost::json::parse(reply.body);
      for (const auto& row : value.at("cases").as_array()) found.insert(std::string(row.at("id").as_string()));
      const auto* next = value.as_object().if_contains("next");
      after = next != nullptr && next->is_string() ? std::string(next->as_string()) : "";
    } while (!after.empty());
  }
  std::string differences(const std::set<std::string>& found, const std::set<std::string>& expected) const {
    std::string told;
    for (const Stand& stand : matrix_.stands) {
      if (found.contains(stand.id) == expected.contains(stand.id)) continue;
      told += (found.contains(stand.id) ? " wrongly " : " not ") + stand.place() + ";";
    }
    return told;
  }
  static const std::string& sha() {
    static const std::string kSha = journal::hex(journal::sha256(kPaperText));
    return kSha;
  }

  const MatrixOffice& matrix_;
  const Oracle oracle_;
  Line line_;
  Ledger& ledger_;
  std::string none_;
};

/// By as many threads as the server has.
template <typename Work>
void side_by_side(const MatrixOffice& matrix, Ledger& ledger, Work work) {
  constexpr size_t kThreads = 2;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      Asker asker(matrix, ledger);
      for (size_t at = i; at < matrix.stands.size(); at += kThreads) work(asker, matrix.stands[at]);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

int64_t count(MatrixOffice& matrix, const std::string& where) {
  return store::must(matrix.office.beside().store().read([&](store::Reader& reader) -> store::StoreResult<int64_t> {
    TRY(rows, reader.query("SELECT count(*) FROM journal_event WHERE case_id " + where));
    return rows[0].integer(0);
  }));
}

class Matrix : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { matrix_.make(); }

  MatrixOffice matrix_{store::Engine::kSqlite, GetParam()};
};

TEST_P(Matrix, IsWhatTheTextsSay) {
  Ledger ledger;
  const int64_t acts = count(matrix_, "NOT LIKE 'seen/%'"), looks = count(matrix_, "LIKE 'seen/%'");
  side_by_side(matrix_, ledger, [](Asker& asker, const Stand& stand) { asker.ask(stand); });
  ledger.expect_none();
  EXPECT_EQ(count(matrix_, "NOT LIKE 'seen/%'"), acts) << "nothing was done";
  EXPECT_EQ(count(matrix_, "LIKE 'seen/%'"), looks + static_cast<int64_t>(ledger.looks()))
      << "each look of who is no party is kept, and no other";
  RecordProperty("cells", std::to_string(ledger.cells()));
  RecordProperty("cases", std::to_string(matrix_.stands.size()));
  std::printf("%zu cells, %zu cases, %zu people, %zu looks\n", ledger.cells(), matrix_.stands.size(), matrix_.people.size(),
              ledger.looks());
}

TEST_P(Matrix, ListsAreWhatIsSeen) {
  Ledger ledger;
  Asker asker(matrix_, ledger);
  for (const auto& [login, person] : matrix_.people) asker.ask_lists(person);
  ledger.expect_none();
  EXPECT_EQ(ledger.cells(), matrix_.people.size());
}

TEST_P(Matrix, IsEmptyForNobody) {
  Ledger ledger;
  people::SignIns& sign_ins = matrix_.office.beside().sign_ins();
  const int64_t now = matrix_.office.beside().now_ms();
  const auto ended = sign_ins.sign_in(matrix_.people.begin()->first, ServedOffice::kPassword, "", now - people::kSessionMaxMs - 1000);
  ASSERT_TRUE(ended.has_value() && ended->has_value());
  const std::string headers[] = {"", "Authorization: Bearer " + (*ended)->token + "\r\n",
                                 "Authorization: Bearer " + people::make_token(people::system_random()) + "\r\n",
                                 "Authorization: Basic aG9tZTpob21l\r\n", "Cookie: koshi_session=" + (*ended)->token + "\r\n"};
  side_by_side(matrix_, ledger, [&](Asker& asker, const Stand& stand) {
    for (const std::string& header : headers) asker.ask_as_nobody(stand, header);
  });
  ledger.expect_none();
}

INSTANTIATE_TEST_SUITE_P(Days, Matrix, testing::Values(kToday, kThen),
                         [](const auto& one) { return std::string_view(one.param) == kToday ? "Today" : "Then"; });

/// Were a procedure in force on neither day, its cells would be asked of nobody.
TEST(MatrixDays, ReachEveryProcedureAndEveryState) {
  std::set<std::string> left;
  for (const zan::Procedure& procedure : office::LoadedLaw::real().corpus.procedures) {
    std::set<std::string> reached;
    for (const char* day : {kToday, kThen}) {
      if (!procedure.in_force.contains(*parse_date(day))) continue;
      for (const Stand& stand : stands_of(procedure, *parse_date(day))) reached.insert(stand.here().name);
    }
    for (const zan::ProcedureState& state : procedure.states) {
      if (!reached.contains(state.name)) left.insert(procedure.name + " " + state.name);
    }
  }
  EXPECT_THAT(left, IsEmpty());
}

}  // namespace
}  // namespace koshi::access
