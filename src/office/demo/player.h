#pragma once

#include <expected>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "office/demo/script.h"
#include "office/house/house.h"

/// Plays steps on an office, one after another: those of the demo, and the walks of tests/api/procedures.
namespace koshi::office {

/// What the demo's clock shows.
struct Instant {
  int64_t ms = 0;
};

class Player {
 public:
  /// All that is handed in must outlive it. The house's clock reads the instant.
  Player(House& house, Law law, const std::vector<DemoLogin>& logins, Instant& instant);

  /// In the order of days. Errors: what went otherwise than the step says.
  std::expected<void, std::string> play(const Step& step);
  /// The clock goes to the morning of the day, and what falls due on the way is acted on, each on its day.
  std::expected<void, std::string> pass_days_until(Date day);

  size_t case_count() const { return ids_.size(); }
  size_t act_count() const { return acts_; }
  /// Of the cases, by their names in the text.
  const std::map<std::string, std::string>& ids() const { return ids_; }

 private:
  struct Place {
    std::string id;
    Actor actor;
    int64_t version = 0;
    std::string state;
    bool is_late = false;
  };

  std::expected<std::vector<Actor>, std::string> actors_of(const std::string& who) const;
  std::expected<void, std::string> open(const Step& step);
  std::expected<Place, std::string> place_of(const Step& step) const;
  std::expected<void, std::string> attach(const Step& step, Place place);
  std::expected<void, std::string> act(const Step& step, const Place& place);
  std::expected<void, std::string> wrong(const Step& step) const;
  std::expected<void, std::string> each_refused(const Step& step, const std::function<Done(const Request&)>& deed) const;
  std::expected<void, std::string> check(const Step& step) const;
  std::expected<Place, std::string> place_of_opener(const Step& step) const;
  std::expected<void, std::string> sweep_on(Date day);
  std::expected<std::optional<Date>, std::string> next_due_after(Date day);
  std::expected<void, std::string> must(const Done& done);

  House& house_;
  const Law law_;
  const std::vector<DemoLogin>& logins_;
  Instant& instant_;
  Date day_;
  std::map<std::string, std::string> ids_;      ///< of the cases, by their names in the text
  std::map<std::string, std::string> openers_;  ///< who opened them
  size_t acts_ = 0;
};

}  // namespace koshi::office
