#pragma once

#include <map>
#include <string>
#include <vector>

#include "office/demo/test_clock.h"
#include "office/people/account.h"
#include "office/people/random.h"
#include "walks.h"

/// Plays walks through one of the office's doors: over HTTP, or by commands. What the desk alone can tell (who acted last, since when a
/// case is late) is left to walks_test.cc.
namespace koshi::office {

struct Reply {
  enum class Kind : uint8_t { kDone, kLaw, kMisuse, kRefused, kFailed };  ///< kRefused: the door does not tell of which kind
  Kind kind = Kind::kFailed;
  std::string said;
  std::string id, state;
  int64_t version = 0;
  std::string due;  ///< "none" if there is none
};

struct DoorCase {
  std::string id, state, opener;
  int64_t version = 0;
};

class Door {
 public:
  virtual ~Door() = default;
  /// It acts on the case as it is, at no version that the caller names, and tells no deadlines: cases are looked at only where the step is
  /// about their state.
  virtual bool is_terse() const { return false; }
  /// The office's day; deadlines that have passed are acted on.
  virtual void on(Date day) = 0;
  virtual Reply open(const std::string& who, const std::string& procedure) = 0;
  virtual Reply show(const std::string& who, const DoorCase& item) = 0;
  virtual Reply give(const std::string& who, const DoorCase& item, const std::string& facts) = 0;
  virtual Reply attach(const std::string& who, const DoorCase& item, const std::string& kind) = 0;
  virtual Reply act(const std::string& who, const DoorCase& item, const std::string& action, const std::string& facts) = 0;
};

/// Steps of procedures whose party signs in. Cases that are opened with a key have tests of their own (office_sealed_test.cc).
inline std::vector<Step> steps_of_accounts(const std::set<std::string>& paths) {
  std::vector<Step> steps = walk_steps(paths);
  std::erase_if(steps, [](const Step& step) {
    const zan::Corpus& corpus = LoadedLaw::real().corpus;
    const int32_t found = corpus.find_procedure(story_of(step));
    return found != zan::kNoId && std::ranges::any_of(corpus.procedures[static_cast<size_t>(found)].roles, &zan::Role::without_account);
  });
  return steps;
}

class DoorWalker {
 public:
  explicit DoorWalker(Door& door) : door_(door), day_(kFirstDate) {}

  /// Empty, or the first step that went otherwise.
  std::string play(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      if (step.day != day_) pass_to(step.day);
      const std::string wrong = play(step);
      if (!wrong.empty()) return step.place + ": " + wrong;
      ++played_;
    }
    return {};
  }
  size_t played() const { return played_; }
  /// By their names in the text, as they were last seen.
  const std::map<std::string, DoorCase>& cases() const { return cases_; }

 private:
  void pass_to(Date day) {
    day_ = day;
    door_.on(day);
    seen_today_.clear();
  }

  /// The case as it is: the clock may have acted since it was last seen. Empty, or why it cannot be seen.
  std::string look(const Step& step) {
    DoorCase& item = cases_[step.item];
    if (item.id.empty()) return "no case was opened under this name";
    const bool is_deed = step.verb == Verb::kFacts || step.verb == Verb::kAct || step.verb == Verb::kAttach || step.verb == Verb::kDue;
    if (door_.is_terse() && is_deed) return {};
    return seen_today_.contains(step.item) ? "" : seen(step, item, door_.show(item.opener, item));
  }

  /// What an answer tells of the case is not asked again on this day.
  std::string seen(const Step& step, DoorCase& item, const Reply& reply) {
    const std::string wrong = take(item, reply);
    if (wrong.empty()) seen_today_.insert(step.item);
    return wrong;
  }

  /// An answer that was to be had. A door that fails without a word has failed all the same.
  static std::string take(DoorCase& item, const Reply& reply) {
    if (reply.kind != Reply::Kind::kDone) return reply.said.empty() ? "it failed and said nothing" : reply.said;
    if (reply.id.empty() || reply.state.empty()) return "the answer tells of no case";
    item.id = reply.id;
    item.state = reply.state;
    item.version = reply.version;
    return {};
  }

  static std::string refused(const Step& step, const Reply& reply) {
    if (reply.kind == Reply::Kind::kDone) return "this was to be refused and was done";
    if (reply.kind == Reply::Kind::kFailed) return "it was to be refused and failed: " + reply.said;
    const bool misuse = step.verb != Verb::kRefused;
    if (reply.kind != Reply::Kind::kRefused && (reply.kind == Reply::Kind::kMisuse) != misuse)
      return "refused for another reason: " + reply.said;
    return reply.said.find(step.because) == std::string::npos ? "'" + step.because + "' is not said: " + reply.said : "";
  }

  std::string unchanged(const Step& step, const DoorCase& before) {
    DoorCase after = before;
    const std::string failed = take(after, door_.show(before.opener, before));
    if (!failed.empty()) return failed;
    if (after.state != before.state || after.version != before.version) return "it was refused, but the case has changed: " + step.item;
    return {};
  }

  std::string play(const Step& step) {
    if (step.verb == Verb::kOpen) {
      DoorCase& made = cases_[step.item];
      made.opener = step.who;
      return seen(step, made, door_.open(step.who, step.what[0]));
    }
    if (step.verb == Verb::kWrongOpen) return refused(step, door_.open(step.who, step.what[0]));
    if (const std::string unseen = look(step); !unseen.empty()) return unseen;
    DoorCase& item = cases_[step.item];
    switch (step.verb) {
      case Verb::kFacts: return seen(step, item, door_.give(step.who, item, step.facts));
      case Verb::kAct: return seen(step, item, door_.act(step.who, item, step.what[0], step.facts));
      case Verb::kAttach: return attach(step, item);
      case Verb::kRefused:
      case Verb::kWrong: return both(refused(step, door_.act(step.who, item, step.what[0], step.facts)), unchanged(step, item));
      case Verb::kWrongFacts: return both(refused(step, door_.give(step.who, item, step.facts)), unchanged(step, item));
      case Verb::kState:
      case Verb::kClock: return item.state == step.what[0] ? "" : "the case is in the state " + item.state;
      case Verb::kDue: return due(step, item);
      default: return {};
    }
  }

  static std::string both(const std::string& one, const std::string& other) { return one.empty() ? other : one; }

  std::string attach(const Step& step, DoorCase& item) {
    for (const std::string& kind : step.what) {
      const std::string failed = seen(step, item, door_.attach(step.who, item, kind));
      if (!failed.empty()) return kind + ": " + failed;
    }
    return {};
  }

  std::string due(const Step& step, const DoorCase& item) {
    if (door_.is_terse()) return {};
    const Reply reply = door_.show(item.opener, item);
    if (reply.kind != Reply::Kind::kDone) return "the deadline cannot be seen: " + reply.said;
    return reply.due == step.what[0] ? "" : "the deadline's last day is " + reply.due;
  }

  Door& door_;
  Date day_;
  std::map<std::string, DoorCase> cases_;
  std::set<std::string> seen_today_;
  size_t played_ = 0;
};

/// An office for trials with the people of the walks, filled and left; what is played in it goes through a door.
inline void make_walk_office(const std::string& data, const std::filesystem::path& keys, const std::string& password) {
  std::filesystem::create_directories(keys);
  auto house = House::open({data, keys, system_clock_ms, people::system_random(), people::kCheapCost}, LoadedLaw::real());
  ASSERT_TRUE(house.has_value()) << house.error();
  const auto hash = (*house)->passwords().hash(password);
  ASSERT_TRUE(hash.has_value()) << hash.error().message;
  for (const DemoLogin& login : walk_people()) {
    const people::NewAccount account{login.login, login.name, *hash, "en", login.roles};
    const auto made = (*house)->store().write(
        [&](store::Transaction& transaction) { return people::create_account(transaction, account, (*house)->now_ms()); });
    ASSERT_TRUE(made.has_value() && made->has_value()) << login.login << (made ? made->error().message : made.error().message);
  }
  ASSERT_TRUE(write_test_clock(keys, 0).has_value());
}

/// The clock of an office for trials shows this day from now on, to whoever opens it.
inline void set_test_day(const std::filesystem::path& keys, Date day) {
  ASSERT_TRUE(write_test_clock(keys, day.days - office_day(system_clock_ms()).days).has_value());
}

}  // namespace koshi::office
