#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "access_oracle.h"
#include "office/journal/canonical_json.h"
#include "office/people/case_key.h"
#include "served_office.h"

/// An office in which a case stands in every state of every procedure, and in which every role has its people. The cases are told to the
/// journal as events and folded from it by the office itself (rebuild), since no law would let all of them come so far in one day.
namespace koshi::access {

constexpr char kPaperText[] = "For trying out: a file of the case\n";

/// Requests on one connection that is kept.
class Line {
 public:
  explicit Line(uint16_t port) : port_(port) {}

  struct Reply {
    int status = 0;
    std::string head, body;
  };
  Reply send(const std::string& method, const std::string& target, const std::string& headers, const std::string& body = {}) {
    const std::string text = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                             (method == "GET" ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body;
    for (int tries = 0; tries < 2; ++tries) {
      if (!client_) client_ = std::make_unique<SocketClient>(port_);
      if (client_->send(text) && client_->read_response(kAnswerMax)) {
        const std::string& all = client_->received();
        return {client_->status(), all.substr(0, all.find("\r\n\r\n") + 2), client_->body()};
      }
      client_.reset();  // the server ends a connection that was idle for long
    }
    ADD_FAILURE() << "no answer to " << method << " " << target;
    return {};
  }

 private:
  uint16_t port_;
  std::unique_ptr<SocketClient> client_;
};

class MatrixOffice {
 public:
  MatrixOffice(store::Engine engine, std::string day) : office(engine), today(*parse_date(day)), day_(std::move(day)) {}

  void make() {
    office.make();
    key = people::make_case_key(people::system_random());
    other_key = people::make_case_key(people::system_random());
    homes.key = people::names_of_case_key(*people::read_case_key(key)).scope;
    homes.other_key = people::names_of_case_key(*people::read_case_key(other_key)).scope;
    add_people();
    add_cases();
    office.on(day_, {"--pace", "1000000"});  // more than any person asks
    for (auto& [login, person] : people) {
      if (person.headers.empty()) person.headers = office.bearer(login);
    }
  }

  const zan::Corpus& corpus() const { return office::LoadedLaw::real().corpus; }
  bool opens(const zan::Procedure& procedure) const { return procedure.in_force.contains(today); }
  Oracle oracle(Planted planted = {}) const { return Oracle(corpus(), homes, today, std::move(planted)); }
  /// A scope and a role. Null: the role has no such person.
  const Person* person(const std::string& scope, const std::string& role) const {
    const auto found = people.find(scope + "." + role);
    return found == people.end() ? nullptr : &found->second;
  }
  /// Who has the role where it has nothing to do.
  const Person* stranger(const std::string& role) const {
    const Person* home = person("home", role);
    return home != nullptr ? home : person("all", role);
  }
  std::vector<const Person*> people_of(const zan::Role& role) const {
    std::vector<const Person*> found;
    for (const char* scope : {"home", "away", "all"}) {
      if (const Person* one = person(scope, role.name)) found.push_back(one);
    }
    if (role.without_account) found.insert(found.end(), {person("home", "key"), person("away", "key")});
    return found;
  }

  ServedOffice office;
  const Date today;
  Homes homes;
  std::string key, other_key;
  std::map<std::string, Person> people;
  std::vector<Stand> stands;

 private:
  using Json = journal::Json;

  void add_people() {
    std::map<std::pair<std::string, std::string>, std::set<Grant>> grants;  // by scope and role
    std::set<std::string> bound;
    for (const zan::Procedure& procedure : corpus().procedures) {
      for (const zan::Role& role : procedure.roles) {
        if (role.within) bound.insert(role.name);
      }
    }
    for (const zan::Procedure& procedure : corpus().procedures) {
      for (const zan::Role& role : procedure.roles) {
        if (role.kind == Kind::kClock) continue;
        grants[{"all", role.name}].insert({role.name, "", true});
        // A role that nothing binds has a second account: whoever opened a case is its party, and another is not.
        if (!bound.contains(role.name)) grants[{"away", role.name}].insert({role.name, "", true});
        if (!role.within) continue;
        grants[{"home", role.name}].insert({role.name, homes.of(corpus(), role, true), false});
        grants[{"away", role.name}].insert({role.name, homes.of(corpus(), role, false), false});
      }
    }
    for (const auto& [who, roles] : grants) {
      const std::string login = who.first + "." + who.second;
      std::vector<std::string> texts;
      for (const Grant& grant : roles) texts.push_back(grant.role + (grant.everywhere ? "" : ":" + grant.scope));
      office.add_account(login, texts);
      people[login] = {who.first, login, {roles.begin(), roles.end()}};
    }
    add_key("home.key", key, homes.key);
    add_key("away.key", other_key, homes.other_key);
  }
  void add_key(const std::string& name, const std::string& secret, const std::string& scope) {
    Person person{"key", people::names_of_case_key(*people::read_case_key(secret)).account, {}, "Authorization: Key " + secret + "\r\n"};
    for (const zan::Procedure& procedure : corpus().procedures) {
      for (const zan::Role& role : procedure.roles) {
        if (role.without_account) person.roles.push_back({role.name, scope, false});
      }
    }
    people[name] = std::move(person);
  }

  void add_cases() {
    const int64_t now = office::system_clock_ms() + int64_t{today.days - office::office_day(office::system_clock_ms()).days} * 86'400'000;
    std::vector<journal::Entry> entries;
    for (const zan::Procedure& procedure : corpus().procedures) {
      if (!opens(procedure)) continue;
      for (Stand& stand : stands_of(procedure, today)) {
        tell(stand, now, entries);
        stands.push_back(std::move(stand));
      }
    }
    office::House& house = office.beside();
    store::must(house.store().write([&](store::Transaction& transaction) -> store::StoreResult<void> {
      TRY_DO(transaction.execute("INSERT INTO desk_document (sha256, bytes) VALUES ($1, $2)",
                                 {journal::hex(journal::sha256(kPaperText)), store::Blob{std::string_view(kPaperText)}}));
      TRY_DO(house.journal().append(transaction, entries));
      return {};
    }));
    // At most so many differences a call.
    std::vector<std::string> left;
    do {
      auto found = house.desk().rebuild(true);
      ASSERT_TRUE(found.has_value());
      ASSERT_NE(*found, left) << "what differs stays";
      left = std::move(*found);
    } while (!left.empty());
  }

  void tell(Stand& stand, int64_t now, std::vector<journal::Entry>& entries) {
    const zan::Procedure& procedure = *stand.procedure;
    const zan::Role& party = procedure.roles.front();
    stand.id = std::to_string(stands.size());
    stand.id.insert(0, (procedure.sealed ? journal::kSealedNameBytes : 10) - stand.id.size(), 'M');
    stand.opened_by = party.without_account ? people.at("home.key").login : (party.within ? "home." : "all.") + party.name;
    stand.sequence = entries.size() + 1;
    const auto add = [&](const std::string& action, Json::Object payload) {
      entries.push_back({stand.id, stand.opened_by + "/" + party.name, action, today, now, *journal::write_canonical_json(payload)});
      ++stand.version;
    };
    add("opened", {{"procedure", procedure.name},
                   {"state", procedure.states.front().name},
                   {"by", stand.opened_by},
                   {"role", party.name},
                   {"facts", facts_of(procedure, party.name)}});
    add("document", {{"role", party.name},
                     {"kind", "trial"},
                     {"file", "a.txt"},
                     {"type", "text/plain"},
                     {"sha256", journal::hex(journal::sha256(kPaperText))},
                     {"size", static_cast<int64_t>(sizeof(kPaperText) - 1)}});
    for (const auto& [state, action] : stand.way) add_act(stand, procedure.states[state], action, add);
  }

  template <typename Add>
  void add_act(Stand& stand, const zan::ProcedureState& state, size_t index, const Add& add) {
    const zan::Action& action = state.actions[index];
    bool files = false;
    Json::Array papers;
    for (const zan::Effect& effect : action.effects) {
      files = files || effect.kind == zan::Effect::Kind::kFiles;
      if (effect.kind != zan::Effect::Kind::kIssues || !papers.empty() || stand.has_paper) continue;
      stand.has_paper = true;
      papers.push_back(Json::Object{{"label", effect.label}, {"name", effect.name}, {"number", stand.id + "/1"}});
    }
    add("acted:" + action.name, {{"action", action.name},
                                 {"role", stand.procedure->roles[static_cast<size_t>(action.roles.front())].name},
                                 {"from", state.name},
                                 {"to", stand.procedure->states[static_cast<size_t>(action.target)].name},
                                 {"law", format_date(today)},
                                 {"files", files},
                                 {"facts", Json::Array{}},
                                 {"read", Json::Array{}},
                                 {"postings", Json::Array{}},
                                 {"charges", Json::Array{}},
                                 {"papers", papers},
                                 {"grounds", Json::Array{}},
                                 {"notices", Json::Array{}},
                                 {"records", Json::Array{}},
                                 {"proofs", Json::Array{}}});
  }

  Json facts_of(const zan::Procedure& procedure, const std::string& by) const {
    std::map<std::string, std::string> values;
    for (const zan::Role& role : procedure.roles) {
      if (role.within) values[role.within->text] = "\"" + homes.of(corpus(), role, true) + "\"";
    }
    Json::Array facts;
    for (const auto& [path, json] : values) {
      facts.push_back(Json::Object{{"by", by}, {"json", json}, {"on", format_date(today)}, {"path", path}, {"source", "account"}});
    }
    return facts;
  }

  const std::string day_;
};

}  // namespace koshi::access
