#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "process.h"
#include "store/test_store.h"
#include "walk_door.h"

/// Every procedure of the law whose party signs in, walked by `koshi case` on SQLite: one case of each, from the draft to a final state,
/// with the cases of other procedures that it takes from. Each step is one run of the real program, which reads the whole law every time;
/// so the stories are shared out to kHands offices, which are played side by side.
///
/// Left out: second and further cases of a full path (other ends of the same procedure), the paths "refused", "lapsed" and "misuse", the
/// last days of deadlines, which the commands' one line does not tell, and PostgreSQL. walks_test.cc plays all of that at the desk, and
/// walks_http_test.cc the whole full paths and misuse over HTTP.
namespace koshi::office {
namespace {

constexpr size_t kHands = 2;

class CommandDoor : public Door {
 public:
  CommandDoor(std::string data, std::filesystem::path keys) : data_(std::move(data)), keys_(std::move(keys)) {}

  bool is_terse() const override { return true; }
  void on(Date day) override {
    day_ = format_date(day);
    const Reply swept = run({"office", "sweep"}, "");
    EXPECT_EQ(swept.kind, Reply::Kind::kDone) << swept.said;
  }
  Reply open(const std::string& who, const std::string& procedure) override { return run({"case", "open", procedure}, who); }
  Reply show(const std::string& who, const DoorCase& item) override { return run({"case", "show", item.id}, who); }
  Reply give(const std::string& who, const DoorCase& item, const std::string& facts) override {
    return run({"case", "facts", item.id, "--facts", file("facts.json", facts)}, who);
  }
  Reply act(const std::string& who, const DoorCase& item, const std::string& action, const std::string& facts) override {
    return run({"case", "act", item.id, action, "--facts", file("facts.json", facts)}, who);
  }
  Reply attach(const std::string& who, const DoorCase& item, const std::string& kind) override {
    return run({"case", "attach", item.id, kind, file(kind + ".txt", "For trying out: " + kind + "\n")}, who);
  }

 private:
  std::string file(const std::string& name, const std::string& text) {
    std::ofstream(keys_ / name) << text;
    return (keys_ / name).string();
  }

  Reply run(std::vector<std::string> arguments, const std::string& who) {
    for (const std::string& part : {std::string("--on"), day_, std::string("--data"), data_, std::string("--keys"), keys_.string()}) {
      arguments.push_back(part);
    }
    const bool is_case = arguments[0] == "case";
    if (is_case) arguments.insert(arguments.end(), {"--as", who, "--brief"});
    Process process(arguments);
    const std::string line = process.line();
    Reply reply;
    reply.said = process.errors();
    const int status = process.wait();
    if (status != 0) reply.said += " (exit status " + std::to_string(status) + ")";
    reply.kind = status == 0 ? Reply::Kind::kDone : status == 1 ? Reply::Kind::kRefused : Reply::Kind::kFailed;
    if (is_case && status == 0) std::istringstream(line) >> reply.id >> reply.state >> reply.version;
    return reply;
  }

  const std::string data_;
  const std::filesystem::path keys_;
  std::string day_;
};

const zan::Procedure& procedure_of(const std::string& story) {
  const zan::Corpus& corpus = LoadedLaw::real().corpus;
  return corpus.procedures.at(static_cast<size_t>(corpus.find_procedure(story)));
}

/// The steps without those of a story's second and further cases of its own procedure.
std::vector<Step> first_cases(std::vector<Step> steps) {
  std::set<std::string> begun, others;
  for (const Step& step : steps) {
    if (step.verb != Verb::kOpen || step.what[0] != story_of(step)) continue;
    if (!begun.insert(story_of(step)).second) others.insert(step.item);
  }
  std::erase_if(steps, [&](const Step& step) { return others.contains(step.item); });
  return steps;
}

/// Each story goes to whoever has the fewest steps yet, the longest first.
std::vector<std::vector<Step>> shared_out(const std::vector<Step>& steps) {
  std::map<std::string, size_t> lengths;
  for (const Step& step : steps) ++lengths[story_of(step)];
  std::vector<std::pair<size_t, std::string>> longest;
  for (const auto& [story, length] : lengths) longest.emplace_back(length, story);
  std::ranges::sort(longest, std::greater());
  std::vector<size_t> loads(kHands);
  std::map<std::string, size_t> hands;
  for (const auto& [length, story] : longest) {
    const auto least = std::ranges::min_element(loads);
    *least += length;
    hands[story] = static_cast<size_t>(least - loads.begin());
  }
  std::vector<std::vector<Step>> shares(kHands);
  for (const Step& step : steps) shares[hands[story_of(step)]].push_back(step);
  return shares;
}

/// The stories whose own case has come to a final state.
std::set<std::string> ended(const DoorWalker& walker) {
  std::set<std::string> stories;
  for (const auto& [name, item] : walker.cases()) {
    const std::string story = name.substr(0, name.find('/'));
    const zan::Procedure& procedure = procedure_of(story);
    const int32_t state = procedure.find_state(item.state);
    if (state != zan::kNoId && procedure.states[static_cast<size_t>(state)].is_final) stories.insert(story);
  }
  return stories;
}

struct Hand {
  std::vector<Step> steps;
  std::string wrong;
  std::set<std::string> ended;
  size_t played = 0;
};

void play_in_an_office_of_its_own(Hand& hand) {
  const store::TestFolder folder;
  make_walk_office((folder / "office").string(), folder / "keys", "correct horse battery");
  CommandDoor door((folder / "office").string(), folder / "keys");
  DoorWalker walker(door);
  hand.wrong = walker.play(hand.steps);
  hand.ended = ended(walker);
  hand.played = walker.played();
}

TEST(WalksByCommands, GoAsTheLawSays) {
  const std::vector<Step> steps = first_cases(steps_of_accounts({"full"}));
  std::vector<Hand> hands;
  for (std::vector<Step>& share : shared_out(steps)) hands.emplace_back().steps = std::move(share);
  {
    std::vector<std::jthread> threads;
    for (Hand& hand : hands) threads.emplace_back([&hand] { play_in_an_office_of_its_own(hand); });
  }
  std::set<std::string> told, over;
  for (const Step& step : steps) told.insert(story_of(step));
  size_t played = 0;
  for (Hand& hand : hands) {
    EXPECT_EQ(hand.wrong, "");
    over.merge(hand.ended);
    played += hand.played;
  }
  EXPECT_EQ(over, told) << "a case that does not come to an end";
  RecordProperty("steps", static_cast<int>(played));
}

}  // namespace
}  // namespace koshi::office
