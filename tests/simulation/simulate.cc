#include "simulate.h"

#include <sqlite3.h>

#include <algorithm>
#include <ostream>
#include <variant>

#include "base/check.h"
#include "checks.h"
#include "crowd.h"
#include "office/journal/receipt.h"
#include "office/ledger/ledger.h"

namespace koshi::simulation {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int kOrdersMax = 6;         ///< sent at once
constexpr int kSweepsMax = 40;        ///< until the clock has nothing left to do
constexpr const char* kKey = "once";  ///< every account has one order, so that one key serves all
constexpr int kKeyDays = office::kIdempotencyDays;

/// What a seed is like, beside what it draws as it goes.
struct Weather {
  FaultRates rates;
  int lost_answer_permille = 0, disk_fault_permille = 0, power_loss_permille = 0, clock_permille = 0, switch_permille = 0;
  int group_max = 1;
};

int any_of(Random& random, std::initializer_list<int> values) {
  return std::data(values)[random.below(static_cast<int64_t>(values.size()))];
}

Weather draw_weather(Random& random, bool faults) {
  Weather weather;
  weather.switch_permille = any_of(random, {0, 50, 200, 500});
  weather.group_max = static_cast<int>(random.between(1, 6));
  weather.clock_permille = any_of(random, {100, 300});
  if (!faults || random.chance(80)) return weather;
  weather.rates = {.write_permille = any_of(random, {20, 60, 150}),
                   .read_permille = any_of(random, {0, 10, 30}),
                   .kill_permille = any_of(random, {50, 300})};
  weather.lost_answer_permille = any_of(random, {10, 100});
  weather.disk_fault_permille = any_of(random, {0, 100, 300});
  weather.power_loss_permille = any_of(random, {0, 60, 200});
  return weather;
}

class Run {
 public:
  Run(const Options& options, office::Law law);
  Outcome go();

 private:
  enum class Job : uint8_t { kOrder, kSweep, kPost, kReceipt, kLook };
  struct Errand {
    Job job = Job::kOrder;
    int server = 0;
    int order = 0;
    uint64_t event = 0;
  };

  void round();
  void meddle();
  void turn_clocks();
  void plan_disk_fault();
  void move_log();
  std::vector<Errand> draw_errands();
  Errand draw_errand();
  bool may_send(const Order& order, int server) const;
  void run_together(const std::vector<Errand>& errands);
  void do_errand(const Errand& errand);
  void send(Order& order, int server);
  office::Done ask(const Order& order, office::Desk& desk);
  std::expected<uint64_t, office::Failure> look_up(const Order& order, office::Desk& desk);
  void hear(Order& order, int server, const std::expected<uint64_t, office::Failure>& answer, const std::string& case_id);
  void sweep(int server);
  void post(int server);
  void take_receipt(int server, uint64_t event);
  void look(int server);
  bool unheard(int server);
  bool accept_failure(const office::Failure& failure, int server, const char* doing);

  void recover();
  void allot_quotas();
  void settle(const std::vector<Errand>& errands);
  void check_all();
  void finish();
  void add(Findings findings);
  void say(const std::string& line);

  const Options options_;
  Random random_;
  const Weather weather_;
  Scheduler scheduler_;
  std::unique_ptr<Disk> disk_;
  Shared shared_;
  std::unique_ptr<Office> office_;
  Model model_;
  Crowd crowd_;
  std::vector<std::string> hashes_;
  std::vector<journal::Checkpoint> checkpoints_;
  Posted posted_;
  bool planned_ = false;   ///< a fault of the disk
  bool is_storm_ = false;  ///< this round
  Outcome outcome_;
};

Run::Run(const Options& options, office::Law law)
    : options_(options),
      random_(options.setting.seed),
      weather_(draw_weather(random_, options.faults)),
      scheduler_(random_.fork(), weather_.switch_permille),
      shared_(scheduler_, random_.fork()),
      crowd_(random_.fork()) {
  outcome_.digest = 14695981039346656037u;
  Random of_disk = random_.fork();
  if (options_.setting.engine == store::Engine::kSqlite) disk_ = std::make_unique<Disk>(of_disk);
  shared_.disk = disk_.get();
  shared_.group_max = weather_.group_max;
  shared_.sever = options_.sever;
  shared_.after_commit = [this](store::Store& store) {
    if (disk_ == nullptr || !disk_->dark()) add(check_not_oversold(store));
  };
  Setting setting = options_.setting;
  setting.servers = static_cast<int>(random_.between(1, 3));
  office_ = std::make_unique<Office>(setting, law, shared_, disk_.get());
}

void Run::say(const std::string& line) {
  for (const char c : line) outcome_.digest = (outcome_.digest ^ static_cast<unsigned char>(c)) * 1099511628211u;
  if (options_.trace != nullptr) *options_.trace << line << "\n";
}

void Run::add(Findings findings) {
  ++outcome_.checks;
  for (std::string& one : findings) {
    say("FOUND " + one);
    outcome_.findings.push_back(std::move(one));
  }
}

bool Run::unheard(int server) {
  return office_->is_killed(server) || (disk_ != nullptr && disk_->dark()) || random_.chance(weather_.lost_answer_permille);
}

/// Failures that an office may have under faults; others are bugs. Whether nothing can have been kept.
bool Run::accept_failure(const office::Failure& failure, int server, const char* doing) {
  const auto* error = std::get_if<store::StoreError>(&failure);
  if (error == nullptr) return true;
  say(std::string("  ") + doing + " on " + std::to_string(server) + ": " + error->message);
  if (error->fault == store::Fault::kOutcomeUnknown) return false;
  if (error->fault == store::Fault::kUnavailable || error->fault == store::Fault::kFull) return true;
  add({std::string("failure: ") + doing + ": " + error->message});
  return true;
}

office::Done Run::ask(const Order& order, office::Desk& desk) {
  const office::Request request{{.account = order.account(),
                                 .role = order.role,
                                 .scope = order.scope.empty() ? std::nullopt : std::optional(order.scope),
                                 .language = words::Language::kEn},
                                order.has_key ? kKey : ""};
  switch (order.kind) {
    case OrderKind::kOpen: return desk.open_case(request, order.procedure);
    case OrderKind::kFacts: return desk.give_facts(request, order.case_id, order.version, order.facts);
    case OrderKind::kAttach: {
      office::DocumentEntry document;
      document.kind = "passport";
      document.file_name = "passport.pdf";
      document.media_type = "application/pdf";
      return desk.attach_document(request, order.case_id, order.version, document, "%PDF of " + order.who);
    }
    default: return desk.act(request, order.case_id, order.version, order.action, order.facts);
  }
}

std::expected<uint64_t, office::Failure> Run::look_up(const Order& order, office::Desk& desk) {
  return desk.record_view({.account = order.account(), .role = order.role, .scope = order.scope, .language = words::Language::kEn},
                          order.case_id, "an inspection");
}

void Run::hear(Order& order, int server, const std::expected<uint64_t, office::Failure>& answer, const std::string& case_id) {
  const std::string name = "order " + std::to_string(order.number) + " on " + std::to_string(server) + ": ";
  const bool is_sure = answer || accept_failure(answer.error(), server, "order");
  if (unheard(server) || !is_sure) {
    ++order.unknown;
    ++outcome_.unheard;
    return say(name + "unheard");
  }
  if (answer) {
    ++outcome_.acknowledged;
    if (order.acknowledged != 0 && order.acknowledged != *answer) {
      add({"acknowledged: " + name + "first event " + std::to_string(order.acknowledged) + ", then " + std::to_string(*answer)});
    }
    order.acknowledged = *answer;
    order.acknowledged_case = case_id;
    return say(name + "event " + std::to_string(*answer));
  }
  if (const auto* refusal = std::get_if<office::Refusal>(&answer.error())) {
    ++outcome_.refused;
    say(name + "refused: " + refusal->message);
    const bool key_stands = order.has_key && office_->latest() <= add_days(order.earliest, kKeyDays).value_or(order.earliest);
    if (order.event != 0 && key_stands) order.refused_after_done = true;
    return;
  }
  ++outcome_.failed;
}

void Run::send(Order& order, int server) {
  say("send " + std::to_string(order.number) + " to " + std::to_string(server) + ": " + order.role + " " + order.action + " " +
      order.case_id + " " + std::to_string(order.version) + " " + order.facts);
  ++order.sent;
  ++outcome_.sent;
  order.earliest = std::min(order.earliest, office_->today(server));
  office::Desk& desk = *office_->desk(server);
  if (order.kind == OrderKind::kView) return hear(order, server, look_up(order, desk), order.case_id);
  const office::Done done = ask(order, desk);
  if (done) return hear(order, server, done->sequence, done->item.id);
  hear(order, server, std::unexpected(done.error()), "");
}

void Run::sweep(int server) {
  const auto acted = office_->desk(server)->sweep();
  if (!acted) accept_failure(acted.error(), server, "sweep");
  if (acted) say("sweep on " + std::to_string(server) + ": " + std::to_string(*acted));
}

void Run::post(int server) {
  const auto waiting = office_->desk(server)->outbox(4);
  if (!waiting) {
    accept_failure(waiting.error(), server, "outbox");
    return;
  }
  for (const office::Desk::OutboxEntry& entry : *waiting) {
    posted_.tried.insert(entry.number);
    const auto sent = office_->desk(server)->sent(entry.number);
    if (!sent) accept_failure(sent.error(), server, "sent");
    if (sent && !unheard(server)) posted_.sure.insert(entry.number);
  }
}

void Run::take_receipt(int server, uint64_t event) {
  const auto receipt = office_->desk(server)->receipt(event);
  if (!receipt) {
    accept_failure(receipt.error(), server, "receipt");
    if (std::holds_alternative<office::Refusal>(receipt.error())) add({"receipt: there is none of event " + std::to_string(event)});
    return;
  }
  const journal::Journal& journal = office_->journal();
  const auto checkpoint = journal::verify_receipt(*receipt, journal.origin(), journal.keys());
  if (!checkpoint) return add({"receipt: of event " + std::to_string(event) + ": " + checkpoint.error().message});
  if (journal::bytes_of(receipt->event) != hashes_[event - 1]) add({"receipt: of another event than " + std::to_string(event)});
  if (!unheard(server)) checkpoints_.push_back(*checkpoint);
  say("receipt on " + std::to_string(server) + " of " + std::to_string(event));
}

/// What people look at while others act: one consistent state each time.
void Run::look(int server) {
  office::Desk& desk = *office_->desk(server);
  const auto page = desk.list({.role = "akimat", .scope = "\"KZ-75\"", .by_due = true});
  if (!page) accept_failure(page.error(), server, "list");
  const auto balances = desk.balances("permits");
  if (!balances) accept_failure(balances.error(), server, "balances");
  for (const office::Balance& one : balances.value_or(std::vector<office::Balance>{})) {
    if (one.held + one.committed > one.limit) add({"oversold: " + one.code + " as it is shown"});
  }
  if (!page || page->rows.empty()) return;
  const office::Actor actor{.account = "akimat", .role = "akimat", .scope = "\"KZ-75\"", .language = words::Language::kEn};
  const auto item = desk.show(actor, page->rows.front().id);
  if (!item) accept_failure(item.error(), server, "show");
}

void Run::do_errand(const Errand& errand) {
  if (office_->is_killed(errand.server)) return;
  switch (errand.job) {
    case Job::kOrder: return send(model_.order(errand.order), errand.server);
    case Job::kSweep: return sweep(errand.server);
    case Job::kPost: return post(errand.server);
    case Job::kReceipt: return take_receipt(errand.server, errand.event);
    case Job::kLook: return look(errand.server);
  }
}

void Run::run_together(const std::vector<Errand>& errands) {
  int number = 0;
  for (const Errand& errand : errands) {
    ++number;
    scheduler_.add(number, [this, errand, number] {
      const AsRequest as(number);
      do_errand(errand);
    });
  }
  scheduler_.run();
}

/// Whether it has a key that no clock has made the office forget, so that it may be sent once more.
bool Run::may_send(const Order& order, int server) const {
  const Date earliest = std::min(order.earliest, office_->today(server));
  return order.has_key && office_->latest() <= add_days(earliest, kKeyDays).value_or(earliest);
}

Run::Errand Run::draw_errand() {
  Errand errand{.server = static_cast<int>(random_.below(office_->size()))};
  const int64_t kind = random_.below(100);
  if (kind < 8) return errand.job = Job::kSweep, errand;
  if (kind < 12) return errand.job = Job::kPost, errand;
  if (kind < 16 && !hashes_.empty()) {
    errand.job = Job::kReceipt;
    errand.event = static_cast<uint64_t>(random_.between(1, static_cast<int64_t>(hashes_.size())));
    return errand;
  }
  if (kind < 20) return errand.job = Job::kLook, errand;
  if (kind < 40 && !model_.orders().empty()) {
    // Sent again: what nobody heard of, or what was answered long ago.
    const auto last = static_cast<int64_t>(model_.orders().size());
    errand.order = static_cast<int>(random_.between(std::max<int64_t>(1, last - 12), last));
    if (may_send(model_.order(errand.order), errand.server)) return errand;
  }
  errand.order = model_.add(crowd_.wish(model_)).number;
  return errand;
}

std::vector<Run::Errand> Run::draw_errands() {
  std::vector<Errand> errands;
  for (int server = 0; is_storm_ && server < static_cast<int>(office_->size()); ++server) {
    errands.push_back({.job = Job::kSweep, .server = server});
  }
  for (int64_t i = random_.between(1, kOrdersMax); i > 0; --i) {
    errands.push_back(draw_errand());
    const Errand& last = errands.back();
    // Some are sent twice at once.
    if (last.job != Job::kOrder || !model_.order(last.order).has_key || !random_.chance(100)) continue;
    Errand again = last;
    again.server = static_cast<int>(random_.below(office_->size()));
    // Not where a clock is so far from the other that the one server has forgotten the key before the other has kept it.
    const Order& order = model_.order(last.order);
    if (may_send(order, last.server) && may_send(order, again.server)) errands.push_back(again);
  }
  return errands;
}

void Run::turn_clocks() {
  // What was to be taken back falls due on the day on which all apply.
  if (is_storm_) office_->turn_clock(random_.between(0, 2) * kDayMs);
  if (!random_.chance(weather_.clock_permille)) return;
  ++outcome_.clock_jumps;
  const int64_t kind = random_.below(100);
  const int64_t by = kind < 40   ? random_.between(1, 20) * kDayMs / 10
                     : kind < 75 ? random_.between(1, 12) * kDayMs
                     : kind < 85 ? random_.between(20, 400) * kDayMs
                                 : -random_.between(1, 30) * kDayMs / 10;
  const bool is_one = random_.chance(300);
  const int server = static_cast<int>(random_.below(office_->size()));
  if (is_one) office_->turn_clock_of(server, by / 4);
  if (!is_one) office_->turn_clock(by);
  say("clock " + (is_one ? "of " + std::to_string(server) : std::string("of all")) + " by " + std::to_string(by) + " ms");
}

void Run::plan_disk_fault() {
  if (disk_ == nullptr) return;
  const bool goes_dark = random_.chance(weather_.power_loss_permille);
  planned_ = goes_dark || random_.chance(weather_.disk_fault_permille);
  if (goes_dark) return disk_->plan(DiskFault::kPowerLoss, random_.between(1, 120));
  if (!planned_) return;
  constexpr std::array kFaults{DiskFault::kWrite, DiskFault::kFull, DiskFault::kSync};
  const DiskFault fault = random_.one_of(kFaults);
  disk_->plan(fault, random_.between(1, fault == DiskFault::kSync ? 4 : 60));
}

/// What the server's own thread does: moves pages out of the log (store/sqlite_checkpoint.h), here at a time that the seed chooses.
void Run::move_log() {
  if (disk_ == nullptr || !random_.chance(150)) return;
  const std::string path = options_.setting.address + "/9/office.db";
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK) {
    constexpr std::array kModes{SQLITE_CHECKPOINT_PASSIVE, SQLITE_CHECKPOINT_FULL, SQLITE_CHECKPOINT_RESTART, SQLITE_CHECKPOINT_TRUNCATE};
    const int code = sqlite3_wal_checkpoint_v2(db, nullptr, random_.one_of(kModes), nullptr, nullptr);
    say("log moved: " + std::to_string(code));
  }
  sqlite3_close(db);
}

void Run::meddle() {
  turn_clocks();
  plan_disk_fault();
  move_log();
  const int server = static_cast<int>(random_.below(office_->size()));
  if (weather_.rates.kill_permille > 0 && random_.chance(30)) office_->store(server)->kill();
}

void Run::recover() {
  const bool dark = disk_ != nullptr && disk_->dark();
  outcome_.power_losses += dark ? 1 : 0;
  if (dark) say("the power was lost");
  const bool struck = planned_ && disk_->planned() == DiskFault::kNone;
  if (!office_->bring_up()) add({"opening: the office does not come up: " + office_->why_down()});
  if (disk_ == nullptr) return;
  outcome_.disk_faults += struck && !dark ? 1 : 0;
  planned_ = false;
  disk_->plan(DiskFault::kNone, 0);
}

void Run::settle(const std::vector<Errand>& errands) {
  add(check_new_events(office_->store(0)->inner(), office_->journal(), model_, hashes_));
  for (const Errand& errand : errands) {
    if (errand.job == Job::kOrder) add(check_order(model_.order(errand.order)));
  }
}

void Run::check_all() {
  store::Store& store = office_->store(static_cast<int>(random_.below(office_->size())))->inner();
  for (const Order& order : model_.orders()) add(check_order(order));
  add(check_nothing_lost(store, hashes_));
  add(check_ledger(store, model_, office_->latest()));
  add(check_outbox(store, model_, posted_));
  add(check_requests(store));
  add(check_journal(store, office_->journal(), checkpoints_));
  add(check_projections(*office_->desk(static_cast<int>(random_.below(office_->size())))));
}

void Run::round() {
  ++outcome_.rounds;
  is_storm_ = crowd_.storms(model_);
  meddle();
  if (disk_ != nullptr && disk_->dark()) recover();
  const int64_t deaths = shared_.kills + outcome_.power_losses;
  const std::vector<Errand> errands = draw_errands();
  shared_.rates = weather_.rates;
  run_together(errands);
  recover();
  shared_.rates = {};
  settle(errands);
  const bool after_death = shared_.kills + outcome_.power_losses > deaths;
  if (outcome_.findings.empty() && random_.chance(after_death ? 500 : 80)) check_all();
}

void Run::allot_quotas() {
  for (int year = 2026; year <= 2031; ++year) {
    for (const char* region : Crowd::kRegions) {
      const std::string account = "permits/" + std::to_string(year) + "/" + region;
      const int64_t places = random_.between(1, crowd_.is_rush() ? 3 : 5);
      auto done = office_->store(0)->inner().write([&](store::Transaction& transaction) {
        return ledger::allot(transaction, account, places, {"import", "the quota of the year", 1'768'453'200'000});
      });
      if (!done) return add({"opening: " + done.error().message});
      model_.allot(account, places);
    }
  }
}

/// No faults any more: the clock makes up for everything, and then all must agree to the last place.
void Run::finish() {
  office_->align_clocks();
  const int server = static_cast<int>(random_.below(office_->size()));
  for (int i = 0; i < kSweepsMax; ++i) {
    const auto acted = office_->desk(server)->sweep();
    if (!acted) return add({"failure: the last sweep fails"});
    if (*acted == 0) break;
  }
  settle({});
  model_.end_holds(office_->today(server));
  if (!outcome_.findings.empty()) return;
  check_all();
  add(check_deadlines(*office_->desk(server), model_, office_->today(server)));
}

Outcome Run::go() {
  shared_.rates = {};
  if (!office_->bring_up()) add({"opening: the office does not come up: " + office_->why_down()});
  if (outcome_.findings.empty()) allot_quotas();
  const int64_t rounds = random_.between(options_.rounds_max / 4, options_.rounds_max);
  while (outcome_.findings.empty() && outcome_.rounds < rounds) round();
  if (outcome_.findings.empty()) finish();
  outcome_.orders = static_cast<int64_t>(model_.orders().size());
  outcome_.events = static_cast<int64_t>(model_.learnt());
  outcome_.clock_events = model_.clock_events();
  outcome_.writes = shared_.writes;
  outcome_.grouped = shared_.grouped;
  outcome_.faults = shared_.faults;
  outcome_.kills = shared_.kills;
  outcome_.openings = office_->openings();
  return std::move(outcome_);
}

}  // namespace

Outcome simulate(const Options& options, office::Law law) {
  return Run(options, law).go();
}

}  // namespace koshi::simulation
