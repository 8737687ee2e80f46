#pragma once

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "matrix_office.h"

/// Asks the cells of the access matrix over HTTP, holds each answer against the oracle, and keeps which cells were asked.
namespace koshi::access {

/// procedure, role, scope of the person, action: "(nobody)" is who is not signed in.
using Cell = std::tuple<std::string, std::string, std::string, std::string>;

inline constexpr char kNobody[] = "(nobody)";
inline constexpr char kWrongFacts[] = R"("facts":{"no_such_fact":1}})";
inline constexpr size_t kMistakesToldMax = 20;

/// What went otherwise, and what was asked. Any thread.
class Tally {
 public:
  void expect(bool is_right, const auto& tell) {
    ++answers_;
    if (is_right) return;
    const std::lock_guard lock(mutex_);
    if (mistakes_.size() < kMistakesToldMax) mistakes_.push_back(tell());
    ++wrong_;
  }
  void asked(Cell cell) {
    const std::lock_guard lock(mutex_);
    cells_.insert(std::move(cell));
  }
  /// A look of who is no party, or what such a one tried that is not his to do: the journal keeps both.
  void noted() { ++noted_; }

  size_t answers() const { return answers_; }
  size_t looks() const { return noted_; }
  size_t wrong() const { return wrong_; }
  const std::set<Cell>& cells() const { return cells_; }
  const std::vector<std::string>& mistakes() const { return mistakes_; }

 private:
  std::atomic<size_t> answers_ = 0, noted_ = 0;
  std::mutex mutex_;
  size_t wrong_ = 0;
  std::set<Cell> cells_;
  std::vector<std::string> mistakes_;
};

/// One thread's questions.
class Asker {
 public:
  Asker(const MatrixOffice& matrix, Tally& tally, Planted planted = {})
      : matrix_(matrix), oracle_(matrix.oracle(std::move(planted))), line_(matrix.office.client().port()), tally_(tally) {
    none_ = line_.send("GET", "/api/v1/cases/ZZZZZZZZZZ", matrix.people.begin()->second.headers).body;
  }

  /// Everybody, by every act and every way to look.
  void ask(const Stand& stand) {
    std::set<std::string> own;
    for (const zan::Role& role : stand.procedure->roles) {
      if (role.kind == Kind::kClock) continue;
      own.insert(role.name);
      for (const Person* person : matrix_.people_of(role)) ask(*person, role.name, stand);
    }
    for (const auto& [name, person] : matrix_.people) {
      const std::string role = name.substr(name.find('.') + 1);
      if (person.scope == "key" || own.contains(role) || matrix_.stranger(role) != &person) continue;
      look_at(person, stand, "", 200);
      for (const zan::Action& action : stand.here().actions) try_act(person, role, stand, action.name);
    }
  }
  void ask(const Person& person, const std::string& role, const Stand& stand) {
    look(person, stand);
    // Whoever belongs here also tries what is done in other states.
    for (const std::string& name : person.scope == "home" ? actions_of(*stand.procedure) : actions_of(stand.here())) {
      try_act(person, role, stand, name);
    }
    try_the_rest(person, stand);
  }
  /// Whoever is nobody learns nothing at all.
  void ask_as_nobody(const Stand& stand, const std::string& headers) {
    for (const std::string below : {"", "/sheet", "/timeline", "/story", "/papers/1"}) {
      const auto reply = line_.send("GET", "/api/v1/cases/" + stand.id + below, headers);
      expect_401(reply, stand, "GET " + below);
    }
    for (const zan::Action& action : stand.here().actions) {
      expect_401(act(stand, action.name, headers), stand, action.name);
      tally_.asked({stand.procedure->name, kNobody, "", action.name});
    }
  }
  /// What lists show to a person is exactly what the person sees.
  void ask_lists(const Person& person) {
    std::set<std::string> expected, found;
    for (const Stand& stand : matrix_.stands) {
      if (oracle_.sees(person, stand)) expected.insert(stand.id);
    }
    std::set<std::string> roles;
    for (const Grant& grant : person.roles) roles.insert(grant.role);
    for (const std::string& role : roles) list(person, role, found);
    tally_.expect(found == expected, [&] { return person.login + " finds in lists" + differences(found, expected); });
  }

 private:
  static std::set<std::string> actions_of(const zan::ProcedureState& state) {
    std::set<std::string> names;
    for (const zan::Action& action : state.actions) names.insert(action.name);
    return names;
  }
  static std::set<std::string> actions_of(const zan::Procedure& procedure) {
    std::set<std::string> names = {"no_such_action"};
    for (const zan::ProcedureState& state : procedure.states) names.merge(actions_of(state));
    return names;
  }

  Line::Reply act(const Stand& stand, const std::string& action, const std::string& headers) {
    return line_.send("POST", "/api/v1/cases/" + stand.id + "/actions/" + action, headers + "Content-Type: application/json\r\n",
                      version_of(stand) + kWrongFacts);
  }
  static std::string version_of(const Stand& stand) { return R"({"version":)" + std::to_string(stand.version) + ","; }

  void try_act(const Person& person, const std::string& role, const Stand& stand, const std::string& name) {
    const auto reply = act(stand, name, person.headers);
    expect(person, stand, "act " + name, reply, oracle_.act(person, stand, name));
    if (reply.status == 403 && oracle_.is_noted(person, stand)) tally_.noted();
    tally_.asked({stand.procedure->name, role, person.scope, name});
  }
  /// Every other way to change a case, or to have it told.
  void try_the_rest(const Person& person, const Stand& stand) {
    const std::string at = "/api/v1/cases/" + stand.id;
    const std::string headers = person.headers + "Content-Type: application/json\r\n";
    expect(person, stand, "facts", line_.send("POST", at + "/facts", headers, version_of(stand) + kWrongFacts),
           oracle_.facts(person, stand));
    const int hidden = oracle_.sees(person, stand) ? 0 : 404;
    expect(person, stand, "trial", line_.send("POST", at + "/trial", headers, std::string("{") + kWrongFacts), hidden);
    if (hidden == 0) return;
    const std::string query = "?kind=trial&name=a.txt&version=" + std::to_string(stand.version);
    expect(person, stand, "attach",
           line_.send("POST", at + "/documents" + query, person.headers + "Content-Type: text/plain\r\n", kPaperText), 404);
    expect(person, stand, "detach", line_.send("DELETE", at + "/documents/" + sha() + query, person.headers), 404);
    expect(person, stand, "list", line_.send("POST", at + "/lists/workers" + query, person.headers + "Content-Type: text/csv\r\n", "A\n"),
           404);
  }

  void look(const Person& person, const Stand& stand) {
    for (const std::string below : {"", "/sheet", "/timeline", "/story"}) look_at(person, stand, below, 200);
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
    expect(person, stand, "look" + below, reply, oracle_.sees(person, stand) ? status : 404);
    const bool is_receipt = below.starts_with("/receipts/");
    if (reply.status == 200 && !is_receipt && oracle_.is_noted(person, stand)) tally_.noted();
  }

  /// `status` 0: anything but that the case is not there, and nothing done.
  void expect(const Person& person, const Stand& stand, const std::string& what, const Line::Reply& reply, int status) {
    const bool is_right = status == 0 ? reply.status != 404 && reply.status != 403 && reply.status < 500 : reply.status == status;
    // Hidden: told in the words for a case that is not there.
    const bool is_hidden = oracle_.sees(person, stand) || reply.body == none_;
    tally_.expect(is_right && is_hidden, [&] {
      return what + " in " + stand.place() + " by " + person.login + ": " + std::to_string(reply.status) + ", not " +
             std::to_string(status) + " " + reply.body.substr(0, 200);
    });
  }
  void expect_401(const Line::Reply& reply, const Stand& stand, const std::string& what) {
    tally_.expect(reply.status == 401, [&] { return what + " in " + stand.place() + " by nobody: " + std::to_string(reply.status); });
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
  Tally& tally_;
  std::string none_;
};

/// More threads than the server has, so that looks which wait for the disk wait together.
template <typename Work>
void side_by_side(const MatrixOffice& matrix, Tally& tally, Work work) {
  constexpr size_t kThreads = 8;
  std::atomic<size_t> next = 0;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      Asker asker(matrix, tally);
      for (size_t at = next++; at < matrix.stands.size(); at = next++) work(asker, matrix.stands[at]);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace koshi::access
