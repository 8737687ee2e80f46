#include "office/demo/player.h"

#include <algorithm>
#include <optional>

#include "base/milliseconds.h"
#include "base/text.h"
#include "office/journal/hash.h"

namespace koshi::office {
namespace {

using Nothing = std::expected<void, std::string>;

constexpr int64_t kMorningMs = 4 * 3'600'000;  ///< nine o'clock in Astana, UTC
constexpr int64_t kStepMs = 20'000;            ///< from one act to the next

std::string told(const Failure& failure) {
  if (const auto* error = std::get_if<store::StoreError>(&failure)) return "the office's database: " + error->message;
  const Refusal& refusal = std::get<Refusal>(failure);
  std::string text = refusal.message;
  for (const Refusal::Problem& problem : refusal.problems) text += "\n  " + problem.path + ": " + problem.message;
  for (const Refusal::Failed& failed : refusal.failed) text += "\n  " + failed.label;
  return text;
}

/// Whether the refusal says that it was not theirs to do, or not now; else the law itself refused.
bool is_misuse(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::kNoSuchThing:
    case RefusalKind::kForbidden:
    case RefusalKind::kWrongState:
    case RefusalKind::kStale:
    case RefusalKind::kBadFacts: return true;
    default: return false;
  }
}

/// The law refused in the words that the step wants.
Nothing said_so(const Step& step, const Failure& failure) {
  const auto* refusal = std::get_if<Refusal>(&failure);
  if (refusal == nullptr) return std::unexpected(told(failure));
  const bool misuse = step.verb != Verb::kRefused;
  // A value that is none, or contradicts another, is refused by the law; it is misuse where it was not asked for.
  if (refusal->kind != RefusalKind::kBadFacts && is_misuse(refusal->kind) != misuse) {
    return std::unexpected("refused for another reason: " + told(failure));
  }
  if (told(failure).find(step.because) == std::string::npos) {
    return std::unexpected("'" + step.because + "' is not said: " + told(failure));
  }
  return {};
}

}  // namespace

Player::Player(House& house, Law law, const std::vector<DemoLogin>& logins, Instant& instant)
    : house_(house), law_(law), logins_(logins), instant_(instant), day_(kFirstDate) {}

Nothing Player::play(const Step& step) {
  if (step.day > day_) {
    if (auto passed = pass_days_until(step.day); !passed) return passed;
  }
  instant_.ms += kStepMs;
  switch (step.verb) {
    case Verb::kOpen: return open(step);
    case Verb::kWrongOpen:
      return each_refused(step, [&](const Request& request) { return house_.desk().open_case(request, step.what[0]); });
    case Verb::kWrong:
    case Verb::kWrongFacts: return wrong(step);
    case Verb::kState:
    case Verb::kDue:
    case Verb::kLate:
    case Verb::kClock: return check(step);
    default: break;
  }
  auto place = place_of(step);
  if (!place) return std::unexpected(place.error());
  switch (step.verb) {
    case Verb::kFacts: return must(house_.desk().give_facts({place->actor, ""}, place->id, place->version, step.facts));
    case Verb::kAttach: return attach(step, std::move(*place));
    default: return act(step, *place);
  }
}

Nothing Player::must(const Done& done) {
  if (!done) return std::unexpected(told(done.error()));
  ++acts_;
  return {};
}

std::expected<std::vector<Actor>, std::string> Player::actors_of(const std::string& who) const {
  const size_t slash = who.find('/');
  const auto login = std::ranges::find(logins_, who.substr(0, slash), &DemoLogin::login);
  if (login == logins_.end()) return std::unexpected("people.txt has no " + who);
  std::vector<Actor> actors;
  for (const people::RoleGrant& grant : login->roles) {
    if (slash != std::string::npos && grant.role != who.substr(slash + 1)) continue;
    Actor& actor = actors.emplace_back(Actor{login->login, grant.role, std::nullopt, words::Language::kEn});
    if (!grant.everywhere) append_json_string(actor.scope.emplace(), grant.scope);
  }
  if (actors.empty()) return std::unexpected(who + " has no such role");
  return actors;
}

Nothing Player::open(const Step& step) {
  const auto actors = actors_of(step.who);
  if (!actors) return std::unexpected(actors.error());
  const int32_t found = law_.corpus.find_procedure(step.what[0]);
  if (found == zan::kNoId) return std::unexpected("the law has no procedure " + step.what[0]);
  const zan::Procedure& procedure = law_.corpus.procedures[static_cast<size_t>(found)];
  const auto files = [&](const Actor& actor) {
    const int32_t role = procedure.find_role(actor.role);
    return role != zan::kNoId && procedure.roles[static_cast<size_t>(role)].kind == zan::Role::Kind::kParty;
  };
  const auto actor = std::ranges::find_if(*actors, files);
  if (actor == actors->end()) return std::unexpected(step.who + " is no party of " + step.what[0]);
  const Done done = house_.desk().open_case({*actor, ""}, step.what[0]);
  if (done && !ids_.emplace(step.item, done->item.id).second) return std::unexpected(step.item + " is opened twice");
  if (done) openers_.emplace(step.item, step.who);
  return must(done);
}

/// The case as it is, and the first role of whoever acts that may see it.
std::expected<Player::Place, std::string> Player::place_of(const Step& step) const {
  const auto id = ids_.find(step.item);
  if (id == ids_.end()) return std::unexpected("there is no case " + step.item);
  const auto actors = actors_of(step.who);
  if (!actors) return std::unexpected(actors.error());
  std::string why;
  for (const Actor& actor : *actors) {
    const auto item = house_.desk().show(actor, id->second);
    if (item) return Place{item->id, actor, item->version, item->state, item->late.has_value()};
    why = told(item.error());
  }
  return std::unexpected(step.who + ": " + why);
}

Nothing Player::attach(const Step& step, Place place) {
  for (const std::string& kind : step.what) {
    const std::string text = "This is a made-up document of the demo: " + kind + ", case " + place.id + "\n";
    DocumentEntry document;
    document.kind = kind;
    document.file_name = kind + ".txt";
    document.media_type = "text/plain";
    document.sha256 = journal::hex(journal::sha256(text));
    document.size_bytes = static_cast<int64_t>(text.size());
    const Done done = house_.desk().attach_document({place.actor, ""}, place.id, place.version, std::move(document), text);
    if (auto kept = must(done); !kept) return std::unexpected(kind + ": " + kept.error());
    place.version = done->item.version;
  }
  return {};
}

Nothing Player::act(const Step& step, const Place& place) {
  const Done done = house_.desk().act({place.actor, ""}, place.id, place.version, step.what[0], step.facts);
  if (step.verb == Verb::kAct) return must(done);
  if (done) return std::unexpected("this was to be refused and was done");
  return said_so(step, done.error());
}

std::expected<Player::Place, std::string> Player::place_of_opener(const Step& step) const {
  Step look = step;
  const auto opener = openers_.find(step.item);
  if (opener == openers_.end()) return std::unexpected("there is no case " + step.item);
  look.who = opener->second;
  return place_of(look);
}

/// Every one of their roles is refused, and one in the words that the step wants.
Nothing Player::each_refused(const Step& step, const std::function<Done(const Request&)>& deed) const {
  const auto actors = actors_of(step.who);
  if (!actors) return std::unexpected(actors.error());
  Nothing last = std::unexpected("nobody was asked");
  bool said = false;
  for (const Actor& actor : *actors) {
    const Done done = deed({actor, ""});
    if (done) return std::unexpected("this was to be refused and was done");
    last = said_so(step, done.error());
    said = said || last;
  }
  return said ? Nothing{} : last;
}

/// With the version that whoever may see the case sees.
Nothing Player::wrong(const Step& step) const {
  const auto place = place_of_opener(step);
  if (!place) return std::unexpected(place.error());
  const auto as_wanted = each_refused(step, [&](const Request& request) {
    if (step.verb == Verb::kWrong) return house_.desk().act(request, place->id, place->version, step.what[0], step.facts);
    return house_.desk().give_facts(request, place->id, place->version, step.facts);
  });
  if (!as_wanted) return as_wanted;
  const auto after = place_of_opener(step);
  if (!after) return std::unexpected(after.error());
  if (after->version != place->version || after->state != place->state) return std::unexpected("it was refused, but the case has changed");
  return {};
}

Nothing Player::check(const Step& step) const {
  const auto place = place_of_opener(step);
  if (!place) return std::unexpected(place.error());
  const bool names_state = step.verb == Verb::kState || step.verb == Verb::kClock;
  if (names_state && place->state != step.what[0]) return std::unexpected("the case is in the state " + place->state);
  if (step.verb == Verb::kLate && !place->is_late) return std::unexpected("the case does not count as late");
  if (step.verb == Verb::kClock) {
    const auto entries = house_.desk().timeline(place->actor, place->id);
    if (!entries) return std::unexpected(told(entries.error()));
    if (entries->empty() || !entries->back().actor.starts_with("clock/")) return std::unexpected("it was not the clock that acted last");
  }
  if (step.verb == Verb::kDue) {
    const auto item = house_.desk().show(place->actor, place->id);
    const auto view = item ? house_.desk().view(place->actor, *item) : std::unexpected(item.error());
    if (!view) return std::unexpected(told(view.error()));
    const std::string due = view->due ? format_date(view->due->last_day) : "none";
    if (due != step.what[0]) return std::unexpected("the deadline's last day is " + due);
  }
  return {};
}

Nothing Player::pass_days_until(Date day) {
  // Before the first step nothing is open.
  while (!ids_.empty() && day_ < day) {
    const auto due = next_due_after(day_);
    if (!due) return std::unexpected(due.error());
    if (!*due || **due >= day) break;
    day_ = Date{(*due)->days + 1};
    if (auto swept = sweep_on(day_); !swept) return swept;
  }
  day_ = std::max(day_, day);
  instant_.ms = int64_t{day_.days} * kDayMs + kMorningMs;
  return ids_.empty() ? Nothing{} : sweep_on(day_);
}

Nothing Player::sweep_on(Date day) {
  instant_.ms = int64_t{day.days} * kDayMs + kMorningMs;
  while (true) {
    const auto acted = house_.desk().sweep();
    if (!acted) return std::unexpected(told(acted.error()));
    if (*acted == 0) return {};
    acts_ += *acted;
  }
}

/// The nearest last day of a deadline, today or later.
std::expected<std::optional<Date>, std::string> Player::next_due_after(Date day) {
  CaseFilter filter{.by_due = true, .limit = kPageMax};
  do {
    const auto page = house_.desk().list(filter);
    if (!page) return std::unexpected(told(page.error()));
    for (const CaseRow& row : page->rows) {
      if (row.due && *row.due >= day) return row.due;
      if (!row.due) return std::nullopt;  // in this order, all that follow have none
    }
    filter.after = page->next;
  } while (!filter.after.empty());
  return std::nullopt;
}

}  // namespace koshi::office
